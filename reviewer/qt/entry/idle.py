"""Notices that nobody is there: no key and no mouse for a while, or the machine has slept."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent
from PySide6.QtWidgets import QWidget

from reviewer.qt.event_listening import listen_to_events, stop_listening
from reviewer.system.clock import read_seconds_asleep

_LOOK_MS = 1000
JUMP_SECONDS = 20.0
"""A timer of one second that comes so late did not come late: the machine stood still."""
SLEPT_SECONDS = 0.5
"""More sleep than this, by the clocks of the system, is sleep."""
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
_BEFORE_PAINTING = frozenset({QEvent.Type.UpdateRequest, QEvent.Type.Expose})


class IdleWatch(QObject):
    """`left` when it is time to lock. `seconds` and `wall` are clocks, the second one goes on in sleep;
    `asleep` is how long the machine has slept so far, by its own account."""

    left = Signal()

    def __init__(
        self,
        parent: QObject,
        seconds: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        asleep: Callable[[], float] = read_seconds_asleep,
    ) -> None:
        super().__init__(parent)
        self._seconds, self._wall, self._asleep = seconds, wall, asleep
        self._minutes = 0
        self._last, self._looked, self._asleep_before = seconds(), wall(), asleep()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, minutes: int) -> None:
        """Begin, or go on with another patience; 0 minutes notices sleep only."""
        self._minutes = minutes
        self._restart()
        if not self._timer.isActive():
            listen_to_events(self)
        self._timer.start()

    def stop(self) -> None:
        stop_listening(self)
        self._timer.stop()

    def look(self) -> bool:
        """Is it time? Called by the timer."""
        before, self._looked = self._looked, self._wall()
        jumped = self._looked - before > JUMP_SECONDS
        idle = bool(self._minutes and self._seconds() - self._last >= 60 * self._minutes)
        slept = self._has_slept()
        self._asleep_before = self._asleep()  # anew each time: two clocks drift apart over days
        return self._report_left() if jumped or idle or slept else False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first thing after sleep may be a key or a window to be painted: it comes too late for both."""
        if isinstance(watched, QWidget) and not watched.isWindow() and not isinstance(event, QInputEvent):
            return False  # the most of all events, of parts of a window; their type is costly to ask
        kind = event.type()
        if kind in _SIGNS_OF_LIFE:
            if self._has_slept():
                return self._report_left()
            self._last = self._seconds()
        elif kind in _BEFORE_PAINTING and self._has_slept():
            self._report_left()
        return False

    def _has_slept(self) -> bool:
        return self._asleep() - self._asleep_before > SLEPT_SECONDS

    def _report_left(self) -> bool:
        self._restart()
        self.left.emit()
        return True

    def _restart(self) -> None:
        self._last, self._looked, self._asleep_before = self._seconds(), self._wall(), self._asleep()
