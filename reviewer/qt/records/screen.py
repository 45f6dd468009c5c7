"""The records screen: the rows of all files about the victims, to be worked through one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPushButton,
    QWidget,
)

from reviewer.domain.acts.act import ThingKind
from reviewer.domain.errors import NotAllowed
from reviewer.domain.records.matching import MatchOutcome
from reviewer.domain.text_folding import fold_text
from reviewer.qt.records.load_panel import LoadPanel
from reviewer.qt.records.row_detail import RowDetail
from reviewer.qt.records.row_model import RowModel, make_rows_table
from reviewer.qt.records.settling import (
    make_accept_question,
    make_individual_question,
    make_nobody_question,
    make_note_question,
)
from reviewer.qt.records.words import OUTCOME_WORDS
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.choosing_files import ask_file
from reviewer.qt.widgets.context_menu import MenuEntries
from reviewer.qt.widgets.fitting import ScreenStack
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.page import make_button_row, make_text_label
from reviewer.qt.widgets.page_head import PageHead
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.screen import Screen
from reviewer.qt.widgets.still_boxes import NoScrollComboBox
from reviewer.qt.widgets.table_menu import offer_row_menu
from reviewer.qt.widgets.type_box import TypeBox
from reviewer.services.jobs import LatestJob, Post
from reviewer.services.reading.act_queue import ActQueue, SharedChange
from reviewer.services.reading.act_words import format_count
from reviewer.services.records.load import LoadedRecords
from reviewer.services.records.matches import (
    RecordListing,
    RecordListRow,
    load_listing,
    make_acceptance_act,
    make_link_act,
    make_no_individual_act,
)

_ROW_MENU: MenuEntries = (
    "records.accept",
    "records.link",
    "records.accept-all",
    "records.load",
    None,
    "records.none",
)
_UNRESOLVED, _EVERY = "unresolved", "every"
_KINDS = "Files about the victims (*.csv *.tsv *.txt *.xlsx *.xlsm);;Any file (*)"
_ABOUT = "Rows of files about the victims. Each is settled by a person, and nothing is overwritten."


class RecordsScreen(Screen):
    """A list of rows with what fits them, or a file that is about to be loaded.

    `on_row_of` is told whose row (the id of an Individual, "" for nobody's) came into view.
    """

    def __init__(self, desk: ActQueue, post: Post, on_row_of: Callable[[str], None]) -> None:
        super().__init__()
        self._desk, self._post = desk, post
        self._read_only = bool(desk.case.read_only)
        self.listing = RecordListing((), {})
        self.model = RowModel()
        self._matching = LatestJob(desk.case.jobs, finish_first=True)
        self.on_row_of = on_row_of
        self._place = 0
        self.which, self.text = NoScrollComboBox(), QLineEdit()
        self._head = PageHead("Records", _ABOUT)
        self.accept_button = KeyedButton("records.accept-all", "Accept all that fit")
        self._load_button = KeyedButton("records.load", "Load a file…")
        self.table = make_rows_table(self.model)
        self.detail = RowDetail()
        self.panel = LoadPanel(desk.case, desk.examiner, post)
        self.box = TypeBox(self)
        self.message: PlainLabel = make_text_label()
        self.message.setAccessibleName("Message")
        self._stack = ScreenStack()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.text.setPlaceholderText("Filter by text")
        self.text.setAccessibleName("Filter the rows by text")
        self.which.setAccessibleName("Which rows are shown")
        self.which.setSizeAdjustPolicy(NoScrollComboBox.SizeAdjustPolicy.AdjustToContents)
        self._head.add_act(self.accept_button)
        self._head.add_act(self._load_button)
        list_, left = QWidget(), QWidget()
        column = make_column(left, spacing=12, margins=(24, 16, 24, 12))
        column.addWidget(self._head)
        row = make_button_row(self.which, self.text, stretch=False)
        row.setStretch(1, 1)
        column.addLayout(row)
        box = FramedBox()
        box.column.setContentsMargins(1, 4, 1, 4)
        self.table.setObjectName("framedTable")
        box.column.addWidget(self.table)
        column.addWidget(box, 1)
        column.addWidget(self.message)
        both = make_row(list_, spacing=0)
        both.addWidget(left, 1)
        both.addWidget(self.detail)
        self._stack.add(list_)
        self._stack.add(self.panel)
        make_column(self, spacing=0).addWidget(self._stack)

    def _connect(self) -> None:
        self.which.currentIndexChanged.connect(self._show_rows)
        self.text.textChanged.connect(self._show_rows)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.doubleClicked.connect(lambda: self.action_wanted.emit("records.link"))
        self.panel.loaded.connect(self._on_loaded)
        self.panel.left.connect(self.show_list)
        self._desk.on_shared.connect(self._on_shared)

    # what is shown

    @property
    def is_listing(self) -> bool:
        return self._stack.place == 0

    @property
    def is_busy(self) -> bool:
        return self._matching.is_busy or self.panel.is_running

    @property
    def row(self) -> RecordListRow | None:
        """The row the keyboard is on."""
        place = self.table.currentIndex().row()
        return self.model.rows[place] if 0 <= place < len(self.model.rows) else None

    def refresh(self) -> None:
        """Match all rows again, in the background."""
        case = self._desk.case
        self._matching.start(
            "match",
            lambda control: load_listing(case, control.check),
            self._post,
            on_done=self._show_listing,
            on_failed=lambda error: self.say(str(error)),
        )

    def show_list(self) -> None:
        if not self.panel.is_running:
            self._stack.turn_to_place(0)
            self.table.setFocus()

    def use_actions(self, find: FindAction) -> None:
        for button in (self.accept_button, self._load_button):
            button.use_action(find)
        self.detail.use_actions(find)
        self.panel.use_actions(find)
        offer_row_menu(self.table, find, _ROW_MENU, self._name_row)

    def _name_row(self) -> str:
        row = self.row
        return f"{row.file.name}, row {row.row.row}" if row is not None else ""

    def focus(self) -> QWidget:
        return self.table if self.is_listing else self.panel.focusWidget() or self.panel.dates

    def _show_listing(self, found: RecordListing) -> None:
        self.listing = found
        self._show_counts()
        self._show_rows()

    def _show_counts(self) -> None:
        counts = self.listing.counts()
        chosen = self.which.currentData() or _UNRESOLVED
        with QSignalBlocker(self.which):
            self.which.clear()
            self.which.addItem(f"Not settled ({len(self.listing.unresolved):,})", _UNRESOLVED)
            for outcome, words in OUTCOME_WORDS.items():
                self.which.addItem(f"{words[0].upper()}{words[1:]} ({counts[outcome]:,})", str(outcome))
            self.which.addItem(f"Every row ({len(self.listing.rows):,})", _EVERY)
            self.which.setCurrentIndex(max(0, self.which.findData(chosen)))
        fit = len(self.listing.unambiguous)
        self.accept_button.show_word(f"Accept all that fit one ({fit:,})")
        self.accept_button.setEnabled(bool(fit) and not self._read_only)

    def _show_rows(self) -> None:
        kept = self.row.record if self.row is not None else ""
        wanted, text = self.which.currentData() or _UNRESOLVED, fold_text(self.text.text())
        rows = [row for row in self.listing.rows if self._is_shown(row, wanted, text)]
        place = next((n for n, row in enumerate(rows) if row.record == kept), self._place)
        self.model.show(rows)
        if rows:
            self.table.setCurrentIndex(self.model.index(min(place, len(rows) - 1), 0))
        self._on_row()
        if not self.listing.rows:
            self.say("No records yet. Load a file about the victims: Ctrl+O.")
        elif self.said.startswith("No records yet"):
            self.say("")

    def _is_shown(self, row: RecordListRow, wanted: str, text: str) -> bool:
        if wanted == _UNRESOLVED and row.outcome is MatchOutcome.SETTLED:
            return False
        if wanted not in {_UNRESOLVED, _EVERY} and row.outcome != wanted:
            return False
        return text in row.text

    def _on_row(self) -> None:
        self._place = max(0, self.table.currentIndex().row())
        row = self.row
        self.detail.show_row(row, self.listing, self._read_only)
        if row is not None and self.isVisible():
            self.on_row_of(row.link.individual if row.link is not None else row.match.individual)

    # loading

    def choose_file(self) -> None:
        chosen = ask_file(self, "A file about the victims", _KINDS)
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, path: Path) -> None:
        """Show how a file would be read."""
        self._stack.turn_to_place(1)
        self.panel.dates.setFocus()
        self.panel.open_file(path)

    def keep_file(self) -> None:
        if not self.is_listing:
            self.panel.load()

    def _on_loaded(self, result: LoadedRecords) -> None:
        self.show_list()
        self.say(
            f"{result.name}: {format_count(result.rows, 'row')} "
            f"loaded, {format_count(result.doubts, 'doubt')}."
        )
        self.refresh()

    # deciding

    def accept(self) -> None:
        """Accept what fits the row; on the panel of a file, press the button that has the keyboard."""
        focus = QApplication.focusWidget()
        if not self.is_listing:
            if isinstance(focus, QPushButton):
                focus.click()
            return
        if focus is self.text:
            self.table.setFocus()
            return
        row = self._require_open_row()
        if not row.match.individual:
            raise NotAllowed(f"This row {OUTCOME_WORDS[row.outcome]}. Link it by hand (L), or to nobody (N).")
        self._desk.submit(make_acceptance_act([row]))

    def accept_all(self) -> None:
        """Ask with the count, then accept every row that fits one Individual, in one act."""
        if self.is_listing:
            rows = self.listing.unambiguous
            self.box.ask(
                make_accept_question(len(rows), lambda: self._desk.submit(make_acceptance_act(rows)))
            )

    def link_by_hand(self) -> None:
        if self.is_listing:
            row = self._require_open_row()
            self.box.ask(make_individual_question(self.listing, row, lambda whom: self._link(row, whom)))

    def _link(self, row: RecordListRow, individual: str) -> None:
        if individual == row.match.individual:
            self._desk.submit(make_acceptance_act([row]))
        else:
            self.box.ask(
                make_note_question(lambda note: self._desk.submit(make_link_act(row, individual, note)))
            )

    def link_to_nobody(self) -> None:
        if self.is_listing:
            row = self._require_open_row()
            self.box.ask(
                make_nobody_question(
                    lambda why: self._desk.submit(make_no_individual_act(row, why)), self.say
                )
            )

    def _require_open_row(self) -> RecordListRow:
        row = self.row
        if row is None:
            raise NotAllowed("There is no row to settle.")
        if row.link is not None:
            raise NotAllowed("This row is settled. Take that back (Ctrl+Z) to decide anew.")
        return row

    def _on_shared(self, change: SharedChange) -> None:
        if any(change.affected_ids(kind) for kind in (ThingKind.RECORD, ThingKind.INDIVIDUAL)):
            if self.isVisible():
                self.refresh()
            if settled := len(change.affected_ids(ThingKind.RECORD)):
                verb = {"saved": "settled", "undone": "open again", "redone": "settled again"}[change.how]
                self.say(f"{format_count(settled, 'row')} {verb}.")
