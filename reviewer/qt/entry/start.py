"""The start screen: the first time three ways to begin, later the cases opened last; and the new case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QWidget

from reviewer.domain.errors import CaseBusy, KnownError, LedgerDamaged, NeedsPassphrase
from reviewer.qt.entry.new_case import NewCase, NewCaseForm
from reviewer.qt.entry.recent import RecentView
from reviewer.qt.entry.ways import ActionLink
from reviewer.qt.entry.welcome import WelcomeView
from reviewer.qt.look.theme import Theme
from reviewer.qt.look.type_scale import compute_type_scale
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.choosing_files import ask_folder
from reviewer.qt.widgets.fitting import make_scroll_area
from reviewer.qt.widgets.flow_row import make_flow_row
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page import make_button_row, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.screen import Screen
from reviewer.services.account.recent_cases import propose_folder
from reviewer.services.case.open_case import KnowsLess, OpenCase
from reviewer.services.case.opening import close_unclaimed, create_case, discard_new_case, open_case
from reviewer.services.demo.demonstration import (
    EXAMINER,
    DemonstrationFiles,
    find_demonstration,
    make_demonstration,
)
from reviewer.services.jobs import Job, JobControl, JobProgress, LatestJob, Post

AskForFolder = Callable[[str], str]
_WIDTH_OF_ONE_COLUMN, _WIDTH_OF_RECENT = 760, 1080


class StartScreen(Screen):
    """`began` says that a case is being opened or made; `opened` carries it; `passphrase_needed` a folder,
    and whether it is for reading only; `demonstration_made` its folder and who reads in it."""

    began = Signal()
    opened = Signal(object)
    passphrase_needed = Signal(object, bool)
    demonstration_made = Signal(object, str)

    def __init__(
        self,
        post: Post,
        opening: LatestJob,
        choose: AskForFolder | None = None,
        *,
        view_only: bool = False,
    ) -> None:
        super().__init__()
        self._is_view_only = view_only
        self._post, self._opening = post, opening
        self.choose = choose or (lambda title: ask_folder(self, title))
        self._job: Job[Any] | None = None
        self._busy_folder: Path | None = None
        self._busy_read_only = False
        self.welcome, self.recent = WelcomeView(view_only=view_only), RecentView()
        self.form = NewCaseForm(lambda title: self.choose(title))
        self._beside = _OtherWays()
        self.message: PlainLabel = make_text_label()
        self.message.setAccessibleName("Message")
        self._read_only = QPushButton("Open for reading only")
        self._read_only.hide()
        self._stop = QPushButton("Stop")
        self._stop.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter stays where it began
        self._stop.hide()
        self._links = [
            ActionLink("help.tour", "play"),
            ActionLink("help.manual", "manual"),
            ActionLink("window.settings", "settings"),
        ]
        self._arrange()
        self._connect()
        self.refresh()

    def _arrange(self) -> None:
        self._views = QStackedWidget()
        cases = QWidget()
        page = make_column(cases, spacing=12)
        page.addWidget(make_text_label("Cases", "page"))
        row = QHBoxLayout()
        row.setSpacing(32)
        row.addWidget(self.recent, 1)
        row.addWidget(self._beside, 0, Qt.AlignmentFlag.AlignTop)
        page.addLayout(row, 1)
        self._cases = cases
        for view in (self.welcome, cases, self.form):
            self._views.addWidget(view)
        self._inner = QWidget()
        column = make_column(self._inner, spacing=12, margins=(24, 48, 24, 24))
        column.addWidget(self._views)
        column.addWidget(self.message)
        column.addLayout(make_button_row(self._read_only, self._stop))
        column.addStretch(1)
        column.addLayout(make_flow_row(*self._links))
        whole = QWidget()
        whole.setObjectName("screen")
        centred = QHBoxLayout(whole)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addStretch(1)
        centred.addWidget(self._inner, 1000)
        centred.addStretch(1)
        around = make_column(self, spacing=0)
        around.addWidget(make_scroll_area(whole))

    def _connect(self) -> None:
        self.welcome.action_wanted.connect(self.action_wanted)
        self._beside.action_wanted.connect(self.action_wanted)
        self.recent.chosen.connect(lambda folder: self.open_folder(folder))
        self.recent.went_wrong.connect(self.say)
        self.form.wanted.connect(self._create)
        self.form.left.connect(self._leave_form)
        self._read_only.clicked.connect(self._on_read_only)
        self._stop.clicked.connect(self._on_stop)

    # what is shown

    def use_actions(self, find: FindAction) -> None:
        self.welcome.use_actions(find)
        self._beside.use_actions(find)
        for link in self._links:
            link.use_action(find)

    def show_keys(self) -> None:
        """Say the keys that hold now."""
        self.welcome.show_keys()
        self._beside.show_keys()
        for link in self._links:
            link.show_key()

    def apply_theme(self, theme: Theme) -> None:
        for view in (self.welcome, self.recent, self._beside):
            view.apply_theme(theme)
        self._limit_width()
        for link in self._links:
            link.apply_theme(theme)

    def refresh(self) -> None:
        """Read the list of recent cases again, and show it, or what there is to begin with."""
        self.recent.refresh()
        self.welcome.show_made(find_demonstration().is_made)
        if self._views.currentWidget() is not self.form:
            self._show_cases()

    def _show_cases(self) -> None:
        is_first = self.recent.is_empty or self._is_view_only
        self._show_view(self.welcome if is_first else self._cases)
        self.setFocusProxy(self.welcome if is_first else self.recent)

    def _show_view(self, view: QWidget) -> None:
        for other in (self.welcome, self._cases, self.form):  # the one that is shown says how high all are
            shown = QSizePolicy.Policy.Preferred if other is view else QSizePolicy.Policy.Ignored
            other.setSizePolicy(QSizePolicy.Policy.Preferred, shown)
        self._views.setCurrentWidget(view)
        self._limit_width()

    def _limit_width(self) -> None:
        """As wide as what is shown, and wider in larger type, so that buttons have room for their keys."""
        has_cases = self._views.currentWidget() is self._cases
        wide = _WIDTH_OF_RECENT if has_cases else _WIDTH_OF_ONE_COLUMN
        self._inner.setMaximumWidth(round(wide * max(1.0, compute_type_scale())) + 48)

    def show_form(self) -> None:
        """Show the form of a new case, as it was left."""
        self.say("")
        self.form.propose_folder(propose_folder())
        self._show_view(self.form)
        self.setFocusProxy(self.form)
        self.setFocus()

    def _leave_form(self) -> None:
        self.leave()
        self.form.clear()
        self._show_cases()
        self.setFocus()

    # opening and making

    def choose_and_open(self) -> None:
        folder = self.choose("Open the case folder (it ends in .case)")
        if folder:
            self.open_folder(Path(folder))

    def open_folder(self, folder: Path, read_only: bool = False) -> None:
        """Open in the background; says why if it cannot be."""
        read_only = read_only or self._is_view_only
        self._busy_folder, self._busy_read_only = folder, read_only
        self._start_job(
            "open",
            lambda control: open_case(
                folder,
                read_only=read_only,
                untouched=self._is_view_only,
                may_judge=True,
                check=control.check,
            ),
            "Opening…",
            on_done=self._on_opened,
            dispose=close_unclaimed,
        )

    def open_demonstration(self) -> None:
        """Open the demonstration of this machine; it is made first if it is not there."""
        files = find_demonstration()
        if files.is_made:
            self.demonstration_made.emit(files.case, EXAMINER)
            return
        self._busy_folder = None
        begun = self._start_job(
            "demonstration",
            lambda control: self._make_demonstration(files, control),
            "Making the demonstration…",
            on_done=self._on_demonstration,
        )
        self._stop.setVisible(begun or self._stop.isVisible())

    def _make_demonstration(self, files: DemonstrationFiles, control: JobControl) -> DemonstrationFiles:
        """Make it, and say on the way how far it is; runs in the thread of the job."""

        def begin_stage(name: str) -> JobControl:
            def report(progress: JobProgress) -> None:
                control.check()
                said = f"{name}: {progress.done:,} of {progress.total:,}"
                self._post(lambda: self._say_progress(said))

            control.check()
            self._post(lambda: self._say_progress(f"{name}…"))
            return JobControl(report)

        make_demonstration(files, begin_stage)
        return files

    def _say_progress(self, words: str) -> None:
        if self.is_busy:
            self.say(words)

    @property
    def is_busy(self) -> bool:
        """Whether a case is being opened or made."""
        return self._job is not None and self._job.is_awaited

    def _start_job(
        self,
        name: str,
        work: Callable[[JobControl], Any],
        words: str,
        *,
        on_done: Callable[[Any], None],
        dispose: Callable[[Any], None] = lambda _result: None,
    ) -> bool:
        """Start a job if none is awaited; whether it was started."""
        if self.is_busy:
            return False
        self.began.emit()
        self._read_only.hide()
        self.say(words)
        self._job = self._opening.start(
            name, work, self._post, on_done=on_done, on_failed=self._on_failed, dispose=dispose
        )
        return True

    def leave(self) -> None:
        if self._job is not None and self._job.is_awaited:
            self._job.abandon()
            self._end("")

    def _end(self, sentence: str) -> None:
        self._stop.hide()
        self.form.show_busy(False)
        self.say(sentence)

    def _on_stop(self) -> None:
        self.leave()
        self.say("Stopped. Nothing of the demonstration was kept but its drawn photographs.")

    def _on_demonstration(self, files: DemonstrationFiles) -> None:
        self._end("")
        self.demonstration_made.emit(files.case, EXAMINER)

    def _on_opened(self, case: OpenCase) -> None:
        self._end("")
        self.form.clear()
        self._show_cases()
        self.opened.emit(case)

    def _on_failed(self, error: KnownError) -> None:
        self._end("")
        if isinstance(error, NeedsPassphrase) and self._busy_folder is not None:
            self.passphrase_needed.emit(self._busy_folder, self._busy_read_only)
            return
        if self._views.currentWidget() is self.form:
            self.form.show_refusal(error)
            return
        self.say(str(error))
        self._read_only.setVisible(isinstance(error, CaseBusy | LedgerDamaged | KnowsLess))

    def show_refusal(self, folder: Path, error: KnownError) -> None:
        """Say why a case that was asked for elsewhere does not open, and offer what is possible."""
        self._busy_folder = folder
        self._on_failed(error)

    def _on_read_only(self) -> None:
        if self._busy_folder is not None:
            self.open_folder(self._busy_folder, read_only=True)

    def _create(self, wanted: NewCase) -> None:
        self._busy_folder = None
        begun = self._start_job(
            "create",
            lambda control: create_case(
                wanted.folder, wanted.name, wanted.examiner, wanted.passphrase, check=control.check
            ),
            "Creating the case…",
            on_done=self._on_opened,
            dispose=discard_new_case,
        )
        self.form.show_busy(begun or self.is_busy)


class _OtherWays(QWidget):
    """Beside the list of cases: the other ways to begin."""

    action_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._links = [
            ActionLink("case.new", "add"),
            ActionLink("case.open", "folder"),
            ActionLink("case.demonstration", "play"),
        ]
        self.setMinimumWidth(248)
        column = make_column(self, spacing=8)
        column.addWidget(make_text_label("Begin", "strong"))
        for link in self._links:
            link.setProperty("kind", "framed")
            column.addWidget(link)
        column.addStretch(1)

    def use_actions(self, find: FindAction) -> None:
        for link in self._links:
            link.use_action(find)

    def show_keys(self) -> None:
        for link in self._links:
            link.show_key()

    def apply_theme(self, theme: Theme) -> None:
        for link in self._links:
            link.apply_theme(theme)
