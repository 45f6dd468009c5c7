"""The parts of a bar, painted: present solid, absent grey, cannot tell hatched, and the interval."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from reviewer.domain.figures.figures import Figure
from reviewer.domain.figures.svg_sheet import compute_hatch_lines
from reviewer.qt.look.theme import Theme

_POINT = 3.0
"""Radius of the point on an interval."""


def draw_bar(painter: QPainter, theme: Theme, place: QRectF, figure: Figure) -> None:
    """All units of a figure: `place` is as wide as all of them. Of nobody nothing is drawn."""
    if not figure.all:
        return
    counts = (len(figure.present), len(figure.absent), figure.untold)
    ends = [round(place.left() + place.width() * sum(counts[:number]) / figure.all) for number in range(4)]
    for part, draw in enumerate((draw_present, draw_absent, draw_inconclusive)):
        gap = 1 if ends[part] > place.left() else 0
        if counts[part]:
            width = max(1, ends[part + 1] - ends[part] - gap)
            draw(painter, theme, QRectF(ends[part] + gap, place.top(), width, place.height()))


def draw_present(painter: QPainter, theme: Theme, place: QRectF) -> None:
    painter.fillRect(place, theme.colour("figure_present"))


def draw_absent(painter: QPainter, theme: Theme, place: QRectF) -> None:
    painter.fillRect(place, theme.colour("figure_absent"))


def draw_inconclusive(painter: QPainter, theme: Theme, place: QRectF) -> None:
    """Hatched within an edge; no colour of its own, so that it holds on every ground."""
    colour = theme.colour("figure_absent")
    inner = place.adjusted(0.5, 0.5, -0.5, -0.5)
    corners = [inner.topLeft(), inner.topRight(), inner.bottomRight(), inner.bottomLeft()]
    lines = compute_hatch_lines([(corner.x(), corner.y()) for corner in corners])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1))
    painter.drawLines([QLineF(*ends) for ends in lines])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.drawRect(inner)
    painter.restore()


def draw_interval(
    painter: QPainter, colour: QColor, ends: tuple[float, float], point: float | None, y: float, tall: float
) -> None:
    """A line from end to end with a stroke at each, and a point where the share is."""
    left, right = round(ends[0]), round(ends[1])
    painter.fillRect(QRectF(left, round(y) - 1, max(1, right - left), 2), colour)
    for x in (left, right):
        painter.fillRect(QRectF(x - 1, round(y - tall / 2), 2, round(tall)), colour)
    if point is not None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(point, round(y)), _POINT, _POINT)
        painter.restore()
