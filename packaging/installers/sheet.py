"""The sheet of paper that goes with a stick: what is compared by eye, from a machine that made the stick.

Two things stand on it: the SHA-256 of SHA256SUMS, before anything is run, and the line in which a self-test
ends, for each system and Python. The lines are made without these: a library counts by what its RECORD names.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from wheelhouse import compute_sha256

from reviewer.services.self_test.run import make_sheet_line


def write_sheet(stick: Path, systems: Iterable[dict[str, Any]], version: str, sums: Path, to: Path) -> Path:
    """Write the sheet for a stick whose wheels lie in its folder `wheels`, as plain text."""
    digest = compute_sha256(sums)
    grouped = " ".join(digest[at : at + 8] for at in range(0, 64, 8))
    lines = [f"reviewer {version} on a stick", "", "SHA-256 of SHA256SUMS", f"  {grouped}"]
    lines += ["", "The line in which the self-test ends"]
    for entry in systems:
        with TemporaryDirectory() as name:
            for wheel in entry["wheels"]:
                lay_record(stick / "wheels" / wheel, Path(name))
            lines.append(f"  {make_sheet_line(Path(name))} | {entry['system']}, Python {entry['python']}")
    to.write_text("\n".join(lines) + "\n", "utf-8")
    return to


def lay_record(wheel: Path, into: Path) -> None:
    """Lay what names a library: metadata and RECORD as installed, and an empty file for each row."""
    with zipfile.ZipFile(wheel) as archive:
        record = next(name for name in archive.namelist() if name.endswith(".dist-info/RECORD"))
        rows = list(_spread_rows(archive.read(record).decode("utf-8")))
        for path, _digest, _size in rows:
            place = into / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch()
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        (into / record).write_text(text.getvalue(), "utf-8")
        metadata = record.removesuffix("RECORD") + "METADATA"
        (into / metadata).write_bytes(archive.read(metadata))


def _spread_rows(record: str) -> Iterator[list[str]]:
    """The rows of a RECORD as an installer leaves them (PyPA, Binary distribution format: .data)."""
    for path, digest, size in csv.reader(io.StringIO(record)):
        parts = PurePosixPath(path).parts
        if not parts[0].endswith(".data"):
            yield [path, digest, size]
        elif parts[1] in ("platlib", "purelib"):
            yield ["/".join(parts[2:]), digest, size]
