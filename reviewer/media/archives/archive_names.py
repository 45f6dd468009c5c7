"""The names and sizes in an archive, without unpacking. Runs in a confined process of its own."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import time
import zipfile
from collections.abc import Iterator

import py7zr
import rarfile

from reviewer.domain.photos.archive_listing import (
    LONGEST_NAME,
    MOST_ENTRIES,
    MOST_NAMES,
    ArchiveListing,
    is_named_like_photograph,
)

SECONDS = 8.0
"""A list that takes longer ends early and says so."""
ArchiveEntries = Iterator[tuple[str, int]]


class ArchiveUnreadable(Exception):
    """Why an archive cannot be listed, in one sentence."""


def list_names(data: memoryview) -> ArchiveListing:
    """List what the archive says it holds. ArchiveUnreadable if its form is unknown, or it is encrypted or
    broken."""
    start = bytes(data[:8])
    for mark, entries in _ITERATORS_BY_SIGNATURE:
        if start.startswith(mark):
            return _summarise_entries(entries(_BytesFile(data)))
    return _summarise_entries(_iterate_tar(_BytesFile(data)))


def _summarise_entries(entries: ArchiveEntries) -> ArchiveListing:
    files = photographs = size = 0
    names: list[tuple[str, int]] = []
    is_whole, until = True, time.monotonic() + SECONDS
    try:
        for name, length in entries:
            files, size = files + 1, size + max(0, length)
            photographs += is_named_like_photograph(name)
            if len(names) < MOST_NAMES:
                names.append((name[:LONGEST_NAME], max(0, length)))
            if files >= MOST_ENTRIES or time.monotonic() > until:
                is_whole = False
                break
    except _BROKEN as error:
        if not files:
            raise ArchiveUnreadable(
                "The archive is broken or encrypted, so that its names cannot be read."
            ) from error
        is_whole = False
    return ArchiveListing(files, photographs, size, tuple(names), is_whole)


_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    rarfile.Error,
    py7zr.exceptions.ArchiveError,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    NotImplementedError,
    TypeError,
    AttributeError,
    AssertionError,
)
"""What these libraries raise for archives that are not as they should be."""


def _iterate_zip(file: _BytesFile) -> ArchiveEntries:
    with zipfile.ZipFile(io.BufferedReader(file)) as archive:
        for entry in archive.infolist():
            if not entry.is_dir():
                yield entry.filename, entry.file_size


def _iterate_rar(file: _BytesFile) -> ArchiveEntries:
    with rarfile.RarFile(io.BufferedReader(file)) as archive:
        if not archive.infolist():
            raise rarfile.BadRarFile("nothing in it can be read")
        for entry in archive.infolist():
            if not entry.is_dir():
                yield entry.filename, entry.file_size


def _iterate_7z(file: _BytesFile) -> ArchiveEntries:
    with py7zr.SevenZipFile(io.BufferedReader(file), "r") as archive:
        for entry in archive.list():
            if not entry.is_directory:
                yield entry.filename, entry.uncompressed or 0


def _iterate_tar(file: _BytesFile) -> ArchiveEntries:
    with tarfile.open(fileobj=io.BufferedReader(file), mode="r:") as archive:
        yield from _iterate_members(archive)


def _iterate_members(archive: tarfile.TarFile) -> ArchiveEntries:
    for entry in archive:
        if entry.isfile():
            yield entry.name, entry.size


def _iterate_gzip(file: _BytesFile) -> ArchiveEntries:
    with gzip.GzipFile(fileobj=file) as opened:
        yield from _iterate_compressed(opened)


def _iterate_bzip2(file: _BytesFile) -> ArchiveEntries:
    with bz2.BZ2File(file) as opened:
        yield from _iterate_compressed(opened)


def _iterate_xz(file: _BytesFile) -> ArchiveEntries:
    with lzma.LZMAFile(io.BufferedReader(file)) as opened:
        yield from _iterate_compressed(opened)


def _iterate_compressed(opened: io.BufferedIOBase) -> ArchiveEntries:
    """A TAR that is compressed as a whole; if it is none, one file without a name."""
    stream = io.BufferedReader(opened)
    if stream.peek(512)[257:262] != b"ustar":
        yield "(one file, compressed)", 0
        return
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        yield from _iterate_members(archive)


class _BytesFile(io.RawIOBase):
    """Bytes in shared memory as a file that is only read."""

    def __init__(self, data: memoryview) -> None:
        self._data, self._at = data, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._data)}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, room: object) -> int:
        target = memoryview(room)  # type: ignore[arg-type]
        part = self._data[self._at : self._at + len(target)]
        target[: len(part)] = part
        self._at += len(part)
        return len(part)


_ITERATORS_BY_SIGNATURE = (
    (b"PK\x03\x04", _iterate_zip),
    (b"PK\x05\x06", _iterate_zip),
    (b"PK\x07\x08", _iterate_zip),
    (b"Rar!\x1a\x07", _iterate_rar),
    (b"7z\xbc\xaf\x27\x1c", _iterate_7z),
    (b"\x1f\x8b", _iterate_gzip),
    (b"BZh", _iterate_bzip2),
    (b"\xfd7zXZ\x00", _iterate_xz),
)
