"""The files that could not be used as a table; nothing is made per row until it is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QAbstractItemView

from reviewer.qt.widgets.row_table import RowTable, TextTableModel
from reviewer.services.evidence.problems import ProblemFile

HEADS = ("File", "Content", "What", "Why", "Seen elsewhere", "Bytes", "Source")
_WIDTHS = (260, 110, 130, 320, 160, 100, 180)
_WHY, _BYTES = 3, 5


class ProblemModel(TextTableModel):
    """Rows are files."""

    def __init__(self) -> None:
        super().__init__(HEADS, numbers=(_BYTES,))
        self.rows: Sequence[ProblemFile] = ()
        self._sources: Mapping[str, str] = {}

    def show(self, rows: Sequence[ProblemFile], sources: Mapping[str, str]) -> None:
        self.beginResetModel()
        self.rows, self._sources = rows, sources
        self.endResetModel()

    def count_rows(self) -> int:
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        return format_problem(self.rows[row], self._sources)[column]


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
