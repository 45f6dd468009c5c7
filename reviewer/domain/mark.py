"""Marks: shapes on a photograph, in its recorded pixels, that belong to a Finding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from reviewer.domain.errors import NotAllowed

Point = tuple[int, int]


class Shape(StrEnum):
    RECTANGLE = "rectangle"  # two opposite corners
    ELLIPSE = "ellipse"  # two opposite corners of its bounding box
    POLYGON = "polygon"  # three corners or more, closed by itself
    FREEHAND = "freehand"  # two points or more along an open stroke
    LINE = "line"  # two ends
    POINT = "point"  # one point


_FEWEST = {
    Shape.RECTANGLE: 2,
    Shape.ELLIPSE: 2,
    Shape.POLYGON: 3,
    Shape.FREEHAND: 2,
    Shape.LINE: 2,
    Shape.POINT: 1,
}
_EXACT = frozenset({Shape.RECTANGLE, Shape.ELLIPSE, Shape.LINE, Shape.POINT})
MOST_POINTS = 5000


@dataclass(frozen=True)
class Mark:
    """One shape. `points` are whole pixels (x, y) of the recorded grid, x to the right, y down."""

    id: str
    shape: Shape
    points: tuple[Point, ...]

    def moved(self, dx: int, dy: int) -> Mark:
        return replace(self, points=tuple((x + dx, y + dy) for x, y in self.points))

    def with_point(self, index: int, point: Point) -> Mark:
        """The same Mark with one of its points put elsewhere."""
        return replace(self, points=(*self.points[:index], point, *self.points[index + 1 :]))


def checked(mark: Mark) -> Mark:
    """The Mark itself if its points fit its shape; NotAllowed if not."""
    count, fewest = len(mark.points), _FEWEST[mark.shape]
    wrong = count != fewest if mark.shape in _EXACT else not fewest <= count <= MOST_POINTS
    if wrong:
        raise NotAllowed(f"A {mark.shape} cannot be made of {count} points.")
    return mark
