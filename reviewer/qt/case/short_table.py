"""A framed table of few rows that is looked at, not worked in."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget

from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.row_table import CELL_PADDING, RowTable, TextTableModel

_MOST_ROWS = 6


class RowsModel(TextTableModel):
    """Rows of texts as they are."""

    def __init__(self, titles: Sequence[str], numbers: Sequence[int] = ()) -> None:
        super().__init__(titles, numbers)
        self.rows: Sequence[tuple[str, ...]] = ()

    def show(self, rows: Sequence[tuple[str, ...]]) -> None:
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def count_rows(self) -> int:
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        return self.rows[row][column]


class _WholeWordTable(RowTable):
    """Columns are as wide as their words while there is room for them: nothing is scrolled to sideways.

    Where there is no room the widest gives way, and elides; those in `whole` never do.
    """

    def __init__(self, model: RowsModel, name: str, stretched: int, whole: Collection[int] = ()) -> None:
        super().__init__(model, name, (), stretched=stretched)
        self._whole = whole
        model.modelReset.connect(self.fit_columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Give each column what its words need, and an equal part of what is left."""
        header = self.horizontalHeader()
        heads = [header.sectionSizeHint(column) for column in range(header.count())]
        widths = [
            max(head, self.sizeHintForColumn(column) + 2 * CELL_PADDING) for column, head in enumerate(heads)
        ]
        missing = sum(widths) - self.viewport().width()
        for column in sorted(range(len(widths)), key=widths.__getitem__, reverse=True):
            if missing > 0 and column not in self._whole:
                given = min(missing, widths[column] - heads[column])
                widths[column], missing = widths[column] - given, missing - given
        spare = max(0, -missing) // len(widths)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width + spare)


class ShortTable(FramedBox):
    """A table of few rows in a frame, to be looked at; it is as high as its reserved rows."""

    def __init__(
        self,
        model: RowsModel,
        name: str,
        stretched: int,
        rows: int,
        *,
        scrolls: bool = False,
        whole: Collection[int] = (),
    ) -> None:
        self._is_made = False
        super().__init__()
        self.column.setContentsMargins(1, 1, 1, 4)
        self.table, self._rows = _WholeWordTable(model, name, stretched, whole), rows
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setObjectName("bareTable")
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if not scrolls:
            self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(self.table)
        self._is_made = True
        self.fit_rows()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and self._is_made:
            self.fit_rows()
            self.table.fit_columns()

    def fit_rows(self) -> None:
        """As high as its rows are in the size of type that is on."""
        row = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + self._rows * row)


def fit_to_rows(rows: QListWidget) -> None:
    """Make a list as high as its rows, up to so many; the rest is scrolled to."""
    shown = min(max(1, rows.count()), _MOST_ROWS)
    rows.setFixedHeight(
        shown * max(rows.sizeHintForRow(0), rows.fontMetrics().height()) + 2 * rows.frameWidth()
    )
