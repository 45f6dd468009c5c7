"""The licences of everything that is shipped: found in wheels, filled up where a wheel has none, complete.

`packaging/licences/parts.toml` says what wheels do not say of themselves: a licence in words of SPDX, the
libraries that were packed into a wheel, and which texts belong to them. Whatever is not named there and
carries no text of its own stops the build, and so does what only the GPL allows to be linked.
"""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from importlib.metadata import Distribution
from pathlib import Path, PurePosixPath
from typing import Any

from lock import PACKAGING, LockError

TEXTS = PACKAGING / "licences"
_TEXT = re.compile(r"(?i)(licen[cs]e|copying|notice|authors)")
_LIBRARY = re.compile(r"(?i)\.(dll|dylib|so(\.[0-9]+)*)$")
_EXTENSION = re.compile(r"\.(cpython-[^/]+|abi3)\.so$")
_GPL_MARKS = (
    b"--enable-gpl",
    b"--enable-nonfree",
    b"license: GPL",
    b"x264_encoder_open",
    b"x265_encoder_open",
)


class LicenceTrouble(LockError):
    """What is missing or forbidden, one sentence a line."""


@dataclass(frozen=True)
class ShippedFiles:
    """The files of one distribution, in a wheel or installed: their names, and how they are read."""

    names: tuple[str, ...]
    read: Callable[[str], bytes] = field(compare=False)


@dataclass(frozen=True)
class ShippedPart:
    """A distribution, or a library packed into one (`inside` names it). `licence` is an expression of SPDX;
    `texts`: name of a file -> its bytes; `files`: the libraries it was found as."""

    name: str
    version: str
    licence: str
    texts: Mapping[str, bytes] = field(compare=False)
    inside: str = ""
    files: tuple[str, ...] = ()
    source: str = ""


def open_wheel(path: Path) -> ShippedFiles:
    """The files of a wheel."""
    archive = zipfile.ZipFile(path)
    return ShippedFiles(tuple(name for name in archive.namelist() if not name.endswith("/")), archive.read)


def open_installed(distribution: Distribution) -> ShippedFiles:
    """The files of an installed distribution."""
    names = tuple(str(PurePosixPath(path)) for path in distribution.files or ())
    return ShippedFiles(names, lambda name: Path(str(distribution.locate_file(name))).read_bytes())


def read_rules() -> dict[str, Any]:
    """`parts.toml`: `licences`, name -> expression; `texts`, name -> files to add; `parts`, rows."""
    return tomllib.loads((TEXTS / "parts.toml").read_text("utf-8"))


