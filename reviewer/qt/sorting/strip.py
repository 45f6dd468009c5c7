"""The photographs around the one that is sorted, in the order of the list, each with its category."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImageReader,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.qt.look.small_font import make_small_font
from reviewer.qt.look.theme import get_worn_theme
from reviewer.qt.widgets.small_pictures import soften_pixmap
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.reading.sorting import Sorter

_SIZES = ((2560, QSize(112, 84)), (1920, QSize(92, 69)), (0, QSize(72, 54)))
"""From which width of the window on small pictures are how large."""
_EDGE, _PAD, _GAP, _BETWEEN, _BRACKET = 12, 4, 8, 16, 6
_SHOWN_BEFORE, _SCROLLED, _KEPT = 2, 3, 400
_READ_AT_ONCE = 6
"""Pictures in one paint: each is read from the database and decoded, one to four milliseconds."""
_DIMMED, _LONGEST_WORD = 0.5, "cannot tell"


@dataclass(frozen=True)
class _StripPlace:
    """Where the small picture of a position lies; `heading` if another person begins with it."""

    position: int
    frame: QRect
    heading: str


class SortStrip(QWidget):
    """`chosen` carries the position that was clicked. Nothing in it moves while the photograph on screen is
    within it; then it turns like a page."""

    chosen = Signal(int)

    def __init__(self, sorter: Sorter, thumbnail: Callable[[str], bytes | None]) -> None:
        super().__init__()
        self.setAccessibleName("Photographs in the order of the list")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._sorter, self._thumbnail = sorter, thumbnail
        self._first = 0
        self._run: frozenset[int] = frozenset()
        self._size = _SIZES[-1][1]
        self._places: list[_StripPlace] = []
        self._said: dict[int, str] = {}
        self._person_here = ""
        self._pictures: dict[str, QPixmap] = {}
        self._read_in_paint = 0
        self._go_on = make_single_shot_timer(self, 0, self.update)
        """Some pictures are read with each paint, and the window answers in between."""
        self.covered, self.care = False, ""

    # what is shown

    def show_place(self) -> None:
        """Turn to where the photograph on screen is, if it is not in sight."""
        rank = self._sorter.worklist.find_folder_rank(self._sorter.position)
        if rank >= 0 and not self._first <= rank <= self._first + len(self._places) - 2:
            self._first = max(0, rank - _SHOWN_BEFORE)
            self.refresh()
        else:
            self._show_words()

    def refresh(self) -> None:
        """Place everything anew: the list, its persons or the room are others."""
        self._places, self._said = list(self._lay_out()), {}
        self._show_words()
        self.update()

    def _show_words(self) -> None:
        """Paint only what says something else: the words, and the headings where another person is here."""
        before, name = self._said, self._name_here()
        self._said = {place.position: self._name_state(place.position) for place in self._places}
        if name != self._person_here:
            self._person_here = name
            self.update(0, 0, self.width(), self._heading_height())
        for place in self._places:
            if before.get(place.position) != self._said[place.position]:
                self.update(self.find_box(place))

    def show_run(self, positions: frozenset[int]) -> None:
        """Bracket these positions, none if there are none."""
        if positions != self._run:
            self._run = positions
            self.update()

    def look(self, covered: bool, care: str) -> None:
        """Cover the small pictures, or show them as the reader asked to see photographs."""
        if care != self.care:
            self._pictures.clear()
        self.covered, self.care = covered, care
        self.update()

    def forget_pictures(self) -> None:
        self._pictures.clear()

    def list_shown(self) -> list[tuple[int, str, str]]:
        """What is in sight: position, heading above it ("" for none), word below it."""
        return [(place.position, place.heading, self._said[place.position]) for place in self._places]

    def list_bracketed(self) -> list[int]:
        """The positions in sight that are bracketed."""
        return [place.position for place in self._places if place.position in self._run]

    # where things lie

    def _lay_out(self) -> Iterator[_StripPlace]:
        worklist, left, slot = self._sorter.worklist, _EDGE, self._slot()
        top = self._heading_height() + _PAD
        before = ""
        for place, position in enumerate(worklist.in_folder_order[self._first :]):
            person = worklist.name_person(position)
            begins = person != before
            left += (_BETWEEN if begins else _GAP) if place else 0
            if left + slot > self.width() - _EDGE:
                return
            frame = QRect(left, top, slot, self._size.height())
            yield _StripPlace(position, frame, self._format_heading(position, person) if begins else "")
            left, before = left + slot, person

    def _format_heading(self, position: int, person: str) -> str:
        count = len(self._sorter.worklist.positions_of_same_individual(position))
        return f"{person}, {count:,} photographs" if count > 1 else person

    def _slot(self) -> int:
        """Width of a place: that of its picture, or of its word where type is large."""
        word = QFontMetrics(make_small_font(self.font())).horizontalAdvance(_LONGEST_WORD)
        return max(self._size.width(), word)

    def _line(self) -> int:
        return QFontMetrics(make_small_font(self.font())).height()

    def _heading_height(self) -> int:
        return self._line() + 2 * _PAD

    def sizeHint(self) -> QSize:
        tall = self._heading_height() + _PAD + self._size.height() + self._line() + 2 * _PAD + _BRACKET + _PAD
        return QSize(0, tall)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        window = self.window().width()
        size = next(size for least, size in _SIZES if window >= least)
        if size != self._size:
            self._size = size
            self._pictures.clear()
            self.updateGeometry()
        self.refresh()
        self.show_place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()
            self.refresh()

    def find_box(self, place: _StripPlace) -> QRect:
        """All that is painted of a place below its heading."""
        return place.frame.adjusted(-_PAD, -_PAD, _PAD, self._line() + _PAD)

    # going about

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            at = event.position().toPoint()
            for place in self._places:
                if self.find_box(place).contains(at):
                    self.chosen.emit(place.position)
                    return

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.angleDelta().x()
        last = max(0, len(self._sorter.worklist) - len(self._places))
        self._first = min(last, max(0, self._first - (_SCROLLED if turned > 0 else -_SCROLLED)))
        self.refresh()

    # painting

    def _name_state(self, position: int) -> str:
        if position == self._sorter.position:
            return "here"
        category = self._sorter.category(position)
        return CATEGORY_NAMES[Category(category)].partition(" or ")[0].lower() if category else "not sorted"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), get_worn_theme()
        painter.fillRect(event.rect(), theme.colour("window"))
        painter.setFont(make_small_font(self.font()))
        places, line, self._read_in_paint = self._places, self._line(), 0
        heads = QRect(0, 0, self.width(), self._heading_height())
        for number, place in enumerate(places):
            if event.region().intersects(self.find_box(place)):
                self._paint_place(painter, place, line)
            if place.heading and event.region().intersects(heads):
                self._paint_heading(painter, place, places[number + 1 :])
        if self._run:
            self._paint_bracket(painter, places)
        painter.end()

    def _paint_heading(self, painter: QPainter, place: _StripPlace, behind: list[_StripPlace]) -> None:
        """The name of the person over as many pictures as are hers, and a line before the first."""
        theme, frame = get_worn_theme(), place.frame
        end = next((other.frame.left() - _BETWEEN for other in behind if other.heading), self.width() - _EDGE)
        room = QRect(frame.left(), _PAD, end - frame.left(), self._line())
        is_here = self._sorter.worklist.name_person(place.position) == self._person_here
        painter.setPen(theme.colour("text" if is_here else "quiet"))
        words = painter.fontMetrics().elidedText(place.heading, Qt.TextElideMode.ElideRight, room.width())
        if words != place.heading:  # rather the name alone than half a sentence
            words = painter.fontMetrics().elidedText(
                place.heading.partition(",")[0], Qt.TextElideMode.ElideRight, room.width()
            )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        if frame.left() > _EDGE:
            painter.setPen(theme.colour("line"))
            across = frame.left() - _BETWEEN // 2
            painter.drawLine(across, 2 * _PAD, across, self.height() - 2 * _PAD)

    def _name_here(self) -> str:
        sorter = self._sorter
        return sorter.worklist.name_person(sorter.position) if sorter.photo is not None else ""

    def _paint_place(self, painter: QPainter, place: _StripPlace, line: int) -> None:
        theme, frame = get_worn_theme(), place.frame
        is_here = place.position == self._sorter.position
        if is_here:
            box = self.find_box(place)
            painter.fillRect(box, theme.colour("accent_fill"))
            painter.setPen(theme.colour("accent"))
            for inset in (0, 1):
                painter.drawRect(box.adjusted(inset, inset, -inset - 1, -inset - 1))
        painter.fillRect(frame, theme.colour("canvas"))
        picture = QPixmap() if self.covered else self._load_picture(place.position)
        if not picture.isNull():
            wide, tall = (round(side / picture.devicePixelRatio()) for side in picture.size().toTuple())
            target = QRect(0, 0, wide, tall)
            target.moveCenter(frame.center())
            is_dim = not is_here and bool(self._sorter.category(place.position))
            painter.setOpacity(_DIMMED if is_dim else 1.0)
            painter.drawPixmap(target, picture)
            painter.setOpacity(1.0)
        painter.setPen(theme.colour("text" if is_here else "quiet"))
        room = QRect(frame.left(), frame.bottom() + 1, frame.width(), line)
        word = painter.fontMetrics().elidedText(
            self._said.get(place.position, ""), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)

    def _paint_bracket(self, painter: QPainter, places: list[_StripPlace]) -> None:
        """A line under those of the run and no other, with an end where it ends."""
        colour: QColor = get_worn_theme().colour("text")
        bottom = self.height() - _PAD
        for number, place in enumerate(places):
            if place.position not in self._run:
                continue
            joins_before = number > 0 and places[number - 1].position in self._run
            joins_after = number + 1 < len(places) and places[number + 1].position in self._run
            left = place.frame.left() - _PAD
            right = places[number + 1].frame.left() - _PAD if joins_after else place.frame.right() + _PAD
            painter.fillRect(left, bottom - 2, right - left, 2, colour)
            if not joins_before:
                painter.fillRect(left, bottom - _BRACKET, 2, _BRACKET, colour)
            if not joins_after:
                painter.fillRect(right - 2, bottom - _BRACKET, 2, _BRACKET, colour)

    def _load_picture(self, position: int) -> QPixmap:
        photo = self._sorter.worklist.items[position].sha256
        if photo not in self._pictures:
            if self._read_in_paint >= _READ_AT_ONCE:
                self._go_on.start()
                return QPixmap()
            self._read_in_paint += 1
            if len(self._pictures) >= _KEPT:
                self._pictures.clear()
            room = self._size * self.devicePixelRatioF()
            picture = _decode_small(self._thumbnail(photo) or b"", room)
            picture = soften_pixmap(picture, self.care)
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self._pictures[photo] = picture
        return self._pictures[photo]


def _decode_small(content: bytes, room: QSize) -> QPixmap:
    """A stored small picture within these device pixels; null if none is stored."""
    kept = QByteArray(content)
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())
