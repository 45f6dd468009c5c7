"""The photographs on the card of a person: small, three to a row, each with its number and its state."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewer.qt.look.small_font import make_small_font
from reviewer.qt.look.theme import get_worn_theme
from reviewer.qt.widgets.photo_strip import PhotoStrip
from reviewer.qt.widgets.row_table import AnyModelIndex

_WIDE, _TALL, _PAD, _GAP, _CORNER = 100, 76, 4, 4, 4
_MOST_ROWS = 4


class CardPhotos(PhotoStrip):
    """As high as its rows, up to four. Words are "number  name"; states stand beside the number."""

    def __init__(self, thumbnail: Callable[[str], bytes | None], name: str) -> None:
        super().__init__(thumbnail, name)
        self.setObjectName("cardPhotos")
        self.states: dict[str, str] = {}
        self.accented: frozenset[str] = frozenset()
        self.setItemDelegate(_CardPhotoDelegate(self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fit_rows()

    def show_states(self, states: dict[str, str]) -> None:
        """Say how far each Photo (SHA-256) is read."""
        self.states = states
        self.viewport().update()

    def accent(self, photos: Collection[str]) -> None:
        """Frame these as what the chosen row rests on."""
        self.accented = frozenset(photos)
        self.viewport().update()

    def show_photos(self, rows: Sequence[tuple[str, str]]) -> None:
        super().show_photos(rows)
        self.fit_rows()

    def go_to(self, photo: str) -> None:
        """Make this Photo the current one, and the only one that is chosen."""
        row = next((row for row in range(self.rows.rowCount()) if self.rows.photo(row) == photo), -1)
        if row >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.rows.index(row), flags)

    def fit_rows(self) -> None:
        """As high as type of this size and so many photographs need."""
        tall = _TALL + make_line_height(self) + 2 * _PAD + _GAP
        self.setGridSize(QSize(_WIDE + 2 * _PAD + _GAP, tall))
        per_row = max(1, (self.width() - 2) // self.gridSize().width())
        rows = -(-max(1, self.rows.rowCount()) // per_row)
        self.setFixedHeight(min(rows, _MOST_ROWS) * tall + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_rows()


def make_line_height(strip: PhotoStrip) -> int:
    """Pixels of the line below a picture."""
    font = make_small_font(strip.font())
    return max(16, font.pixelSize() + 6)


class _CardPhotoDelegate(QStyledItemDelegate):
    def __init__(self, strip: CardPhotos) -> None:
        super().__init__(strip)
        self._strip = strip

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyModelIndex) -> QSize:
        return self._strip.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyModelIndex) -> None:
        theme, strip = get_worn_theme(), self._strip
        line = make_line_height(strip)
        frame = QRect(option.rect.left() + _PAD, option.rect.top() + _PAD, _WIDE, _TALL)
        box = frame.adjusted(-_PAD, -_PAD, _PAD, line + _PAD)
        photo = strip.rows.photo(index.row())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(box, theme.colour("accent_fill"))
        if chosen or photo in strip.accented:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), _CORNER, _CORNER)
        painter.fillRect(frame, theme.colour("canvas"))
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon):
            icon.paint(painter, frame)
        painter.setFont(make_small_font(strip.font()))
        words = QRect(frame.left(), frame.bottom() + 1, frame.width(), line)
        number = str(index.data()).partition("  ")[0]
        painter.setPen(theme.colour("text"))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, number)
        painter.setPen(theme.colour("text" if chosen else "quiet"))
        room = words.width() - painter.fontMetrics().horizontalAdvance(f"{number}  ")
        state = painter.fontMetrics().elidedText(
            strip.states.get(photo, ""), Qt.TextElideMode.ElideRight, max(0, room)
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, state)
        painter.restore()
