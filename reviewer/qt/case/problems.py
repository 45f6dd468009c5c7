"""The problems screen: files that could not be used, what they are, whether somebody saw them elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QWidget

from reviewer.domain.acts.act import ThingKind
from reviewer.domain.errors import KnownError
from reviewer.domain.photos.archive_listing import ArchiveListing
from reviewer.domain.photos.seen_elsewhere import mark_open_again, mark_seen_elsewhere
from reviewer.domain.text_folding import fold_text
from reviewer.qt.case.problem_table import ProblemModel, format_problem, make_problems_table
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.context_menu import MenuEntries
from reviewer.qt.widgets.empty_state import EmptyState
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.keyed_button import KeyedButton
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

_TITLE = "Problems and other files"
_ABOUT = (
    "What was met and is no photograph the program shows, each with its reason. What may hold photographs "
    "can be marked as seen elsewhere, and how."
)
_ROW_MENU: MenuEntries = (
    "problems.list-archive",
    "problems.seen-elsewhere",
    "problems.filter",
    None,
    "problems.open-again",
)
_ALL_USED = "Every file that was met is a photograph that could be opened, or the duplicate of one."
_NONE, _NOTHING_YET = "No problems and no other files", "Nothing has been added yet"
_COMES_HERE = "What cannot be used, and what is no photograph, will stand here with its reason."
_EVERY, _MAY_HOLD, _OPEN, _SEEN = "every", "may hold", "open", "seen"
_EVERY_KIND = "Every kind"
LoadedProblems = tuple[list[ProblemFile], dict[str, str], int]


class ProblemsScreen(Page):
    """A table with filters by kind, by what may lie in the files, and by text; `refresh` reads it anew."""

    def __init__(self, desk: ActQueue, post: Post) -> None:
        super().__init__(_TITLE, _ABOUT, 1800)
        self._desk, self._post = desk, post
        self._files: list[ProblemFile] = []
        self._sources: dict[str, str] = {}
        self._names = 0
        self.model = ProblemModel()
        self.table = make_problems_table(self.model)
        self.which, self.kind, self._text = NoScrollComboBox(), NoScrollComboBox(), QLineEdit()
        self.list_button = KeyedButton("problems.list-archive", "List the archive")
        self.seen_button = KeyedButton("problems.seen-elsewhere", "Seen elsewhere…", is_main=True)
        self.open_button = KeyedButton("problems.open-again", "Look at again")
        self.summary, self.kinds = make_text_label("", "strong"), make_text_label("", "quiet")
        self.message: PlainLabel = make_text_label()
        self.inside = QListWidget()
        self._framed, self._none = FramedBox(), EmptyState("problems")
        self._loading, self._listing = LatestJob(desk.case.jobs), LatestJob(desk.case.jobs)
        self.box = TypeBox(self)
        self._arrange()
        self.which.currentIndexChanged.connect(self._show_rows)
        self.kind.currentIndexChanged.connect(self._show_rows)
        self._text.textChanged.connect(self._show_rows)
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
        for button in (self.list_button, self.open_button, self.seen_button):
            self.head.add_act(button)
        self.column.addWidget(self.summary)
        self.column.addWidget(self.kinds)
        self.add_row(self.which, self.kind, self._text, stretch=False).setStretch(2, 1)
        self.inside.setAccessibleName("What the archive says it holds")
        self.inside.setUniformItemSizes(True)
        self.inside.hide()
        self.table.setObjectName("bareTable")
        self._framed.column.setContentsMargins(1, 1, 1, 4)
        self._framed.column.addWidget(self.table)
        self._none.hide()
        self.column.addWidget(self._none)
        self.column.addWidget(self._framed, 2)
        self.column.addWidget(self.inside, 1)
        self.column.addWidget(self.message)
        self.column.addStretch(0)

    # what is shown

    def use_actions(self, find: FindAction) -> None:
        for button in (self.list_button, self.open_button, self.seen_button):
            button.use_action(find)
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
        problems = sum(file.is_problem for file in self._files)
        self.summary.setText(
            f"{len(self._files):,} of {self._names:,} names met: {problems:,} problems and "
            f"{len(self._files) - problems:,} other files. {found.sentence}"
        )
        self.kinds.setText(", ".join(f"{count:,} {name}" for name, count in found.by_kind.items()))
        if self._names:
            self._none.show_state(_NONE, _ALL_USED)
        else:
            self._none.show_state(_NOTHING_YET, _COMES_HERE)
        for widget in (self.summary, self.kinds, self.which, self.kind, self._text, self._framed):
            widget.setVisible(bool(self._files))
        self._none.setVisible(not self._files)

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
