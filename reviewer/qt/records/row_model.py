"""The rows of records as a table; nothing is made per row until it is seen."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.people.individual import Fact
from reviewer.qt.records.words import OUTCOME_WORDS
from reviewer.qt.widgets.row_table import RowTable, TextTableModel
from reviewer.services.records.matches import RecordListRow

_WIDTHS = (132, 52, 112, 92, 76, 150, 190, 76)
_ROW, _FITS, _DOUBTS = 1, 6, 7
HEADS = ("File", "Row", "Examination", "Detainee", "Branch", "Name", "What fits", "Doubts")


class RowModel(TextTableModel):
    """Rows in the order of the files, those of one outcome or with some text only."""

    def __init__(self) -> None:
        super().__init__(HEADS, numbers=(_ROW, _DOUBTS))
        self.rows: Sequence[RecordListRow] = ()

    def show(self, rows: Sequence[RecordListRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

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
