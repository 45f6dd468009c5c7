"""Draws one cell of the gallery, and the heading of a section. What a cell says stands in words or signs."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPainter, QPalette, QPixmap

from reviewer.domain.search.arranging import (
    GalleryRow,
    describe_badges,
    describe_progress,
    describe_remarks,
)
from reviewer.qt.gallery.grid_layout import CellSize
from reviewer.qt.widgets.plain_text import isolate_path

SMALLEST, LARGEST = 80, 320
_GAP, _TWO_LINES = 12, 150
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ELIDE, _MOST_LINES = Qt.TextElideMode.ElideRight, 4_000
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class CellStyle:
    """Sizes, type and colours of all cells; made again when one of them changes. `side`: width of a frame."""

    side: int
    cell: CellSize
    font: QFont
    bold: QFont
    metrics: QFontMetrics
    window: QColor
    frame: QColor
    line: QColor
    text: QColor
    quiet: QColor
    accent: QColor
    accent_text: QColor
    lines: dict[GalleryRow, tuple[str, str, str]] = field(default_factory=dict, compare=False)
    """What cells painted lately say, cut to their width: cutting text costs more than drawing it."""

    @property
    def frame_tall(self) -> int:
        return self.side * 3 // 4

    @property
    def two_lines(self) -> bool:
        return self.side >= _TWO_LINES


def make_cell_style(side: int, font: QFont) -> CellStyle:
    """How cells of this frame width look in a widget's font and the colours of the program."""
    palette = QGuiApplication.palette()  # that of a widget under a style sheet has other quiet colours
    small = QFont(font)
    small.setPixelSize(max(12, round(_get_font_pixels(font) * 0.92)))
    bold = QFont(small)
    bold.setBold(True)
    metrics = QFontMetrics(small)
    lines = 2 if side >= _TWO_LINES else 1
    tall = side * 3 // 4 + lines * metrics.height() + _GAP
    role = QPalette.ColorRole
    return CellStyle(
        side,
        CellSize(side + _GAP, tall, metrics.height() + 20),
        small,
        bold,
        metrics,
        palette.color(role.Window),
        palette.color(role.Dark),
        palette.color(role.Mid),
        palette.color(role.Text),
        palette.color(role.PlaceholderText),
        palette.color(role.Highlight),
        palette.color(role.HighlightedText),
    )


def _get_font_pixels(font: QFont) -> int:
    return font.pixelSize() if font.pixelSize() > 0 else round(font.pointSizeF() * 96 / 72)


@dataclass(frozen=True)
class CellState:
    """`number`: the place in the list, from 1. `picture`: None while it is not there, or must not be seen.
    `name` is what the Photo goes by; what is masked is masked on the picture."""

    number: int
    row: GalleryRow
    name: str
    picture: QPixmap | None
    current: bool
    selected: bool
    outlined: bool


