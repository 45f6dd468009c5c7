"""Something being drawn: what the mouse did so far, in pixels of the upright photograph."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

from reviewer.domain.geometry.mark import MarkShape
from reviewer.qt.canvas.hit import simplify_stroke
from reviewer.qt.canvas.tools import CanvasTool, Gesture
from reviewer.qt.canvas.view_transform import CanvasPoint


@dataclass
class ShapeInProgress:
    """`points` are settled; `cursor` is where the next one would go."""

    tool: CanvasTool
    points: list[CanvasPoint] = field(default_factory=list)
    cursor: CanvasPoint | None = None

    @property
    def is_dragged(self) -> bool:
        """Whether it is drawn in one drag, and not clicked point by point."""
        return self.tool.gesture in {Gesture.DRAG, Gesture.STROKE}

    def press(self, at: CanvasPoint) -> None:
        self.points.append(at)
        self.cursor = at

    def move(self, at: CanvasPoint) -> None:
        self.cursor = at
        if self.tool.gesture is Gesture.STROKE and self.points:
            self.points.append(at)

    def preview(self) -> list[CanvasPoint]:
        """The points to draw now."""
        if self.cursor is None or self.tool.gesture is Gesture.STROKE:
            return list(self.points)
        return [*self.points, self.cursor]

    @property
    def preview_shape(self) -> MarkShape:
        """A polygon of two points is a line so far."""
        few = self.tool.shape is MarkShape.POLYGON and len(self.preview()) < 3
        return MarkShape.LINE if few else self.tool.shape

    def ends_before(self, at: CanvasPoint, reach: float) -> bool:
        """Whether a click at `at` ends it without adding a point: on the first corner of a polygon."""
        enough = len(self.points) >= self.tool.fewest
        return self.tool.closes and enough and math.dist(at, self.points[0]) <= reach

    def ends_after(self) -> bool:
        """Whether the last click ended it: all its points are there."""
        if self.tool.gesture is Gesture.CLICK:
            return True
        return self.tool.exact and len(self.points) >= self.tool.fewest

    def get_points(self, tolerance: float) -> list[CanvasPoint] | None:
        """The points; None if it is too small to have been meant."""
        if self.tool.gesture is Gesture.CLICK:
            return self.points[:1]
        if self.tool.gesture is Gesture.CLICKS:
            return self.points if len(self.points) >= self.tool.fewest else None
        if self.tool.gesture is Gesture.STROKE:
            stroke = simplify_stroke(self.points, tolerance)
            long = sum(math.dist(a, b) for a, b in pairwise(stroke))
            return stroke if len(stroke) >= 2 and long > 3 * tolerance else None
        if self.cursor is None or math.dist(self.points[0], self.cursor) < 3 * tolerance:
            return None
        return [self.points[0], self.cursor]
