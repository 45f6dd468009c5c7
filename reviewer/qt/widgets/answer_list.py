"""The list of answers of a type box: words at the left, keys in a column of their own at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reviewer.qt.widgets.plain_text import make_plain_tip

_KEYS = Qt.ItemDataRole.UserRole
_SIDE, _BETWEEN, _LOWEST, _ROOM = 10, 24, 28, 10


@dataclass(frozen=True)
class ShownAnswer:
    """One row: its words, the keys of what it does ("" for none), and whether it can be taken now."""

    text: str
    keys: str = ""
    enabled: bool = True


class AnswerList(QListWidget):
    """Never takes the keyboard. Words give way to keys: keys are never cut."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self._delegate = _AnswerDelegate()
        self.setItemDelegate(self._delegate)

    def show_answers(self, answers: Sequence[ShownAnswer]) -> None:
        """Other rows; none is the current one yet."""
        self.clear()
        for answer in answers:
            item = QListWidgetItem(answer.text)
            item.setData(_KEYS, answer.keys)
            item.setToolTip(make_plain_tip(answer.text))
            if not answer.enabled:
                item.setForeground(self.palette().placeholderText())
            self.addItem(item)

    def compute_height(self, rows: int) -> int:
        """Pixels that so many rows take, with the frame."""
        return rows * _compute_row_height(self) + 2 * self.frameWidth()


def _compute_row_height(widget: QWidget) -> int:
    return max(_LOWEST, widget.fontMetrics().height() + _ROOM)


class _AnswerDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _compute_row_height(option.widget))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        text, ground.text = ground.text, ""
        ground.state &= ~QStyle.StateFlag.State_HasFocus
        option.widget.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget
        )
        painter.save()
        metrics, room = ground.fontMetrics, option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        keys = str(index.data(_KEYS) or "")
        quiet = option.palette.color(QPalette.ColorRole.PlaceholderText)
        if keys:
            painter.setPen(quiet)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, keys)
            room.setRight(room.right() - metrics.horizontalAdvance(keys) - _BETWEEN)
        painter.setPen(ground.palette.color(QPalette.ColorRole.Text))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
