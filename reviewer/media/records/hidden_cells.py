"""Rows and columns that a spreadsheet does not show: their cells are read, and say that they are hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from reviewer.domain.records.table import RecordCell, SheetRow, format_column_letters
from reviewer.media.records.delimited import MOST_COLUMNS

_MOST_NAMED = 12


def find_hidden_rows(dimensions: Mapping[str, Mapping[str, str]]) -> set[int]:
    """The numbers of rows that are hidden or have no height; from attributes by row."""
    return {int(row) for row, told in dimensions.items() if _is_hidden(told, "ht")}


def find_hidden_columns(dimensions: Iterable[Mapping[str, Any]]) -> set[int]:
    """The places (from 0) of columns that are hidden or have no width."""
    found: set[int] = set()
    for told in dimensions:
        if _is_hidden(told, "width"):
            first, last = int(told["min"]), min(int(told.get("max", told["min"])), MOST_COLUMNS)
            found.update(range(first - 1, last))
    return found


def describe_hidden(rows: set[int], columns: set[int], filtered: bool) -> list[str]:
    """What is hidden, in sentences."""
    notes = []
    if rows:
        why = "A filter or somebody" if filtered else "Somebody"
        many = "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
        notes.append(f"{why} has hidden {many} of the sheet; what stands there is read, as doubts.")
    if columns:
        named = ", ".join(format_column_letters(place) for place in sorted(columns)[:_MOST_NAMED])
        more = f" and {len(columns) - _MOST_NAMED:,} more" if len(columns) > _MOST_NAMED else ""
        notes.append(f"Hidden columns: {named}{more}; what stands there is read, as doubts.")
    return notes


def mark_hidden_cells(
    rows: Iterable[SheetRow], in_rows: set[int], in_columns: set[int], filtered: bool
) -> Iterator[SheetRow]:
    """Return the rows with a doubt in the first cell of a hidden row and in every cell of a hidden column."""
    by_row = (
        "in a row that a filter or somebody has hidden" if filtered else "in a row that is hidden in the file"
    )
    for row in rows:
        cells = list(row.cells)
        filled = [place for place, cell in enumerate(cells) if cell.text]
        if row.number in in_rows and filled:
            cells[filled[0]] = _add_doubt(cells[filled[0]], by_row)
        for place in filled:
            if place in in_columns:
                cells[place] = _add_doubt(cells[place], "in a column that is hidden in the file")
        yield SheetRow(row.number, tuple(cells))


def _add_doubt(cell: RecordCell, why: str) -> RecordCell:
    return replace(cell, doubt="; ".join(doubt for doubt in (cell.doubt, why) if doubt))


def _is_hidden(dimension: Mapping[str, Any], size: str) -> bool:
    if str(dimension.get("hidden", "")).casefold() in {"1", "true"}:
        return True
    try:
        return float(dimension[size]) == 0
    except (KeyError, ValueError, TypeError):
        return False
