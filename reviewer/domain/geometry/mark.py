"""Marks: shapes on a photograph, in its recorded pixels, that belong to a Finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from reviewer.domain.errors import NotAllowed

PixelPoint = tuple[int, int]


class MarkShape(StrEnum):
    RECTANGLE = "rectangle"  # two opposite corners
    ELLIPSE = "ellipse"  # two opposite corners of its bounding box
    POLYGON = "polygon"  # three corners or more, closed by itself
    FREEHAND = "freehand"  # two points or more along an open stroke
    LINE = "line"  # two ends
    POINT = "point"  # one point


_FEWEST_POINTS = {
    MarkShape.RECTANGLE: 2,
    MarkShape.ELLIPSE: 2,
    MarkShape.POLYGON: 3,
    MarkShape.FREEHAND: 2,
    MarkShape.LINE: 2,
    MarkShape.POINT: 1,
}
_SHAPES_OF_EXACT_COUNT = frozenset({MarkShape.RECTANGLE, MarkShape.ELLIPSE, MarkShape.LINE, MarkShape.POINT})
MOST_POINTS = 5000


@dataclass(frozen=True)
class Mark:
    """One shape. `points` are whole pixels (x, y) of the recorded grid, x to the right, y down.

    `page` is which picture of the file it lies on, counted from 1.
    """

    id: str
    shape: MarkShape
    points: tuple[PixelPoint, ...]
    page: int = 1

    def move(self, dx: int, dy: int) -> Mark:
        return replace(self, points=tuple((x + dx, y + dy) for x, y in self.points))


def check_mark(mark: Mark) -> Mark:
    """Return the Mark if its points fit its shape; NotAllowed if not."""
    count, fewest = len(mark.points), _FEWEST_POINTS[mark.shape]
    wrong = count != fewest if mark.shape in _SHAPES_OF_EXACT_COUNT else not fewest <= count <= MOST_POINTS
    if wrong:
        raise NotAllowed(f"A {mark.shape} cannot be made of {count} points.")
    return mark


def page_to_body(page: int) -> dict[str, int]:
    """What the body of an act says of the picture that something is drawn on: nothing if it is the first."""
    return {} if page == 1 else {"page": page}


def page_from_body(body: Mapping[str, Any]) -> int:
    """The picture of the file that the body of an act speaks of; acts of case format 1.3 mean the first."""
    return int(body.get("page", 1))
