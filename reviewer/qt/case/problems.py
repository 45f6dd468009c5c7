"""The problems screen: files that could not be used, what they are, whether somebody saw them elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPushButton, QWidget

from reviewer.domain.acts.act import ThingKind
from reviewer.domain.errors import KnownError
from reviewer.domain.photos.archive_listing import ArchiveListing
from reviewer.domain.photos.seen_elsewhere import mark_open_again, mark_seen_elsewhere
from reviewer.domain.text_folding import fold_text
from reviewer.qt.case.problem_table import ProblemModel, format_problem, make_problems_table
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.context_menu import MenuEntries
from reviewer.qt.widgets.page import Page, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.still_boxes import NoScrollComboBox
from reviewer.qt.widgets.table_menu import offer_row_menu
from reviewer.qt.widgets.type_box import TypeBox, make_text_question
from reviewer.services.case.history import load_sources_by_id
from reviewer.services.evidence.archives import list_archive_file
from reviewer.services.evidence.problems import ProblemFile, count_problems, filter_files, load_problem_files
from reviewer.services.jobs import JobControl, LatestJob, Post
from reviewer.services.reading.act_queue import ActQueue, SharedChange
from reviewer.services.reading.act_words import format_count

_ABOUT = (
    "Files that could not be used. Nothing was left out without a reason. What may hold photographs can be "
    "marked as seen elsewhere, with a reason."
)
_ROW_MENU: MenuEntries = (
    "problems.list-archive",
    "problems.seen-elsewhere",
    "problems.filter",
    None,
    "problems.open-again",
)
_EVERY, _MAY_HOLD, _OPEN, _SEEN = "every", "may hold", "open", "seen"
_EVERY_KIND = "Every kind"
LoadedProblems = tuple[list[ProblemFile], dict[str, str], int]


class ProblemsScreen(Page):
    """A table with filters by kind, by what may lie in the files, and by text; `refresh` reads it anew."""

    def __init__(self, desk: ActQueue, post: Post) -> None:
        super().__init__("Problems", _ABOUT, 1800)
        self._desk, self._post = desk, post
        self._files: list[ProblemFile] = []
        self._sources: dict[str, str] = {}
        self._names = 0
        self.model = ProblemModel()
        self.table = make_problems_table(self.model)
        self.which, self.kind, self._text = NoScrollComboBox(), NoScrollComboBox(), QLineEdit()
        self.seen_button = QPushButton("E  Seen elsewhere…")
        self.open_button = QPushButton("Shift+E  Open again")
        self.summary = make_text_label("", "quiet")
        self.message: PlainLabel = make_text_label()
        self.list_button = QPushButton("Enter  List the archive")
        self.inside = QListWidget()
        self._loading, self._listing = LatestJob(desk.case.jobs), LatestJob(desk.case.jobs)
        self.box = TypeBox(self)
        self._arrange()
        self.which.currentIndexChanged.connect(self._show_rows)
        self.kind.currentIndexChanged.connect(self._show_rows)
        self._text.textChanged.connect(self._show_rows)
        self.seen_button.clicked.connect(lambda: self.action_wanted.emit("problems.seen-elsewhere"))
        self.open_button.clicked.connect(lambda: self.action_wanted.emit("problems.open-again"))
        self.list_button.clicked.connect(lambda: self.action_wanted.emit("problems.list-archive"))
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self.inside.hide())
        self.table.doubleClicked.connect(lambda: self.action_wanted.emit("problems.list-archive"))
        self._desk.on_shared.connect(self._on_shared)

    def _arrange(self) -> None:
        for box, name in ((self.which, "Which files"), (self.kind, "Kind of content")):
            box.setSizeAdjustPolicy(NoScrollComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setAccessibleName(name)
        self._text.setPlaceholderText("Filter by text")
        self._text.setAccessibleName("Filter by text")
        self.message.setAccessibleName("Message")
        for button in (self.seen_button, self.open_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setEnabled(not self._desk.case.read_only)
        self.list_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add_row(self.which, self.kind, self._text, stretch=False).setStretch(2, 1)
        self.add_row(self.list_button, self.seen_button, self.open_button)
        self.inside.setAccessibleName("What the archive says it holds")
        self.inside.setUniformItemSizes(True)
        self.inside.hide()
        self.column.addWidget(self.table, 2)
        self.column.addWidget(self.inside, 1)
        self.column.addWidget(self.summary)
        self.column.addWidget(self.message)

    # what is shown

    def use_actions(self, find: FindAction) -> None:
        offer_row_menu(self.table, find, _ROW_MENU, self._name_chosen)

    def _name_chosen(self) -> str:
        chosen = self.list_chosen()
        one = chosen[0].file.path if chosen else ""
        return f"{len(chosen):,} files selected" if len(chosen) > 1 else one

    def focus(self) -> QWidget:
        return self.table

    def refresh(self) -> None:
        case = self._desk.case

        def work(_control: JobControl) -> LoadedProblems:
            return load_problem_files(case), load_sources_by_id(case), case.counts().names

        self._loading.start("problems", work, self._post, on_done=lambda found: self._show(*found))

    def _show(self, files: list[ProblemFile], sources: dict[str, str], names: int) -> None:
        self._files, self._sources, self._names = files, sources, names
        self._show_counts()
        self._show_rows()

    def _show_counts(self) -> None:
        found = count_problems(self._files)
        _fill_choice(
            self.which,
            (
                (f"Every file ({len(self._files):,})", _EVERY),
                (f"May hold photographs ({found.may_hold:,})", _MAY_HOLD),
                (f"May hold photographs, open ({found.open:,})", _OPEN),
                (f"Seen elsewhere ({found.seen_elsewhere:,})", _SEEN),
            ),
        )
        kinds = ((f"{name} ({count:,})", name) for name, count in found.by_kind.items())
        _fill_choice(self.kind, ((f"{_EVERY_KIND} ({found.files:,})", ""), *kinds))
        none = "No problems: every file could be used." if self._names else "Nothing has been ingested yet."
        all_ = f"{len(self._files):,} problems or left out, of {self._names:,} names met. {found.sentence}"
        self.summary.setText(all_ if self._files else none)

    def _show_rows(self) -> None:
        which, text = self.which.currentData() or _EVERY, fold_text(self._text.text())
        kept = {problem.id for problem in self.list_chosen()}
        rows = filter_files(
            self._files,
            may_hold=which == _MAY_HOLD,
            only_open=which == _OPEN,
            kind=self.kind.currentData() or "",
        )
        rows = [
            problem for problem in rows if (which != _SEEN or problem.seen) and self._is_shown(problem, text)
        ]
        place = max(0, self.table.currentIndex().row())
        self.model.show(rows, self._sources)
        if rows:
            first = next((number for number, problem in enumerate(rows) if problem.id in kept), place)
            self.table.setCurrentIndex(self.model.index(min(first, len(rows) - 1), 0))

    def _is_shown(self, problem: ProblemFile, text: str) -> bool:
        return not text or text in fold_text(" ".join(format_problem(problem, self._sources)))

    def list_chosen(self) -> list[ProblemFile]:
        """The files that are chosen in the table, in its order."""
        rows = self.table.selectionModel().selectedRows()
        return [self.model.rows[index.row()] for index in sorted(rows, key=lambda index: index.row())]

    # looking into archives

    def list_archive(self) -> None:
        """List the archive the keyboard is on, in the background; nothing of it is unpacked."""
        if QApplication.focusWidget() is self._text:
            self.table.setFocus()
            return
        place = self.table.currentIndex().row()
        if self._listing.is_busy or not 0 <= place < len(self.model.rows):
            return
        problem, case = self.model.rows[place], self._desk.case
        self.say("The archive is being listed.")
        self._listing.start(
            "list archive",
            lambda control: list_archive_file(case, problem, control.check),
            self._post,
            on_done=lambda found: self._show_inside(problem, found),
            on_failed=self._say_error,
        )

    def _show_inside(self, problem: ProblemFile, found: ArchiveListing) -> None:
        self.inside.clear()
        self.inside.addItems([f"{size:,} bytes  {name}" for name, size in found.names])
        self.inside.show()
        self.say(f"{problem.file.path}: {found.sentence}")

    def _say_error(self, error: BaseException) -> None:
        if not isinstance(error, KnownError):
            raise error
        self.say(error.message)

    # deciding

    def mark_seen(self) -> None:
        """Ask how the chosen files were seen, and keep it."""
        files = [problem.id for problem in self.list_chosen()]
        if not files:
            self.say("Choose the files first.")
            return

        def given(reason: str) -> None:
            if reason.strip():
                self._desk.submit(mark_seen_elsewhere(files, reason))
            else:
                self.say("Say in a few words how and where they were seen.")

        prompt = f"{format_count(len(files), 'file')} seen elsewhere. How, and where?"
        self.box.ask(make_text_question(prompt, given))

    def open_again(self) -> None:
        """The chosen files are still to be looked at."""
        self._desk.submit(mark_open_again([problem.id for problem in self.list_chosen() if problem.seen]))

    def filter_next(self) -> None:
        """From all files to those that may hold photographs, those still open, those seen elsewhere."""
        self.which.setCurrentIndex((self.which.currentIndex() + 1) % max(1, self.which.count()))

    def _on_shared(self, change: SharedChange) -> None:
        if files := change.affected_ids(ThingKind.FILE):
            if change.how == "saved":
                verb = "seen elsewhere" if "reason" in change.entry.body else "open again"
                self.say(f"{format_count(len(files), 'file')} {verb}. Ctrl+Z takes it back.")
            if self.isVisible():
                self.refresh()


def _fill_choice(box: NoScrollComboBox, choices: object) -> None:
    """Fill a box with new entries; the chosen one stays chosen."""
    before = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        for text, data in choices:  # type: ignore[attr-defined]
            box.addItem(text, data)
        box.setCurrentIndex(max(0, box.findData(before)))
