"""Which pixels are painted over for an area: whole blocks of the compression, every one that it may touch.

A JPEG keeps its picture in blocks of 8 x 8 values, 16 x 16 pixels where colour is kept at half the size
(ITU-T T.81, A.2), and a decoder may smooth colour over the edge of a block. So what lies under an area is
spread over whole blocks, and whole blocks go, with `MARGIN` pixels around the area counted to it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

from reviewer.domain.errors import KnownError
from reviewer.domain.geometry.mark import Point, Shape
from reviewer.domain.geometry.orientation import to_upright
from reviewer.domain.photos.redaction import Redaction, is_inside

BLOCK = 16
MARGIN = 4
Block = tuple[int, int]
Rectangle = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are the first that are not in it."""


def covered(areas: Iterable[Redaction], width: int, height: int, orientation: int) -> list[Rectangle]:
    """The rectangles of the upright picture to be painted over.

    `width` and `height` are recorded pixels, `orientation` is EXIF's. KnownError if an area reaches out of
    the photograph: then it is not known what it was meant to cover.
    """
    blocks: set[Block] = set()
    for area in areas:
        if not area.points or not is_inside(area.points, width, height):
            raise KnownError("An area to redact reaches out of the photograph.", code="area-outside")
        blocks |= blocks_of(area)
    return [_upright(run, width, height, orientation) for run in _runs(blocks, width, height)]


def blocks_of(area: Redaction) -> set[Block]:
    """The blocks (column, row; from the upper left corner of the recorded grid) that an area may touch."""
    if area.shape is Shape.ELLIPSE:
        return _of_ellipse(area.points)
    if area.shape is Shape.RECTANGLE:
        return set(_box(area.points))
    return _of_polygon(area.points)


def _box(points: Iterable[Point]) -> Iterator[Block]:
    """All blocks of the box around these pixels and the margin."""
    xs, ys = zip(*points, strict=True)
    for row in range(_block(min(ys) - MARGIN), _block(max(ys) + MARGIN) + 1):
        for column in range(_block(min(xs) - MARGIN), _block(max(xs) + MARGIN) + 1):
            yield column, row


def _of_ellipse(points: tuple[Point, ...]) -> set[Block]:
    """Those of its box whose point nearest to the centre lies within the ellipse with its margin."""
    (x1, y1), (x2, y2) = points
    centre_x, centre_y = (x1 + x2 + 1) / 2, (y1 + y2 + 1) / 2
    reach_x, reach_y = (abs(x2 - x1) + 1) / 2 + MARGIN, (abs(y2 - y1) + 1) / 2 + MARGIN
    found = set()
    for column, row in _box(points):
        x = min(max(centre_x, column * BLOCK), (column + 1) * BLOCK)
        y = min(max(centre_y, row * BLOCK), (row + 1) * BLOCK)
        if ((x - centre_x) / reach_x) ** 2 + ((y - centre_y) / reach_y) ** 2 <= 1:
            found.add((column, row))
    return found


def _of_polygon(points: tuple[Point, ...]) -> set[Block]:
    """The blocks its sides come near to, and all that cannot be left without crossing one of these.

    So a polygon that crosses itself has no hole.
    """
    sides: set[Block] = set()
    for start, end in pairwise((*points, points[0])):
        sides.update(_along(start, end))
    columns, rows = zip(*sides, strict=True)
    left, right = min(columns) - 1, max(columns) + 1
    top, bottom = min(rows) - 1, max(rows) + 1
    outside, waiting = {(left, top)}, [(left, top)]
    while waiting:
        column, row = waiting.pop()
        for near in ((column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)):
            within = left <= near[0] <= right and top <= near[1] <= bottom
            if within and near not in sides and near not in outside:
                outside.add(near)
                waiting.append(near)
    every = ((column, row) for row in range(top, bottom + 1) for column in range(left, right + 1))
    return {block for block in every if block not in outside}


def _along(start: Point, end: Point) -> Iterator[Block]:
    """The blocks that the pixels of a side and the margin around them lie in."""
    (x1, y1), (x2, y2) = sorted((start, end), key=lambda point: point[1])
    for row in range(_block(y1 - MARGIN), _block(y2 + MARGIN) + 1):
        top = max(y1, row * BLOCK - MARGIN - 1)
        bottom = min(y2, (row + 1) * BLOCK + MARGIN)
        across = [x1, x2] if y1 == y2 else [x1 + (x2 - x1) * (y - y1) / (y2 - y1) for y in (top, bottom)]
        first, last = math.floor(min(across)) - MARGIN, math.ceil(max(across)) + MARGIN
        for column in range(_block(first), _block(last) + 1):
            yield column, row


def _block(pixel: int) -> int:
    return pixel // BLOCK


def _runs(blocks: set[Block], width: int, height: int) -> Iterator[Rectangle]:
    """Neighbours in a row as one rectangle of recorded pixels, cut off at the edge of the photograph."""
    run: list[Block] = []
    for block in sorted(blocks, key=lambda each: (each[1], each[0])):
        if run and (block[1] != run[-1][1] or block[0] != run[-1][0] + 1):
            yield from _pixels(run, width, height)
            run = []
        run.append(block)
    if run:
        yield from _pixels(run, width, height)


def _pixels(run: list[Block], width: int, height: int) -> Iterator[Rectangle]:
    (first, row), (last, _row) = run[0], run[-1]
    left, top = max(0, first * BLOCK), max(0, row * BLOCK)
    right, bottom = min(width, (last + 1) * BLOCK), min(height, (row + 1) * BLOCK)
    if left < right and top < bottom:
        yield left, top, right, bottom


def _upright(recorded: Rectangle, width: int, height: int, orientation: int) -> Rectangle:
    left, top, right, bottom = recorded
    corners = [
        to_upright(point, width, height, orientation) for point in ((left, top), (right - 1, bottom - 1))
    ]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs) + 1, max(ys) + 1
