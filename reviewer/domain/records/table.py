"""A file of records as a table: what stands in its cells, where, and what is odd about it.

Nothing is read into the cells here: text stays the text it is. What a value means is decided by the mapping
of its column (`records.values`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.errors import KnownError


class RecordCellKind(StrEnum):
    """What the file says a cell is. A file of plain text knows TEXT only."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TRUTH = "truth"
    ERROR = "error"
    DOUBTFUL = "doubtful"
    """What it says is not certain: kept as it stands, and read as nothing."""


@dataclass(frozen=True, slots=True)
class RecordCell:
    """`text` as the file has it (a date as ISO 8601); `doubt` is what is odd about it, "" if nothing."""

    text: str = ""
    kind: RecordCellKind = RecordCellKind.TEXT
    doubt: str = ""


EMPTY_CELL = RecordCell()
NAME_SEPARATOR = " / "
"""Between a name that stands over several columns and the names below it."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`number` as in the file, counted from 1; no cells behind the last one that holds something."""

    number: int
    cells: tuple[RecordCell, ...]

    def cell(self, place: int) -> RecordCell:
        """Return the cell at a place, counted from 0; an empty one behind the last."""
        return self.cells[place] if place < len(self.cells) else EMPTY_CELL


@dataclass(frozen=True)
class RecordSheet:
    """One sheet as it was read: every row that holds something. `sheet` is "" for a file of plain text.

    `encoding` and `delimiter` are how a file of plain text was read, `why` what decided the encoding.
    """

    rows: tuple[SheetRow, ...]
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    why: str = ""
    notes: tuple[str, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged ranges: first column, first row, last column, last row, counted from 1."""


@dataclass(frozen=True)
class RecordTable:
    """A grid with names over its columns. `columns` are different from each other and never empty."""

    grid: RecordSheet
    header_row: int
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...]
    header_rows: int = 1
    """Over how many rows the names stand, from `header_row` on."""

    def column(self, name: str) -> list[RecordCell]:
        """The cells below a name, top to bottom."""
        place = self.columns.index(name)
        return [row.cell(place) for row in self.rows]


def table_from_sheet(grid: RecordSheet, header_row: int = 0, header_rows: int = 0) -> RecordTable:
    """The grid with the names of its first row (or of `header_row`) over its columns.

    The first row that holds two cells or more is taken for the names: titles stand above in one cell. Where
    names in it stand over several columns, the row below holds names too, unless `header_rows` says how many
    rows do. KnownError if there is no such row, or nothing below it.
    """
    header = _find_header_row(grid, header_row)
    deep = header_rows or (2 if _has_merged_names(grid, header.number) else 1)
    last = header.number + deep - 1
    below = tuple(row for row in grid.rows if row.number > last)
    if not below:
        raise KnownError("The file has no rows below the names of its columns.", code="records-empty")
    width = max(len(header.cells), *(len(row.cells) for row in below))
    columns, notes = _make_column_names(_join_header_rows(grid, header, last), width)
    if deep > 1:
        why = "" if header_rows else ", since names in the first stand over several columns"
        notes.append(f"The names of the columns are read from rows {header.number} to {last}{why}.")
    left_out = [row.number for row in grid.rows if row.number < header.number]
    if left_out:
        notes.append(f"Rows above row {header.number} are not read as records: {_format_numbers(left_out)}.")
    return RecordTable(grid, header.number, columns, below, (*grid.notes, *notes), deep)


def _has_merged_names(grid: RecordSheet, row: int) -> bool:
    """Whether something in a row is merged over several columns, and nothing but it."""
    return any(top == bottom == row and right > left for left, top, right, bottom in grid.merged)


def _join_header_rows(grid: RecordSheet, header: SheetRow, last: int) -> SheetRow:
    """Names over several rows as one: "Numbers / Branch". A merged name counts for all its columns."""
    rows = [row for row in grid.rows if header.number <= row.number <= last]
    width = max(len(row.cells) for row in rows)
    names: list[list[str]] = [[] for _place in range(width)]
    for row in rows:
        for place in range(width):
            text = " ".join(_find_column_heading(grid, row, place).split())
            if text and text not in names[place]:
                names[place].append(text)
    return SheetRow(header.number, tuple(RecordCell(NAME_SEPARATOR.join(parts)) for parts in names))


def _find_column_heading(grid: RecordSheet, row: SheetRow, place: int) -> str:
    text = row.cell(place).text
    for left, top, right, bottom in grid.merged if not text.strip() else ():
        if left <= place + 1 <= right and top <= row.number <= bottom:
            first = next((found.cells for found in grid.rows if found.number == top), ())
            return first[left - 1].text if left <= len(first) else ""
    return text


def _find_header_row(grid: RecordSheet, header_row: int) -> SheetRow:
    if header_row:
        found = next((row for row in grid.rows if row.number == header_row), None)
        if found is None:
            raise KnownError(f"Row {header_row} of the file is empty.", code="records-header")
        return found
    widest = max((_count_filled_cells(row) for row in grid.rows), default=0)
    if not widest:
        raise KnownError("The file has no rows.", code="records-empty")
    return next(row for row in grid.rows if _count_filled_cells(row) >= min(2, widest))


def _count_filled_cells(row: SheetRow) -> int:
    return sum(1 for cell in row.cells if cell.text.strip())


def _make_column_names(header: SheetRow, width: int) -> tuple[tuple[str, ...], list[str]]:
    notes: list[str] = []
    names: list[str] = []
    for place in range(width):
        name = " ".join(header.cell(place).text.split())
        if not name:
            name = f"(column {format_column_letters(place)})"
            notes.append(f"Column {format_column_letters(place)} has no name; it is called {name}.")
        unique, count = name, 1
        while unique in names:
            count += 1
            unique = f"{name} ({count})"
        if count > 1:
            notes.append(f"The name {name} stands over several columns; this one is called {unique}.")
        names.append(unique)
    return tuple(names), notes


def format_column_letters(place: int) -> str:
    """The letters of a column, counted from 0: A, B, ... Z, AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _format_numbers(numbers: Sequence[int], most: int = 5) -> str:
    shown = ", ".join(str(number) for number in numbers[:most])
    return shown if len(numbers) <= most else f"{shown} and {len(numbers) - most:,} more"


def drop_empty_rows(rows: Iterable[SheetRow]) -> tuple[SheetRow, ...]:
    """Rows that hold something, without the empty cells at their ends."""
    return tuple(short for row in rows if (short := _drop_trailing_cells(row)).cells)


def _drop_trailing_cells(row: SheetRow) -> SheetRow:
    last = len(row.cells)
    while last and not row.cells[last - 1].text and not row.cells[last - 1].doubt:
        last -= 1
    return SheetRow(row.number, row.cells[:last])
