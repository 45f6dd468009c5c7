"""Where each cell of a grid with sections lies. Arithmetic only: nothing is made for a cell out of view.

A cell is known by its index, 0 to count - 1, in the order of the sections. Sections that fit beside each
other share a row, so that small ones do not leave most of the window empty; one that is longer than a row
has its rows for itself. So a row is always a run of consecutive cells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

GAP, NARROWEST = 20, 150
"""Between sections in one row; and how much room one has at least, for its heading."""


@dataclass(frozen=True)
class CellSize:
    """How much room one cell takes and how tall the heading of a section is, in pixels of the widget."""

    wide: int
    tall: int
    heading: int


@dataclass(frozen=True)
class SectionHeading:
    """Where the heading of a section lies, and the lowest top it may have while its cells scroll by."""

    section: int
    left: int
    top: int
    wide: int
    last_top: int


class GridLayout:
    """Places cells; made again when width, sizes or sections change (some ms for 20,000 sections)."""

    def __init__(self, lengths: Sequence[int], width: int, cell: CellSize, margin: int = 8) -> None:
        self.cell, self._margin = cell, margin
        self._width = max(cell.wide, width - 2 * margin)
        self.columns = self._width // cell.wide
        self._starts: list[int] = []
        self._lefts: list[int] = []
        self._row_of: list[int] = []
        self._tops: list[int] = []
        self._firsts: list[int] = []
        self.count = self.height = 0
        free = 0
        for length in lengths:
            free = self._place_section(length, free)
        self.height += margin

    def _place_section(self, length: int, free: int) -> int:
        """Put the next section into the last row if it fits, else below; where the row is free from then."""
        wide = max(min(length, self.columns) * self.cell.wide, min(NARROWEST, self._width))
        beside = length <= self.columns and free > 0 and free + wide <= self._width
        if not beside:
            free, top = 0, self.height + self.cell.heading
            for row in range(-(-length // self.columns)):
                self._tops.append(top + row * self.cell.tall)
                self._firsts.append(self.count + row * self.columns)
            self.height = self._tops[-1] + self.cell.tall
        rows = max(1, -(-length // self.columns))
        self._starts.append(self.count)
        self._lefts.append(free)
        self._row_of.append(len(self._tops) - rows)
        self.count += length
        return free + wide + GAP if length <= self.columns else self._width

    def find_section(self, index: int) -> int:
        return bisect_right(self._starts, index) - 1

    def _find_row(self, index: int) -> int:
        return bisect_right(self._firsts, index) - 1

    def position(self, index: int) -> tuple[int, int]:
        """Left and top of a cell, from the top of everything."""
        row, section = self._find_row(index), self.find_section(index)
        first = max(self._firsts[row], self._starts[section])
        left = self._margin + self._lefts[section] + (index - first) * self.cell.wide
        return left, self._tops[row]

    def _list_cells(self, row: int) -> range:
        end = self._firsts[row + 1] if row + 1 < len(self._firsts) else self.count
        return range(self._firsts[row], end)

    def visible(self, top: int, bottom: int) -> range:
        """Return the cells that lie at least partly between two heights."""
        first = bisect_right(self._tops, top - self.cell.tall)
        last = bisect_right(self._tops, bottom - 1) - 1
        if first > last or first >= len(self._tops):
            return range(0)
        return range(self._firsts[first], self._list_cells(last).stop)

    def headings(self, top: int, bottom: int) -> list[SectionHeading]:
        """Return the headings of sections that lie at least partly between two heights."""
        seen = self.visible(top, bottom + self.cell.heading)
        if not seen:
            return []
        return [
            self._make_heading(section)
            for section in range(self.find_section(seen[0]), self.find_section(seen[-1]) + 1)
        ]

    def _make_heading(self, section: int) -> SectionHeading:
        start = self._starts[section]
        end = self._starts[section + 1] if section + 1 < len(self._starts) else self.count
        last = self._tops[self._find_row(end - 1)] + self.cell.tall - self.cell.heading
        left, top = self._margin + self._lefts[section], self._tops[self._row_of[section]]
        wide = self._width if end - start > self.columns else (end - start) * self.cell.wide
        return SectionHeading(
            section, left, top - self.cell.heading, max(wide, min(NARROWEST, self._width)), last
        )

    def at(self, x: int, y: int) -> int | None:
        """The cell at a point, None between cells."""
        row = bisect_right(self._tops, y) - 1
        if row < 0 or y >= self._tops[row] + self.cell.tall:
            return None
        return next((i for i in self._list_cells(row) if 0 <= x - self.position(i)[0] < self.cell.wide), None)

    def below(self, index: int) -> int:
        """The cell a row further down that is nearest to the column."""
        return self._find_in_neighbour_row(index, 1)

    def above(self, index: int) -> int:
        return self._find_in_neighbour_row(index, -1)

    def _find_in_neighbour_row(self, index: int, step: int) -> int:
        row = self._find_row(index) + step
        if not 0 <= row < len(self._tops):
            return index
        left = self.position(index)[0]
        return min(self._list_cells(row), key=lambda cell: abs(self.position(cell)[0] - left))

    def move_by_rows(self, index: int, rows: int) -> int:
        """The cell some rows down (or up, if negative), the last or first at most."""
        for _row in range(abs(rows)):
            index = self._find_in_neighbour_row(index, 1 if rows > 0 else -1)
        return index
