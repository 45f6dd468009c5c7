"""Rows of the card of a person: a name, what is said of it with its sign, the photographs, and why below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.qt.look.signs import SIGN_SIDE, paint_sign_icon
from reviewer.qt.look.small_font import make_small_font, make_strong_font
from reviewer.qt.look.theme import get_worn_theme
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import isolate_path, make_plain_tip
from reviewer.qt.widgets.region_signs import RegionSign, paint_sign
from reviewer.qt.widgets.row_table import AnyModelIndex

_ROW = Qt.ItemDataRole.UserRole
_PAD, _SIDE, _GAP, _BAR, _SIGN = 4, 12, 8, 3, 10
_USUAL_TYPE = 13
_NO_LIMIT = 1 << 20
_WRAPPED = int(Qt.TextFlag.TextWordWrap)
_STYLE_EVENTS = frozenset({QEvent.Type.FontChange, QEvent.Type.StyleChange})


@dataclass(frozen=True)
class PersonRow:
    """`text` is the whole row in words. `label` stands quietly at the left, `head` is strong, `answer` has
    its `icon`, `right` stands at the right end, `caption` below. `sign` is one of the body map."""

    text: str
    head: str
    caption: str = ""
    label: str = ""
    icon: str = ""
    answer: str = ""
    right: str = ""
    sign: RegionSign | None = None
    is_warning: bool = False
    is_quiet: bool = False
    photos: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


class PersonRowList(QListWidget):
    """As high as its rows: the page around it scrolls. `chosen` carries the PersonRow that is current, None
    when the keyboard goes elsewhere; widths are of labels and answers, in pixels at 100 %."""

    chosen = Signal(object)

    def __init__(self, name: str, *, label_width: int = 0, answer_width: int = 0) -> None:
        super().__init__()
        self.setObjectName("cardRows")
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setItemDelegate(_PersonRowDelegate(self, label_width, answer_width))
        self.currentRowChanged.connect(lambda _row: self.chosen.emit(self.current_row))

    def show_rows(self, rows: Sequence[PersonRow], empty: str = "") -> None:
        """Show these, or `empty` if there are none; the current row stays current."""
        here = self.currentRow()
        self.clear()
        for row in rows or ([PersonRow(empty, "", empty)] if empty else []):
            item = QListWidgetItem(isolate_path(row.text))
            item.setToolTip(make_plain_tip(isolate_path(row.text)))
            item.setData(_ROW, row)
            self.addItem(item)
        if rows and here >= 0:
            self.setCurrentRow(min(here, len(rows) - 1))
        self.fit_height()

    @property
    def current_row(self) -> PersonRow | None:
        item = self.currentItem()
        row: PersonRow | None = item.data(_ROW) if item is not None else None
        return row

    def fit_height(self) -> None:
        self.doItemsLayout()
        self.setFixedHeight(sum(self.sizeHintForRow(row) for row in range(self.count())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _STYLE_EVENTS:
            self.fit_height()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is accented is where one is: nothing of this list, once the keyboard is elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.setCurrentRow(-1)


def keep_text_edge(widget: QWidget) -> QVBoxLayout:
    """Return a layout that gives a widget the edge of the text of rows: only selected rows stick out."""
    side = 0 if isinstance(widget, PersonRowList) else _SIDE
    column = make_column(spacing=0, margins=(side, 0, side, 0))
    column.addWidget(widget)
    return column


class _PersonRowDelegate(QStyledItemDelegate):
    """All of a row is shown, in as many lines as it needs."""

    def __init__(self, rows: PersonRowList, label_width: int, answer_width: int) -> None:
        super().__init__(rows)
        self._rows, self._label_width, self._answer_width = rows, label_width, answer_width

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyModelIndex) -> QSize:
        row: PersonRow = index.data(_ROW)
        wide = max(1, self._rows.viewport().width())
        head, caption = self._measure(row, QRect(0, 0, wide, _NO_LIMIT))
        tall = max(
            head.height() + caption.height(), self._place_label(row, head).height() if row.label else 0
        )
        return QSize(wide, tall + 2 * _PAD + 2)

    def _place_label(self, row: PersonRow, head: QRect) -> QRect:
        """Where the label stands, in as many lines as it needs."""
        left = head.left() - self._find_left(row) + _SIDE
        room = QRect(left, head.top(), self._find_left(row) - _SIDE - _GAP, _NO_LIMIT)
        return self._rows.fontMetrics().boundingRect(room, _WRAPPED, row.label)

    def _measure(self, row: PersonRow, room: QRect) -> tuple[QRect, QRect]:
        """Where the strong words and those below them stand in a room."""
        strong, small = make_strong_font(self._rows.font()), QFontMetrics(make_small_font(self._rows.font()))
        left, right = room.left() + self._find_left(row), room.right() - _SIDE
        end = right - (self._measure_answer() if row.answer else 0)
        top = room.top() + _PAD + 1
        head = QRect(left, top, max(1, end - left), 0)
        if row.head:
            head = QFontMetrics(strong).boundingRect(head.adjusted(0, 0, 0, _NO_LIMIT), _WRAPPED, row.head)
        caption = QRect(left, head.bottom() + 1, max(1, right - left), 0)
        if row.caption:
            space = caption.adjusted(0, 0, 0, _NO_LIMIT)
            caption = small.boundingRect(space, _WRAPPED, isolate_path(row.caption))
        return head, caption

    def _measure_answer(self) -> int:
        """How far from the right end answers begin."""
        return round(self._answer_width * _scale(self._rows))

    def _find_left(self, row: PersonRow) -> int:
        if row.sign is not None:
            return _SIDE + _SIGN + _GAP + _PAD
        return _SIDE + (
            round(self._label_width * _scale(self._rows)) if self._label_width and row.head else 0
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyModelIndex) -> None:
        row: PersonRow = index.data(_ROW)
        rect = option.rect
        theme = get_worn_theme()
        quiet, text = theme.colour("quiet"), theme.colour("text")
        head, caption = self._measure(row, rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_fill"))
            painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height()), theme.colour("accent"))
            quiet = text
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.left() + _SIDE, rect.bottom(), rect.right() - _SIDE, rect.bottom())
        painter.setFont(make_strong_font(self._rows.font()))
        painter.setPen(quiet if row.is_quiet else text)
        painter.drawText(head, _WRAPPED, isolate_path(row.head))
        line = QRect(
            rect.left() + _SIDE, head.top(), rect.width() - 2 * _SIDE, painter.fontMetrics().height()
        )
        painter.setFont(self._rows.font())
        self._paint_line(painter, row, head, line, quiet)
        painter.setFont(make_small_font(self._rows.font()))
        painter.setPen(quiet)
        painter.drawText(caption, _WRAPPED, isolate_path(row.caption))
        painter.restore()

    def _paint_line(self, painter: QPainter, row: PersonRow, head: QRect, line: QRect, quiet: QColor) -> None:
        """What stands beside the strong words."""
        middle = Qt.AlignmentFlag.AlignVCenter
        colour = get_worn_theme().colour("warn" if row.is_warning else "text")
        if row.sign is not None:
            side = QRectF(line.left(), line.top() + (line.height() - _SIGN) / 2, _SIGN, _SIGN)
            paint_sign(painter, row.sign, side, self._rows.palette())
        if row.label:
            painter.setPen(quiet)
            painter.drawText(self._place_label(row, head), _WRAPPED, row.label)
        painter.setPen(quiet)
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, row.right)
        if row.answer:
            left = line.right() - self._measure_answer() + _GAP
            top = line.top() + (line.height() - SIGN_SIDE) // 2
            paint_sign_icon(painter, row.icon, QRect(left, top, SIGN_SIDE, SIGN_SIDE), colour)
            painter.setPen(colour)
            room = QRect(left + SIGN_SIDE + _GAP, line.top(), line.right() - left, line.height())
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, row.answer)


def _scale(widget: QWidget) -> float:
    """How much larger type is than usual."""
    return max(1.0, widget.font().pixelSize() / _USUAL_TYPE)
