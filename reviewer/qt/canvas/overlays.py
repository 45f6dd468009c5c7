"""What a view writes over a photograph: sentences, the banner, the small map, what was not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap, QPolygonF

from reviewer.domain.photos.photo import SHOWN_AS_DEVELOPED

_PLATE_COLOUR = QColor(0, 0, 0, 170)
_WRITING = QColor(240, 240, 240)
_MASKED, _MASKED_EDGE = QColor(88, 88, 88), QColor(150, 150, 150)
_BANNER = QColor(92, 60, 0, 225)
MAP_SIDE = 150
_EDGE = 12


def write_middle(painter: QPainter, room: QRectF, text: str, colour: QColor) -> None:
    """One sentence, quietly, in the middle."""
    painter.setPen(colour)
    painter.drawText(
        room.adjusted(40, 40, -40, -40), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text
    )


def write_corner(painter: QPainter, text: str, top: float) -> None:
    """A word in the upper left corner, on a dark plate."""
    plate = QRectF(_EDGE, top + _EDGE, painter.fontMetrics().horizontalAdvance(text) + 16, 24)
    painter.fillRect(plate, _PLATE_COLOUR)
    painter.setPen(_WRITING)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


def write_foot(painter: QPainter, room: QRectF, text: str) -> None:
    """A sentence over the lower edge of a photograph that stays visible."""
    plate = QRectF(room.left(), room.bottom() - 44, room.width(), 44)
    painter.fillRect(plate, _PLATE_COLOUR)
    painter.setPen(_WRITING)
    painter.drawText(
        plate.adjusted(16, 0, -16, 0), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text
    )


def compute_banner_height(letters: int) -> int:
    """Pixels of the banner where letters are so high."""
    return letters + 10


def write_banner(painter: QPainter, room: QRectF, text: str) -> float:
    """The strip that says that what is shown is not the original; its height. What follows a tabulator is
    written at its right end, whole."""
    said, _tab, right = text.partition("\t")
    height = float(compute_banner_height(painter.fontMetrics().height()))
    strip = QRectF(room.left(), room.top(), room.width(), height)
    painter.fillRect(strip, _BANNER)
    painter.setPen(QColor(255, 240, 205))
    inner = strip.adjusted(_EDGE, 0, -_EDGE, 0)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, right)
    taken = painter.fontMetrics().horizontalAdvance(right) + _EDGE if right else 0
    shown = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, int(inner.width()) - taken)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    return height


def format_damage_banner(damage: str) -> str:
    """Return the banner for a photograph that may be incomplete or wrong in part."""
    return f"DAMAGED FILE: {damage}"


def paint_unseen(painter: QPainter, rectangles: Iterable[QPolygonF]) -> None:
    """Hatch what was never on screen at 100 %."""
    painter.setPen(Qt.PenStyle.NoPen)
    for ground, pattern in (
        (QColor(0, 0, 0, 90), Qt.BrushStyle.SolidPattern),
        (QColor(255, 255, 255, 110), Qt.BrushStyle.BDiagPattern),
    ):
        painter.setBrush(QBrush(ground, pattern))
        for rectangle in rectangles:
            painter.drawPolygon(rectangle)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_masked(painter: QPainter, room: QRectF) -> None:
    """Cover an area; where there is room, write that it is masked."""
    painter.save()
    painter.fillRect(room, _MASKED)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = painter.pen()
    pen.setColor(_MASKED_EDGE)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.drawRect(room)
    painter.restore()


def write_masked(painter: QPainter, room: QRectF) -> None:
    """What a masked area is, in its middle, if it is large enough for the words."""
    text = "Masked"
    metrics = painter.fontMetrics()
    if metrics.horizontalAdvance(text) + 8 <= room.width() and metrics.height() + 4 <= room.height():
        painter.setPen(_WRITING)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)


def place_map(room: QRectF, photo: tuple[float, float]) -> QRectF:
    """Where the small map of a photograph of this size lies: the lower left corner."""
    scale = MAP_SIDE / max(photo)
    width, height = max(8.0, photo[0] * scale), max(8.0, photo[1] * scale)
    return QRectF(room.left() + _EDGE, room.bottom() - _EDGE - height, width, height)


def paint_map(
    painter: QPainter, place: QRectF, picture: QPixmap, seen: QPolygonF, mask: Callable[[], None]
) -> None:
    """The whole photograph, small, and what of it is on screen (`seen`: corners, 0 .. 1 across and down);
    `mask` covers what is masked of it."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillRect(place.adjusted(-2, -2, 2, 2), _PLATE_COLOUR)
    painter.drawPixmap(place, picture, QRectF(picture.rect()))
    mask()
    corners = [
        QPointF(
            place.left() + min(1.0, max(0.0, p.x())) * place.width(),
            place.top() + min(1.0, max(0.0, p.y())) * place.height(),
        )
        for p in (seen.at(index) for index in range(seen.count()))
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, colour in ((3.0, QColor(0, 0, 0, 200)), (1.4, QColor(255, 255, 255))):
        pen = painter.pen()
        pen.setColor(colour)
        pen.setWidthF(width)
        pen.setStyle(Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.drawPolygon(QPolygonF(corners))


def format_banner(damage: str, shown_as: str) -> str:
    """The same, and that what is on screen only stands for the photograph; "" for the whole one."""
    said = [format_damage_banner(damage)] if damage else []
    if shown_as and shown_as != SHOWN_AS_DEVELOPED:
        said.append(f"NOT THE WHOLE PHOTOGRAPH: {shown_as}.")
    return "  ".join(said)
