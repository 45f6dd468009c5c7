"""One process takes the place of another, which then ends with all that its memory held.

Only the end of a process surely empties the memory of Python, of Qt and of the libraries under them. What
the successor may know goes to it through its standard input, where nobody else of the machine sees it.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from reviewer.system import stand_in

_READY = b"ready\n"
_LONGEST = 1 << 20
_SIGNAL_AT_END_OF_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
_ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-P", "-m", "reviewer.qt.successor")


class Line:
    """The pipe to the process that stands in for the first one; made by the first, handed on by each.

    Where a process cannot be replaced in place (Windows) there is none: whoever waited for the first
    process is told that the program has ended when another takes its place.
    """

    def __init__(self, writing: int | None = None) -> None:
        """`writing` is what a predecessor handed on; None for the first process."""
        self._reading: int | None = None
        self._writing = writing
        self._is_first = writing is None
        if writing is not None:
            os.set_inheritable(writing, False)
            os.write(writing, stand_in.format_process(os.getpid()))

    def hand_on(self) -> list[int]:
        """The descriptors that the successor needs; none where nobody can stand in."""
        if sys.platform == "win32":
            return []
        else:
            if self._writing is None:
                self._reading, self._writing = os.pipe()
            return [self._writing]

    def tell_status(self, status: int) -> None:
        """Say how the program ends, unless this process is the first and says it by itself."""
        if not self._is_first and self._writing is not None:
            os.write(self._writing, stand_in.format_status(status))

    def leave(self) -> NoReturn:
        """End this process at once and for good: nothing of its memory stays.

        The first one becomes the stand-in under its own number. Nothing is tidied up: what has to be
        saved is saved before.
        """
        logging.shutdown()
        if self._is_first and self._reading is not None:
            with contextlib.suppress(OSError):
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                stand_in.hold_signals_back()
                os.set_inheritable(self._reading, True)
                words = [sys.executable, "-I", "-S", str(Path(stand_in.__file__)), str(self._reading)]
                os.execv(sys.executable, words)  # noqa: S606
        os._exit(0)


class Successor:
    """A process that is about to take over. `tell` it once; it says that it is ready, or ends."""

    def __init__(self, line: Line, command: Sequence[str] = COMMAND) -> None:
        """Start it. OSError if that fails."""
        handed_on = line.hand_on()
        path = [str(_ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
        self._process = subprocess.Popen(
            [*command, *map(str, handed_on)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=handed_on,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, dict.fromkeys(path)))},
        )

    def tell(self, state: bytes) -> None:
        """Say in one line what it is to show. OSError if it has ended."""
        if self._process.stdin is None:
            raise OSError("nobody listens")
        self._process.stdin.write(state + b"\n")
        self._process.stdin.flush()

    def wait_until_ready(self) -> bool:
        """Whether it has taken over; False once it has ended without that."""
        return self._process.stdout is not None and self._process.stdout.readline(len(_READY)) == _READY

    def give_up(self) -> None:
        """End it, and wait until it has ended."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class Predecessor:
    """The process before, as its successor sees it: what it told, and its end."""

    def read_state(self) -> bytes:
        """Wait for what it tells; b"" if it ended without a word."""
        return sys.stdin.buffer.readline(_LONGEST)

    def report_ready(self) -> None:
        """Say that this process has taken over. Nobody hears what is printed after that."""
        with contextlib.suppress(OSError):
            os.write(sys.stdout.fileno(), _READY)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)

    def wait_until_gone(self) -> None:
        """Wait until it has ended."""
        while sys.stdin.buffer.read(4096):
            pass

    def end_with_stand_in(self) -> None:
        """From now on whoever kills the first process kills this one (Linux). By the main thread."""
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_SIGNAL_AT_END_OF_PARENT, signal.SIGTERM, 0, 0, 0)
