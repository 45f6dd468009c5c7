"""Icons painted as signs beside a word, in its colour and size; each is rendered once."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reviewer.system.resources import find_resource

SIGN_SIDE = 14
_STROKE, _SIGN_STROKE = 'stroke-width="1.5"', 'stroke-width="2"'
"""Lines of a sign are thicker in the same grid, so that they weigh as much as those of larger icons."""


def paint_sign_icon(painter: QPainter, name: str, place: QRect, colour: QColor) -> None:
    """Paint the icon `name` into a square place."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(place, _render(name, colour.name(), place.width(), ratio))


@lru_cache(maxsize=256)
def _render(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    drawing = find_resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    drawing = drawing.replace("currentColor", colour).replace(_STROKE, _SIGN_STROKE)
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap
