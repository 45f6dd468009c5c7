"""How a photograph of the filmstrip is painted: whose it is, the small picture, its number and its state."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewer.qt.look.small_font import make_small_font
from reviewer.qt.widgets.row_table import AnyModelIndex

POSITION, STATE, NUMBER, ALIKE, PICKED, DAMAGE, HEADING, NEIGHBOUR = (
    Qt.ItemDataRole.UserRole + step for step in range(8)
)
FACTS = frozenset({POSITION, STATE, NUMBER, ALIKE, PICKED, DAMAGE, HEADING, NEIGHBOUR})
THUMBNAILS = ((0, QSize(95, 60), 120), (1920, QSize(135, 96), 160), (2560, QSize(175, 132), 200))
"""From which width of the window on small pictures are how large, and the strip how wide."""
DAMAGED = "damaged"
_EDGE, _PAD, _GAP = 12, 4, 8


class FilmstripDelegate(QStyledItemDelegate):
    """The first row of each person has her number or label above it; the neighbours are half as strong."""

    def __init__(self) -> None:
        super().__init__()
        self.size = THUMBNAILS[0][1]

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyModelIndex) -> QSize:
        line = QFontMetrics(make_small_font(option.font)).height()
        heading = line + 2 * _GAP if index.data(HEADING) else 0
        return QSize(self.size.width() + _EDGE, heading + self.size.height() + line + 2 * _PAD + _GAP)

    def place_picture(self, rect: QRect, index: AnyModelIndex, font: QFont) -> QRect:
        """Where the small picture of a row lies that is painted into `rect`."""
        heading = QFontMetrics(make_small_font(font)).height() + 2 * _GAP if index.data(HEADING) else 0
        top = rect.top() + heading + _PAD
        return QRect(rect.left() + _EDGE, top, self.size.width(), self.size.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyModelIndex) -> None:
        painter.save()
        palette = QGuiApplication.palette()  # that of the list has the colours of the style sheet
        painter.setFont(make_small_font(option.font))
        if heading := index.data(HEADING):
            self._paint_heading(painter, option, index, str(heading))
        painter.setOpacity(0.5 if index.data(NEIGHBOUR) else 1.0)
        line, frame = painter.fontMetrics().height(), self.place_picture(option.rect, index, option.font)
        box = frame.adjusted(-_PAD, -_PAD, _PAD, line + _PAD)
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        if here:
            painter.fillRect(box, option.palette.color(QPalette.ColorRole.Highlight))
            painter.setPen(palette.color(QPalette.ColorRole.Highlight))
            for inset in (0, 1):
                painter.drawRect(box.adjusted(inset, inset, -inset - 1, -inset - 1))
        painter.fillRect(frame, palette.color(QPalette.ColorRole.Dark))
        picture: QPixmap = index.data(Qt.ItemDataRole.DecorationRole)
        if not picture.isNull():
            target = QRect(frame.topLeft(), picture.size())
            target.moveCenter(frame.center())
            painter.drawPixmap(target.topLeft(), picture)
        if index.data(DAMAGE):
            _paint_damaged(painter, frame, palette)
        if index.data(ALIKE) > 1:
            _paint_badge(painter, frame, palette, f"{index.data(ALIKE)} alike")
        words = "picked" if index.data(PICKED) else "here" if here else index.data(STATE)
        place = QRect(frame.left(), frame.bottom() + 1, frame.width(), line + _PAD)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        number = f"{index.data(NUMBER):,}"
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignLeft, number)
        room = place.width() - painter.fontMetrics().horizontalAdvance(number) - _PAD
        painter.drawText(place, middle | right, shorten_state(str(words), painter.fontMetrics(), room))
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, index: AnyModelIndex, words: str
    ) -> None:
        """A hairline and whose photographs follow."""
        palette, line, top = QGuiApplication.palette(), painter.fontMetrics().height(), option.rect.top()
        left = option.rect.left() + _EDGE - _PAD
        if index.row():
            painter.setPen(palette.color(QPalette.ColorRole.Mid))
            painter.drawLine(left, top, left + self.size.width() + 2 * _PAD, top)
        role = QPalette.ColorRole.PlaceholderText if index.data(NEIGHBOUR) else QPalette.ColorRole.Text
        painter.setPen(palette.color(role))
        room = QRect(left, top + _GAP, self.size.width() + 2 * _PAD, line)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def shorten_state(words: str, metrics: QFontMetrics, room: int) -> str:
    """A state in the pixels there are: whole, else its sign alone, which the tooltip says in words; a state
    without a sign is elided."""
    if metrics.horizontalAdvance(words) <= room:
        return words
    sign, _gap, word = words.partition(" ")
    if word and len(sign) == 1:
        return sign
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)


def _paint_badge(painter: QPainter, frame: QRect, palette: QPalette, words: str) -> None:
    """A few words on a ground of their own in the lower left corner of a small picture."""
    room = painter.fontMetrics().boundingRect(words).adjusted(-4, -1, 4, 1)
    room.moveBottomLeft(frame.bottomLeft())
    painter.fillRect(room, palette.color(QPalette.ColorRole.Base))
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)


def _paint_damaged(painter: QPainter, frame: QRect, palette: QPalette) -> None:
    """The word on a plate of its own, across the foot of the picture, whatever the picture shows there."""
    tall = painter.fontMetrics().height() + 2
    plate = QRect(frame.left(), frame.bottom() - tall + 1, frame.width(), tall)
    painter.fillRect(plate, palette.color(QPalette.ColorRole.Window))
    painter.setPen(palette.color(QPalette.ColorRole.WindowText))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, DAMAGED)
