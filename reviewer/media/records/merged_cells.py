"""Merged ranges of a spreadsheet: a value counts for its first cell, others say with what."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils.cell import range_boundaries

from reviewer.domain.records.table import RecordCell, SheetRow, format_column_letters
from reviewer.media.records.delimited import MOST_COLUMNS


def mark_merged_cells(rows: list[SheetRow], ranges: list[str]) -> Iterator[SheetRow]:
    """Cells that a merged range covers say which cell they are merged with, and what that holds."""
    held = {row.number: row.cells for row in rows}
    covered: dict[int, dict[int, RecordCell]] = {}
    for merged_range in ranges:
        left, top, right, bottom = range_boundaries(merged_range)
        first = held.get(top, ())
        text = first[left - 1].text if left <= len(first) else ""
        corner = f"{format_column_letters(left - 1)}{top}"
        covered_cell = RecordCell("", doubt=f"merged with {corner}, which holds: {text[:80] or 'nothing'}")
        for number in held if bottom - top > len(held) else range(top, bottom + 1):
            if top <= number <= bottom and number in held:
                places = covered.setdefault(number, {})
                for place in range(left - 1, min(right, MOST_COLUMNS)):
                    if (number, place) != (top, left - 1):
                        places[place] = covered_cell
    for row in rows:
        hidden = covered.get(row.number, {})
        width = max(len(row.cells), *(place + 1 for place in hidden)) if hidden else len(row.cells)
        cells = [row.cell(place) for place in range(width)]
        for place, covered_cell in hidden.items():
            if not cells[place].text:
                cells[place] = covered_cell
        yield SheetRow(row.number, tuple(cells))
