"""Leaving the window alone: locked, with nothing of the case on screen and its keys gone; or closed.

Every act is saved before that, and every receipt is shown, now or when the window is left for good.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QThread, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

from reviewer.qt.entry.idle import IdleWatch
from reviewer.qt.entry.privacy import clear_clipboard
from reviewer.qt.entry.sign_in import SignIn
from reviewer.qt.entry.suspend import SleepFilter
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.qt.handing_over.handing_over import describe_unfinished
from reviewer.qt.main_window.resume_point import ResumePoint
from reviewer.qt.main_window.session import Session
from reviewer.qt.painted_wait import PaintedWait

_LOOK_MS, _SOON_MS = 200, 10


class LoginManager(Protocol):
    """What QSessionManager offers when the operating system wants to end the login."""

    def cancel(self) -> None: ...


class Replacement(Protocol):
    """What puts another process in the place of this one, whose memory is not to be trusted after a lock."""

    def prepare(self) -> None:
        """A lock begins: everything is still to be saved."""

    def take_over(self, left: ResumePoint, stay: Callable[[], None]) -> None:
        """Everything is saved and closed: hand the window over, or call `stay` if that cannot be."""


class SessionLocker(QObject):
    """`hide` takes all of the case off the window at once; `end` ends the session, told where it was.

    `is_ending`: the system wants the program to end, so that nobody is there to confirm anything.
    `replacement` is given by the program; without one the window stays locked in its own process.
    """

    def __init__(
        self,
        door: SignIn,
        session: Callable[[], Session | None],
        screen: Callable[[], str],
        hide: Callable[[], None],
        end: Callable[[ResumePoint], None],
    ) -> None:
        super().__init__(door)
        self._door, self._session, self._screen = door, session, screen
        self._hide, self._end = hide, end
        self.is_ending = False
        self._told = False
        self.replacement: Replacement | None = None
        self.idle = IdleWatch(self)
        self.idle.left.connect(self.lock)
        self._sleep = SleepFilter(self.lock)
        self._sleep.install()
        application = QApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self.on_login_ending)

    def begin(self, lock_minutes: int) -> None:
        """A session has begun: watch over it."""
        self.is_ending = self._told = False
        self.idle.watch(lock_minutes)

    def lock(self) -> None:
        session = self._session()
        if session is None or self._door.is_locked:
            return
        left = ResumePoint(
            case=session.case.folder,
            read_only=bool(session.case.read_only),
            examiner="" if session.is_encrypted else session.examiner.name,
            screen=self._screen(),
            stopped=describe_unfinished(session.jobs),
            entries_before=session.services.entries_before,
        )
        session.keep_for_lock()
        page = self._door.show_locked(left.case, left.read_only, left.examiner)
        self._hide()
        clear_clipboard()
        page.wait_for("One moment\u2026")
        if self.replacement is not None and not self.is_ending:
            self.replacement.prepare()
        if _dismiss_dialogs():
            self._run_below_loop_level(
                QThread.currentThread().loopLevel(), lambda: self._finish(session, page, left)
            )
        else:
            self._finish(session, page, left)

    def why_not_yet(self, session: Session) -> str:
        """Why the window does not close at once, said one time; "" if it may."""
        if self._told:
            return ""
        said = ""
        if not session.case.read_only:
            session.keep_typed()
            if not self._drain(session):
                said = f"{session.services.waiting} acts are not saved yet. Close again to give them up."
        if not said and not self.is_ending and describe_unfinished(session.jobs):
            said = f"{describe_unfinished(session.jobs)} Close again to stop that."
        self._told = bool(said)
        return said

    def on_login_ending(self, manager: LoginManager) -> None:
        """Save and close now: the login ends, and the system asks only once.

        Only acts that cannot be saved are a reason to hold it up.
        """
        self.is_ending = True
        session = self._session()
        if session is None:
            return
        if not session.case.read_only:
            session.keep_typed()
            if not self._drain(session):
                self.is_ending = False
                manager.cancel()
        self.lock()

    def _drain(self, session: Session) -> bool:
        """Wait a little for acts on their way; whether all are saved."""
        said, say = (
            session.describe_leaving(),
            self._door.say if self._door.is_locked else session.reading.say,
        )
        return PaintedWait(lambda: say(said)).run(session.services.drain)

    def _run_below_loop_level(self, level: int, then: Callable[[], None]) -> None:
        """A dialog that was taken away still has to return to whoever asked it, before its parents go."""
        if QThread.currentThread().loopLevel() < level:
            then()
        else:
            QTimer.singleShot(_SOON_MS, self, lambda: self._run_below_loop_level(level, then))

    def _finish(self, session: Session, page: UnlockScreen, left: ResumePoint) -> None:
        """Once everything is saved the session ends, however long that takes."""
        if self._session() is not session:
            return
        waiting = session.services.waiting
        if waiting:
            page.wait_for(f"{waiting} acts are not saved yet: the keys are kept until they are.")
            QTimer.singleShot(_LOOK_MS, page, lambda: self._finish(session, page, left))
            return
        self._end(left)
        self._door.copying.run_afterwards(lambda: self._hand_over(page, left))

    def _hand_over(self, page: UnlockScreen, left: ResumePoint) -> None:
        if self.replacement is not None and not self.is_ending:
            self.replacement.take_over(left, lambda: page.wait_for(""))
        else:
            page.wait_for("")


def _dismiss_dialogs() -> bool:
    """Close every dialog and menu: a file dialog shows names. Whether one was waiting for an answer."""
    waiting = False
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            waiting = waiting or widget.isModal()
            widget.reject()
    return waiting
