"""Small pictures of what belongs beside the photograph that is read: a click puts one into a pane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.qt.canvas.overlays import paint_masked
from reviewer.qt.look.small_font import make_small_font
from reviewer.qt.look.theme import get_worn_theme
from reviewer.qt.widgets.small_pictures import load_fitted

_COLUMNS, _ROWS, _GAP, _PAD, _SHARE = 3, 3, 8, 2, 0.75
_MOST = _COLUMNS * _ROWS


@dataclass(frozen=True)
class Candidate:
    """A Photo by its position and SHA-256; `words` stand below it, `masked` are shares of its sides, and
    `letter` is that of the pane it is in, "" for none."""

    position: int
    photo: str
    words: str
    masked: tuple[QRectF, ...] = ()
    letter: str = ""


class CandidateGrid(QWidget):
    """`chosen` carries the position that was clicked."""

    chosen = Signal(int)

    def __init__(self, thumbnail: Callable[[str], bytes | None], softening: Callable[[], str]) -> None:
        super().__init__()
        self.setAccessibleName("Photographs to compare with")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._thumbnail, self._softening = thumbnail, softening
        self._shown: tuple[Candidate, ...] = ()
        self._pictures: dict[str, QPixmap] = {}
        self.covered = False

    def show_candidates(self, candidates: Sequence[Candidate]) -> None:
        """As many as have room."""
        if (shown := tuple(candidates[:_MOST])) != self._shown:
            self._shown = shown
            self.updateGeometry()
            self.update()

    @property
    def shown(self) -> tuple[Candidate, ...]:
        return self._shown

    def set_covered(self, covered: bool) -> None:
        self.covered = covered
        self.update()

    def forget_pictures(self) -> None:
        self._pictures.clear()

    def find_frame(self, number: int) -> QRect:
        """Where the small picture at a place of the grid lies."""
        side = self._compute_side()
        row, column = divmod(number, _COLUMNS)
        return QRect(
            _PAD + column * (side.width() + _GAP),
            _PAD + row * (side.height() + self._line() + _GAP),
            side.width(),
            side.height(),
        )

    def _compute_side(self) -> QSize:
        wide = (self.width() - 2 * _PAD - (_COLUMNS - 1) * _GAP) // _COLUMNS
        return QSize(wide, round(wide * _SHARE))

    def _line(self) -> int:
        return QFontMetrics(make_small_font(self.font())).height() + _PAD

    def sizeHint(self) -> QSize:
        rows = -(-len(self._shown) // _COLUMNS)
        return QSize(0, rows * (self._compute_side().height() + self._line() + _GAP) + 2 * _PAD)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._pictures.clear()
            self.updateGeometry()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            for number, candidate in enumerate(self._shown):
                if self.find_frame(number).contains(event.position().toPoint()):
                    self.chosen.emit(candidate.position)
                    return

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), get_worn_theme()
        painter.setFont(make_small_font(self.font()))
        for number, candidate in enumerate(self._shown):
            frame = self.find_frame(number)
            painter.fillRect(frame, theme.colour("canvas"))
            picture = QPixmap() if self.covered else self._load_picture(candidate.photo, frame.size())
            if not picture.isNull():
                self._paint_picture(painter, candidate, picture, frame)
            if candidate.letter:
                painter.setPen(theme.colour("on_edge"))
                for inset in (0, 1):
                    painter.drawRect(frame.adjusted(inset - 1, inset - 1, -inset, -inset))
            words = f"{candidate.letter}, {candidate.words}" if candidate.letter else candidate.words
            room = QRect(frame.left(), frame.bottom() + 1, frame.width(), self._line())
            painter.setPen(theme.colour("text" if candidate.letter else "quiet"))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()

    @staticmethod
    def _paint_picture(painter: QPainter, candidate: Candidate, picture: QPixmap, frame: QRect) -> None:
        target = QRect(frame.topLeft(), picture.deviceIndependentSize().toSize())
        target.moveCenter(frame.center())
        painter.drawPixmap(target, picture)
        for area in candidate.masked:
            place = QRectF(
                target.left() + area.x() * target.width(),
                target.top() + area.y() * target.height(),
                area.width() * target.width(),
                area.height() * target.height(),
            )
            paint_masked(painter, place.adjusted(-1, -1, 1, 1))

    def _load_picture(self, photo: str, room: QSize) -> QPixmap:
        if photo not in self._pictures:
            ratio = self.devicePixelRatioF()
            wide, tall = round(room.width() * ratio), round(room.height() * ratio)
            made = load_fitted(self._thumbnail(photo) or b"", wide, tall, self._softening())
            made.setDevicePixelRatio(ratio)
            self._pictures[photo] = made
        return self._pictures[photo]
