"""Standard input, output and error of a program that may have none: `pythonw` of Windows is started so.

There `sys.stdout` is None, and the first line that is printed by its methods would end the program.
"""

from __future__ import annotations

import ctypes
import io
import sys

_ERROR_BOX = 0x10  # MB_ICONERROR of MessageBoxW


class NowhereStream(io.TextIOBase):
    """Takes what is written and keeps nothing of it. No terminal."""

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        return len(text)


def provide_streams() -> None:
    """Give the program the streams that it was started without, and let each print any name.

    A narrow terminal shows as numbers what it cannot show. On Windows what goes to a file or to another
    program is UTF-8, as elsewhere; left alone it would be the code page of the country.
    """
    sys.stdin = sys.stdin or io.StringIO()
    sys.stdout = sys.stdout or NowhereStream()
    sys.stderr = sys.stderr or NowhereStream()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            redirected = sys.platform == "win32" and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if redirected else None, errors="backslashreplace")


def report_failure(sentence: str) -> None:
    """Say why the program ends on standard error; where nobody reads that (Windows), in a box."""
    print(sentence, file=sys.stderr)  # noqa: T201
    if sys.platform == "win32" and isinstance(sys.stderr, NowhereStream):
        ctypes.windll.user32.MessageBoxW(None, sentence, "reviewer", _ERROR_BOX)
