"""The table of everybody: what is shown of it, in which order, and which rows are chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QTableView,
    QWidget,
)

from reviewer.qt.individuals.people_model import COLUMNS, USUAL_COLUMNS, PeopleModel
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel, isolate_path
from reviewer.qt.widgets.row_table import RowTable
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.people.individuals import (
    ACCEPTED,
    IN_CONFLICT,
    PROPOSED,
    IndividualRow,
    IndividualTable,
)

_TYPING_MS = 120
_GROUND_NAMES = {"folders": "folders", "cards": "cards", "bursts": "bursts", "records": "records"}


class _PeopleTable(RowTable):
    """Home and End go to the first and the last row, not along one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self.model().rowCount()
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and rows and event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else rows - 1)
            return
        super().keyPressEvent(event)


class TablePage(QWidget):
    """`opened` carries the key of a row that was double-clicked."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.model = PeopleModel()
        self._only: frozenset[str] = frozenset()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter:  /  then a number, a status, a word of the reason")
        self.filter.setAccessibleName("Filter of individuals")
        self._why = PlainLabel(kind="quiet")
        self._why.setWordWrap(True)
        self._why.setMinimumHeight(38)
        self._why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.table = self._make_table()
        column = make_column(self, spacing=8, margins=(16, 8, 16, 8))
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)
        column.addWidget(self._why)
        self._typing = make_single_shot_timer(self, _TYPING_MS, self._apply_filter)
        self.filter.textChanged.connect(lambda _text: self._typing.start())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._tell_why())
        self.table.doubleClicked.connect(self._on_double_click)
        self.show_columns(USUAL_COLUMNS)
        self._why.setText("")

    def _make_table(self) -> QTableView:
        widths = [column.width for column in COLUMNS]
        table = _PeopleTable(
            self.model, "Individuals", widths, QAbstractItemView.SelectionMode.ExtendedSelection
        )
        header = table.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(lambda section: self.sort_by(COLUMNS[section].key))
        return table

    # what is shown

    def show_people(self, people: IndividualTable, texts: Sequence[str]) -> None:
        """Other rows, and what the filter looks into; what was chosen stays chosen where it still is."""
        self._change_keeping_choice(lambda: self.model.show(people.persons, texts))

    def show_columns(self, keys: Collection[str]) -> None:
        shown = [column.key in keys for column in COLUMNS]
        for place, visible in enumerate(shown if any(shown) else [True] * len(COLUMNS)):
            self.table.setColumnHidden(place, not visible)
        self._show_sorting()

    def columns(self) -> list[str]:
        return [column.key for place, column in enumerate(COLUMNS) if not self.table.isColumnHidden(place)]

    def sort_by(self, key: str) -> None:
        """By this column; again: the other way round."""
        now, down = self.model.sorting
        self._change_keeping_choice(lambda: self.model.sort_by(key, key == now and not down))
        self._show_sorting()

    def show_only(self, ids: Collection[str]) -> None:
        """None but these Individuals; with nothing, all again."""
        self._only = frozenset(ids)
        self._apply_filter()
        if self._only:
            self.table.selectAll()

    def clear_filter(self) -> bool:
        """Show all again; False if all were shown."""
        narrowed = self.model.is_narrowed
        self._only = frozenset()
        self.filter.clear()
        self._apply_filter()
        return narrowed

    # what is chosen

    def current(self) -> IndividualRow | None:
        return self.model.person(self.table.currentIndex().row())

    def list_chosen(self) -> list[IndividualRow]:
        """The selected rows, from top to bottom."""
        found = self.table.selectionModel().selection()
        ranges = [found.at(place) for place in range(found.count())]
        rows = sorted({row for block in ranges for row in range(block.top(), block.bottom() + 1)})
        return [person for row in rows if (person := self.model.person(row)) is not None]

    def choose(self, key: str) -> None:
        row = self.model.row_of(key)
        if row >= 0:
            self._go_to(row)

    def _go_to(self, row: int) -> None:
        """This row and no other, whatever keys are held just now: the view itself would look at them."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.model.index(row, self._first_column())
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _change_keeping_choice(self, change: Callable[[], None]) -> None:
        """Change the rows; the current one and the chosen ones stay so, or their neighbour comes."""
        here, row = self.current(), self.table.currentIndex().row()
        chosen = {person.key for person in self.list_chosen()}
        change()
        place = self.model.row_of(here.key) if here else 0
        if place < 0:
            place = min(row, self.model.rowCount() - 1)
        if place < 0:
            self._tell_why()
            return
        self._go_to(place)
        self._select(chosen)
        self._tell_why()

    def _select(self, keys: Collection[str]) -> None:
        if len(keys) < 2:
            return
        rows = [row for row, person in enumerate(self.model.persons()) if person.key in keys]
        selection, last = QItemSelection(), len(COLUMNS) - 1
        while rows:  # one range for a run of rows: thousands of ranges are slow
            run = next((n for n, row in enumerate(rows) if row != rows[0] + n), len(rows))
            selection.select(self.model.index(rows[0], 0), self.model.index(rows[run - 1], last))
            rows = rows[run:]
        self.table.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)

    def _first_column(self) -> int:
        return next((place for place in range(len(COLUMNS)) if not self.table.isColumnHidden(place)), 0)

    def _apply_filter(self) -> None:
        self._typing.stop()
        self._change_keeping_choice(lambda: self.model.set_filter(self.filter.text(), self._only))

    def _show_sorting(self) -> None:
        key, down = self.model.sorting
        place = next(place for place, column in enumerate(COLUMNS) if column.key == key)
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(place, order)

    def _tell_why(self) -> None:
        person = self.current()
        if person is None:
            none = "No individual yet: photographs are ingested on the Ingest screen, Ctrl+Shift+2."
            self._why.setText("No individual fits. Esc shows all." if self.model.is_narrowed else none)
            return
        words = {PROPOSED: "Proposed", ACCEPTED: "Accepted", IN_CONFLICT: "Accepted, in conflict"}
        self._why.setText(f"{person.label}. {words[person.status]}: {isolate_path(person.reason)}.")

    def _on_double_click(self) -> None:
        person = self.current()
        if person is not None:
            self.opened.emit(person.key)


def format_counts(people: IndividualTable, shown: Sequence[IndividualRow]) -> str:
    """The line above the table."""
    accepted = sum(person.is_accepted for person in people.persons)
    proposed = len(people.persons) - accepted
    ground = _GROUND_NAMES[people.how.kind] + (f" as {people.how.pattern}" if people.how.pattern else "")
    parts = [f"{accepted:,} accepted", f"{proposed:,} proposed (from {ground})"]
    doubts = sum(conflict.is_doubt for conflict in people.open_conflicts)
    parts.append(f"{doubts:,} {'conflict' if doubts == 1 else 'conflicts'}")
    if people.loose:
        belong = "photograph belongs" if people.loose == 1 else "photographs belong"
        parts.append(f"{people.loose:,} {belong} to none")
    narrowed = f"{len(shown):,} of " if len(shown) < len(people.persons) else ""
    return f"{narrowed}{len(people.persons):,} individuals: {'; '.join(parts)}"
