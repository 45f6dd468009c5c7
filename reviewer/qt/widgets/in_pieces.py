"""Making many widgets piece by piece, so that keys and clicks are looked at between two of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from reviewer.qt.event_listening import unheard_events
from reviewer.qt.widgets.timers import make_single_shot_timer


class PieceMaker:
    """Makes one piece in each turn of the event loop, in their order, until all are there."""

    def __init__(self, parent: QObject) -> None:
        self._pieces: deque[Callable[[], object]] = deque()
        self._soon = make_single_shot_timer(parent, 0, self._make_next)

    @property
    def is_busy(self) -> bool:
        """Whether pieces are still to be made."""
        return bool(self._pieces)

    def begin(self, pieces: Iterable[Callable[[], object]]) -> None:
        """Make these from the next turn on, and no others."""
        self._pieces = deque(pieces)
        if self._pieces:
            self._soon.start()

    def finish(self) -> None:
        """Make at once what is left."""
        while self._pieces:
            self._make_next()

    def stop(self) -> None:
        """Make no more."""
        self._pieces.clear()
        self._soon.stop()

    def _make_next(self) -> None:
        if not self._pieces:
            return
        with unheard_events():
            self._pieces.popleft()()
        if self._pieces:
            self._soon.start()
