"""Everything that lives as long as one Case is open in the window."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from reviewer.domain.case import Examiner
from reviewer.domain.errors import KnownError
from reviewer.domain.receipt import Receipt
from reviewer.qt.compare.screen import CompareScreen
from reviewer.qt.reading.reading_screen import ReadingScreen
from reviewer.qt.screens.access import AccessScreen
from reviewer.qt.screens.ingest import IngestScreen
from reviewer.qt.screens.integrity import IntegrityScreen
from reviewer.qt.screens.problems import ProblemsScreen
from reviewer.qt.screens.settings import SettingsScreen
from reviewer.qt.theme import Theme
from reviewer.services.body_maps import load_body_maps
from reviewer.services.care import load_care, note_viewing, viewing_days
from reviewer.services.decoding import new_pool
from reviewer.services.desk import Desk
from reviewer.services.enhancing import Enhancer
from reviewer.services.ingest.run import IngestResult, ingest
from reviewer.services.jobs import JobControl, Post
from reviewer.services.open_case import OpenCase
from reviewer.services.pictures import Answer, Pictures, Want
from reviewer.services.places import keep_place, last_place
from reviewer.services.reader import Reader
from reviewer.services.receipts import make_receipt
from reviewer.services.worklist import Worklist

logger = logging.getLogger(__name__)
_EXTEND_MS, _PLACE_MS = 500, 2000
PATIENCE = 3.0
"""Seconds that closing waits for acts on their way."""
Prepare = Callable[[JobControl], None]


class Session(QObject):
    """Made from a Case, an Examiner and a loaded Worklist; `close` undoes all of it, in order."""

    def __init__(
        self,
        case: OpenCase,
        examiner: Examiner,
        worklist: Worklist,
        post: Post,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.case, self.examiner = case, examiner
        self.prepare: Prepare | None = None
        self._pool = new_pool()
        self.desk = Desk(case, examiner, post)
        self.reader = Reader(self.desk, worklist)
        self._pictures = Pictures(case, self._pool, post, self._on_picture)
        self._enhancer = Enhancer(post)
        self._care = load_care(examiner.name)
        self._viewed_on: date | None = None
        self.reading = ReadingScreen(
            self.reader, self._pictures, self._enhancer, load_body_maps(), self._care, theme, parent
        )
        self.reading.set_care(self._care)
        self.ingest = IngestScreen(case, examiner, self._ingest, post)
        self.problems = ProblemsScreen(case, post)
        self.integrity = IntegrityScreen(case, examiner, post)
        colours = theme.colour("canvas"), theme.colour("canvas_text")
        self.compare = CompareScreen(self.reader, self._pictures, self._enhancer, self._softening, colours)
        self.settings = SettingsScreen(
            examiner.name, lambda: viewing_days(examiner.name, case.clock().date()), self._pool.layers
        )
        self.access = AccessScreen(case, examiner, post)
        self.entries_before = case.counts().entries
        self.screens: dict[str, QWidget] = {
            "read": self.reading,
            "ingest": self.ingest,
            "problems": self.problems,
            "integrity": self.integrity,
            "compare": self.compare,
            "settings": self.settings,
            "access": self.access,
        }
        self._place_later = self._later(_PLACE_MS, self._keep_place_aside)
        self._extend_later = self._later(_EXTEND_MS, self._extend)
        self._connect()

    def _later(self, after_ms: int, work: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(work)
        return timer

    def _connect(self) -> None:
        self.reader.on_moved.append(self._place_later.start)
        self.ingest.kept.connect(self._extend_soon)
        self.ingest.ended.connect(self._extend)
        self.settings.care_changed.connect(self.reading.set_care)
        self.integrity.evidence.over.connect(self._pictures.forget_failures)
        self.reading.covered.connect(self.compare.set_covered)
        self.reader.on_moved.append(self._note_viewing)

    @property
    def title(self) -> str:
        """What the window is called while this Case is open."""
        return self.case.name if self.case.keys.encrypted else f"{self.case.name} \u2013 not encrypted"

    def say(self, screen: str, sentence: str) -> bool:
        """One sentence on a screen that has a place for it; False if it has none."""
        if screen in {"read", "compare"}:
            (self.reading if screen == "read" else self.compare).say(sentence)
        return screen in {"read", "compare"}

    def begin(self) -> None:
        """Go to where the Examiner was, or to the first Photo that is not read."""
        worklist = self.reader.worklist
        place = worklist.position_of(last_place(self.case, self.examiner.id))
        if place is None and len(worklist):
            place = worklist.next_unread(len(worklist) - 1)
        self.reader.go(place if place is not None else 0)
        self._say_empty()

    def _keep_place_aside(self) -> None:
        """Keep the place by the thread that writes: the window does not wait for a disk."""
        if not self.case.read_only:
            photo = self.reader.sha256
            self.case.writer.batch(lambda _connection: keep_place(self.case, self.examiner.id, photo))

    def keep_place(self) -> None:
        if self.reader.sha256:
            keep_place(self.case, self.examiner.id, self.reader.sha256)

    def receipt(self) -> Receipt | None:
        """What the ledger is as the session ends, if anything was added to it since it began.

        The jobs are stopped for it: what they record when they stop belongs under the receipt too.
        """
        if self.case.read_only:
            return None
        self.reading.side.note.keep()
        self._stop_jobs()
        self.case.writer.settle(PATIENCE)
        try:
            receipt = make_receipt(self.case, self.examiner)
        except KnownError as error:
            logger.warning("no receipt: %s", error.message)
            return None
        return receipt if receipt.entries > self.entries_before else None

    def close(self) -> None:
        """Stop the jobs, save what waits, close the Case."""
        self._extend_later.stop()
        self._place_later.stop()
        self.reading.side.note.keep()
        self.keep_place()
        self._stop_jobs()
        self.desk.leave()
        self._enhancer.close()
        self.reading.let_go()
        self.compare.let_go()
        self._pictures.close()
        self._pool.close()
        self.case.close()

    def _stop_jobs(self) -> None:
        self.ingest.stop_and_wait()
        self.integrity.stop_and_wait()
        self.case.jobs.stop()

    def _ingest(self, folder: Path, control: JobControl) -> IngestResult:
        if self.prepare is not None:
            prepare, self.prepare = self.prepare, None
            prepare(control)
        return ingest(self.case, self._pool, self.examiner.id, folder, control)

    def _extend_soon(self) -> None:
        """Ingest tells more often than the Worklist needs to grow."""
        if not self._extend_later.isActive():
            self._extend_later.start()

    def _extend(self) -> None:
        if self.reader.worklist.extend():
            if self.reader.position >= 0:
                self.reading.show_place()
            self._say_empty()

    def _say_empty(self) -> None:
        if self.reader.position >= 0:
            return
        there = len(self.reader.worklist)
        words = "Press Space to begin." if there else "No photographs yet. Ingest a folder: Ctrl+Shift+2."
        self.reading.canvas.show_message(f"{there:,} photographs are ready. {words}" if there else words)

    def _on_picture(self, want: Want, answer: Answer) -> None:
        self.reading.feed.arrived(want, answer)
        self.compare.arrived(want, answer)

    def _softening(self) -> str:
        return self.reading.looking.softening

    def _note_viewing(self) -> None:
        """Once a day, for the reader's own count."""
        today = self.case.clock().date()
        if today != self._viewed_on:
            self._viewed_on = today
            note_viewing(self.examiner.name, today)

    def refresh(self, name: str) -> None:
        """Read anew what a screen shows, as it comes on."""
        if name == "read":
            self.reading.feed.resized()
        elif name == "compare":
            if self.compare.panes[0].position < 0 and self.reader.position >= 0:
                self.compare.begin()
        elif name in {"settings", "access"}:
            (self.settings if name == "settings" else self.access).refresh()
        elif name == "ingest":
            self.ingest.refresh()
        elif name == "problems":
            self.problems.refresh()
        else:
            self.integrity.refresh()

    def focus_of(self, name: str) -> QWidget:
        """Where the keyboard goes on a screen."""
        if name == "read":
            return self.reading.canvas
        return self.compare.active.view if name == "compare" else self.screens[name]
