"""Rows of lists and tables are chosen as a whole: no frame around one cell, which would dim its text."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

_SIDES, _TALL = 20, 1 << 20
"""Pixels left and right of a text together: padding of the style sheet and Qt's own margins."""


class WholeRowDelegate(QStyledItemDelegate):
    """Paints a cell as if the keyboard and the mouse were elsewhere; which row is chosen is seen anyway."""

    def initStyleOption(  # noqa: N802 (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.state &= ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver)


class WrappedRowDelegate(WholeRowDelegate):
    """The same, with as many lines as the text needs at the width of the list: Qt's own measure leaves out
    the margin it paints with, and so cuts a text that just fits."""

    def __init__(self, rows: QListView) -> None:
        super().__init__(rows)
        self._rows = rows
        rows.setResizeMode(QListView.ResizeMode.Adjust)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint, metrics = super().sizeHint(option, index), QFontMetrics(self._rows.font())
        wide = max(1, self._rows.viewport().width() - _SIDES)
        space = QRect(0, 0, wide, _TALL)
        needed = metrics.boundingRect(space, Qt.TextFlag.TextWordWrap, str(index.data() or ""))
        line = max(metrics.height(), metrics.lineSpacing()) + 1  # never less than the text is laid out with
        lines = 1 + round((needed.height() - metrics.height()) / metrics.lineSpacing())
        around = hint.height() % metrics.height()
        return QSize(hint.width(), max(hint.height(), lines * line + around) if lines > 1 else hint.height())
