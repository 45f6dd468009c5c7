"""After a lock another process takes the place of this one, whose memory ends with it.

The successor is started as the lock begins and loads the program while the acts are being saved. It has seen
nothing of the case. If it cannot be started, or does not show its window, this process stays, locked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from reviewer.qt.main_window.resume_point import ResumePoint, encode_locked_window
from reviewer.qt.main_window.window import MainWindow
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.jobs import JobControl, Jobs, Post
from reviewer.system.succession import Line, Successor

_PATIENCE_MS = 60_000
logger = logging.getLogger(__name__)


class WindowSuccession(QObject):
    """The Replacement of a real window. `has_ended`: the successor stands there, and this process is to
    leave."""

    def __init__(self, window: MainWindow, post: Post, line: Line) -> None:
        super().__init__(window)
        self._window, self._post, self._line = window, post, line
        self._jobs = Jobs()
        self._successor: Successor | None = None
        self._too_late = make_single_shot_timer(self, _PATIENCE_MS, self._kill)
        self.has_ended = False

    def prepare(self) -> None:
        """Start the successor, which loads the program and waits to be told."""
        self._kill()
        try:
            self._successor = Successor(self._line)
        except OSError as error:
            logger.warning("the locked window stays in its process: %s", error.strerror)

    def take_over(self, left: ResumePoint, stay: Callable[[], None]) -> None:
        """Tell the successor what to show; once it shows it this window goes."""
        successor = self._successor
        if successor is None:
            stay()
            return
        state = encode_locked_window(self._window.describe_locked(left))

        def hand_over(_control: JobControl) -> bool:
            try:
                successor.tell(state)
                return successor.wait_until_ready()
            except (OSError, ValueError):  # it has ended, or was given up
                return False

        self._too_late.start()
        self._jobs.start(
            "hand over",
            hand_over,
            self._post,
            on_done=lambda is_ready: self._on_answer(is_ready, stay),
            on_failed=lambda _error: self._on_answer(False, stay),
        )

    def close(self) -> None:
        """End a successor that is not wanted any more."""
        self._kill()
        self._jobs.stop()

    def leave(self) -> None:
        """End this process, as `has_ended` says."""
        self._line.leave()

    def _on_answer(self, is_ready: bool, stay: Callable[[], None]) -> None:
        self._too_late.stop()
        if not is_ready:
            logger.warning("the locked window stays in its process: its successor has ended")
            self._kill()
            stay()
            return
        self.has_ended = True
        self._window.hide()
        QApplication.exit(0)

    def _kill(self) -> None:
        successor, self._successor = self._successor, None
        if successor is not None:
            successor.give_up()
