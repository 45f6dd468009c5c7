"""A table whose rows are things: whole rows are chosen, by keys, and no heading is cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from reviewer.qt.widgets.plain_text import make_plain_tip

AnyModelIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

_STYLE_EVENTS = frozenset({QEvent.Type.FontChange, QEvent.Type.StyleChange})


class TextTableModel(QAbstractTableModel):
    """A table of texts under `titles`, each also in the tooltip; a text is made only when it is painted."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = tuple(titles)

    def count_rows(self) -> int:
        raise NotImplementedError

    def text(self, row: int, column: int) -> str:
        raise NotImplementedError

    def rowCount(self, parent: AnyModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else self.count_rows()

    def columnCount(self, parent: AnyModelIndex = _ROOT) -> int:
        return len(self._titles)

    def data(self, index: AnyModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        text = self.text(index.row(), index.column())
        return make_plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._titles[section]
        return None


class RowTable(QTableView):
    """`widths` are pixels for each column; one whose heading needs more, as with larger text, is wider.
    The column `stretched` takes the room that is left."""

    def __init__(
        self,
        model: QAbstractItemModel,
        name: str,
        widths: Sequence[int],
        mode: QAbstractItemView.SelectionMode = QAbstractItemView.SelectionMode.SingleSelection,
        stretched: int | None = None,
    ) -> None:
        super().__init__()
        self._widths, self._stretched = tuple(widths), stretched
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(mode)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        if stretched is not None:
            self.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self._fit_headings()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _STYLE_EVENTS:
            self._fit_headings()

    def _fit_headings(self) -> None:
        header = self.horizontalHeader()
        if self._stretched is not None:
            header.setMinimumSectionSize(header.sectionSizeHint(self._stretched))
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, max(width, header.sectionSizeHint(column)))
