"""What the query line does: it counts while one types, and Enter shows or reads what is found.

Nothing on the screen moves before Enter. Each question runs in a job; answers to an earlier text are dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reviewer.domain.errors import KnownError
from reviewer.domain.search.completion import Completions
from reviewer.qt.look.theme import Theme
from reviewer.qt.search.query_line import QueryLine
from reviewer.qt.search.wording import format_photographs, make_reasons_question
from reviewer.qt.widgets.screen import Screen, Screens, ShowPhotos
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.qt.widgets.type_box import TypeBox
from reviewer.services.jobs import JobControl, LatestJob, Post
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.reading.reader import Reader
from reviewer.services.search import search
from reviewer.services.search.explain import explain_match
from reviewer.services.search.nothing_found import explain_nothing, find_near
from reviewer.services.search.numbered import PhotosByNumber, list_individuals_asked
from reviewer.services.search.search import HitOrder, ReadSoFar, SearchResult
from reviewer.services.search.suggesting import Suggestions, join_suggestions, suggest_meanings
from reviewer.services.worklist.worklist import EVERYTHING_NAME, Worklist, sort_in_reading_order

_REST_MS = 120
_NOTHING_FOUND = (
    "Nothing is found. Findings, regions, individuals, files and notes were searched. Fewer letters, or only "
    "one of the words, find more."
)
_NEAR_FOUND = "Nothing is found. What would find something stands above."
ResultT = TypeVar("ResultT")


@dataclass(frozen=True)
class _QueryFeedback:
    """The answer to a text while it is typed: what fits, how many there are, or what is wrong."""

    text: str
    fits: Completions
    found: SearchResult | None
    wrong: str
    meanings: Suggestions | None
    read: ReadSoFar | None = None


class Finder(QObject):
    """One for a Case that is open. `show_found` shows Photos on a screen of their own, `go_reading` brings
    the reading screen on, `say` tells a sentence. `queried`: another query was asked, "" for none."""

    queried = Signal(str)

    def __init__(
        self,
        reader: Reader,
        screens: Screens,
        post: Post,
        show_found: ShowPhotos,
        go_reading: Callable[[], None],
        theme: Theme,
    ) -> None:
        super().__init__()
        self.show_found = show_found
        self.say: Callable[[str], None] = reader.say
        self.go_reading = go_reading
        self.line = QueryLine(theme)
        self.field: QWidget | None = None
        """The box in the header, from which the line opens; over the screen that is on without one."""
        self.reader, self._screens, self.post = reader, screens, post
        self._case, self._examiner = reader.desk.case, reader.desk.examiner.id
        self._text = ""
        self._box: TypeBox | None = None
        self._gone = False
        self._queries: dict[str, str] = {}
        self._looking = LatestJob(self._case.jobs)
        self._rest = make_single_shot_timer(self, _REST_MS, self._check_query)
        self.line.changed.connect(self._rest.start)
        self.line.entered.connect(lambda: self._find(self.show_found))
        self.line.worklist_wanted.connect(lambda: self._find(None))

    # opening and closing

    def open(self) -> None:
        """Open the box over the page, with the last query in it."""
        text = self.line.text if self.line.isVisible() else self._text
        self.line.open_over(self.field or self._find_visible_screen(), text)

    def keep_query(self) -> None:
        """The query is being saved: remember it as the last one and close the line."""
        self._note_query(self.line.asked)
        self.line.close_line()

    def let_go(self) -> None:
        """The Case is being closed: its screens go, the line must not go with them half alive."""
        self._gone = True
        self._rest.stop()
        self.line.hide()
        self.line.setParent(None)
        self.line.deleteLater()

    def _note_query(self, text: str) -> None:
        self._text = text
        self.queried.emit(text)

    @property
    def text(self) -> str:
        """The last query that was asked, "" for none."""
        return self._text

    def query_of(self, worklist: Worklist) -> str:
        """The query that a list was made by, "" for one that was not made by a query."""
        return self._queries.get(worklist.name, "")

    @property
    def query_of_list_read(self) -> str:
        """The query that the list that is read was made by, "" if none made it."""
        return self.query_of(self.reader.worklist)

    @property
    def desk(self) -> ActQueue:
        return self.reader.desk

    def ask(self, name: str, work: Callable[[], ResultT], take: Callable[[ResultT], None]) -> None:
        """Ask in a job; the answer is taken unless the Case was closed meanwhile."""
        self._case.jobs.start(
            name, lambda _control: work(), self.post, on_done=take, on_failed=self.tell_error
        )

    def _find_visible_screen(self) -> Screen:
        return next(
            (screen for screen in self._screens.list_made() if screen.isVisible()), self._screens["read"]
        )

    # while one types

    def _check_query(self) -> None:
        if not self.line.isVisible():
            return
        text, cursor = self.line.text, self.line.cursor_place
        numbers = self._find_numbers(text)
        self._looking.start(
            "look",
            lambda control: self._make_feedback(text, cursor, numbers, control),
            self.post,
            on_done=self._show_feedback,
            on_failed=self.tell_error,
        )

    def _find_numbers(self, text: str) -> PhotosByNumber:
        """The Photos of the individuals that the window shows as what is typed."""
        worklist = self.reader.worklist
        shown = {name: worklist.photos_shown_as(name) for name in list_individuals_asked(text)}
        return {name: photos for name, photos in shown.items() if photos}

    def _make_feedback(
        self, text: str, cursor: int, numbers: PhotosByNumber, control: JobControl
    ) -> _QueryFeedback:
        fits = search.suggest_completions(self._case, text, cursor)
        try:
            meanings = suggest_meanings(
                self._case, text, self._examiner, numbers=numbers, masked=self.reader.worklist.rules.masked
            )
            found = search.count_photos(self._case, text, self._examiner, numbers)
            if not found.count and not (meanings and meanings.first):
                near = find_near(self._case, text, self._examiner, numbers, control.check)
                meanings = near if meanings is None else join_suggestions(near, meanings)
            asks = meanings is not None or search.is_asking_for_findings(self._case, text)
            read = search.count_read_so_far(self._case, self._examiner) if asks else None
            return _QueryFeedback(text, fits, found, "", meanings, read)
        except KnownError as error:
            return _QueryFeedback(text, fits, None, str(error), None)

    def _show_feedback(self, looked: _QueryFeedback) -> None:
        if not self.line.isVisible() or looked.text != self.line.text:
            return
        found, meanings = looked.found, looked.meanings
        self.line.say(looked.wrong, wrong=True)
        self.line.show_count("")
        self.line.show_read(looked.read)
        chosen = meanings is not None and not meanings.is_offered_only and meanings.first
        if found is not None and not chosen:
            milliseconds = round(found.seconds * 1000)
            self.line.show_count(f"{format_photographs(found.count)}, {milliseconds:,} ms")
            changed = found.canonical and found.canonical != looked.text.strip()
            self.line.say(f"Read as: {found.canonical}" if changed else "")
        self.line.show_fitting(looked.fits, meanings)
        if found is not None and not found.count and not chosen and not looked.wrong:
            self.line.say(_NEAR_FOUND if meanings is not None and meanings.first else _NOTHING_FOUND)

    # Enter

    def _find(self, show: ShowPhotos | None) -> None:
        text = self.line.asked
        self._run_query(text, HitOrder.INGEST, lambda found: self._take_found(found, found.canonical, show))

    def _run_query(self, text: str, order: HitOrder, take: Callable[[SearchResult], None]) -> None:
        numbers = self._find_numbers(text)

        def found() -> SearchResult:
            hits = search.find_photos(self._case, text, self._examiner, order, numbers=numbers)
            if order is not HitOrder.INGEST:
                return hits
            return replace(hits, photos=tuple(sort_in_reading_order(self._case, hits.photos)))

        self.ask("find", found, take)

    def _take_found(self, found: SearchResult, name: str, show: ShowPhotos | None) -> None:
        if not found.photos:
            self._explain_nothing(found.canonical)
            return
        if not found.canonical:
            self.show_everything()
            return
        self._note_query(found.canonical)
        self._queries[name] = found.canonical
        self.line.close_line()
        self.show_photos(found.photos, name, found.why, show)

    def _explain_nothing(self, text: str) -> None:
        """Say what was searched in vain; what would find something stands in the box already."""
        self.ask(
            "nothing",
            lambda: explain_nothing(self._case, text, self._examiner),
            lambda said: self.line.say(said) if self.line.isVisible() else self.say(said),
        )

    def show_photos(self, photos: Sequence[str], name: str, why: str, show: ShowPhotos | None = None) -> None:
        """Show Photos on the screen for that, or read them as a Worklist."""
        if show is not None:
            show(photos, name, why)
            return
        worklist = self.reader.worklist
        self._load_worklist(lambda: worklist.make_sublist(photos, name, why))

    def show_reasons(self) -> None:
        """Why the photograph on screen is in the list that is read: each reason a line."""
        worklist, photo = self.reader.worklist, self.reader.sha256
        text = self.query_of(worklist)
        if not photo or not text:
            self.say(f"Here because {worklist.why or 'all photographs are in this worklist'}.")
            return
        prompt = f"Why this photograph is in {worklist.name}"

        def tell(reasons: list[str]) -> None:
            self.make_box().ask(make_reasons_question(prompt, reasons))

        self.ask("why", lambda: explain_match(self._case, text, self._examiner, photo), tell)

    def show_everything(self) -> None:
        """Back to all photographs."""
        self._note_query("")
        self.line.close_line()
        self._load_worklist(lambda: Worklist(self._case, self._examiner).load())

    def _load_worklist(self, load: Callable[[], Worklist]) -> None:
        self.ask("list", load, self._use_worklist)

    def _use_worklist(self, worklist: Worklist) -> None:
        try:
            self.reader.use_worklist(worklist)
        except KnownError as error:
            self.tell_error(error)
            return
        self.go_reading()
        self.say(f"Worklist: {worklist.name}, {format_photographs(len(worklist))}.")

    def tell_error(self, error: KnownError) -> None:
        """What went wrong, where the person looks."""
        if self.line.isVisible():
            self.line.say(str(error), wrong=True)
        else:
            self.say(str(error))

    # for those who ask more

    def show_query(self, text: str) -> None:
        """Show what a query finds in the gallery, all photographs for ""; one that finds none is told."""

        def take(found: SearchResult) -> None:
            if not found.photos:
                self._explain_nothing(found.canonical)
                return
            self._note_query(found.canonical)
            name = found.canonical or EVERYTHING_NAME
            self._queries[name] = found.canonical
            self.show_found(found.photos, name, found.why)

        self._run_query(text, HitOrder.INGEST, take)

    def open_text(self, text: str, order: HitOrder, name: str) -> None:
        """Show what a query finds under the name of a list."""
        self._note_query(text)
        self._run_query(text, order, lambda found: self._take_found(found, name, self.show_found))

    def run_when_saved(self, future: Future[Any], then: Callable[[], None]) -> None:
        """Go on when an act is on disk; the queue of acts reports what goes wrong."""

        def over(done: Future[Any]) -> None:
            self.post(lambda: then() if not self._gone and done.exception() is None else None)

        future.add_done_callback(over)

    def find_window(self) -> QWidget:
        """The window that is searched in."""
        return self._find_visible_screen().window()

    def make_box(self) -> TypeBox:
        """A box over the screen that is on."""
        if self._box is not None:
            self._box.deleteLater()
        self._box = TypeBox(self._find_visible_screen())
        return self._box
