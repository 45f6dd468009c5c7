"""Locking the window: nothing of the case on screen, its keys gone, every act saved before that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from reviewer.qt.door import Door
from reviewer.qt.idle import IdleWatch
from reviewer.qt.screens.unlock import UnlockScreen
from reviewer.qt.session import Session
from reviewer.qt.traces import clear_clipboard

_LOOK_MS = 200


@dataclass(frozen=True)
class LeftAt:
    """Where the person was: the screen, the folders that were being ingested, and how many entries the
    ledger had when the sitting began, so that its receipt is not forgotten over a lock."""

    screen: str
    folders: Sequence[Path]
    entries_before: int


class Locking(QObject):
    """`hide` takes all of the case off the window at once; `end` ends the session, told where it was."""

    def __init__(
        self,
        door: Door,
        session: Callable[[], Session | None],
        screen: Callable[[], str],
        hide: Callable[[], None],
        end: Callable[[LeftAt], None],
    ) -> None:
        super().__init__(door)
        self._door, self._session, self._screen = door, session, screen
        self._hide, self._end = hide, end
        self.idle = IdleWatch(self)
        self.idle.left.connect(self.lock)

    def lock(self) -> None:
        session = self._session()
        if session is None or self._door.is_locked:
            return
        left = LeftAt(self._screen(), session.ingest.unfinished, session.entries_before)
        session.reading.side.note.keep()
        page = self._door.show_locked(session.case.folder, bool(session.case.read_only))
        self._hide()
        clear_clipboard()
        self._finish(session, page, left)

    def _finish(self, session: Session, page: UnlockScreen, left: LeftAt) -> None:
        """Once everything is saved the session ends, however long that takes."""
        if self._session() is not session:
            return
        waiting = 0 if session.case.read_only else session.case.writer.waiting
        if waiting:
            page.wait_for(f"{waiting} acts are not saved yet: the keys are kept until they are.")
            QTimer.singleShot(_LOOK_MS, page, lambda: self._finish(session, page, left))
            return
        self._end(left)
        page.wait_for("")