def paint_cell(painter: QPainter, look: CellStyle, at: QPoint, state: CellState) -> None:
    """The frame, the picture in it if there is one, and one or two lines below."""
    frame = QRect(at.x() + _GAP // 2, at.y() + _GAP // 2, look.side, look.frame_tall)
    if state.outlined:
        painter.setPen(look.quiet)
        painter.drawRect(frame.adjusted(0, 0, -1, -1))
    else:
        painter.fillRect(frame, look.frame)
    if state.picture is not None and not state.picture.isNull():
        painter.drawPixmap(_place_picture(state.picture, frame), state.picture)
    if state.selected:
        _mark_selected(painter, look, frame)
    if state.current:
        painter.setPen(look.accent)
        for inset in (1, 2, 3):
            painter.drawRect(frame.adjusted(-inset, -inset, inset - 1, inset - 1))
    _write_lines(painter, look, frame, state)


def _place_picture(picture: QPixmap, frame: QRect) -> QRect:
    """Return where a picture lies: in the middle, shrunk if too large, enlarged only a little."""
    ratio = picture.devicePixelRatio()
    wide, tall = picture.width() / ratio, picture.height() / ratio
    factor = min(frame.width() / wide, frame.height() / tall)
    factor = 1.0 if 1.0 <= factor < 1.02 else factor
    target = QRect(0, 0, round(wide * factor), round(tall * factor))
    target.moveCenter(frame.center())
    return target


def _mark_selected(painter: QPainter, look: CellStyle, frame: QRect) -> None:
    side = look.metrics.height() + 2
    tab = QRect(frame.left(), frame.top(), side, side)
    painter.fillRect(tab, look.accent)
    painter.setPen(look.accent)
    painter.drawRect(frame.adjusted(0, 0, -1, -1))
    painter.setFont(look.bold)
    painter.setPen(look.accent_text)
    painter.drawText(tab, _CENTRE, "✓")


def _write_lines(painter: QPainter, look: CellStyle, frame: QRect, state: CellState) -> None:
    name, progress, remarks = _format_lines(look, state.row, state.name)
    tall = look.metrics.height()
    line = QRect(frame.left(), frame.bottom() + 4, frame.width(), tall)
    painter.setFont(look.font)
    painter.setPen(look.text)
    painter.drawText(line, _LEFT, name)
    painter.setPen(look.quiet)
    painter.drawText(line, _RIGHT, progress)
    if remarks:
        painter.drawText(line.translated(0, tall), _LEFT, remarks)


def _format_lines(look: CellStyle, row: GalleryRow, name: str) -> tuple[str, str, str]:
    """The name at the left, the state at the right, and below them what else is said, where there is room;
    small pictures have the one line only, with all of it but the name."""
    if row not in look.lines:
        if len(look.lines) >= _MOST_LINES:
            look.lines.clear()
        look.lines[row] = _cut_lines(look, row, name)
    return look.lines[row]


def _cut_lines(look: CellStyle, row: GalleryRow, name: str) -> tuple[str, str, str]:
    if not look.two_lines:
        return _elide(look, describe_badges(row) or name, look.side), "", ""
    word = describe_progress(row)
    sign = _SIGNS.get(word, _UNREAD)
    progress = f"{sign} {word}".strip()
    needed = look.metrics.horizontalAdvance(f"{name} {progress}") + 8
    if needed > look.side:  # the name of the file comes first; the sign says the same
        progress = sign
    room = look.side - look.metrics.horizontalAdvance(progress) - 8
    return _elide(look, name, room), progress, _elide(look, describe_remarks(row), look.side)


_UNREAD = "○"
_SIGNS = {"done": "✓", "begun": "◐", "set aside": "–"}


def _elide(look: CellStyle, text: str, room: int) -> str:
    return look.metrics.elidedText(text, _ELIDE, room) if text else ""


def paint_heading(painter: QPainter, look: CellStyle, room: QRect, title: str, said: tuple[str, str]) -> None:
    """The name of a section, what is said of it (in many words or in few, as there is room), a hairline."""
    painter.fillRect(room, look.window)
    bold = QFontMetrics(look.bold)
    line = room.adjusted(_GAP // 2, 8, -_GAP // 2, -4)
    needed = bold.horizontalAdvance(title) + look.metrics.horizontalAdvance(said[0]) + _GAP
    beside = said[0] if needed <= line.width() else said[1]
    wide = line.width() - look.metrics.horizontalAdvance(beside) - _GAP
    shown = bold.elidedText(isolate_path(title), Qt.TextElideMode.ElideMiddle, wide)
    painter.setFont(look.bold)
    painter.setPen(look.text)
    painter.drawText(line, _LEFT, shown)
    painter.setFont(look.font)
    painter.setPen(look.quiet)
    painter.drawText(line.adjusted(bold.horizontalAdvance(shown) + _GAP, 0, 0, 0), _LEFT, beside)
    painter.setPen(look.line)
    painter.drawLine(line.left(), room.bottom() - 2, line.right(), room.bottom() - 2)
