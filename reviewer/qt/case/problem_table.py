"""The files that could not be used as a table; nothing is made per row until it is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView

from reviewer.qt.widgets.plain_text import make_plain_tip
from reviewer.qt.widgets.row_table import AnyModelIndex, RowTable
from reviewer.services.evidence.problems import ProblemFile

HEADS = ("File", "Content", "What", "Why", "Seen elsewhere", "Bytes", "Source")
_WIDTHS = (260, 110, 130, 320, 160, 100, 180)
_WHY = 3


class ProblemModel(QAbstractTableModel):
    """Rows are files."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[ProblemFile] = ()
        self._sources: Mapping[str, str] = {}

    def show(self, rows: Sequence[ProblemFile], sources: Mapping[str, str]) -> None:
        self.beginResetModel()
        self.rows, self._sources = rows, sources
        self.endResetModel()

    def rowCount(self, parent: AnyModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return len(HEADS)

    def data(self, index: AnyModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        value = format_problem(self.rows[index.row()], self._sources)[index.column()]
        return make_plain_tip(value) if role == Qt.ItemDataRole.ToolTipRole else value

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADS[section]
        return None


def format_problem(row: ProblemFile, sources: Mapping[str, str]) -> tuple[str, ...]:
    """What stands in the columns of one file."""
    file, problem = row.file, row.file.problem
    return (
        file.path or "(the folder itself)",
        "" if row.is_changed else row.kind_name,
        str(problem.kind) if problem else "",
        row.reason,
        row.seen.reason if row.seen else "",
        f"{file.size:,}",
        sources.get(file.source, ""),
    )


def make_problems_table(model: ProblemModel) -> RowTable:
    """A table over the files: some of them chosen, by the arrow keys with Shift or by Ctrl+A."""
    some = QAbstractItemView.SelectionMode.ExtendedSelection
    return RowTable(model, "Problems", _WIDTHS, some, stretched=_WHY)
