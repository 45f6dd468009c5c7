"""Where each cell of a grid with sections lies. Arithmetic only: nothing is made for a cell out of view.

A cell is known by its index, 0 to count - 1, in the order of the sections.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """How much room one cell takes and how tall the heading of a section is, in pixels of the widget."""

    wide: int
    tall: int
    heading: int


class GridLayout:
    """Made anew when the width, the sizes or the sections are others: a few ms for 20,000 sections."""

    def __init__(self, lengths: Sequence[int], width: int, cell: Cell, margin: int = 8) -> None:
        self.cell, self._margin = cell, margin
        self.columns = max(1, (width - 2 * margin) // cell.wide)
        self._starts: list[int] = []
        self._tops: list[int] = []
        index, top = 0, 0
        for length in lengths:
            self._starts.append(index)
            self._tops.append(top)
            index += length
            top += cell.heading + -(-length // self.columns) * cell.tall
        self.count, self.height = index, top + margin

    def section_of(self, index: int) -> int:
        return bisect_right(self._starts, index) - 1

    def position(self, index: int) -> tuple[int, int]:
        """Left and top of a cell, from the top of everything."""
        section = self.section_of(index)
        row, column = divmod(index - self._starts[section], self.columns)
        top = self._tops[section] + self.cell.heading + row * self.cell.tall
        return self._margin + column * self.cell.wide, top

    def visible(self, top: int, bottom: int) -> range:
        """The cells of which something lies between two heights."""
        if not self.count:
            return range(0)
        return range(self._first_from(top), min(self.count, self._first_from(bottom - 1) + self.columns))

    def _first_from(self, height: int) -> int:
        """The first cell of the row at a height, or of the first row below it."""
        section = max(0, bisect_right(self._tops, height) - 1)
        row = max(0, (height - self._tops[section] - self.cell.heading) // self.cell.tall)
        return min(self._starts[section] + row * self.columns, self._end(section))

    def sections(self, top: int, bottom: int) -> list[tuple[int, int]]:
        """The sections of which something lies between two heights, each with its top."""
        if not self._tops:
            return []
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_right(self._tops, bottom)
        return [(number, self._tops[number]) for number in range(first, last)]

    def at(self, x: int, y: int) -> int | None:
        """The cell at a point, None between cells."""
        column = (x - self._margin) // self.cell.wide
        if not self._tops or not 0 <= column < self.columns or y < 0:
            return None
        section = bisect_right(self._tops, y) - 1
        row = (y - self._tops[section] - self.cell.heading) // self.cell.tall
        index = self._starts[section] + row * self.columns + column
        return index if row >= 0 and index < self._end(section) else None

    def _end(self, section: int) -> int:
        return self._starts[section + 1] if section + 1 < len(self._starts) else self.count

    def below(self, index: int) -> int:
        """The cell a row further down, in the same column if the row is long enough."""
        section = self.section_of(index)
        start, end = self._starts[section], self._end(section)
        row, column = divmod(index - start, self.columns)
        if start + (row + 1) * self.columns < end:
            return min(index + self.columns, end - 1)
        return min(end + column, self._end(section + 1) - 1) if end < self.count else index

    def above(self, index: int) -> int:
        section = self.section_of(index)
        start = self._starts[section]
        row, column = divmod(index - start, self.columns)
        if row:
            return index - self.columns
        if not section:
            return index
        before, length = self._starts[section - 1], start - self._starts[section - 1]
        return min(before + (length - 1) // self.columns * self.columns + column, start - 1)

    def paged(self, index: int, rows: int) -> int:
        """The cell some rows down (or up, if negative), the last or first at most."""
        for _row in range(abs(rows)):
            index = self.below(index) if rows > 0 else self.above(index)
        return index
