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
Entries = Iterator[tuple[str, int]]


class NotListed(Exception):
    """Why an archive cannot be listed, in one sentence."""


def list_names(data: memoryview) -> ArchiveListing:
    """What the archive says it holds. NotListed if it is of another form, encrypted or broken."""
    start = bytes(data[:8])
    for mark, entries in _FORMS:
        if start.startswith(mark):
            return _counted(entries(_View(data)))
    return _counted(_tar(_View(data)))


def _counted(entries: Entries) -> ArchiveListing:
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
            raise NotListed(
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


def _zip(file: _View) -> Entries:
    with zipfile.ZipFile(io.BufferedReader(file)) as archive:
        for each in archive.infolist():
            if not each.is_dir():
                yield each.filename, each.file_size


def _rar(file: _View) -> Entries:
    with rarfile.RarFile(io.BufferedReader(file)) as archive:
        if not archive.infolist():
            raise rarfile.BadRarFile("nothing in it can be read")
        for each in archive.infolist():
            if not each.is_dir():
                yield each.filename, each.file_size


def _7z(file: _View) -> Entries:
    with py7zr.SevenZipFile(io.BufferedReader(file), "r") as archive:
        for each in archive.list():
            if not each.is_directory:
                yield each.filename, each.uncompressed or 0


def _tar(file: _View) -> Entries:
    with tarfile.open(fileobj=io.BufferedReader(file), mode="r:") as archive:
        yield from _members(archive)


def _members(archive: tarfile.TarFile) -> Entries:
    for each in archive:
        if each.isfile():
            yield each.name, each.size


def _gzip(file: _View) -> Entries:
    with gzip.GzipFile(fileobj=file) as opened:
        yield from _packed(opened)


def _bzip2(file: _View) -> Entries:
    with bz2.BZ2File(file) as opened:
        yield from _packed(opened)


def _xz(file: _View) -> Entries:
    with lzma.LZMAFile(io.BufferedReader(file)) as opened:
        yield from _packed(opened)


def _packed(opened: io.BufferedIOBase) -> Entries:
    """A TAR that is compressed as a whole; if it is none, one file without a name."""
    stream = io.BufferedReader(opened)
    if stream.peek(512)[257:262] != b"ustar":
        yield "(one file, compressed)", 0
        return
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        yield from _members(archive)


class _View(io.RawIOBase):
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


_FORMS = (
    (b"PK\x03\x04", _zip),
    (b"PK\x05\x06", _zip),
    (b"PK\x07\x08", _zip),
    (b"Rar!\x1a\x07", _rar),
    (b"7z\xbc\xaf\x27\x1c", _7z),
    (b"\x1f\x8b", _gzip),
    (b"BZh", _bzip2),
    (b"\xfd7zXZ\x00", _xz),
)
