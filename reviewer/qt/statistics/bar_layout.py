"""Where names, bars and columns of numbers stand in the room there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from reviewer.domain.figures.columns import NumberColumn
from reviewer.domain.figures.figures import Figure

WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_NAME_PART, _LEAST_NAME = 0.3, 96
_LEAST_BAR, _BAR, _INTERVAL = 120, 14, 9
_ROW, _ROW_WITH_INTERVALS = 36, 46
_BESIDE, _BETWEEN, _CLOSE = 24, 16, 6
"""Between bars and numbers, between columns, and between a share and of how many it is."""


@dataclass(frozen=True)
class PlacedColumn:
    """A column of numbers that ends at `right`; `below` are the intervals that stand under its cells."""

    column: NumberColumn
    right: int
    width: int
    below: NumberColumn | None = None


@dataclass(frozen=True)
class BarLayout:
    """Everything across in pixels; `tops` has the upper end of each row, and the lower end of the last.

    `line` is the height of a line of type, `bar` that of a bar; the bar of a row stands beside the first line
    of its name, and the interval `interval` below the top of the row.
    """

    width: int
    name_width: int
    bar_left: int
    bar_width: int
    columns: tuple[PlacedColumn, ...]
    head: int
    tops: tuple[int, ...]
    axis: int
    line: int
    bar: int
    pad: int

    @property
    def height(self) -> int:
        return self.tops[-1] + self.axis

    def find_row(self, y: float) -> int | None:
        """The number of the row at that height; None above and below all."""
        return next(
            (row for row in range(len(self.tops) - 1) if self.tops[row] <= y < self.tops[row + 1]), None
        )


def lay_out_bars(
    figures: Sequence[Figure],
    columns: Sequence[NumberColumn],
    room: int,
    body: QFontMetrics,
    caption: QFontMetrics,
    spacing: float,
) -> BarLayout:
    """Names take what they need up to a third, numbers what they need, bars the rest.

    Where that is too little for bars, intervals go below their shares; where it is still too little,
    everything is wider than `room`. `spacing` is 1 where type has its usual size.
    """
    across = body.horizontalAdvance
    longest = max(across(figure.label) for figure in figures) + 2
    word = max(across(word) for figure in figures for word in figure.label.split() or [""]) + 2
    names = min(longest, max(round(room * _NAME_PART), round(_LEAST_NAME * spacing)))
    least = round(_LEAST_BAR * spacing)
    groups = _group_columns(columns, stacked=False)
    numbers = _measure_columns(groups, body, caption)
    spent = 2 * _BESIDE
    if room - names - numbers - spent < least:
        groups = _group_columns(columns, stacked=True)
        numbers = _measure_columns(groups, body, caption)
        names = min(names, max(word, room - least - numbers - spent))
    bar_width = max(least, room - names - numbers - spent)
    width = names + bar_width + numbers + spent
    line, is_stacked = body.height(), any(below is not None for _column, below in groups)
    has_intervals = any(column.is_interval for column in columns)
    pad = round(8 * spacing)
    least_row = round((_ROW_WITH_INTERVALS if has_intervals else _ROW) * spacing)
    lower = caption.height() if is_stacked else round(_INTERVAL * spacing) + 6 if has_intervals else 0
    head = 2 * pad + caption.height()
    tops = [head]
    for figure in figures:
        wrapped = body.boundingRect(QRect(0, 0, names, 10_000), int(WRAPPED), figure.label).height()
        tops.append(tops[-1] + max(least_row, 2 * pad + line + lower, 2 * pad + wrapped))
    return BarLayout(
        width=width,
        name_width=names,
        bar_left=names + _BESIDE,
        bar_width=bar_width,
        columns=tuple(_place_columns(groups, width, body, caption)),
        head=head,
        tops=tuple(tops),
        axis=pad + 2 * caption.height() + pad,
        line=line,
        bar=round(_BAR * spacing),
        pad=pad,
    )


_Groups = Sequence[tuple[NumberColumn, NumberColumn | None]]


def _group_columns(columns: Sequence[NumberColumn], *, stacked: bool) -> _Groups:
    """Each column with the intervals that go below it: the next ones, where they are stacked."""
    if not stacked:
        return [(column, None) for column in columns]
    found: list[tuple[NumberColumn, NumberColumn | None]] = []
    for column in columns:
        if column.is_interval:
            place = max(number for number, (above, _below) in enumerate(found) if not above.is_quiet)
            found[place] = (found[place][0], column)
        else:
            found.append((column, None))
    return found


def _measure_column(
    column: NumberColumn, below: NumberColumn | None, body: QFontMetrics, caption: QFontMetrics
) -> int:
    cells = max(body.horizontalAdvance(cell) for cell in column.cells)
    lower = max((caption.horizontalAdvance(cell) for cell in below.cells), default=0) if below else 0
    return max(cells, lower, caption.horizontalAdvance(column.head)) + 2


def _measure_columns(groups: _Groups, body: QFontMetrics, caption: QFontMetrics) -> int:
    gaps = sum(_find_gap(column) for column, _below in groups[1:])
    return gaps + sum(_measure_column(column, below, body, caption) for column, below in groups)


def _find_gap(column: NumberColumn) -> int:
    return _CLOSE if column.is_quiet and not column.is_interval else _BETWEEN


def _place_columns(
    groups: _Groups, width: int, body: QFontMetrics, caption: QFontMetrics
) -> list[PlacedColumn]:
    """From the right edge to the left."""
    placed: list[PlacedColumn] = []
    right = width
    for column, below in reversed(groups):
        wide = _measure_column(column, below, body, caption)
        placed.append(PlacedColumn(column, right, wide, below))
        right -= wide + _find_gap(column)
    return placed[::-1]
