"""Areas to redact as the canvas shows them: a quiet outline while one reads, hatched while one redacts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from reviewer.domain.geometry.mark import MarkShape
from reviewer.qt.canvas.mark_painter import make_shape_path, paint_shape
from reviewer.qt.canvas.view_transform import CanvasPoint

_OUTLINE = QColor(205, 205, 205)
_HATCHING = QColor(255, 255, 255, 150)
_GROUND = QColor(0, 0, 0, 70)
_PLATE = QColor(0, 0, 0, 190)


@dataclass(frozen=True)
class RedactionView:
    """`points` are recorded pixels; `label` says why it is redacted."""

    id: str
    shape: MarkShape
    points: tuple[tuple[int, int], ...]
    label: str
    selected: bool


def paint_redactions(
    painter: QPainter,
    views: Iterable[RedactionView],
    placed: Callable[[RedactionView], Sequence[CanvasPoint]],
    redacting: bool,
) -> None:
    """Draw all; `placed` gives the points of one in widget coordinates.

    An outline covers nothing of the photograph: hatching and words only come where an area is selected, or
    while areas are being drawn.
    """
    for view in views:
        points = placed(view)
        if redacting or view.selected:
            _draw_hatching(painter, view, points)
        _draw_outline(painter, view, points)
        if redacting or view.selected:
            _draw_label(painter, view, points)


def _draw_outline(painter: QPainter, view: RedactionView, points: Sequence[CanvasPoint]) -> None:
    """Draw a hairline, unlike the line of a mark; a full line if the area is selected."""
    if view.selected:
        paint_shape(painter, view.shape, points, _OUTLINE)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, style in ((_GROUND, Qt.PenStyle.SolidLine), (_OUTLINE, Qt.PenStyle.DashLine)):
        painter.setPen(QPen(colour, 1.0, style))
        painter.drawPath(make_shape_path(view.shape, points))


def _draw_hatching(painter: QPainter, view: RedactionView, points: Sequence[CanvasPoint]) -> None:
    path = make_shape_path(view.shape, points)
    painter.fillPath(path, _GROUND)
    painter.fillPath(path, QBrush(_HATCHING, Qt.BrushStyle.BDiagPattern))


def _draw_label(painter: QPainter, view: RedactionView, points: Sequence[CanvasPoint]) -> None:
    """The purpose, above the area."""
    left, top = min(x for x, _y in points), min(y for _x, y in points)
    plate = QRectF(left, top - 24, painter.fontMetrics().horizontalAdvance(view.label) + 12, 20)
    painter.fillRect(plate, _PLATE)
    painter.setPen(_OUTLINE)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, view.label)
    if view.selected:
        painter.drawRect(plate)
