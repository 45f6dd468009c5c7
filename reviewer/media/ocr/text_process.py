"""Reading text in a part of a picture, in a process of its own: started when asked, killed if it overruns."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from reviewer.media.ocr.text_worker import LONGEST_TEXT, MOST_TEXTS
from reviewer.media.workers import answers
from reviewer.media.workers.pool import Picture
from reviewer.media.workers.worker_process import WorkerLost, WorkerProcess

COMMAND = (sys.executable, "-m", "reviewer.media.ocr.text_worker")
SECONDS = 20.0
_OVERRAN = "Reading the text took too long and was stopped."
_LOST = "The text reader ended without an answer."
TextArea = tuple[int, int, int, int]
"""Left, top, width, height in the pixels of the picture."""


class TextUnreadable(Exception):
    """Why there is no text, in one sentence."""


class TextProcess:
    """Not for several threads at once; only `interrupt` is for another thread."""

    def __init__(self, command: Sequence[str] = COMMAND, seconds: float = SECONDS) -> None:
        self._worker = WorkerProcess(command)
        self._seconds = seconds

    @property
    def pid(self) -> int | None:
        return self._worker.pid

    @property
    def layers(self) -> tuple[str, ...]:
        """What confines the process, in words; empty before it was ready for the first time."""
        return self._worker.layers

    def read(self, picture: Picture, area: TextArea | None = None) -> tuple[str, ...]:
        """Read `area` of the picture, or all of it, from top to bottom; TextUnreadable says why not."""
        left, top, width, height = _clip_area(picture, area)
        room = self._worker.provide_room(4 * width * height)
        source = memoryview(picture.pixels)
        for row in range(height):
            start = (top + row) * picture.stride + 4 * left
            room[4 * width * row : 4 * width * (row + 1)] = source[start : start + 4 * width]
        request = {"op": "read", "width": width, "height": height}
        try:
            untrusted, _bytes = self._worker.ask(request, self._seconds, most=0)
        except WorkerLost as lost:
            self._worker.end()
            raise TextUnreadable(_OVERRAN if lost.overran else _LOST) from lost
        try:
            fields = answers.UntrustedFields(untrusted)
            if not fields.flag("ok"):
                raise TextUnreadable(
                    _to_printable(fields.text("reason", 200)) if fields.has("reason") else _LOST
                )
            lines = (_to_printable(text) for text in fields.texts("texts", MOST_TEXTS, LONGEST_TEXT))
            return tuple(line for line in lines if line)
        except answers.ProtocolViolation:
            raise TextUnreadable(_LOST) from None

    def interrupt(self) -> None:
        """From another thread: a call that waits for an answer raises TextUnreadable now."""
        self._worker.interrupt()

    def end(self) -> None:
        """Kill the process if it runs; the next reading starts a new one."""
        self._worker.end()

    def close(self) -> None:
        """End for good and give the memory back."""
        self._worker.close()


def _clip_area(picture: Picture, area: TextArea | None) -> TextArea:
    """Clip `area` to the picture; all of the picture for None."""
    left, top, width, height = area or (0, 0, picture.width, picture.height)
    x1, y1 = max(0, left), max(0, top)
    x2, y2 = min(picture.width, left + width), min(picture.height, top + height)
    if x1 >= x2 or y1 >= y2:
        return 0, 0, picture.width, picture.height
    return x1, y1, x2 - x1, y2 - y1


def _to_printable(text: str) -> str:
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
