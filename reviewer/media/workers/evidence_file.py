"""The one door through which originals are opened: for reading only, in one pass, hashed on the way."""

from __future__ import annotations

import errno
import hashlib
import ntpath
import os
import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass

BLOCK = 1 << 20
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_ATIME = getattr(os, "O_NOATIME", 0)


@dataclass(frozen=True)
class HashedContent:
    """What one pass over a file gave; `held` says whether all of it fitted into the buffer."""

    sha256: str
    size: int
    held: bool

    def wait(self) -> None:
        """Nothing reads the content any more."""


class ContentHashedBeside:
    """Content that is held already, of `size` bytes, while its hash is computed in a thread of its own:
    `sha256` waits for it."""

    held = True

    def __init__(self, content: memoryview) -> None:
        self.size = len(content)
        self._digest = hashlib.sha256()
        self._thread = threading.Thread(target=self._digest.update, args=(content,), name="hashing")
        self._thread.start()

    @property
    def sha256(self) -> str:
        self.wait()
        return self._digest.hexdigest()

    def wait(self) -> None:
        """Until nothing reads the content any more."""
        self._thread.join()


HandedFile = HashedContent | ContentHashedBeside


def locate_original(root: bytes, path: bytes, *, is_windows: bool = os.name == "nt") -> bytes:
    """Where a file or folder of a Source lies: `path` is relative, with "/" between, b"" for the Source.

    On Windows in the form that means every name as it is and however long (`\\\\?\\C:\\...`, "Naming Files,
    Paths, and Namespaces" of its documentation): without it no path of more than 259 letters can be opened,
    no name that ends with a dot or a space, and nothing called `con` or `aux.jpg`.
    """
    if not is_windows:
        return os.path.join(root, path) if path else root
    whole = (ntpath.join(root, path) if path else root).replace(b"/", b"\\")
    if whole.startswith((b"\\\\?\\", b"\\\\.\\")):
        return whole
    if whole.startswith(b"\\\\"):
        return b"\\\\?\\UNC" + whole[1:]
    return b"\\\\?\\" + whole if ntpath.splitdrive(whole)[0] else whole


def open_original(path: bytes) -> int:
    """A descriptor of a regular file. OSError if it cannot be opened or is a pipe, a device, a folder."""
    handle = _open_quietly(path)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "not a regular file")
    return handle


def _open_quietly(path: bytes) -> int:
    """Open without moving the time of last access, where the system and the file's owner let us."""
    if _NO_ATIME:
        try:
            return os.open(path, _FLAGS | _NO_ATIME)
        except PermissionError:
            pass
    return os.open(path, _FLAGS)


def measure_file(handle: int) -> int:
    return os.fstat(handle).st_size


def read_and_hash(handle: int, buffer: memoryview, *, is_shared: bool = False) -> HashedContent:
    """Read the file once, from its start, into `buffer`, hashing all of it even if it is larger.

    If somebody else can write into the buffer (`is_shared`), each block is read and hashed apart first.
    """
    digest = hashlib.sha256()
    size = 0
    apart = memoryview(bytearray(BLOCK if is_shared else 0))
    while True:
        if size >= len(buffer) and not apart:  # making it costs a sixth of what reading a small file does
            apart = memoryview(bytearray(BLOCK))
        room = buffer[size : size + BLOCK] if size < len(buffer) else apart
        block = apart[: len(room)] if is_shared else room
        count = _read_block(handle, block)
        if not count:
            break
        digest.update(block[:count])
        if is_shared and room is not apart:
            room[:count] = block[:count]
        size += count
    return HashedContent(digest.hexdigest(), size, size <= len(buffer))


def read_and_hash_beside(handle: int, buffer: memoryview) -> HandedFile:
    """Read the file once, from its start, into `buffer`, which nobody else can write into; its hash comes
    meanwhile. A file that does not fit is hashed first, as by `read_and_hash`."""
    size = 0
    while size < len(buffer):
        count = _read_block(handle, buffer[size:])
        if not count:
            return ContentHashedBeside(buffer[:size])
        size += count
    os.lseek(handle, 0, os.SEEK_SET)
    return read_and_hash(handle, buffer)


def _read_block(handle: int, room: memoryview) -> int:
    if hasattr(os, "readv"):
        count: int = os.readv(handle, [room])
        return count
    block = os.read(handle, len(room))
    room[: len(block)] = block
    return len(block)


def compute_hash(path: bytes, algorithm: str = "sha256") -> str:
    """The hash of a whole regular file as hex; OSError if it cannot be read. `algorithm` as in hashlib."""
    handle = open_original(path)
    digest = hashlib.new(algorithm, usedforsecurity=False)
    try:
        while block := os.read(handle, BLOCK):
            digest.update(block)
    finally:
        os.close(handle)
    return digest.hexdigest()


def iterate_pieces(path: bytes) -> Iterator[bytes]:
    """A whole regular file, piece after piece; OSError if it cannot be read."""
    handle = open_original(path)
    try:
        while block := os.read(handle, BLOCK):
            yield block
    finally:
        os.close(handle)
