"""Notices that nobody is there: no key and no mouse for a while, or the machine has slept."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

_LOOK_MS = 1000
SLEPT_SECONDS = 20.0
"""A timer of one second that comes so late did not come late: the machine was asleep."""
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletMove,
    }
)


class IdleWatch(QObject):
    """`left` when it is time to lock. `seconds` and `wall` are clocks, the second one goes on in sleep."""

    left = Signal()

    def __init__(
        self,
        parent: QObject,
        seconds: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._seconds, self._wall = seconds, wall
        self._minutes = 0
        self._last = seconds()
        self._looked = wall()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, minutes: int) -> None:
        """Begin, or go on with another patience; 0 minutes notices sleep only."""
        self._minutes = minutes
        self._last, self._looked = self._seconds(), self._wall()
        application = QCoreApplication.instance()
        if application is not None and not self._timer.isActive():
            application.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._timer.stop()

    def look(self) -> None:
        """Is it time? Called by the timer."""
        before, self._looked = self._looked, self._wall()
        slept = self._looked - before > SLEPT_SECONDS
        idle = self._minutes and self._seconds() - self._last >= 60 * self._minutes
        if slept or idle:
            self._last = self._seconds()
            self.left.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._last = self._seconds()
        return False
