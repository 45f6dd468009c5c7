"""Python's cyclic collector, on the GUI thread only.

It runs in whichever thread allocates next; a Qt object that it finds there would be destroyed on a thread
it does not live on, which crashes the program some time later. So it is switched off and called here.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_COLLECT_EVERY_MS = 1000


class GuiCollector(QObject):
    """Collects young garbage every second, and all garbage at the end. One per program."""

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_COLLECT_EVERY_MS)
        self._timer.timeout.connect(lambda: gc.collect(1))
        self._timer.start()

    def stop(self) -> None:
        """The last window is gone: collect what it left and give the collector back."""
        self._timer.stop()
        gc.collect()
        gc.enable()
