"""The rows of records as a table, made when they are seen; names stand at their own side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from reviewer.domain.people.individual import Fact
from reviewer.qt.records.words import OUTCOME_WORDS, is_from_right
from reviewer.qt.widgets.row_table import RowTable, TextTableModel
from reviewer.services.records.matches import RecordListRow

_WIDTHS = (108, 48, 100, 84, 68, 128, 190, 68)
_ROW, _NAME, _FITS, _DOUBTS = 1, 5, 6, 7
_MOST_LOOKED_AT = 200
HEADS = ("File", "Row", "Examination", "Detainee", "Branch", "Name", "What fits", "Doubts")


class RowModel(TextTableModel):
    """Rows in the order of the files, those of one outcome or with some text only."""

    def __init__(self) -> None:
        super().__init__(HEADS, numbers=(_ROW, _DOUBTS))
        self.rows: Sequence[RecordListRow] = ()
        self._names_from_right = False

    def show(self, rows: Sequence[RecordListRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self._names_from_right = any(is_from_right(row.value(Fact.NAME)) for row in rows[:_MOST_LOOKED_AT])
        self.endResetModel()

    def _align(self, column: int) -> Qt.AlignmentFlag:
        if column == _NAME and self._names_from_right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super()._align(column)

    def count_rows(self) -> int:
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        return format_row(self.rows[row])[column]


def format_row(row: RecordListRow) -> tuple[str, ...]:
    """What stands in the columns of one row."""
    return (
        row.file.name,
        str(row.row.row),
        row.value(Fact.EXAMINATION_NUMBER),
        row.value(Fact.DETAINEE_NUMBER),
        row.value(Fact.BRANCH_NUMBER),
        row.value(Fact.NAME),
        OUTCOME_WORDS[row.outcome],
        str(len(row.doubts)) if row.doubts else "",
    )


def make_rows_table(model: RowModel) -> RowTable:
    """A table over the rows: one chosen at a time, by the arrow keys."""
    return RowTable(model, "Rows of records", _WIDTHS, stretched=_FITS)
