"""The table of what was made of the Case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication

from reviewer.domain.ledger.hash_text import shorten_hash
from reviewer.qt.handing_over.made_words import (
    describe_state,
    describe_what,
    describe_whom,
    find_hash,
    format_when,
    is_doubtful,
)
from reviewer.qt.handing_over.wording import format_size
from reviewer.qt.look.theme import Theme
from reviewer.qt.widgets.row_table import AnyModelIndex, RowTable, TextTableModel
from reviewer.services.case.made import MadeThing

HEADS = ("When", "What", "Of whom", "Files", "Size", "SHA-256", "By", "State")
_WIDTHS = (140, 200, 160, 64, 88, 140, 130, 160)
_WHOM, _RIGHT, _STATE = 2, frozenset({3, 4}), 7
_ROOM = 12
_MOST = {1: 240, 6: 150}
"""At most so many pixels at 100 % for what it is and by whom: the rest is in the tooltip."""


@dataclass(frozen=True)
class MadeRow:
    """What was made, with how many files of how many bytes lay there when it was looked for; none where it
    was not found."""

    made: MadeThing
    files: int
    size: int

    @property
    def is_here(self) -> bool:
        return self.files > 0

    @property
    def is_doubtful(self) -> bool:
        return self.is_here and is_doubtful(self.made)


class MadeModel(TextTableModel):
    """Rows are what was made, the newest first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(HEADS)
        self.rows: Sequence[MadeRow] = ()
        self._theme = theme

    def apply_theme(self, theme: Theme) -> None:
        self.beginResetModel()
        self._theme = theme
        self.endResetModel()

    def show(self, rows: Sequence[MadeRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def replace_row(self, place: int, row: MadeRow) -> None:
        self.rows = [*self.rows[:place], row, *self.rows[place + 1 :]]
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(HEADS) - 1))

    def count_rows(self) -> int:
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        return _format_row(self.rows[row])[column]

    def data(self, index: AnyModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _RIGHT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if index.column() == _STATE and self.rows[index.row()].is_doubtful:
            if role == Qt.ItemDataRole.ForegroundRole:
                return self._theme.colour("warn")
            if role == Qt.ItemDataRole.FontRole:
                font = QFont(QGuiApplication.font())
                font.setWeight(QFont.Weight.DemiBold)
                return font
        return super().data(index, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _RIGHT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().headerData(section, orientation, role)


def _format_row(row: MadeRow) -> tuple[str, ...]:
    """What stands in the columns of one row."""
    made = row.made
    named = made.entry.body.get("number") or len(made.hashes)
    state = describe_state(made, is_here=row.is_here)
    return (
        format_when(made.entry.at),
        describe_what(made),
        describe_whom(made),
        f"{row.files or named:,}",
        format_size(row.size) if row.files else "",
        shorten_hash(find_hash(made)[1]) or f"{len(made.hashes):,} hashes",
        made.author,
        f"Warning: {state}" if row.is_doubtful else state,
    )


def fit_columns(table: RowTable, scale: float) -> None:
    """Make each column as wide as what stands in it, at the size of type that is on."""
    for column in range(len(HEADS)):
        if column != _WHOM:
            wanted = max(table.sizeHintForColumn(column), table.horizontalHeader().sectionSizeHint(column))
            most = round(_MOST.get(column, 1000) * scale)
            table.setColumnWidth(column, min(wanted + _ROOM, most))


def make_made_table(model: MadeModel) -> RowTable:
    table = RowTable(model, "What was made", _WIDTHS, stretched=_WHOM)
    table.setObjectName("bareTable")
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return table
