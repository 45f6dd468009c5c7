"""Which parts of a photograph were on screen at one image pixel per screen pixel or larger.

It says what was shown, not what was looked at. Cells are CELL pixels wide and high in the upright grid.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

CELL_SIZE = 64
ViewedPoint = tuple[float, float]
ViewedRectangle = tuple[int, int, int, int]


class ViewedArea:
    """Cells of one photograph of `width` x `height` pixels."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._across = max(1, math.ceil(width / CELL_SIZE))
        self._down = max(1, math.ceil(height / CELL_SIZE))
        self._cells = bytearray(self._across * self._down)

    def note(self, box: tuple[float, float, float, float], shows: Callable[[ViewedPoint], bool]) -> bool:
        """Mark each cell that touches `box` (left, top, right, bottom) and has all its corners shown.

        True if a cell was new.
        """
        before = self._cells.count(1)
        left, top = max(0, int(box[0] // CELL_SIZE)), max(0, int(box[1] // CELL_SIZE))
        right, bottom = (
            min(self._across - 1, int(box[2] // CELL_SIZE)),
            min(self._down - 1, int(box[3] // CELL_SIZE)),
        )
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                place = row * self._across + column
                if not self._cells[place] and all(map(shows, self._iterate_corners(column, row))):
                    self._cells[place] = 1
        return self._cells.count(1) > before

    @property
    def permille(self) -> int:
        """The share that was shown, in thousandths of the cells; 1000 only if it was all of them."""
        return self._cells.count(1) * 1000 // len(self._cells)

    def unseen(self) -> Iterator[ViewedRectangle]:
        """What was never shown, as few rectangles (left, top, right, bottom) row by row."""
        for row in range(self._down):
            line = self._cells[row * self._across : (row + 1) * self._across]
            column = line.find(0)
            while column >= 0:
                end = line.find(1, column)
                end = self._across if end < 0 else end
                yield self._cells_to_rectangle(column, row, end)
                column = line.find(0, end)

    def _cells_to_rectangle(self, column: int, row: int, end: int) -> ViewedRectangle:
        return (
            column * CELL_SIZE,
            row * CELL_SIZE,
            min(self.width, end * CELL_SIZE),
            min(self.height, (row + 1) * CELL_SIZE),
        )

    def _iterate_corners(self, column: int, row: int) -> Iterator[ViewedPoint]:
        left, top, right, bottom = self._cells_to_rectangle(column, row, column + 1)
        yield from ((left, top), (right, top), (left, bottom), (right, bottom))
