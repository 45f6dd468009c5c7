"""Memory for a whole photograph, made ready while a decoding process makes the photograph.

The system gives memory a page at a time, when the page is first written. For 48 MB, twelve megapixels, that
takes half as long as decoding them, once in the buffer that the process writes into and once in the copy that
is kept; here both are done by a thread beside the decoding. Only Linux is asked for it (madvise(2),
MADV_POPULATE_WRITE, since 5.14); where that is unknown, nothing is made ready and nothing else changes.
"""

from __future__ import annotations

import ctypes
import mmap
import sys
import threading

from reviewer.media.workers.buffers import Buffer, advise

_POPULATE_WRITE = 23
_FROM_BYTES = 1 << 20
"""Less comes from the allocator's own store and is there already."""


class RoomAhead:
    """Room for `size` bytes in `buffer`, as far as it has them, and in a copy of its own."""

    def __init__(self, buffer: Buffer, size: int) -> None:
        self._buffer, self._size = buffer, size
        self._copy: bytes | None = None
        self._thread: threading.Thread | None = None
        if sys.platform == "linux" and _FROM_BYTES <= size <= buffer.size:
            self._copy = _make_unwritten_bytes(size)
            self._thread = threading.Thread(target=self._populate, name="room ahead", daemon=True)
            self._thread.start()

    def copy_out(self, count: int) -> bytes:
        """The first `count` bytes of the buffer, once and for the last time."""
        if self._thread is not None:
            self._thread.join()
        copy, self._copy = self._copy, None
        if count < _FROM_BYTES:
            return bytes(self._buffer.view[:count])
        if copy is None or count != self._size:
            copy = _make_unwritten_bytes(count)
        # nobody else has seen the copy yet, and with ctypes other threads run while the bytes are copied
        ctypes.memmove(_get_address(copy), self._buffer.address, count)
        return copy

    def _populate(self) -> None:
        copy = self._copy
        if copy is not None:
            _populate_pages(self._buffer.address, self._size)
            _populate_pages(_get_address(copy), self._size)


def _make_unwritten_bytes(size: int) -> bytes:
    """A bytes object that nothing was written into yet: whoever makes it may, until somebody else has it
    (Python/C API, PyBytes_FromStringAndSize)."""
    make = ctypes.pythonapi.PyBytes_FromStringAndSize
    make.restype, make.argtypes = ctypes.py_object, [ctypes.c_char_p, ctypes.c_ssize_t]
    made: bytes = make(None, size)
    return made


def _get_address(content: bytes) -> int:
    find = ctypes.pythonapi.PyBytes_AsString
    find.restype, find.argtypes = ctypes.c_void_p, [ctypes.py_object]
    return int(find(content))


def _populate_pages(address: int, size: int) -> None:
    """Have all whole pages there; their content stays as it is."""
    first = -(-address // mmap.PAGESIZE) * mmap.PAGESIZE
    length = (address + size - first) // mmap.PAGESIZE * mmap.PAGESIZE
    advise(first, length, _POPULATE_WRITE)
