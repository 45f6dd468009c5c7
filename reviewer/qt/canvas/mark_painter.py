"""Drawing marks so that they are seen on any ground: a bright line on a dark one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.qt.canvas.hit import is_closed, trace_outline
from reviewer.qt.canvas.view_transform import CanvasPoint

_HALO, _ON_TAG = QColor(0, 0, 0, 170), QColor(20, 20, 20)
_TAG, _BESIDE = 20, 8
"""Least height of the tag with a number, and how far beside the mark it lies, in pixels."""


@dataclass(frozen=True)
class MarkView:
    """A mark as the canvas shows it; `number` is that of its Finding in the list."""

    mark: Mark
    number: int
    selected: bool


def paint_shape(
    painter: QPainter, shape: MarkShape, points: Sequence[CanvasPoint], colour: QColor, unsure: bool = False
) -> None:
    """Draw a shape given in widget coordinates."""
    path = make_shape_path(shape, points)
    style = Qt.PenStyle.DashLine if unsure else Qt.PenStyle.SolidLine
    for width, pen_colour, pen_style in ((4.0, _HALO, Qt.PenStyle.SolidLine), (1.6, colour, style)):
        painter.setPen(QPen(pen_colour, width, pen_style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)


def paint_number(painter: QPainter, number: int, outline: Sequence[CanvasPoint], colour: QColor) -> None:
    """The number of the Finding, on a tag in the colour of its mark, beside the outline at its upper right;
    where any of the mark is seen, so is its tag."""
    room = QRectF(painter.viewport())
    if (
        not QPolygonF([QPointF(*point) for point in outline])
        .boundingRect()
        .adjusted(-1, -1, 1, 1)
        .intersects(room)
    ):
        return
    metrics = painter.fontMetrics()
    width = max(_TAG, metrics.horizontalAdvance(str(number)) + 10)
    tall = max(_TAG, metrics.height() + 2)
    across, down = max(outline, key=lambda point: point[0] - point[1])
    tag = QRectF(across + _BESIDE, down, width, tall)
    tag.moveLeft(min(tag.left(), room.width() - width - 2))
    tag.moveTop(max(2, min(tag.top(), room.height() - tall - 2)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_HALO, 1))
    painter.setBrush(colour)
    painter.drawRoundedRect(tag, 4, 4)
    painter.setPen(_ON_TAG)
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, str(number))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_handles(painter: QPainter, points: Sequence[CanvasPoint], colour: QColor) -> None:
    painter.setPen(QPen(_HALO, 1))
    painter.setBrush(colour)
    for x, y in points:
        painter.drawRect(QRectF(x - 3.5, y - 3.5, 7, 7))


def make_shape_path(shape: MarkShape, points: Sequence[CanvasPoint]) -> QPainterPath:
    """The line of a shape given in widget coordinates."""
    path = QPainterPath()
    if shape is MarkShape.POINT or len(points) == 1:
        x, y = points[0]
        path.addEllipse(QPointF(x, y), 5, 5)
        for dx, dy in ((9, 0), (-9, 0), (0, 9), (0, -9)):
            path.moveTo(x + dx * 0.6, y + dy * 0.6)
            path.lineTo(x + dx, y + dy)
        return path
    around = trace_outline(shape, points)
    path.moveTo(*around[0])
    for point in around[1:]:
        path.lineTo(*point)
    if is_closed(shape):
        path.closeSubpath()
    return path
