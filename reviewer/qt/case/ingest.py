"""The ingest screen: bring a folder or a drive into the Case, see how far it is, stop and go on."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QInputDialog, QPushButton, QWidget

from reviewer.domain.errors import KnownError, ReadOnly
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner, Source
from reviewer.domain.photos.names_met import NamesMet, add_names_met
from reviewer.qt.case.ingest_lists import IngestLists
from reviewer.qt.case.name_sum import NameSum
from reviewer.qt.case.notice_line import ALARM, CALM, WARNING, NoticeLine
from reviewer.qt.case.progress_box import ProgressBox
from reviewer.qt.case.source_rows import SourceRows
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.widgets.choosing_files import ask_file, ask_folder
from reviewer.qt.widgets.empty_state import EmptyState
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.page import Page
from reviewer.qt.widgets.plain_text import PlainLabel, isolate_path, make_plain_tip, shorten_middle
from reviewer.services.case.history import count_names_by_source
from reviewer.services.case.open_case import OpenCase
from reviewer.services.evidence.foreign_manifests import (
    ManifestComparison,
    compare_with_manifest,
    describe_comparison,
)
from reviewer.services.evidence.verify_originals import deviations_to_body
from reviewer.services.ingest.rate import RateOfWork
from reviewer.services.ingest.result import IngestResult, describe_details, describe_run
from reviewer.services.ingest.watch import IngestStatus, IngestWatch
from reviewer.services.jobs import JobControl, LatestJob, Post
from reviewer.system.clock import current_time

_MOST_ROWS, _WIDEST, _LOOK_MS = 20, 1800, 250
_LETTERS_OF_PATH = 44
_TITLE, _ABOUT = (
    "Ingest",
    "Photographs are only read: nothing in the folder is changed, moved or renamed. Reading can begin while "
    "they are added.",
)
_NOTHING = "Nothing has been added yet"
_COMES_HERE = (
    "Add the folder or the drive with the photographs. Every name in it is counted, each content is kept "
    "once, and what could not be used is listed with its reason."
)
RunIngest = Callable[[Path, JobControl, IngestWatch], IngestResult]


class IngestScreen(Page):
    """Runs one ingest at a time. `kept`: new photographs can be read; `ended`: the job is over;
    `status_changed` carries in a few words how far it is, "" when none runs."""

    kept, ended, status_changed = Signal(), Signal(), Signal(str)

    def __init__(
        self,
        case: OpenCase,
        examiner: Examiner,
        ingest: RunIngest,
        post: Post,
        choose: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(_TITLE, _ABOUT, _WIDEST)
        self._case, self._examiner, self._ingest, self._post = case, examiner, ingest, post
        self._offers_writing = True
        self._choose = choose or (lambda title: ask_folder(self, title))
        self._job, self._reading = LatestJob(case.jobs), LatestJob(case.jobs)
        self._waiting: list[Path] = []
        self._folder: Path | None = None
        self._watch, self._rate, self._begun = IngestWatch(), RateOfWork(), ""
        self._is_paused = False
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._add, self._compare = (
            QPushButton("Add a folder or drive…"),
            QPushButton("Compare with a manifest…"),
        )
        self._pause, self._cancel, self._again = (
            QPushButton(words) for words in ("Pause", "Stop here", "Go on")
        )
        self._sort, self._read = QPushButton("Sort them"), QPushButton("Read them")
        self._problems = QPushButton()
        self._message = NoticeLine("Message")
        self._progress, self._sum, self._lists = ProgressBox(), NameSum(), IngestLists()
        self._sources, self._nothing = SourceRows(), EmptyState("ingest")
        self._arrange()
        self._connect()
        self._show_run(False)
        for widget in (self._nothing, self._sum, self._sum_head, self._sort, self._read, self._problems):
            widget.hide()  # until what there is was counted
        if case.read_only:
            self._message.say(str(ReadOnly(case.read_only)))

    def _arrange(self) -> None:
        for button in (
            self._compare,
            self._add,
            self._pause,
            self._cancel,
            self._again,
            self._read,
            self._sort,
        ):
            button.setAutoDefault(True)  # Enter presses it
            self.head.add_act(button)
        self._sum_head = _make_section("Every name is counted once", self._problems)
        self._sources_head = _make_section("Sources of this case")
        self.column.setSpacing(16)
        for widget in (self._progress, self._message, self._nothing, self._sum_head, self._sum, self._lists):
            self.column.addWidget(widget)
        self.column.addWidget(self._sources_head)
        self.column.addWidget(self._sources)
        self.column.addStretch(1)
        self.setFocusProxy(self._add)
        self._add.setEnabled(not self._case.read_only)
        self._problems.setToolTip("What is no photograph, or could not be used, with the reason for each.")

        self._nothing.show_state(_NOTHING, _COMES_HERE)

    def _connect(self) -> None:
        self._add.clicked.connect(self.choose_and_start)
        self._compare.clicked.connect(self._choose_manifest)
        self._pause.clicked.connect(self.toggle_pause)
        self._cancel.clicked.connect(self.cancel)
        self._again.clicked.connect(self._on_again)
        self._sources.go_on_wanted.connect(self.start)
        for button, action in (
            (self._sort, "window.sort"),
            (self._read, "window.read"),
            (self._problems, "window.problems"),
        ):
            button.clicked.connect(lambda _on=False, id_=action: self.action_wanted.emit(id_))

    def leave_out_what_writes(self) -> None:
        self._offers_writing = False
        for button in (self._add, self._compare):
            button.hide()

    @property
    def is_running(self) -> bool:
        return self._job.is_busy

    @property
    def unfinished(self) -> list[Path]:
        """The folders that are being ingested or wait for it."""
        now = [self._folder] if self.is_running and self._folder is not None else []
        return [*now, *self._waiting]

    @property
    def status(self) -> str:
        """In a few words how far the job is, for the header of every screen; "" when none runs."""
        if not self.is_running:
            return ""
        found = self._watch.status
        far = f"{found.scanned:,} names met" if found.share is None else f"{int(100 * found.share)} %"
        return f"adding is paused, {far}" if self._is_paused else f"adding, {far}"

    @property
    def said(self) -> str:
        """What is said of the last run, or was said last."""
        ended = "" if self.is_running or self._progress.isHidden() else self._progress.file.text()
        return f"{ended} {self._message.text()}".strip()

    def say(self, sentence: str) -> None:
        self._message.say(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lists.fit(self.width())

    # one run

    def choose_and_start(self) -> None:
        folder = self._choose("Which folder or drive holds the photographs?")
        if folder:
            self.start(Path(folder))

    def start(self, folder: Path) -> None:
        """Ingest `folder` now, or after the one that runs."""
        if self.is_running:
            self._waiting.append(folder)
            self._look()
            return
        self._folder = folder
        self._watch, self._rate, self._is_paused = IngestWatch(), RateOfWork(), False
        self._begun = f"{current_time().astimezone():%H:%M}"
        self.say("")
        watch = self._watch
        self._job.start(
            "ingest",
            lambda control: self._ingest(folder, control, watch),
            self._post,
            on_progress=lambda _progress: self.kept.emit(),
            on_done=self._on_done,
            on_failed=self._on_failed,
            on_cancelled=self._on_cancelled,
        )
        self._timer.start()
        self._show_run(True)
        self._look()

    def toggle_pause(self) -> None:
        self._is_paused = self._job.toggle_pause()
        self._rate.pause()
        self._pause.setText("Resume" if self._is_paused else "Pause")
        self._look()

    def cancel(self) -> None:
        if self.is_running:
            self.say("Stopping; what was done stays.")
            self._job.cancel()

    def _on_again(self) -> None:
        if self._folder is not None:
            self.start(self._folder)

    def _look(self) -> None:
        """Show how far the run is; some times a second."""
        status = self._watch.status
        if not self._is_paused:
            self._rate.note(time.monotonic(), status.examined)
        if self.isVisible():
            self._show_status(status)
        self.status_changed.emit(self.status)

    def _show_status(self, status: IngestStatus) -> None:
        now = current_time()
        self.head.set_line(self._describe_folder(status))
        if self.is_running:
            self._progress.show_status(status, self._rate, now, paused=self._is_paused)
        self._sum.show_names(status.names, status.folders)
        self._lists.show_status(status, self._rate.list_rates(), self._begun, runs=self.is_running)
        self._show_ways_on(status.names.photographs, status.names.others + status.names.problems)

    def _describe_folder(self, status: IngestStatus) -> str:
        folder = isolate_path(shorten_middle(make_printable(str(self._folder)), _LETTERS_OF_PATH))
        size = f"a folder with {status.total:,} names" if status.total else "its names are being counted"
        waiting = len(self._waiting)
        more = "" if not waiting else " One more folder waits." if waiting == 1 else f" {waiting} more wait."
        return f"{folder}, {size}. The files are read, never changed or moved.{more}"

    def _on_done(self, result: IngestResult) -> None:
        words = "finished" if result.finished else "stopped"
        self._end(words, " ".join(describe_details(result)), CALM, describe_run(result))
        self._again.setVisible(not result.finished)

    def _on_cancelled(self) -> None:
        """Cancelled before the first file was looked at."""
        self._end("stopped", "Stopped before anything was ingested.", CALM)

    def _on_failed(self, error: KnownError) -> None:
        gone = error.code in {"source-gone", "no-source"}
        self._end("stopped", str(error), WARNING if gone else ALARM)

    def _end(self, words: str, sentence: str, kind: str, counts: str = "") -> None:
        """Leave the page of the run as it ended; where nothing was counted there is none to leave."""
        status = self._watch.status
        self._timer.stop()
        self._rate.note(time.monotonic(), status.examined)
        self._message.say(sentence, kind)
        self._show_run(False, keeps_page=bool(status.total))
        self._read_sources(shows_names=not status.total)
        if status.total:
            self._progress.show_end(status, words, counts, self._rate, current_time())
            self._show_status(status)
        self._again.show()
        self.kept.emit()
        self.ended.emit()
        self.status_changed.emit("")
        if self._waiting:
            self.start(self._waiting.pop(0))

    # what is shown

    def refresh(self) -> None:
        """Say what each Source brought; what runs is shown as far as it is."""
        if self.is_running:
            self._look()
            return
        self._show_run(False)
        self._read_sources(shows_names=True)

    def _show_names(self, names: NamesMet) -> None:
        """Show what all Sources have together."""
        self._sum.show_names(names)
        self._show_ways_on(names.photographs, names.others + names.problems)

    def _read_sources(self, *, shows_names: bool) -> None:
        """Read beside the window what each Source brought, and show it; with `shows_names` also its sum."""
        case = self._case

        def show(found: tuple[dict[str, NamesMet], list[Source]]) -> None:
            self._show_sources(*found)
            if shows_names and not self.is_running:
                self._show_names(add_names_met(found[0].values()))

        self._reading.start(
            "sources",
            lambda _control: (count_names_by_source(case), case.sources()),
            self._post,
            on_done=show,
            on_failed=lambda error: self.say(str(error)),
        )

    def _show_sources(self, by_source: dict[str, NamesMet], sources: list[Source]) -> None:
        """Show the rows of the Sources, unless a run has their place."""
        self._sources.show_sources(sources, by_source, may_write=not self._case.read_only)
        has_place = bool(sources) and not self.is_running
        self._sources_head.setVisible(has_place)
        self._sources.setVisible(has_place)
        self._compare.setEnabled(bool(sources) and not self._case.read_only)

    def _show_run(self, running: bool, *, keeps_page: bool = False) -> None:
        """Offer what can be done while one runs, or while none does; the page of one that ended may stay."""
        self.head.set_title("Adding photographs" if running else _TITLE)
        if not running and not keeps_page:
            self.head.set_line(_ABOUT)
        self.head.line.setToolTip(make_plain_tip(str(self._folder)) if running or keeps_page else "")
        shown: tuple[tuple[QWidget, bool], ...] = (
            (self._progress, running or keeps_page),
            (self._lists, running or keeps_page),
            (self._pause, running),
            (self._cancel, running),
            (self._again, False),
            (self._compare, not running and self._offers_writing),
            (self._sources_head, not running),
            (self._sources, not running),
        )
        for widget, is_shown in shown:
            widget.setVisible(is_shown)
        self._pause.setText("Pause")

    def _show_ways_on(self, photographs: int, others: int) -> None:
        """Offer what comes next: sorting and reading once there are photographs, and what is none."""
        running = self.is_running
        is_something = running or bool(photographs or others)
        for widget in (self._sum, self._sum_head):
            widget.setVisible(is_something)
        self._nothing.setVisible(not is_something)
        self._sort.setVisible(photographs > 0 and not running)
        self._read.setVisible(photographs > 0)
        self._read.setText("Read them now" if running else "Read them")
        self._problems.setVisible(others > 0)
        self._problems.setText(f"Problems and other files: {others:,}")
        is_main = {
            self._add: not photographs and not running,
            self._read: running,
            self._sort: not running,
        }
        for button, is_next in is_main.items():
            set_style_property(button, "kind", "main" if is_next else "")

    # comparing with what others listed

    def _choose_manifest(self) -> None:
        """Choose a manifest, and its Source if there are several."""
        file = ask_file(self, "Which manifest came with the photographs?")
        sources = {source.path: source for source in self._case.sources()}
        if not file or not sources:
            return
        name, chosen = next(iter(sources)), True
        if len(sources) > 1:
            name, chosen = QInputDialog.getItem(self, "Manifest", "Of which source?", list(sources), 0, False)
        if chosen:
            self.compare(sources[name].id, Path(file))

    def compare(self, source: str, file: Path) -> None:
        """Compare a Source with hashes that somebody else made of it."""
        author = self._examiner.id
        self.say("Comparing…")
        self._compare.setEnabled(False)

        def show(compared: ManifestComparison) -> None:
            rows = [f"{row['outcome']}   {row['path']}" for row in deviations_to_body(compared.deviations)]
            said = [describe_comparison(compared), *compared.complaints, *rows[:_MOST_ROWS]]
            self._message.say("\n".join(said), WARNING if compared.deviations else CALM)
            self._compare.setEnabled(True)

        def fail(error: KnownError) -> None:
            self._message.say(str(error), ALARM)
            self._compare.setEnabled(True)

        self._case.jobs.start(
            "manifest",
            lambda control: compare_with_manifest(self._case, source, file, author, control),
            self._post,
            on_done=show,
            on_failed=fail,
        )


def _make_section(words: str, *acts: QWidget) -> QWidget:
    """The head of a part of the page, with what can be done about it at the right."""
    head = QWidget()
    row = make_row(head, spacing=8)
    row.addWidget(PlainLabel(words, kind="strong"))
    row.addStretch(1)
    for act in acts:
        row.addWidget(act)
    return head
