"""Scales and measurements as the canvas shows them: a line and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from reviewer.domain.geometry.mark import MarkShape
from reviewer.qt.canvas.mark_painter import paint_shape
from reviewer.qt.canvas.view_transform import CanvasPoint

_PLATE = QColor(0, 0, 0, 190)
MEASURE = QColor(140, 235, 160)
SCALE = QColor(235, 235, 235)


@dataclass(frozen=True)
class MeasureView:
    """`points` are recorded pixels; `label` is what stands beside them."""

    id: str
    shape: MarkShape
    points: tuple[tuple[int, int], ...]
    label: str
    is_scale: bool
    selected: bool


def paint_measures(
    painter: QPainter, views: Iterable[MeasureView], placed: Callable[[MeasureView], Sequence[CanvasPoint]]
) -> None:
    """Draw all; `placed` gives the points of one in widget coordinates. Labels do not cover each other."""
    taken: list[QRectF] = []
    for view in views:
        colour = SCALE if view.is_scale else MEASURE
        points = placed(view)
        paint_shape(painter, view.shape, points, colour, unsure=view.is_scale)
        right = max(points, key=lambda point: point[0])
        width = painter.fontMetrics().horizontalAdvance(view.label) + 12
        plate = QRectF(right[0] + 8, right[1] - 11, width, 22)
        while any(plate.intersects(other) for other in taken):
            plate.translate(0, 24)
        taken.append(plate)
        painter.fillRect(plate, _PLATE)
        painter.setPen(colour)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, view.label)
        if view.selected:
            painter.drawRect(plate)
