"""Unpacks wheels as an installer does, without pip and for a system that this one is not.

PyPA, "Binary distribution format" and "Recording installed projects". Scripts, headers and data of a wheel
are left out: the program is started as a module.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from lock import LockError


def unpack_wheels(wheels: Iterable[Path], site_packages: Path) -> None:
    """Unpacks wheels into one folder; raises `LockError` for what would lie outside, or twice."""
    for wheel in wheels:
        unpack_wheel(wheel, site_packages)


def unpack_wheel(wheel: Path, site_packages: Path) -> None:
    """Unpacks a wheel into a folder; its RECORD then names the files where they lie.

    Raises `LockError` for a member that would lie outside, or over another wheel's file.
    """
    with ZipFile(wheel) as archive:
        for member in archive.infolist():
            place = find_wheel_place(member.filename)
            if member.is_dir() or place is None:
                continue
            target = site_packages / place
            if target.exists():
                raise LockError(f"{wheel.name} brings {place}, which is there already.")
            target.parent.mkdir(parents=True, exist_ok=True)
            content = archive.read(member)
            if place.name == "RECORD" and place.parent.name.endswith(".dist-info"):
                content = _correct_record(content)
            target.write_bytes(content)
            target.chmod(0o755 if (member.external_attr >> 16) & 0o111 else 0o644)


def find_wheel_place(name: str) -> PurePosixPath | None:
    """Where a member of a wheel belongs below site-packages; None for scripts, headers and data.

    Raises `LockError` for a name that leads outside.
    """
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        raise LockError(f"A wheel has a member outside of itself: {name}")
    if path.parts and path.parts[0].endswith(".data"):
        return PurePosixPath(*path.parts[2:]) if path.parts[1:2] in (("purelib",), ("platlib",)) else None
    return path


def _correct_record(content: bytes) -> bytes:
    rows = []
    for row in csv.reader(io.StringIO(content.decode("utf-8"))):
        place = find_wheel_place(row[0]) if row else None
        if place is not None:
            rows.append([str(place), *row[1:]])
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")
