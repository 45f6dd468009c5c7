"""Stands in for the first process of the program once another one has taken its place.

Whoever started the program waits for its first process and sends that its signals. Run as a script, by its
path: it loads nothing of the program and takes a few megabytes. The processes that follow one another tell
it through a pipe who they are and how the last one ended; the end of the pipe is the end of all of them.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from types import FrameType

_MOST_DESCRIPTORS = 1 << 16
_ADOPT_DESCENDANTS = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
FAILED = 1


def format_process(pid: int) -> bytes:
    return f"process {pid}\n".encode("ascii")


def format_status(status: int) -> bytes:
    return f"status {status}\n".encode("ascii")


def stand_in(line: int) -> int:
    """Wait until nobody holds the other end of `line`; the status that was told last, 1 for none."""
    told = {"process": 0, "status": FAILED}

    def pass_on(number: int, _frame: FrameType | None) -> None:
        if told["process"]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(told["process"], number)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all
    signal.signal(signal.SIGTERM, pass_on)
    rest = b""
    while read := os.read(line, 4096):
        *whole, rest = (rest + read).split(b"\n")
        for words in whole:
            name, _space, number = words.decode("ascii").partition(" ")
            told[name] = int(number)
        _hear_signals()  # those that came before it was known to whom they go have waited
    return told["status"]


def hold_signals_back() -> None:
    """Let the signals wait that are to be passed on, also over the change into another program."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


def _hear_signals() -> None:
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _close_all_but(line: int) -> None:
    """What the libraries of the process before left open, its window among it."""
    os.closerange(3, line)
    os.closerange(line + 1, _MOST_DESCRIPTORS)


def _begin(line: int) -> int:
    _close_all_but(line)
    if sys.platform != "win32":
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children that end leave nothing behind
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):  # nor do those that had ended before
                pass
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT_DESCENDANTS, 1, 0, 0, 0)
    return stand_in(line)


if __name__ == "__main__":
    sys.exit(_begin(int(sys.argv[1])))
