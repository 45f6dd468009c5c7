"""Icons of one set, drawn in the colour of the text beside them. Only our own resources are rendered."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reviewer.qt.look.theme import Theme
from reviewer.system.resources import find_resource

_SIDES = (24, 48)


def load_icon(name: str, theme: Theme, colour_name: str = "text") -> QIcon:
    """The icon `name` in a colour of the theme, with a quieter twin for what is disabled."""
    drawing = _read_drawing(name)
    made = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, colour_name), (QIcon.Mode.Disabled, "off")):
        for side in _SIDES:
            made.addPixmap(QPixmap.fromImage(_render_tinted(drawing, theme.colours[colour], side)), mode)
    return made


def paint_icon(painter: QPainter, name: str, colour: QColor, left: int, top: int, side: int) -> None:
    """Paint the icon `name` into a square, sharp at every size."""
    _load_renderer(name, colour.name()).render(painter, QRectF(left, top, side, side))


def _read_drawing(name: str) -> str:
    return find_resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=64)
def _load_renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_read_drawing(name).replace("currentColor", colour).encode()))


@lru_cache(maxsize=1024)
def _render_tinted(drawing: str, colour: str, side: int) -> QImage:
    """A drawing in a colour, once for each: another size of type draws none anew."""
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", QColor(colour).name()).encode()))
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image
