"""Whether the optional text reader (`reviewer[ocr]`) is here with the very models this program knows.

Asked without importing it, by the program and by the process that reads: a reader whose models are missing
would look for them on the network.
"""

from __future__ import annotations

import hashlib
import importlib.util
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

MODELS = {
    "Det": ("PP-OCRv6_det_small.onnx", "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f"),
    "Cls": (
        "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
        "e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c",
    ),
    "Rec": ("PP-OCRv6_rec_small.onnx", "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"),
}
"""Those of rapidocr 3.10: finding text, finding which way up it is, reading it."""

ABSENT = "The text reader is not installed (the optional part reviewer[ocr])."
INCOMPLETE = "The text reader is installed without its models; install reviewer[ocr] again."
UNKNOWN_MODELS = "The models of the text reader are not those that this version of the program knows."
_VERSION_RANGES = {"rapidocr": ((3, 10), (3, 11)), "onnxruntime": ((1, 23), (1, 24))}
"""From which version to before which. onnxruntime 1.32 was seen to carry telemetry: it keeps a database and
an id in the account and knows where to send them. 1.23 has nothing of the kind."""


def find_trouble(folder: Path | None = None, versions: dict[str, str] | None = None) -> str:
    """Why the text reader cannot be used, in one sentence; "" if it can. Looks for files, reads no model."""
    found = folder or find_models_folder()
    if found is None:
        return ABSENT
    for part, told in (versions or _read_versions()).items():
        least, below = _VERSION_RANGES[part]
        if not least <= _parse_version(told) < below:
            taken = f"{_format_version(least)} to before {_format_version(below)}"
            return f"{part} {told} is not used here; reviewer[ocr] takes {taken}."
    return "" if all((found / name).is_file() for name, _sha256 in MODELS.values()) else INCOMPLETE


def find_changed_model(folder: Path) -> str:
    """The sentence for models with other content than they should have, "" if they are the known ones."""
    for name, sha256 in MODELS.values():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != sha256:
            return UNKNOWN_MODELS
    return ""


def find_models_folder() -> Path | None:
    """Where the models of the installed text reader are; None if it is not installed."""
    found = [importlib.util.find_spec(part) for part in _VERSION_RANGES]
    if any(spec is None for spec in found) or found[0] is None or not found[0].origin:
        return None
    return Path(found[0].origin).parent / "models"


def _read_versions() -> dict[str, str]:
    found = {}
    for part in _VERSION_RANGES:
        try:
            found[part] = version(part)
        except PackageNotFoundError:
            found[part] = "of no version"
    return found


def _parse_version(written: str) -> tuple[int, int]:
    """The first two numbers of a version; (0, 0) for what is none."""
    major, _dot, rest = written.partition(".")
    minor = rest.partition(".")[0]
    return (int(major), int(minor)) if major.isdecimal() and minor.isdecimal() else (0, 0)


def _format_version(numbers: tuple[int, int]) -> str:
    return ".".join(map(str, numbers))
