"""One copy of the process for each file: what a file does to it is gone with the copy.

The process itself never sees a byte of evidence. It makes a copy of itself, which parses one file, hands back
one line, and ends; the next answer is not read before that end. A copy may do less than the process: it can
make no copies and no new doors (`confinement.confine_copy`), and it ends with the process.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable

from reviewer.media.workers.answers import LONGEST_ANSWER_LINE
from reviewer.media.workers.confinement import confine_copy, make_copy_filter

ONE_FILE_EACH = "--one-file-each"
CAN_COPY = sys.platform == "linux"
"""Elsewhere a process that has loaded such libraries cannot be copied safely."""
_NICE = 4
_MOST_OPEN = 256


if sys.platform == "linux":

    class CopyPerFile:
        """Made before files are given up."""

        def __init__(self) -> None:
            os.nice(_NICE)  # a proof can wait for what the reader waits for
            self._filter = make_copy_filter()

        def answer_in_copy(self, work: Callable[[], str]) -> str:
            """Return the one line that `work` gives in a copy; "" if the copy ended before it answered."""
            gc.freeze()  # what is there already is not touched, so that it need not be copied
            reading, writing = os.pipe()
            child = os.fork()
            if child == 0:
                self._answer_and_exit(work, writing)
            os.close(writing)
            with os.fdopen(reading, "rb") as said:
                line = said.read(LONGEST_ANSWER_LINE)
            os.waitpid(child, 0)
            return line.decode("ascii", "replace").replace("\n", " ")

        def _answer_and_exit(self, work: Callable[[], str], writing: int) -> None:
            """In the copy: close every way to the program but one, and end whatever happens."""
            try:
                os.close(0)
                os.closerange(3, writing)
                os.closerange(writing + 1, _MOST_OPEN)
                confine_copy(self._filter)
                content = work().encode("ascii")
                while content:
                    content = content[os.write(writing, content) :]
            finally:
                os._exit(0)
