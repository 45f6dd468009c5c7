"""The nine quick tags as rows that can be dragged: a grip, the key, the finding, its group."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.qt.look.small_font import make_small_font, make_strong_font
from reviewer.qt.look.theme import get_worn_theme
from reviewer.qt.widgets.row_table import AnyModelIndex

_ROOT = QModelIndex()
_ROW, _PAD, _GAP, _BAR, _DOT = 36, 12, 12, 3, 2
_GROUP = Qt.ItemDataRole.UserRole
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class QuickTagsModel(QAbstractListModel):
    """Nine rows: the name of the Term, with its group."""

    def __init__(self, vocabulary: Vocabulary, tags: Sequence[str]) -> None:
        super().__init__()
        self._vocabulary, self.tags = vocabulary, list(tags)
        self._groups = {group.key: group.name for group in vocabulary.term_groups}

    def show(self, tags: Sequence[str]) -> None:
        self.beginResetModel()
        self.tags = list(tags)
        self.endResetModel()

    def rowCount(self, parent: AnyModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.tags)

    def data(self, index: AnyModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        term = self._vocabulary.term(self.tags[index.row()])
        name = capitalise(term.name) if term is not None else self.tags[index.row()]
        group = self._groups.get(term.group, "") if term is not None else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{index.row() + 1}: {name}"
        if role == _GROUP:
            return group
        return name if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole} else None


class TagList(QListView):
    """`dragged` carries from which row to which one was moved, by the mouse or by Alt and an arrow key."""

    dragged = Signal(int, int)

    def __init__(self, model: QuickTagsModel) -> None:
        super().__init__()
        self.setObjectName("tagList")
        self.setAccessibleName("Quick tags")
        self.setModel(model)
        self._rows = _TagDelegate()
        self.setItemDelegate(self._rows)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._held, self._pressed_at = -1, QPoint()

    @property
    def row(self) -> int:
        """The row that is selected."""
        return max(0, self.currentIndex().row())

    def select_row(self, row: int) -> None:
        self.setCurrentIndex(self.model().index(row, 0))

    def fit(self) -> None:
        """Be as high as all rows."""
        self.doItemsLayout()
        self.setFixedHeight(self.model().rowCount() * _measure_row(self) + 2 * self.frameWidth() + 8)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._held, self._pressed_at = (
                self.indexAt(event.position().toPoint()).row(),
                event.position().toPoint(),
            )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the row that is held to where the pointer is."""
        at = event.position().toPoint()
        far = (at - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if self._held < 0 or not far or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        there = self.indexAt(QPoint(self.width() // 2, at.y())).row()
        if there >= 0 and there != self._held:
            held, self._held = self._held, there
            self.dragged.emit(held, there)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._held = -1
        self.unsetCursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        there = self.row + step
        if not step or event.modifiers() != Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif 0 <= there < self.model().rowCount():
            self.dragged.emit(self.row, there)


def _measure_row(view: QListView) -> int:
    return max(_ROW, view.fontMetrics().height() + _PAD)


class _TagDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyModelIndex) -> QSize:
        view = option.widget
        return QSize(0, _measure_row(view) if isinstance(view, QListView) else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyModelIndex) -> None:
        theme, box = get_worn_theme(), option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(box, theme.colour("accent_fill"))
            painter.fillRect(QRect(box.left(), box.top(), _BAR, box.height()), theme.colour("accent"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(box.left() + _PAD, box.bottom(), box.right() - _PAD, box.bottom())
        left = _paint_grip(painter, box)
        left = _paint_key(painter, box, left, str(index.row() + 1))
        room = QRect(left, box.top(), box.right() - _PAD - left, box.height())
        painter.setPen(theme.colour("text" if selected else "quiet"))
        painter.setFont(make_small_font(option.font))
        group = str(index.data(_GROUP))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, group)
        room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(group) - _GAP)
        painter.setPen(theme.colour("text"))
        painter.setFont(make_strong_font(option.font) if selected else option.font)
        name = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()


def _paint_grip(painter: QPainter, box: QRect) -> int:
    """Six dots: the row can be moved. Returns where the next thing begins."""
    colour = get_worn_theme().colour("quiet")
    for column in range(2):
        for line in (-1, 0, 1):
            across = box.left() + _PAD + column * 2 * _DOT
            painter.fillRect(across, box.center().y() + line * 2 * _DOT, _DOT, _DOT, colour)
    return box.left() + _PAD + 4 * _DOT + _GAP


def _paint_key(painter: QPainter, box: QRect, left: int, key: str) -> int:
    theme, side = get_worn_theme(), box.height() - _PAD
    cap = QRect(left, box.top() + _PAD // 2, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("edge"), 1))
    painter.setBrush(theme.colour("raised"))
    painter.drawRoundedRect(cap, 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(theme.colour("text"))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
    return left + side + _GAP


def capitalise(name: str) -> str:
    """A name as it stands at the beginning of a line."""
    return name[:1].upper() + name[1:]
