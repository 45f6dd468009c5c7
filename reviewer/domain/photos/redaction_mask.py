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
from reviewer.domain.geometry.mark import MarkShape, PixelPoint
from reviewer.domain.geometry.orientation import to_upright
from reviewer.domain.photos.redaction import Redaction, is_inside_photo

BLOCK_SIZE = 16
MARGIN = 4
PixelBlock = tuple[int, int]
PixelRectangle = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are the first that are not in it."""


def find_rectangles_to_paint(
    areas: Iterable[Redaction], width: int, height: int, orientation: int
) -> list[PixelRectangle]:
    """The rectangles of the upright picture to be painted over.

    `width` and `height` are recorded pixels, `orientation` is EXIF's. KnownError if an area reaches out of
    the photograph: then it is not known what it was meant to cover.
    """
    blocks: set[PixelBlock] = set()
    for area in areas:
        if not area.points or not is_inside_photo(area.points, width, height):
            raise KnownError("An area to redact reaches out of the photograph.", code="area-outside")
        blocks |= find_blocks_under(area)
    return [
        _turn_upright(run, width, height, orientation) for run in _join_blocks_of_row(blocks, width, height)
    ]


def find_blocks_under(area: Redaction) -> set[PixelBlock]:
    """The blocks (column, row; from the upper left corner of the recorded grid) that an area may touch."""
    if area.shape is MarkShape.ELLIPSE:
        return _find_blocks_of_ellipse(area.points)
    if area.shape is MarkShape.RECTANGLE:
        return set(_iterate_box_blocks(area.points))
    return _find_blocks_of_polygon(area.points)


def _iterate_box_blocks(points: Iterable[PixelPoint]) -> Iterator[PixelBlock]:
    """All blocks of the box around these pixels and the margin."""
    xs, ys = zip(*points, strict=True)
    for row in range(_block_of_pixel(min(ys) - MARGIN), _block_of_pixel(max(ys) + MARGIN) + 1):
        for column in range(_block_of_pixel(min(xs) - MARGIN), _block_of_pixel(max(xs) + MARGIN) + 1):
            yield column, row


def _find_blocks_of_ellipse(points: tuple[PixelPoint, ...]) -> set[PixelBlock]:
    """Those of its box whose point nearest to the centre lies within the ellipse with its margin."""
    (x1, y1), (x2, y2) = points
    centre_x, centre_y = (x1 + x2 + 1) / 2, (y1 + y2 + 1) / 2
    reach_x, reach_y = (abs(x2 - x1) + 1) / 2 + MARGIN, (abs(y2 - y1) + 1) / 2 + MARGIN
    found = set()
    for column, row in _iterate_box_blocks(points):
        x = min(max(centre_x, column * BLOCK_SIZE), (column + 1) * BLOCK_SIZE)
        y = min(max(centre_y, row * BLOCK_SIZE), (row + 1) * BLOCK_SIZE)
        if ((x - centre_x) / reach_x) ** 2 + ((y - centre_y) / reach_y) ** 2 <= 1:
            found.add((column, row))
    return found


def _find_blocks_of_polygon(points: tuple[PixelPoint, ...]) -> set[PixelBlock]:
    """The blocks its sides come near to, and all that cannot be left without crossing one of these.

    So a polygon that crosses itself has no hole.
    """
    sides: set[PixelBlock] = set()
    for start, end in pairwise((*points, points[0])):
        sides.update(_iterate_blocks_along_side(start, end))
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


def _iterate_blocks_along_side(start: PixelPoint, end: PixelPoint) -> Iterator[PixelBlock]:
    """The blocks that the pixels of a side and the margin around them lie in."""
    (x1, y1), (x2, y2) = sorted((start, end), key=lambda point: point[1])
    for row in range(_block_of_pixel(y1 - MARGIN), _block_of_pixel(y2 + MARGIN) + 1):
        top = max(y1, row * BLOCK_SIZE - MARGIN - 1)
        bottom = min(y2, (row + 1) * BLOCK_SIZE + MARGIN)
        across = [x1, x2] if y1 == y2 else [x1 + (x2 - x1) * (y - y1) / (y2 - y1) for y in (top, bottom)]
        first, last = math.floor(min(across)) - MARGIN, math.ceil(max(across)) + MARGIN
        for column in range(_block_of_pixel(first), _block_of_pixel(last) + 1):
            yield column, row


def _block_of_pixel(pixel: int) -> int:
    return pixel // BLOCK_SIZE


def _join_blocks_of_row(blocks: set[PixelBlock], width: int, height: int) -> Iterator[PixelRectangle]:
    """Neighbours in a row as one rectangle of recorded pixels, cut off at the edge of the photograph."""
    run: list[PixelBlock] = []
    for block in sorted(blocks, key=lambda block: (block[1], block[0])):
        if run and (block[1] != run[-1][1] or block[0] != run[-1][0] + 1):
            yield from _run_to_rectangle(run, width, height)
            run = []
        run.append(block)
    if run:
        yield from _run_to_rectangle(run, width, height)


def _run_to_rectangle(run: list[PixelBlock], width: int, height: int) -> Iterator[PixelRectangle]:
    (first, row), (last, _row) = run[0], run[-1]
    left, top = max(0, first * BLOCK_SIZE), max(0, row * BLOCK_SIZE)
    right, bottom = min(width, (last + 1) * BLOCK_SIZE), min(height, (row + 1) * BLOCK_SIZE)
    if left < right and top < bottom:
        yield left, top, right, bottom


def _turn_upright(recorded: PixelRectangle, width: int, height: int, orientation: int) -> PixelRectangle:
    left, top, right, bottom = recorded
    corners = [
        to_upright(point, width, height, orientation) for point in ((left, top), (right - 1, bottom - 1))
    ]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs) + 1, max(ys) + 1
