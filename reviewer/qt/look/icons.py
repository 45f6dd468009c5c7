"""Icons of one set, drawn in the colour of the text beside them. Only our own resources are rendered."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reviewer.qt.look.theme import Theme
from reviewer.system.resources import find_resource

_SIDES = (24, 48)


def load_icon(name: str, theme: Theme, colour_name: str = "text") -> QIcon:
    """The icon `name` in a colour of the theme, with a quieter twin for what is disabled."""
    drawing = find_resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, colour_name), (QIcon.Mode.Disabled, "off")):
        for side in _SIDES:
            made.addPixmap(_render_tinted(drawing, theme.colour(colour), side), mode)
    return made


def _render_tinted(drawing: str, colour: QColor, side: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour.name()).encode()))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap
