"""How a region of a body map is drawn for what is known of it: one way for the figures and their legend."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QPainter, QPalette, QPen, QPolygonF


class RegionSign(StrEnum):
    """The strongest thing to say of a region."""

    PLAIN = "plain"
    SELECTED = "selected"
    FINDING = "finding"
    ASSESSABLE = "assessable"
    LIMITED = "limited"
    NOT = "not"
    UNSIDED = "unsided"


UNSIDED = RegionSign.UNSIDED
MARK_WORDS = {
    RegionSign.SELECTED: "selected",
    RegionSign.FINDING: "finding",
    RegionSign.ASSESSABLE: "assessable",
    RegionSign.LIMITED: "limited",
    RegionSign.NOT: "not assessable",
    RegionSign.UNSIDED: "side not said",
}
_FILLED = {RegionSign.ASSESSABLE, RegionSign.LIMITED, RegionSign.UNSIDED}
_HATCHES = {RegionSign.LIMITED: Qt.BrushStyle.BDiagPattern, RegionSign.NOT: Qt.BrushStyle.DiagCrossPattern}
_LINES = {RegionSign.LIMITED: Qt.PenStyle.DashLine, RegionSign.UNSIDED: Qt.PenStyle.DotLine}


def paint_region(painter: QPainter, sign: RegionSign, polygon: QPolygonF, palette: QPalette) -> None:
    """Fill and outline a shape; each sign differs from the others in more than its colour."""
    painter.setPen(_make_pen(sign, palette))
    painter.setBrush(_choose_fill(sign, palette))
    painter.drawPolygon(polygon)
    if sign in _HATCHES:
        painter.setBrush(QBrush(palette.color(QPalette.ColorRole.Text), _HATCHES[sign]))
        painter.drawPolygon(polygon)


def _choose_fill(sign: RegionSign, palette: QPalette) -> QColor:
    if sign is RegionSign.SELECTED:
        return QGuiApplication.palette().color(QPalette.ColorRole.Highlight)
    if sign is RegionSign.FINDING:
        return palette.color(QPalette.ColorRole.Text)
    if sign not in _FILLED:
        return palette.color(QPalette.ColorRole.Button)
    grey = QColor(palette.color(QPalette.ColorRole.PlaceholderText))
    grey.setAlpha(90)
    return grey


def outline_region(painter: QPainter, sign: RegionSign, polygon: QPolygonF, palette: QPalette) -> None:
    """Draw once more the line of a shape that has a sign."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if sign is not RegionSign.PLAIN:
        painter.setPen(_make_pen(sign, palette))
        painter.drawPolygon(polygon)


def _make_pen(sign: RegionSign, palette: QPalette) -> QPen:
    plain = sign is RegionSign.PLAIN
    role = QPalette.ColorRole.PlaceholderText if plain else QPalette.ColorRole.Text
    wide = 1.5 if sign is RegionSign.SELECTED else 0.8
    return QPen(palette.color(role), wide, _LINES.get(sign, Qt.PenStyle.SolidLine))


def paint_sign(painter: QPainter, sign: RegionSign, room: QRectF, palette: QPalette) -> None:
    """A small square with the sign, for a legend."""
    paint_region(painter, sign, QPolygonF(room), palette)
