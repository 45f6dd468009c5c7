"""A program that crashes leaves no image of its memory: keys, notes and pictures would lie in it."""

from __future__ import annotations

import ctypes
import sys

if sys.platform != "win32":
    import resource

_SET_DUMPABLE = 4


def refuse_dumps() -> None:
    """No core file from here on, for this process and those it starts; as far as the system has it.

    The limit alone does not do: systems that hand dumps to a program of theirs do not ask it. On Linux the
    process is marked as well, which also keeps others of the same account from reading its memory; programs
    that it starts have to mark themselves.
    """
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