def describe_files(files: ShippedFiles) -> list[ShippedPart]:
    """Describe a distribution and what was packed into it. Raises LicenceTrouble naming all that is wrong."""
    rules = read_rules()
    metadata_name = next(name for name in files.names if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
    metadata = BytesParser().parsebytes(files.read(metadata_name))
    name, version = normalize_name(metadata["Name"]), metadata["Version"]
    expression = rules["licences"].get(name) or metadata["License-Expression"]
    texts = {_shorten(path): files.read(path) for path in files.names if _is_text(path, name)}
    texts |= {text: (TEXTS / text).read_bytes() for text in rules["texts"].get(name, ())}
    problems = []
    if not expression:
        problems.append(f"{name} {version} states no licence, and parts.toml names none.")
    if not texts:
        problems.append(f"{name} {version} carries no text of its licence, and parts.toml adds none.")
    parts, unknown = _find_parts(files, name, rules["parts"])
    problems += [
        f"{path} in {name} {version} is a library that parts.toml does not name." for path in unknown
    ]
    if problems:
        raise LicenceTrouble("\n".join(problems))
    return [ShippedPart(name, version, expression, texts), *parts]


def normalize_name(name: str) -> str:
    """A name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _is_text(path: str, name: str) -> bool:
    parts = PurePosixPath(path).parts
    if "sboms" in parts[:2]:
        return True
    own = name == "reviewer" and path.endswith("OFL.txt")
    return own or (parts[0].endswith(".dist-info") and bool(_TEXT.search("/".join(parts[1:]))))


def _shorten(path: str) -> str:
    """The path below the metadata, flat: it becomes a name beside others."""
    kept = [part for part in PurePosixPath(path).parts if part not in ("licenses",)]
    kept = kept[1:] if kept[0].endswith(".dist-info") else kept
    return "-".join(kept)


def _find_parts(
    files: ShippedFiles, name: str, rules: Iterable[Mapping[str, Any]]
) -> tuple[list[ShippedPart], list[str]]:
    """The libraries packed into a distribution by the rule that names them, and those that none names."""
    left = [path for path in files.names if _LIBRARY.search(path) and not _EXTENSION.search(path)]
    parts = []
    for rule in rules:
        if name not in rule["inside"]:
            continue
        pattern = re.compile(rule["files"], re.IGNORECASE)
        found = [path for path in left if pattern.match(path.rpartition("/")[2])]
        left = [path for path in left if path not in found]
        if found or rule.get("linked"):
            texts = {text: (TEXTS / text).read_bytes() for text in rule.get("texts", ())}
            source = rule.get("source", "")
            parts.append(ShippedPart(rule["name"], "", rule["licence"], texts, name, tuple(found), source))
    return parts, left


def find_gpl_marks(content: bytes) -> list[str]:
    """What in a library says that it was built with parts that are under the GPL alone."""
    return [mark.decode() for mark in _GPL_MARKS if mark in content]


def check_gpl(files: ShippedFiles) -> list[str]:
    """Libraries and extensions that carry such a mark, each with it, in sentences."""
    return [
        f"{path} says “{mark}”: it holds parts that are under the GPL alone."
        for path in files.names
        if re.search(r"(?i)\.(dll|dylib|so|pyd)(\.[0-9]+)*$", path)
        for mark in find_gpl_marks(files.read(path))
    ]


def collect_parts(wheels: Iterable[Path]) -> list[ShippedPart]:
    """Describe all wheels, each part once. Raises LicenceTrouble with all that is wrong in any of them."""
    found: dict[tuple[str, str, str], ShippedPart] = {}
    problems: list[str] = []
    for wheel in sorted(wheels):
        files = open_wheel(wheel)
        problems += check_gpl(files)
        try:
            parts = describe_files(files)
        except LicenceTrouble as trouble:
            problems.append(str(trouble))
            continue
        for part in parts:
            key = (part.name, part.version, part.inside)
            known = found.get(key)
            texts = {**part.texts, **known.texts} if known else part.texts
            seen = tuple(sorted({*part.files, *(known.files if known else ())}))
            found[key] = ShippedPart(*key[:2], part.licence, texts, part.inside, seen, part.source)
    if problems:
        raise LicenceTrouble("\n".join(problems))
    return sorted(
        found.values(), key=lambda part: (part.inside or part.name, part.inside, part.name, part.version)
    )


def write_licences(parts: Iterable[ShippedPart], into: Path) -> None:
    """Write the texts of every part into a folder of its own, and README.md with one row for each."""
    rows = []
    for part in parts:
        home = part.inside or f"{part.name}-{part.version}"
        for name, content in part.texts.items():
            path = into / home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        where = f"inside {part.inside}" if part.inside else "distribution"
        texts = ", ".join(sorted(part.texts)) or f"with {part.inside}"
        rows.append(f"| {part.name} | {part.version} | {where} | {part.licence} | {texts} | {part.source} |")
    head = (TEXTS / "README.md").read_text("utf-8")
    table = [
        "| part | version | what | licence (SPDX) | texts | source |",
        "|---|---|---|---|---|---|",
        *rows,
    ]
    (into / "README.md").write_text(head + "\n" + "\n".join(table) + "\n", "utf-8")
