"""A table whose rows are things: whole rows are chosen, heads stand over their cells, numbers right."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from reviewer.qt.look.theme import get_worn_theme
from reviewer.qt.widgets.plain_text import make_plain_tip

AnyModelIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
CELL_PADDING = 8
"""Left and right of the text of a cell, as in the heads (window.qss)."""
_BAR, _LOWEST_ROW, _USUAL_TYPE = 3, 32, 13

_STYLE_EVENTS = frozenset({QEvent.Type.FontChange, QEvent.Type.StyleChange})


class TextTableModel(QAbstractTableModel):
    """A table of texts under `titles`, each also in the tooltip; a text is made only when it is painted.

    What stands in the columns `numbers` is counted or measured, and stands at the right, as their heads do.
    """

    def __init__(self, titles: Sequence[str], numbers: Collection[int] = ()) -> None:
        super().__init__()
        self._titles, self._numbers = tuple(titles), frozenset(numbers)

    def _align(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._numbers else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def count_rows(self) -> int:
        raise NotImplementedError

    def text(self, row: int, column: int) -> str:
        raise NotImplementedError

    def rowCount(self, parent: AnyModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else self.count_rows()

    def columnCount(self, parent: AnyModelIndex = _ROOT) -> int:
        return len(self._titles)

    def data(self, index: AnyModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(index.column())
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        text = self.text(index.row(), index.column())
        return make_plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(section)
        return self._titles[section] if role == Qt.ItemDataRole.DisplayRole else None


class CellDelegate(QStyledItemDelegate):
    """Paints a cell with the padding that heads have, a hairline below it, and a bar at the selected row.

    No frame is painted around one cell: which row is chosen is seen by its ground.
    """

    def place_text(self, rect: QRect, index: AnyModelIndex) -> QRect:
        """Where in a cell its text stands."""
        return rect.adjusted(CELL_PADDING, 0, -CELL_PADDING, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyModelIndex) -> None:
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        text, cell.text = cell.text, ""
        cell.state &= ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver)
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, option.widget)
        painter.save()
        palette, rect = option.palette, option.rect
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if cell.state & QStyle.StateFlag.State_Selected and not index.column():
            bar = QRect(rect.left(), rect.top(), _BAR, rect.height())
            painter.fillRect(bar, get_worn_theme().colour("accent"))
        painter.setFont(cell.font)
        painter.setPen(cell.palette.color(QPalette.ColorRole.Text))
        room = self.place_text(rect, index)
        shown = cell.fontMetrics.elidedText(text, option.textElideMode, room.width())
        painter.drawText(room, cell.displayAlignment, shown)
        painter.restore()


class RowTable(QTableView):
    """`widths` are pixels for each column; one whose heading needs more, as with larger text, is wider.
    The column `stretched` takes the room that is left, at least that of its heading, or `least` pixels."""

    def __init__(
        self,
        model: QAbstractItemModel,
        name: str,
        widths: Sequence[int],
        mode: QAbstractItemView.SelectionMode = QAbstractItemView.SelectionMode.SingleSelection,
        stretched: int | None = None,
        least: int = 0,
    ) -> None:
        super().__init__()
        self._widths, self._stretched, self._least = tuple(widths), stretched, least
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(mode)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._cells = CellDelegate()
        self.setItemDelegate(self._cells)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setHighlightSections(False)
        if stretched is not None:
            self.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self._fit_headings()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _STYLE_EVENTS:
            self._fit_headings()

    def _fit_headings(self) -> None:
        """Rows as high, and columns as wide, as type of this size needs."""
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(max(_LOWEST_ROW, metrics.height() + 2 * CELL_PADDING))
        larger = max(1.0, self.font().pixelSize() / _USUAL_TYPE)
        if self._stretched is not None:
            header.setMinimumSectionSize(self._least or header.sectionSizeHint(self._stretched))
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, max(round(width * larger), header.sectionSizeHint(column)))
        self._fit_stretched()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_stretched()

    def _fit_stretched(self) -> None:
        """The column that takes what is left is never narrower than its heading: then the table scrolls."""
        if self._stretched is None:
            return
        header = self.horizontalHeader()
        needs = header.sectionSizeHint(self._stretched)
        others = sum(
            self.columnWidth(column) for column in range(header.count()) if column != self._stretched
        )
        is_roomy = self.viewport().width() - others >= needs
        modes = QHeaderView.ResizeMode
        header.setSectionResizeMode(self._stretched, modes.Stretch if is_roomy else modes.Interactive)
        if not is_roomy:
            self.setColumnWidth(self._stretched, needs)
