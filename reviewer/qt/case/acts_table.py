"""The last acts of the ledger as a table that can be filtered: when, who, what, of which photograph."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from reviewer.domain.text_folding import fold_text
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.row_table import RowTable, TextTableModel
from reviewer.services.reading.last_acts import ActRow

_HEADS = ("When", "Examiner", "Act", "Photograph")
_WIDTHS, _ACT = (160, 170, 320, 220), 2
_MASKED, _ROWS = "masked until its reading is complete", 6


class ActModel(TextTableModel):
    """Rows are acts, newest first. `hides` says of a Photo (SHA-256) that its name is masked now."""

    def __init__(self, hides: Callable[[str], bool]) -> None:
        super().__init__(_HEADS)
        self._hides = hides
        self._rows: Sequence[ActRow] = ()
        self._names: dict[str, str] = {}
        self._filter: list[str] = []
        self._shown: list[ActRow] = []

    def show(self, rows: Sequence[ActRow]) -> None:
        """Other acts; what is masked is asked anew."""
        self._rows, self._names = rows, {}
        self._arrange()

    def set_filter(self, typed: str) -> None:
        """Show the acts in which every typed word occurs."""
        self._filter = fold_text(typed).split()
        self._arrange()

    def count_rows(self) -> int:
        return len(self._shown)

    @property
    def counts(self) -> tuple[int, int]:
        """How many are shown, of how many."""
        return len(self._shown), len(self._rows)

    def text(self, row: int, column: int) -> str:
        return self._list_texts(self._shown[row])[column]

    def _list_texts(self, row: ActRow) -> tuple[str, str, str, str]:
        return row.at, row.who, row.what, self._name(row)

    def _name(self, row: ActRow) -> str:
        if row.photo and row.photo not in self._names:
            self._names[row.photo] = _MASKED if self._hides(row.photo) else row.name
        return self._names.get(row.photo, "")

    def _arrange(self) -> None:
        self.beginResetModel()
        self._shown = [
            row
            for row in self._rows
            if not self._filter
            or all(word in fold_text("\n".join(self._list_texts(row))) for word in self._filter)
        ]
        self.endResetModel()


class ActsTable(QWidget):
    """A filter over the table, and how many of the acts fit."""

    def __init__(self, hides: Callable[[str], bool]) -> None:
        super().__init__()
        self.model = ActModel(hides)
        self.table = RowTable(self.model, "Last acts", _WIDTHS, stretched=_ACT)
        self.table.setMinimumHeight(_ROWS * self.table.verticalHeader().defaultSectionSize())
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter: a word of the act, an examiner, a day, a file name")
        self.filter.setAccessibleName("Filter of the last acts")
        self._count = PlainLabel(kind="quiet")
        column = make_column(self, spacing=8)
        column.addWidget(self.filter)
        box = FramedBox()
        box.column.setContentsMargins(1, 4, 1, 4)
        self.table.setObjectName("framedTable")
        box.column.addWidget(self.table)
        column.addWidget(box, 1)
        column.addWidget(self._count)
        self.filter.textChanged.connect(self._on_typed)

    def show_acts(self, rows: Sequence[ActRow]) -> None:
        """Show other acts, as far as they fit the filter."""
        self.model.show(rows)
        self._say_count()

    def _on_typed(self, typed: str) -> None:
        self.model.set_filter(typed)
        self._say_count()

    def _say_count(self) -> None:
        shown, there = self.model.counts
        narrowed = (
            f"{shown:,} of the last {there:,} acts fit."
            if shown < there
            else f"{there:,} acts, newest first."
        )
        self._count.setText(narrowed)
