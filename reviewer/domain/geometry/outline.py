"""The outlines of Marks for formats that know polygons and boxes only. All in whole pixels of one grid."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reviewer.domain.geometry.mark import Mark, MarkShape, PixelPoint

ELLIPSE_CORNERS = 64
"""An ellipse as a polygon: its area is 0.16 % too small."""

OutlineCorner = tuple[float, float]


def compute_bounding_box(points: Sequence[PixelPoint]) -> tuple[int, int, int, int]:
    """Left, top, width, height of what holds all points; at least one pixel wide and high."""
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs), min(ys), max(1, max(xs) - min(xs)), max(1, max(ys) - min(ys))


def has_area(mark: Mark) -> bool:
    """Whether the Mark encloses anything; a line, a point and an open stroke do not."""
    return mark.shape in {MarkShape.RECTANGLE, MarkShape.ELLIPSE, MarkShape.POLYGON}


def polygon_from_mark(mark: Mark) -> list[OutlineCorner]:
    """The corners of a closed polygon. What encloses nothing becomes a ribbon one pixel wide."""
    left, top, width, height = compute_bounding_box(mark.points)
    if mark.shape is MarkShape.RECTANGLE or mark.shape is MarkShape.POINT:
        return [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    if mark.shape is MarkShape.ELLIPSE:
        return [_point_on_ellipse(left, top, width, height, number) for number in range(ELLIPSE_CORNERS)]
    if mark.shape is MarkShape.POLYGON:
        return [(x, y) for x, y in mark.points]
    across = (0, 1) if width >= height else (1, 0)
    back = [(x + across[0], y + across[1]) for x, y in reversed(mark.points)]
    return [*mark.points, *back]


def _point_on_ellipse(left: int, top: int, width: int, height: int, number: int) -> OutlineCorner:
    angle = 2 * math.pi * number / ELLIPSE_CORNERS
    x = left + width / 2 * (1 + math.cos(angle))
    y = top + height / 2 * (1 + math.sin(angle))
    return round(x, 2), round(y, 2)


def compute_outline_area(corners: Sequence[OutlineCorner]) -> float:
    """Square pixels inside a polygon (the shoelace formula); where it crosses itself, parts cancel out."""
    following = [*corners[1:], corners[0]]
    twice = sum(x * y2 - x2 * y for (x, y), (x2, y2) in zip(corners, following, strict=True))
    return round(abs(twice) / 2, 2)
