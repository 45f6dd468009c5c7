"""The rows of records as a table; nothing is made per row until it is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from reviewer.domain.people.individual import Fact
from reviewer.qt.records.words import OUTCOME_WORDS
from reviewer.qt.widgets.plain_text import make_plain_tip
from reviewer.qt.widgets.row_table import AnyModelIndex, RowTable
from reviewer.services.records.matches import RecordListRow

_WIDTHS = (132, 52, 112, 92, 76, 150, 190, 76)
_FITS = 6
HEADS = ("File", "Row", "Examination", "Detainee", "Branch", "Name", "What fits", "Doubts")


class RowModel(QAbstractTableModel):
    """Rows in the order of the files, those of one outcome or with some text only."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[RecordListRow] = ()

    def show(self, rows: Sequence[RecordListRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return len(HEADS)

    def data(self, index: AnyModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        value = format_row(self.rows[index.row()])[index.column()]
        return make_plain_tip(value) if role == Qt.ItemDataRole.ToolTipRole else value

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADS[section]
        return None


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
