"""Everything that lives as long as one Case is open in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from reviewer.domain.ledger.receipt import Receipt
from reviewer.domain.names import make_portable_name
from reviewer.domain.photos.case import Examiner
from reviewer.domain.worklist.reading_order import ReadingRules
from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.cards.screen import CardsScreen
from reviewer.qt.case.access import AccessScreen
from reviewer.qt.case.ingest import IngestScreen
from reviewer.qt.case.integrity import IntegrityScreen
from reviewer.qt.case.key_change_row import KeyChangeRow
from reviewer.qt.case.problems import ProblemsScreen
from reviewer.qt.compare.screen import CompareScreen
from reviewer.qt.entry.privacy import clear_clipboard
from reviewer.qt.gallery.screen import GalleryScreen
from reviewer.qt.handing_over.handing_over import HandingOver, describe_unfinished
from reviewer.qt.handing_over.made_screen import MadeScreen
from reviewer.qt.handing_over.making import MakingLine
from reviewer.qt.handing_over.parts import HandOverParts
from reviewer.qt.individuals.screen import IndividualsScreen
from reviewer.qt.look.theme import Theme
from reviewer.qt.main_window.half_done import UnfinishedInput
from reviewer.qt.main_window.keyboard import FocusKeeper
from reviewer.qt.main_window.screens import READ, SETTINGS, ScreenParts, offer_screens
from reviewer.qt.painted_wait import PaintedWait
from reviewer.qt.reading.reading_screen import ReadingScreen
from reviewer.qt.reading.shown_parts import ShownParts
from reviewer.qt.records.screen import RecordsScreen
from reviewer.qt.search.finder import Finder
from reviewer.qt.settings.personal import PersonalSettings
from reviewer.qt.settings.screen import SettingsScreen
from reviewer.qt.sorting.screen import SortScreen
from reviewer.qt.statistics.screen import StatisticsScreen
from reviewer.qt.widgets.screen import Screen, Screens
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.account.viewing_comfort import ViewingComfort
from reviewer.services.case.key_changing import KeyChangePhase
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.stopped_ingests import save_stopped_ingests, take_stopped_ingests
from reviewer.services.jobs import LatestJob, Post
from reviewer.services.pictures.pictures import PictureOrMissing, PictureRequest
from reviewer.services.session import SessionServices
from reviewer.services.worklist.worklist import Worklist
from reviewer.system.clock import current_time

_EXTEND_MS, _PLACE_MS = 500, 2000
_LONGEST_BEGINNING = 200
"""Of the name of what is made, so that the key of any format has room behind it."""


class Session(QObject):
    """Made from a Case, an Examiner and a loaded Worklist; `close` undoes all of it, in order.

    `show` brings a screen on, by its name; `place` puts one that was made among those of the window.
    """

    def __init__(
        self,
        case: OpenCase,
        examiner: Examiner,
        worklist: Worklist,
        post: Post,
        show: Callable[[str], None],
        place: Callable[[QWidget], None],
        personal: PersonalSettings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.services = SessionServices(case, examiner, worklist, post, self._on_picture)
        self.case, self.examiner, self.jobs = case, examiner, case.jobs
        self._reloading = LatestJob(self.jobs)
        self._appearance, self._is_covered = personal.appearance, False
        self.desk, self.reader = self.services.desk, self.services.reader
        self.screens = Screens()
        parts = ScreenParts(self.services, self.screens, show, place, personal, parent)
        offer_screens(parts)
        self.reading = self.screens.find(READ, ReadingScreen)
        self.shown_parts = ShownParts(self.reading)
        self.reading.set_care(self.services.care)
        self._keyboard = FocusKeeper(self.screens, self)
        self.begun = UnfinishedInput(self.reader, self.screens, parent)
        self.search = Finder(
            self.reader,
            self.screens,
            self.services.post,
            parts.show_in_gallery,
            lambda: show(READ),
            parts.theme,
        )
        self.making = MakingLine()
        self._key_change: KeyChangeRow | None = None
        self.handing_over = HandingOver(self._make_hand_over_parts(), self.making)
        self._place_later = make_single_shot_timer(self, _PLACE_MS, self.services.keep_place_in_background)
        self._extend_later = make_single_shot_timer(self, _EXTEND_MS, self._extend_worklist)
        self._stopped_ingests: list[Path] = []
        self._connect(show)

    # screens that something else than the window's own keys leads to; each is made when it is asked for

    @property
    def compare(self) -> CompareScreen:
        return self.screens.find("compare", CompareScreen)

    @property
    def cards(self) -> CardsScreen:
        return self.screens.find("cards", CardsScreen)

    @property
    def sorting(self) -> SortScreen:
        return self.screens.find("sort", SortScreen)

    @property
    def gallery(self) -> GalleryScreen:
        return self.screens.find("gallery", GalleryScreen)

    @property
    def individuals(self) -> IndividualsScreen:
        return self.screens.find("individuals", IndividualsScreen)

    @property
    def records(self) -> RecordsScreen:
        return self.screens.find("records", RecordsScreen)

    @property
    def statistics(self) -> StatisticsScreen:
        return self.screens.find("statistics", StatisticsScreen)

    @property
    def problems(self) -> ProblemsScreen:
        return self.screens.find("problems", ProblemsScreen)

    @property
    def ingest(self) -> IngestScreen:
        return self.screens.find("ingest", IngestScreen)

    @property
    def integrity(self) -> IntegrityScreen:
        return self.screens.find("integrity", IntegrityScreen)

    @property
    def access(self) -> AccessScreen:
        return self.screens.find("access", AccessScreen)

    @property
    def settings(self) -> SettingsScreen:
        return self.screens.find(SETTINGS, SettingsScreen)

    @property
    def made(self) -> MadeScreen:
        return self.screens.find("made", MadeScreen)

    def _make_hand_over_parts(self) -> HandOverParts:
        return HandOverParts(
            self.case,
            self.examiner,
            self.services.post,
            self.name_output,
            self._find_shown_query,
            self._find_individual_read,
        )

    def _find_shown_query(self) -> str:
        """The query whose result the gallery shows, or the list that is read; "" if neither is one."""
        gallery = self.screens.find_made(GalleryScreen)
        of_gallery = self.search.query_of(gallery.worklist) if gallery is not None else ""
        return of_gallery or self.search.query_of(self.reader.worklist)

    def _find_individual_read(self) -> str:
        """Return the id of the accepted individual on the reading screen, or ""."""
        if not self.reader.sha256:
            return ""
        worklist = self.reader.worklist
        number = worklist.group_index(self.reader.position)
        return worklist.groups[number].id if number >= 0 else ""

    def _connect(self, show: Callable[[str], None]) -> None:
        """Connect the reading screen with the rest; the others as they are made."""
        self.reader.on_moved.connect(self._place_later.start)
        self.reading.tags_wanted.connect(lambda: self._show_quick_tags(show))
        self.reading.covered.connect(self._cover)
        self.reader.on_moved.connect(self.services.note_viewing)
        self.handing_over.maker.ended = self._on_something_made
        self._dress(self.reading)
        self.screens.on_made.connect(lambda _name, screen: self._take_screen(screen))
        self.services.key_changing.on_changed.connect(lambda: self._show_key_change(show))

    def _show_key_change(self, show: Callable[[str], None]) -> None:
        """A change of the key of the case is told on every screen, until its row is closed."""
        changing, row = self.services.key_changing, self._key_change
        is_news = changing.state.is_going or changing.state.phase is KeyChangePhase.FAILED
        if row is not None or not is_news or not changing.state.said:
            return
        row = self._key_change = KeyChangeRow(changing)
        row.closed.connect(self._forget_key_change)
        row.key_wanted.connect(lambda: self._make_recovery_key(show))
        self.making.place(row)

    def _forget_key_change(self) -> None:
        row, self._key_change = self._key_change, None
        if row is not None:
            row.forget()
            self.making.remove_row(row)

    def _make_recovery_key(self, show: Callable[[str], None]) -> None:
        """Somebody is there to write it down."""
        self._forget_key_change()
        show("access")
        self.access.make_recovery_key()

    def _take_screen(self, screen: Screen) -> None:
        """A screen was made: it shows what holds now, and what happens on it is heard."""
        self._dress(screen)
        if isinstance(screen, GalleryScreen):
            screen.narrowing.query_of = self.search.query_of
            screen.narrowing.query_wanted.connect(self.search.show_query)
        elif isinstance(screen, IngestScreen):
            screen.kept.connect(self._extend_soon)
            screen.ended.connect(self._extend_worklist)
            screen.ended.connect(self._reorder_worklist)
        elif isinstance(screen, SettingsScreen):
            screen.rules_changed.connect(self._rules_changed)
            screen.care_changed.connect(self._use_care)
            screen.tags_changed.connect(self.reading.use_quick_tags)
            screen.part_wanted.connect(self.shown_parts.show)
        elif isinstance(screen, SortScreen):
            screen.cover_wanted.connect(lambda: self.reading.cover(True))
            screen.sorter.on_moved.connect(self.services.note_viewing)

    def _dress(self, screen: Screen) -> None:
        """Let a screen be seen as the reader wishes: theme, grey or blurred, covered."""
        theme = self._appearance.theme
        screen.apply_theme(theme)
        screen.set_colours(theme.colour("canvas"), theme.colour("canvas_text"))
        screen.soften(self.services.care.start)
        if self._is_covered:
            screen.set_covered(True)

    def _on_something_made(self) -> None:
        made = self.screens.find_made(MadeScreen)
        if made is not None:
            made.refresh()

    def _show_quick_tags(self, show: Callable[[str], None]) -> None:
        show(SETTINGS)
        self.settings.show_quick_tags()

    @property
    def title(self) -> str:
        """What the window is called while this Case is open."""
        return self.case.name if self.is_encrypted else f"{self.case.name} \u2013 not encrypted"

    @property
    def is_encrypted(self) -> bool:
        return self.case.keys.encrypted

    @property
    def lock_minutes(self) -> int:
        """After how long without key or mouse the window locks itself; 0 for never."""
        return self.services.care.lock_minutes

    def begin(self) -> None:
        """Go to where the Examiner was, or to the first Photo that is not read."""
        self._stopped_ingests = take_stopped_ingests(self.case)
        self.reader.go(self.services.find_place())
        self._say_empty()
        if said := self.begun.restore_input():
            self.reading.say(said)
        self.services.key_changing.go_on()

    def list_notices(self) -> list[str]:
        """What opening the Case has to say and no row of the window says already; to be asked once begun."""
        return self.services.key_changing.leave_out_told(self.case.notices)

    # saving and closing

    def keep_typed(self) -> None:
        """Keep as acts what is typed on the screens and is one without a further key."""
        for screen in self.screens.list_made():
            screen.keep_typed()

    def keep_for_lock(self) -> None:
        """Keep all that is typed, as acts or beside the Case, and what is ingested: the screens are taken
        away."""
        self.keep_typed()
        self.begun.keep()
        ingest = self.screens.find_made(IngestScreen)
        save_stopped_ingests(self.case, ingest.unfinished if ingest is not None else [])

    def go_on_ingesting(self) -> None:
        """Go on with the folders whose ingest a lock has stopped."""
        for folder in self._stopped_ingests:
            self.ingest.start(folder)

    def issue_receipt(self, wait: PaintedWait) -> Receipt | None:
        """What the ledger is as the session ends, if anything was added to it since it began.

        The jobs are stopped for it: what they record when they stop belongs under the receipt too.
        """
        if self.case.read_only:
            return None
        self.keep_typed()
        self.jobs.abandon()
        return wait.run(self.services.issue_receipt)

    def describe_leaving(self) -> str:
        """What is still being finished as the session ends, in whole sentences."""
        waiting, made = self.services.waiting, describe_unfinished(self.jobs)
        saved = f"Acts still to be saved: {waiting:,}. " if waiting else ""
        stopped = f"{made} That is being stopped. " if made else ""
        return f"{saved}{stopped}The case is being closed."

    def close(self, wait: PaintedWait) -> None:
        """Stop the jobs, save what waits, close the Case. What is on its way to a screen arrives nowhere."""
        self.services.post.shut()
        self._keyboard.stop()
        self.search.let_go()
        self._extend_later.stop()
        self._place_later.stop()
        self.begun.keep()
        self.keep_typed()
        self.jobs.abandon()
        wait.run(self.jobs.stop)
        for screen in self.screens.list_made():
            screen.let_go()
            for timer in screen.findChildren(QTimer):
                timer.stop()  # nobody is asked any more
        wait.run(self.services.close)
        clear_clipboard()

    def name_output(self) -> str:
        """How the names of what is written of this Case begin: its own name, and the time by the clock."""
        when = current_time().astimezone()
        return make_portable_name(self.case.folder.stem, f" {when:%Y-%m-%d %H%M%S}", _LONGEST_BEGINNING)

    # the list of reading

    def _extend_soon(self) -> None:
        """Extend the Worklist a little later: ingest reports more often than that is needed."""
        if not self._extend_later.isActive():
            self._extend_later.start()

    def _extend_worklist(self) -> None:
        if self.reader.worklist.extend():
            if self.reader.position >= 0:
                self.reading.show_place()
            self._say_empty()
            self._update_lists()

    def _update_lists(self) -> None:
        for screen in self.screens.list_made():
            if screen.isVisible():
                screen.update_list()

    def _reorder_worklist(self) -> None:
        """Put photographs that ingest added at the end into the order of reading."""
        if self.services.may_reorder:
            self._reload_worklist()

    def _reload_worklist(self) -> None:
        """Read the list of everything again, in the order that holds now; the Photo on screen stays."""
        self._reloading.start(
            "worklist",
            lambda _control: self.services.load_everything(),
            self.services.post,
            on_done=self._use_everything,
            on_failed=lambda error: self.reading.say(str(error)),
        )

    def _use_everything(self, worklist: Worklist) -> None:
        if self.reader.position < 0 or not len(worklist):
            self.reader.worklist.replace_by(worklist)
            self._say_empty()
        else:
            self.reader.use_worklist(worklist)
        self._update_lists()

    def _rules_changed(self, rules: ReadingRules) -> None:
        before, self.reader.worklist.rules = self.reader.worklist.rules, rules
        drawn_anew = rules.seed != before.seed or rules.order is not before.order
        if drawn_anew and self.reader.worklist.is_everything:
            self._reload_worklist()
        self.reading.rules_changed()

    def _say_empty(self) -> None:
        if self.reader.position >= 0:
            return
        there = len(self.reader.worklist)
        ready = "1 photograph is ready." if there == 1 else f"{there:,} photographs are ready."
        words = f"{ready} Press Space or click here to begin."
        nothing = name_keys("No photographs yet. Ingest a folder: Ctrl+Shift+2.")
        self.reading.say_before_beginning(words if there else nothing)

    # what all screens are told

    def _on_picture(self, want: PictureRequest, answer: PictureOrMissing) -> None:
        for screen in self.screens.list_made():
            screen.take_picture(want, answer)

    def _cover(self, covered: bool) -> None:
        self._is_covered = covered
        for screen in self.screens.list_made():
            screen.set_covered(covered)

    def _soften(self, start: str) -> None:
        for screen in self.screens.list_made():
            screen.soften(start)

    def _use_care(self, care: ViewingComfort) -> None:
        """Other wishes of the examiner."""
        self.services.care = care
        self.reading.set_care(care)
        self.services.suggestions.switched_on = care.card_ocr
        self._soften(care.start)

    def apply_theme(self, theme: Theme) -> None:
        """What lies over the screens; each screen is told as it is dressed."""
        self.search.line.apply_theme(theme)
