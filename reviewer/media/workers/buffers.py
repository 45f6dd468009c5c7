"""Memory that this program and a decoding process see together.

On Linux it is a nameless file in memory whose descriptor is handed over: the process needs no right to open
anything for it, cannot shrink it under our feet, and nothing of it stays when both are gone. What evidence is
put into is sealed as well: whoever is given it can only read it. Elsewhere it is named shared memory, which
can be written by both, so that a hash must be taken before the bytes are put there.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import mmap
import os
import sys
from multiprocessing import resource_tracker
from multiprocessing.shared_memory import SharedMemory

from reviewer.media.workers import channels
from reviewer.media.workers.channels import Channel

if sys.platform == "linux":
    import fcntl

_LONGEST_NAME = 64
_SEAL_FUTURE_WRITE = 0x10  # fcntl(2), since Linux 5.1: who maps it from now on can only read
_numbers = itertools.count(1)


def advise(address: int, length: int, advice: int) -> None:
    """Tell Linux what becomes of memory of this program, from a page on (madvise(2)). Other threads go on
    meanwhile, which they do not with `mmap.madvise`; advice that is not taken changes nothing."""
    if sys.platform == "linux":
        tell = ctypes.CDLL(None).madvise
        tell.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
        tell(address, length, advice)


class Buffer:
    """Made by this program; `view` is all of it, `descriptor` what is handed over (None elsewhere).

    `only_ours` says whether nobody else can write into it, which is tried if it is `for_reading`.
    """

    def __init__(self, size: int, *, for_reading: bool = False) -> None:
        self.size = size
        self.only_ours = False
        self.descriptor: int | None = None
        self._map: mmap.mmap | None = None
        self._shared: SharedMemory | None = None
        if sys.platform == "linux":
            self.descriptor, self._map = _create_memory_file(size)
            self.only_ours = _seal(self.descriptor, for_reading)
            self.name = f"buffer-{next(_numbers)}"
            self.view = memoryview(self._map)
        else:
            self._shared = SharedMemory(create=True, size=size)
            self.name = self._shared.name
            self.view = _get_view(self._shared)[:size]  # some systems give whole pages

    @property
    def address(self) -> int:
        """Where it begins in memory of this program, as long as it is not closed."""
        return ctypes.addressof(ctypes.c_char.from_buffer(self.view))

    def give_back_above(self, kept: int) -> None:
        """Give back the memory after the first `kept` bytes, a multiple of the page; it reads as zeros then.

        On Linux alone, where the file system in memory can, and not of what is sealed `for_reading`.
        """
        if sys.platform == "linux" and kept < self.size:
            advise(self.address + kept, self.size - kept, mmap.MADV_REMOVE)

    def close(self) -> None:
        """Give the memory back. A view that is still held keeps it until then."""
        with contextlib.suppress(BufferError):
            self.view.release()
            if self._map is not None:
                self._map.close()
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None
        if self._shared is not None:
            with contextlib.suppress(BufferError):
                self._shared.close()
            with contextlib.suppress(FileNotFoundError):
                self._shared.unlink()
            self._shared = None


class ReceivedBuffers:
    """The buffers of the present request as the decoding process sees them, by name."""

    def __init__(self, channel: int | None) -> None:
        # The program that made the memory also removes it; a tracker here would remove it too early.
        resource_tracker.register = lambda *_args, **_kwargs: None
        self._channel = channels.open_inherited(channel) if channel is not None else None
        self._maps: dict[str, mmap.mmap | SharedMemory] = {}

    def get(self, *names: str) -> list[memoryview]:
        """Return each of these buffers whole; release those of earlier requests that are not among them."""
        for old in self._maps.keys() - set(names):
            with contextlib.suppress(BufferError):
                self._maps.pop(old).close()
        while missing := [name for name in names if name not in self._maps]:
            if sys.platform == "linux" and self._channel is not None:
                name, found = _receive_buffer(self._channel)
                self._maps[name] = found
            else:
                self._maps[missing[0]] = SharedMemory(name=missing[0])
        asked = [self._maps[name] for name in names]
        return [
            memoryview(buffer) if isinstance(buffer, mmap.mmap) else _get_view(buffer) for buffer in asked
        ]


if sys.platform == "linux":

    def hand_over(channel: Channel, buffer: Buffer) -> None:
        """Send the descriptor of a buffer to the process at the other end; OSError if it is gone."""
        if buffer.descriptor is not None:
            channels.send(channel, buffer.name.encode("ascii"), [buffer.descriptor])

    def _receive_buffer(channel: Channel) -> tuple[str, mmap.mmap]:
        """The name of the buffer that is handed over next, and all of it."""
        said, descriptors = channels.receive(channel, _LONGEST_NAME, 1)
        if not said or not descriptors:
            raise ValueError("no buffer was handed over")
        try:
            return said.decode("ascii"), _map_buffer(descriptors[0])
        finally:
            os.close(descriptors[0])

    def _create_memory_file(size: int) -> tuple[int, mmap.mmap]:
        """A nameless file in memory, and the one mapping that can be written whatever is sealed."""
        descriptor = os.memfd_create("reviewer", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.ftruncate(descriptor, size)
        return descriptor, mmap.mmap(descriptor, size)

    def _seal(descriptor: int, for_reading: bool) -> bool:
        """Seal a buffer: shrinking it would kill any process that reads it. Return whether only this process
        can write it."""
        seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
        if for_reading:
            with contextlib.suppress(OSError):  # an older kernel does not know this seal
                fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals | _SEAL_FUTURE_WRITE)
                return True
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
        return False

    def _map_buffer(descriptor: int) -> mmap.mmap:
        """All of a buffer, for reading only if that is all that is allowed."""
        size = os.fstat(descriptor).st_size
        try:
            return mmap.mmap(descriptor, size)
        except PermissionError:
            return mmap.mmap(descriptor, size, access=mmap.ACCESS_READ)


def _get_view(shared: SharedMemory) -> memoryview:
    if shared.buf is None:
        raise ValueError("the buffer is gone")
    return shared.buf
