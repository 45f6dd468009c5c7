"""Memory that is given up goes back to the system, where the allocator of C can be told so (glibc)."""

from __future__ import annotations

import ctypes
import sys

_TRIM_ABOVE, _MAP_FROM = -1, -3  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of mallopt(3)
LARGE_BYTES = 1 << 20
_KEPT_AT_THE_TOP = 8 << 20


def give_back_large_blocks() -> None:
    """From here on blocks of LARGE_BYTES or more lie in mappings of their own, which end with them.

    By itself the allocator takes the largest block that was ever given up, up to 32 MiB, for the size from
    which it does so, and keeps what such blocks leave behind between smaller ones. Small blocks are not given
    back one by one: up to 8 MiB stay at the top of the heap. Nothing is changed where the allocator is
    another one.
    """
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        if hasattr(library, "mallopt"):
            library.mallopt(_MAP_FROM, LARGE_BYTES)
            library.mallopt(_TRIM_ABOVE, _KEPT_AT_THE_TOP)
