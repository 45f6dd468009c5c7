"""The only place where threads meet Qt: work posted from anywhere runs on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class GuiPost(QObject):
    """Call it with a function from any thread; the function runs on the thread this object lives on."""

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._open = True
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def __call__(self, work: Callable[[], None]) -> None:
        if self._open:
            self._posted.emit(work)

    def stop(self) -> None:
        """Drop whatever is posted from now on: the window it would reach is gone."""
        self._open = False

    @Slot(object)
    def _run(self, work: Callable[[], None]) -> None:
        if self._open:
            work()
