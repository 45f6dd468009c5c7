"""Which mark is under the cursor, and simpler strokes: geometry without a window."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.vocabulary.body_map import polygon_contains
from reviewer.qt.canvas.view_transform import CanvasPoint


def measure_distance(point: CanvasPoint, start: CanvasPoint, end: CanvasPoint) -> float:
    """From a point to the nearest place of a line between two points."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    if length == 0:
        return math.dist(point, start)
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length
    along = min(1.0, max(0.0, along))
    return math.dist(point, (start[0] + along * dx, start[1] + along * dy))


def trace_outline(shape: MarkShape, points: Sequence[CanvasPoint]) -> list[CanvasPoint]:
    """Return the points that a line around (or along) the shape goes through."""
    if shape is MarkShape.RECTANGLE:
        (x1, y1), (x2, y2) = points
        return [(x1, y1), (x2, y1), (x2, y2), (x1, y2)]
    if shape is MarkShape.ELLIPSE:
        (x1, y1), (x2, y2) = points
        cx, cy, rx, ry = (x1 + x2) / 2, (y1 + y2) / 2, abs(x2 - x1) / 2, abs(y2 - y1) / 2
        angles = [math.tau * step / 48 for step in range(48)]
        return [(cx + rx * math.cos(angle), cy + ry * math.sin(angle)) for angle in angles]
    return list(points)


def is_closed(shape: MarkShape) -> bool:
    return shape in {MarkShape.RECTANGLE, MarkShape.ELLIPSE, MarkShape.POLYGON}


def is_hit(shape: MarkShape, points: Sequence[CanvasPoint], at: CanvasPoint, reach: float) -> bool:
    """Whether `at` lies within a closed shape or within `reach` of its line."""
    around = trace_outline(shape, points)
    if is_closed(shape):
        if polygon_contains(tuple(around), *at):
            return True
        around.append(around[0])
    if len(around) == 1:
        return math.dist(around[0], at) <= reach
    return any(measure_distance(at, start, end) <= reach for start, end in pairwise(around))


def find_handle(points: Sequence[CanvasPoint], at: CanvasPoint, reach: float) -> int | None:
    """The index of the point that `at` grips: the nearest one within `reach`."""
    near = [(math.dist(point, at), index) for index, point in enumerate(points)]
    best = min(near, default=(math.inf, 0))
    return best[1] if best[0] <= reach else None


def simplify_stroke(points: Sequence[CanvasPoint], tolerance: float) -> list[CanvasPoint]:
    """Fewer points within `tolerance` of the stroke (Ramer 1972, Douglas and Peucker 1973)."""
    if len(points) < 3:
        return list(points)
    keep = {0, len(points) - 1}
    open_ = [(0, len(points) - 1)]
    while open_:
        first, last = open_.pop()
        far, place = 0.0, first
        for index in range(first + 1, last):
            away = measure_distance(points[index], points[first], points[last])
            if away > far:
                far, place = away, index
        if far > tolerance:
            keep.add(place)
            open_ += [(first, place), (place, last)]
    return [points[index] for index in sorted(keep)]
