"""A mark being drawn: what the mouse did so far, in pixels of the upright photograph."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

from reviewer.domain.mark import Shape
from reviewer.qt.canvas.hit import Point, simplified

_DRAGGED = frozenset({Shape.RECTANGLE, Shape.ELLIPSE, Shape.LINE, Shape.FREEHAND})


@dataclass
class Drawing:
    """`points` are settled; `cursor` is where the next one would go."""

    shape: Shape
    points: list[Point] = field(default_factory=list)
    cursor: Point | None = None

    @property
    def is_dragged(self) -> bool:
        """Drawn in one drag; a polygon is clicked corner by corner."""
        return self.shape in _DRAGGED

    def press(self, at: Point) -> None:
        self.points.append(at)
        self.cursor = at

    def move(self, at: Point) -> None:
        self.cursor = at
        if self.shape is Shape.FREEHAND and self.points:
            self.points.append(at)

    def preview(self) -> list[Point]:
        """The points to draw now."""
        if self.cursor is None or self.shape is Shape.FREEHAND:
            return list(self.points)
        return [*self.points, self.cursor]

    def closes(self, at: Point, reach: float) -> bool:
        """Whether a click at `at` closes the polygon: on its first corner."""
        return (
            self.shape is Shape.POLYGON and len(self.points) >= 3 and math.dist(at, self.points[0]) <= reach
        )

    def finished(self, tolerance: float) -> list[Point] | None:
        """The points of the mark; None if it is too small to have been meant."""
        if self.shape is Shape.POINT:
            return self.points[:1]
        if self.shape is Shape.POLYGON:
            return self.points if len(self.points) >= 3 else None
        if self.shape is Shape.FREEHAND:
            stroke = simplified(self.points, tolerance)
            long = sum(math.dist(a, b) for a, b in pairwise(stroke))
            return stroke if len(stroke) >= 2 and long > 3 * tolerance else None
        if self.cursor is None or math.dist(self.points[0], self.cursor) < 3 * tolerance:
            return None
        return [self.points[0], self.cursor]
