"""Python's cyclic collector, on the GUI thread only.

It runs in whichever thread allocates next; a Qt object that it finds there would be destroyed on a thread
it does not live on, which crashes the program some time later. So it is switched off and called here.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QInputEvent

from reviewer.qt.event_listening import listen_to_events, stop_listening

_COLLECT_EVERY_MS = 1000
QUIET_SECONDS, SECONDS_BETWEEN = 10, 60
"""All garbage but that of what is set aside is collected when nobody has touched key or pointer for so long,
and so long after the last time."""
AWAY_SECONDS = 120
"""After so long what is set aside is looked at, too: half a second for 55,000 photographs."""
MOST_AT_ONCE = 50_000
"""Young objects that are looked at while somebody is at work: a hundredth of a second."""


class GuiCollector(QObject):
    """Collects young garbage every second, more when nobody is at work, all at the end. One per program."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        gc.disable()
        self._seconds = seconds
        self._touched = self._collected_all = self._collected_aside = seconds()
        gc.freeze()  # modules, which stay
        self._timer = QTimer(self)
        self._timer.setInterval(_COLLECT_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()
        listen_to_events(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputEvent):
            self._touched = self._seconds()
        return False

    def collect(self) -> None:
        """Called by the timer."""
        now = self._seconds()
        quiet = now - self._touched
        if quiet >= AWAY_SECONDS and self._collected_aside < self._touched + AWAY_SECONDS:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self._collected_aside = self._collected_all = self._seconds()
        elif gc.get_count()[0] > MOST_AT_ONCE:
            gc.freeze()
        elif quiet < QUIET_SECONDS or now - self._collected_all < SECONDS_BETWEEN:
            gc.collect(1)
        else:
            gc.collect()
            self._collected_all = self._seconds()

    def stop(self) -> None:
        """The last window is gone: collect what it left and give the collector back."""
        self._timer.stop()
        stop_listening(self)
        gc.unfreeze()
        gc.collect()
        gc.enable()
