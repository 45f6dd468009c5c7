"""The process that takes the place of one that was locked: it shows the page of the lock and knows no secret.

    python -m reviewer.qt.successor DESCRIPTOR

DESCRIPTOR is the end of the pipe to whoever waits for the program (`system/succession.py`).
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from reviewer.domain.errors import EXIT_FAULT
from reviewer.qt.app import RunningWindow
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.qt.main_window.resume_point import LockedWindow, decode_locked_window
from reviewer.services.jobs import JobControl, Jobs
from reviewer.services.pictures.decoding import warm_up_decoding
from reviewer.system import logs
from reviewer.system.dumps import refuse_dumps
from reviewer.system.streams import provide_streams
from reviewer.system.succession import Line, Predecessor

logger = logging.getLogger("reviewer")
_PAINTED_BY_MS = 2000
"""A window that lies under others, or on another desktop, is not painted; it stands there all the same."""


class TakingOver(QObject):
    """Shows the window, tells the predecessor once it is seen, and takes a passphrase once that is gone."""

    def __init__(self, running: RunningWindow, predecessor: Predecessor, locked: LockedWindow) -> None:
        super().__init__(running.window)
        self._window, self._post = running.window, running.post
        self._predecessor, self._is_in_front = predecessor, locked.is_in_front
        self._jobs = Jobs()
        self._is_reported = False
        self._page: UnlockScreen = self._window.show_locked(locked)
        self._page.wait_for("One moment\u2026")
        running.application.aboutToQuit.connect(self.close)
        self._application = running.application
        self._application.installEventFilter(self)  # until the page was painted: it is asked at each event
        self._window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not locked.is_in_front)
        if locked.is_minimized:
            self._window.showMinimized()
        else:
            self._window.show()
        QTimer.singleShot(_PAINTED_BY_MS, self, self._report)

    def close(self) -> None:
        """Nobody waits for the process before any more."""
        self._jobs.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._report)
        return False

    def _report(self) -> None:
        if self._is_reported:
            return
        self._is_reported = True
        self._application.removeEventFilter(self)
        self._window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
        self._predecessor.report_ready()

        def wait(_control: JobControl) -> None:
            self._predecessor.wait_until_gone()

        self._jobs.start("predecessor", wait, self._post, on_done=lambda _none: self._begin())

    def _begin(self) -> None:
        """The process before is gone, and with it all that it knew."""
        self._predecessor.end_with_stand_in()
        self._page.wait_for("")
        if self._is_in_front:
            self._window.raise_()
            self._window.activateWindow()
        self._jobs.start("warm up", lambda _control: warm_up_decoding(), self._post)


def main(words: Sequence[str]) -> int:
    """Take over from the process that started this one; the exit status of the program."""
    refuse_dumps()
    provide_streams()
    logs.set_up_logging()
    sys.argv[:] = ["reviewer"]
    line = Line(int(words[0]) if words else None)
    predecessor = Predecessor()
    state = predecessor.read_state()
    if not state:
        return 0
    try:
        locked = decode_locked_window(state)
        running = RunningWindow(line, view_only=locked.is_view_only)
        _taking_over = TakingOver(running, predecessor, locked)
        status = running.turn()
    except Exception:
        logger.exception("a fault of the program")
        status = EXIT_FAULT
    line.tell_status(status)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
