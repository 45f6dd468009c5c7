"""Everything that lives as long as one Case is open in the window."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.receipt import Receipt
from reviewer.domain.photos.case import Examiner
from reviewer.domain.worklist.reading_order import RECORD, ReadingOrder, ReadingRules
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.cards.screen import CardsScreen
from reviewer.qt.case.access import AccessScreen
from reviewer.qt.case.ingest import IngestScreen
from reviewer.qt.case.integrity import IntegrityScreen
from reviewer.qt.case.mandate_panel import MandatePanel
from reviewer.qt.case.problems import ProblemsScreen
from reviewer.qt.case.reading_rules import ReadingRulesPanel
from reviewer.qt.case.settings import SettingsScreen
from reviewer.qt.compare.screen import CompareScreen
from reviewer.qt.entry.privacy import clear_clipboard
from reviewer.qt.gallery.screen import GalleryScreen
from reviewer.qt.individuals.screen import IndividualsScreen
from reviewer.qt.look.theme import Theme
from reviewer.qt.main_window.half_done import UnfinishedInput
from reviewer.qt.main_window.keyboard import FocusKeeper
from reviewer.qt.reading.reading_screen import ReadingScreen
from reviewer.qt.records.screen import RecordsScreen
from reviewer.qt.screen import Screens
from reviewer.qt.search.finder import Finder
from reviewer.qt.sorting.screen import SortScreen
from reviewer.qt.statistics.screen import StatisticsScreen
from reviewer.services.account.viewing_comfort import (
    ViewingComfort,
    count_viewing_days,
    load_comfort,
    record_viewing_day,
)
from reviewer.services.cards.ocr_suggestions import CardSuggestions
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.receipts import make_receipt
from reviewer.services.gallery.model import GalleryModel
from reviewer.services.ingest.result import IngestResult
from reviewer.services.ingest.run import ingest
from reviewer.services.jobs import JobControl, LatestJob, Post, PostWhileOpen
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.pictures.enhancer import Enhancer
from reviewer.services.pictures.pictures import PictureLoader, PictureOrMissing, PictureRequest
from reviewer.services.reading.desk import ActQueue
from reviewer.services.reading.places import load_bookmark, save_bookmark
from reviewer.services.reading.reader import Reader
from reviewer.services.reading.sorting import Sorter
from reviewer.services.vocabulary.body_maps import load_map_pages
from reviewer.services.worklist.worklist import Worklist

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
        self._gate = PostWhileOpen(post)
        post = self._gate
        self.case, self.examiner = case, examiner
        self.prepare: Prepare | None = None
        self._reloading = LatestJob(case.jobs)
        self._pool = new_pool()
        self.desk = ActQueue(case, examiner, post)
        self.reader = Reader(self.desk, worklist)
        self._pictures = PictureLoader(case, self._pool, post, self._on_picture)
        self._enhancer = Enhancer(post)
        self._care = load_comfort(examiner.name)
        self._viewed_on: date | None = None
        self.reading = ReadingScreen(
            self.reader, self._pictures, self._enhancer, load_map_pages(), self._care, theme, parent
        )
        self.reading.set_care(self._care)
        self._make_quiet_screens(post, theme)
        colours = theme.colour("canvas"), theme.colour("canvas_text")
        self.compare = CompareScreen(
            self.reader, self._pictures, self._enhancer, self._get_softening, colours
        )
        self.sorting = SortScreen(
            Sorter(self.desk, worklist, post),
            self._pictures,
            self._enhancer,
            self._get_initial_softening,
            colours,
        )
        self.individuals = IndividualsScreen(
            self.reader, self._pictures.thumbnail, load_map_pages(), self._get_small_picture_look, post
        )
        self.gallery = GalleryScreen(GalleryModel(self.reader, post), self._pictures.thumbnail, post)
        self.suggestions = self._make_suggestions(worklist, post)
        self.cards = CardsScreen(self.reader, self._pictures, self.suggestions, colours)
        self.rules, mandate = ReadingRulesPanel(case, examiner, post), MandatePanel(case, examiner, post)
        own = self._count_viewing_days, self._pool.layers, self.suggestions.layers
        self.settings = SettingsScreen(examiner.name, *own, self.rules, mandate)
        self.entries_before = case.counts().entries
        self.screens = self._map_screens()
        self._keyboard = FocusKeeper(self.screens, self)
        self.begun = UnfinishedInput(self.reader, self.screens, parent)
        self.search = Finder(self.reader, self.screens, post)
        self._place_later = self._make_timer(_PLACE_MS, self._keep_place_in_background)
        self._extend_later = self._make_timer(_EXTEND_MS, self._extend_worklist)
        self.reading.viewed = self.viewed
        self._connect()

    def _make_quiet_screens(self, post: Post, theme: Theme) -> None:
        """Those that show no photograph."""
        case, examiner = self.case, self.examiner
        self.ingest = IngestScreen(case, examiner, self._run_ingest, post)
        self.problems = ProblemsScreen(self.desk, post)
        self.records = RecordsScreen(self.desk, post)
        self.statistics = StatisticsScreen(self.desk, post, theme)
        self.integrity = IntegrityScreen(case, examiner, post)
        self.access = AccessScreen(case, examiner, post)

    def _map_screens(self) -> Screens:
        """The screens of this Case, as the rail calls them."""
        return Screens(
            {
                "read": self.reading,
                "ingest": self.ingest,
                "sort": self.sorting,
                "gallery": self.gallery,
                "compare": self.compare,
                "individuals": self.individuals,
                "cards": self.cards,
                "records": self.records,
                "statistics": self.statistics,
                "problems": self.problems,
                "integrity": self.integrity,
                "access": self.access,
                "settings": self.settings,
            }
        )

    def _make_timer(self, after_ms: int, work: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(work)
        return timer

    def _connect(self) -> None:
        self.reader.on_moved.connect(self._place_later.start)
        self.ingest.kept.connect(self._extend_soon)
        self.ingest.ended.connect(self._extend_worklist)
        self.ingest.ended.connect(self._reorder_worklist)
        self.rules.changed.connect(self._rules_changed)
        self.records.on_row_of = self._look_at_record
        self.settings.care_changed.connect(self.reading.set_care)
        self.settings.care_changed.connect(self._switch_ocr)
        self.integrity.evidence.over.connect(self._pictures.forget_failures)
        self.reading.covered.connect(self.screens.set_covered)
        self.reading.covered.connect(lambda _covered: self.individuals.update_look())
        self.sorting.cover_wanted.connect(lambda: self.reading.cover(True))
        self.sorting.sorter.on_moved.connect(self._note_viewing)
        self.settings.care_changed.connect(lambda care: self.screens.soften(care.start))
        self.screens.soften(self._care.start)
        self.reader.on_moved.connect(self._note_viewing)

    @property
    def title(self) -> str:
        """What the window is called while this Case is open."""
        return self.case.name if self.case.keys.encrypted else f"{self.case.name} \u2013 not encrypted"

    def begin(self) -> None:
        """Go to where the Examiner was, or to the first Photo that is not read."""
        worklist = self.reader.worklist
        place = worklist.position_of(load_bookmark(self.case, self.examiner.id))
        if place is None and len(worklist):
            place = worklist.next_unread(len(worklist) - 1)
        self.reader.go(place if place is not None else 0)
        self._say_empty()
        if said := self.begun.take_up():
            self.screens.say("read", said)

    def _keep_place_in_background(self) -> None:
        """Keep the place by the thread that writes: the window does not wait for a disk."""
        if not self.case.read_only:
            photo = self.reader.sha256
            self.case.writer.enqueue_batch(
                lambda _connection: save_bookmark(self.case, self.examiner.id, photo)
            )

    def keep_place(self) -> None:
        if self.reader.sha256:
            save_bookmark(self.case, self.examiner.id, self.reader.sha256)

    def issue_receipt(self) -> Receipt | None:
        """What the ledger is as the session ends, if anything was added to it since it began.

        The jobs are stopped for it: what they record when they stop belongs under the receipt too.
        """
        if self.case.read_only:
            return None
        self.reading.side.note.keep()
        self.case.jobs.stop()
        self.case.writer.drain(PATIENCE)
        try:
            receipt = make_receipt(self.case, self.examiner)
        except KnownError as error:
            logger.warning("no receipt: %s", error.message)
            return None
        return receipt if receipt.entries > self.entries_before else None

    def close(self) -> None:
        """Stop the jobs, save what waits, close the Case. What is on its way to a screen arrives nowhere."""
        self._gate.shut()
        self._keyboard.stop()
        self.search.let_go()
        self._extend_later.stop()
        self._place_later.stop()
        self.begun.keep()
        self.reading.side.note.keep()
        self.keep_place()
        self.case.jobs.stop()
        self.desk.detach()
        self._enhancer.close()
        self.screens.let_go()
        self.suggestions.close()
        self._pictures.close()
        self._pool.close()
        self.case.close()
        clear_clipboard()

    def _run_ingest(self, folder: Path, control: JobControl) -> IngestResult:
        if self.prepare is not None:
            prepare, self.prepare = self.prepare, None
            prepare(control)
        return ingest(self.case, self._pool, self.examiner.id, folder, control)

    def _extend_soon(self) -> None:
        """Ingest tells more often than the Worklist needs to grow."""
        if not self._extend_later.isActive():
            self._extend_later.start()

    def _extend_worklist(self) -> None:
        if self.reader.worklist.extend():
            if self.reader.position >= 0:
                self.reading.show_place()
            self._say_empty()
            if self.gallery.isVisible() or self.sorting.isVisible():
                (self.gallery if self.gallery.isVisible() else self.sorting).refresh()

    def _reorder_worklist(self) -> None:
        """What was ingested has come to the end, folder after folder: as long as nothing is read, put all of
        it into the order that was drawn."""
        worklist = self.reader.worklist
        if worklist.is_everything and worklist.is_untouched and worklist.rules.order is ReadingOrder.DRAWN:
            self._reload_worklist()

    def _reload_worklist(self) -> None:
        """Read the list of everything again, in the order that holds now; the Photo on screen stays."""
        examiner = self.examiner.id
        self._reloading.start(
            "worklist",
            lambda _control: Worklist(self.case, examiner).load(),
            self._gate,
            on_done=self._use_everything,
            on_failed=lambda error: self.reading.say(str(error)),
        )

    def _use_everything(self, worklist: Worklist) -> None:
        if self.reader.position < 0 or not len(worklist):
            self.reader.worklist.replace_by(worklist)
            self._say_empty()
        else:
            self.reader.use_worklist(worklist)
        if self.gallery.isVisible() or self.sorting.isVisible():
            (self.gallery if self.gallery.isVisible() else self.sorting).refresh()

    def _rules_changed(self, rules: ReadingRules) -> None:
        before, self.reader.worklist.rules = self.reader.worklist.rules, rules
        drawn_anew = rules.seed != before.seed or rules.order is not before.order
        if drawn_anew and self.reader.worklist.is_everything:
            self._reload_worklist()
        self.reading.rules_changed()

    def _look_at_record(self, individual: str) -> None:
        """A row about the person on Read came into view."""
        worklist, position = self.reader.worklist, self.reader.position
        group = worklist.group_index(position) if position >= 0 else -1
        if individual and group >= 0 and worklist.groups[group].id == individual:
            self.reader.masking.note_look(self.reader.sha256, RECORD)

    def _say_empty(self) -> None:
        if self.reader.position >= 0:
            return
        there = len(self.reader.worklist)
        words = "Press Space to begin." if there else "No photographs yet. Ingest a folder: Ctrl+Shift+2."
        self.reading.canvas.show_message(f"{there:,} photographs are ready. {words}" if there else words)

    def _on_picture(self, want: PictureRequest, answer: PictureOrMissing) -> None:
        self.screens.arrived(want, answer)

    def _count_viewing_days(self) -> tuple[int, int]:
        return count_viewing_days(self.examiner.name, self.case.clock().date())

    def _make_suggestions(self, worklist: Worklist, post: Post) -> CardSuggestions:
        made = CardSuggestions(self.desk, worklist, self._pictures, post)
        made.switched_on = self._care.card_ocr
        return made

    def _switch_ocr(self, care: ViewingComfort) -> None:
        self.suggestions.switched_on = care.card_ocr

    def _get_softening(self) -> str:
        return self.reading.looking.softening

    def _get_initial_softening(self) -> str:
        """How a photograph that was not cleared with F4 is to be shown."""
        start = self.reading.care.start
        return start if start in {"grey", "blur"} else ""

    def _get_small_picture_look(self) -> tuple[bool, str]:
        """Whether small photographs are covered, and whether grey or blurred, as the reader wishes."""
        looking = self.reading.looking
        return self.reading.canvas.covered or looking.starts_covered, looking.softening

    def viewed(self) -> PictureView:
        """The photograph that zoom and turn are about."""
        return self.compare.viewed() if self.compare.isVisible() else self.reading.canvas

    def _note_viewing(self) -> None:
        """Once a day, for the reader's own count."""
        today = self.case.clock().date()
        if today != self._viewed_on:
            self._viewed_on = today
            record_viewing_day(self.examiner.name, today)

    def apply_theme(self, theme: Theme) -> None:
        self.screens.apply_theme(theme)
        self.screens.set_colours(theme.colour("canvas"), theme.colour("canvas_text"))
