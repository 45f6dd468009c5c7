"""Archives that are the same to the byte for the same files: fixed times, order, owners and modes.

A tar is compressed in one thread by Python's own gzip or xz; another version of these may pack otherwise.
"""

from __future__ import annotations

import gzip
import io
import lzma
import os
import tarfile
import time
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

PLAIN_MODE, PROGRAM_MODE, LINK_MODE = 0o644, 0o755, 0o777


@dataclass(frozen=True)
class ArchiveEntry:
    """A member: its name in the archive, what it holds, and its mode."""

    name: str
    content: bytes | Path | str
    """Bytes, a file to read them from, or, as a `str`, the relative path to which a symbolic link points."""
    mode: int = PLAIN_MODE


def list_entries(folder: Path, prefix: str = "") -> list[ArchiveEntry]:
    """Every file and link below a folder, sorted by name, under `prefix` ("reviewer-1.0/").

    Modes become 0644, or 0755 for what the owner may run. Empty folders are left out.
    """
    entries = []
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        name = prefix + path.relative_to(folder).as_posix()
        if path.is_symlink():
            entries.append(ArchiveEntry(name, os.readlink(path), LINK_MODE))
        elif path.is_file():
            mode = PROGRAM_MODE if path.stat().st_mode & 0o100 else PLAIN_MODE
            entries.append(ArchiveEntry(name, path, mode))
    return entries


def write_zip(path: Path, entries: Iterable[ArchiveEntry], when: int, *, compressed: bool = True) -> Path:
    """Writes a zip archive with its members in the order given; `when` in seconds since 1970 (1980 or later).

    Without compression it is the same whatever version of zlib is there.
    """
    date = time.gmtime(when)[:6]
    with zipfile.ZipFile(path, "w") as archive:
        for entry in entries:
            member = zipfile.ZipInfo(entry.name, date)
            member.create_system = 3
            kind = 0o120000 if isinstance(entry.content, str) else 0o100000
            member.external_attr = (kind | entry.mode) << 16
            member.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
            archive.writestr(member, _read_content(entry))
    return path


def write_tar(
    path: Path, entries: Iterable[ArchiveEntry], when: int, compression: Literal["", "gz", "xz"] = "xz"
) -> Path:
    """Writes a tar archive (POSIX pax) with its members in the order given, owned by root."""
    with path.open("wb") as file, _compress(file, when, compression) as stream:
        with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for entry in entries:
                _add_to_tar(archive, entry, when)
        if stream is not file:
            stream.close()
    return path


def _compress(file: IO[bytes], when: int, compression: str) -> IO[bytes]:
    if compression == "gz":
        return gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=when)  # type: ignore[return-value]
    if compression == "xz":
        return lzma.LZMAFile(file, "w", preset=6)
    return file


def _add_to_tar(archive: tarfile.TarFile, entry: ArchiveEntry, when: int) -> None:
    member = tarfile.TarInfo(entry.name)
    member.mtime, member.mode = when, entry.mode
    member.uname = member.gname = "root"
    if isinstance(entry.content, str):
        member.type, member.linkname = tarfile.SYMTYPE, entry.content
        archive.addfile(member)
        return
    if isinstance(entry.content, Path):
        member.size = entry.content.stat().st_size
        with entry.content.open("rb") as content:
            archive.addfile(member, content)
        return
    member.size = len(entry.content)
    archive.addfile(member, io.BytesIO(entry.content))


def _read_content(entry: ArchiveEntry) -> bytes:
    if isinstance(entry.content, Path):
        return entry.content.read_bytes()
    return entry.content.encode("utf-8") if isinstance(entry.content, str) else entry.content
