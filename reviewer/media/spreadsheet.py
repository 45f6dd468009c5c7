"""Spreadsheets: the cells of one sheet of an .xlsx file. Runs in the confined process, within stated limits.

Only what stands in the file is told: a formula by the value that the file keeps of it, nothing is computed.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from reviewer.domain.errors import KnownError
from reviewer.domain.record_table import Cell, CellKind, Grid, Row, filled_rows, letters
from reviewer.media.delimited import LONGEST_CELL, MOST_COLUMNS, MOST_EMPTY, MOST_ROWS, text_cell, too_large

MOST_PARTS = 2_000
MOST_UNPACKED = 256 << 20
MOST_MERGED = 20_000
_HEAD = 1 << 16
_ZEROS = re.compile(r"^0{2,}$")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_workbook(content: bytes, wanted: str = "") -> Grid:
    """The sheet called `wanted`, or the only one that holds something. KnownError for what cannot be read."""
    if content.startswith(_OLD_OFFICE):
        raise KnownError(
            "This is a spreadsheet in the old format of Excel, or one under a password.",
            "Save it as .xlsx without a password.",
            code="records-kind",
        )
    _check_parts(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(content, wanted)
    except KnownError:
        raise
    except MemoryError:
        raise too_large("more content than memory is given for it") from None
    except Exception as error:  # openpyxl raises many kinds on damaged files; none of them is a fault of ours
        raise KnownError(
            f"The spreadsheet is damaged and cannot be read ({error.__class__.__name__}).",
            "Open it in a spreadsheet program and save it anew, or save it as CSV.",
            code="records-damaged",
        ) from None


def _check_parts(content: bytes) -> None:
    """Refuse before anything is unpacked: no workbook, one that unpacks to too much, one with entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if not any(part.filename.lstrip("/") == "[Content_Types].xml" for part in parts):
                raise KnownError(
                    "This is no spreadsheet of Excel (.xlsx).",
                    "Save it as .xlsx or CSV.",
                    code="records-kind",
                )
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
                raise KnownError(
                    f"The spreadsheet unpacks to {unpacked / 1e6:,.0f} MB in {len(parts):,} parts; "
                    f"the program reads up to {MOST_UNPACKED / 1e6:,.0f} MB in {MOST_PARTS:,}.",
                    "Save the sheet as CSV.",
                    code="records-large",
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _refuse_entities(archive, part)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
    ) as error:
        raise KnownError(
            f"The file is no readable spreadsheet ({error.__class__.__name__}).",
            "Is it damaged, or under a password?",
            code="records-kind",
        ) from None


def _refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as stream:
        head = stream.read(_HEAD).replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise KnownError(
            "The spreadsheet declares XML entities, which no spreadsheet program writes.",
            "It may be made to do harm. It was not read.",
            code="records-hostile",
        )


def _read(content: bytes, wanted: str) -> Grid:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        if wanted:
            if wanted not in sheets:
                raise KnownError(
                    f"The file has no sheet {wanted}.",
                    f"It has: {', '.join(sheets)}.",
                    code="records-sheet",
                )
            return _grid(sheets[wanted])
        grids = [grid for sheet in sheets.values() if (grid := _grid(sheet)).rows]
    finally:
        book.close()
    if len(grids) > 1:
        names = ", ".join(grid.sheet for grid in grids)
        raise KnownError(
            "The file has several sheets with rows.",
            f"Say which to read: {names}.",
            code="records-sheet",
        )
    if not grids:
        raise KnownError("The file has no rows.", code="records-empty")
    return grids[0]


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """Tells of each cell whether a formula stands in it, and keeps the format of numbers."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        cell["formula"] = element.find(FORMULA_TAG) is not None
        return cell


def _grid(sheet: Any) -> Grid:
    book = sheet.parent
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        rows = list(_rows(parser, book))
    notes: list[str] = []
    if sheet.sheet_state != "visible":
        notes.append(f"The sheet {sheet.title} is hidden in the file.")
    ranges = [str(each.ref) for each in parser.merged_cells.mergeCell] if parser.merged_cells else []
    if len(ranges) > MOST_MERGED:
        raise too_large(f"more than {MOST_MERGED:,} merged ranges")
    if ranges:
        notes.append(
            f"{len(ranges):,} merged ranges: a value counts for its first cell only, the others are doubts."
        )
        rows = list(_told_merged(rows, ranges))
    return Grid(filled_rows(rows), sheet.title, notes=tuple(notes))


def _rows(parser: _Parser, book: Any) -> Iterator[Row]:
    kept = 0
    seen: set[int] = set()
    try:
        for met, (number, found) in enumerate(parser.parse()):
            if met > MOST_EMPTY:
                raise too_large(f"more than {MOST_EMPTY:,} rows")
            cells = [each for each in found if each["value"] is not None or each["formula"]]
            if not cells:
                continue
            if number in seen or number < 1:
                raise KnownError(f"Row {number:,} stands in the sheet twice.", code="records-damaged")
            seen.add(number)
            kept += 1
            if kept > MOST_ROWS + 1:  # one of them holds the names of the columns
                raise too_large(f"more than {MOST_ROWS:,} rows")
            yield Row(number, _cells(cells, number, book))
    except ParseError as error:
        raise KnownError(
            f"The sheet is damaged: its text breaks off or does not fit ({error}).",
            "Open it in a spreadsheet program and save it anew.",
            code="records-damaged",
        ) from None


def _cells(found: list[dict[str, Any]], number: int, book: Any) -> tuple[Cell, ...]:
    by_place: dict[int, Cell] = {}
    for each in found:
        place = each["column"] - 1
        if place >= MOST_COLUMNS:
            raise too_large(f"more than {MOST_COLUMNS} columns, in row {number:,}")
        by_place[place] = _cell(each, book)
    return tuple(by_place.get(place, Cell()) for place in range(max(by_place) + 1))


def _cell(found: dict[str, Any], book: Any) -> Cell:
    value, kind = found["value"], found["data_type"]
    if value is None:
        return Cell("", doubt="a formula of which the file keeps no value; nothing was computed")
    if kind == "e":
        return Cell(str(value)[:100], CellKind.ERROR, f"an error of the spreadsheet: {str(value)[:100]}")
    if isinstance(value, bool):
        return Cell("true" if value else "false", CellKind.TRUTH)
    if isinstance(value, int | float):
        return _number(value, _shown_zeros(found, book))
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value)
    text = str(value)
    if len(text) > LONGEST_CELL:
        raise too_large(f"a cell of more than {LONGEST_CELL:,} signs")
    return text_cell(text)


def _number(value: float, zeros: int) -> Cell:
    if isinstance(value, float) and not value.is_integer():
        return Cell(repr(value), CellKind.NUMBER)
    text = str(int(value))
    if len(text.lstrip("-")) > 15:
        return Cell(text, CellKind.NUMBER, "spreadsheets keep only the first 15 digits of a number")
    if len(text) < zeros:
        return Cell(
            text.zfill(zeros), CellKind.TEXT, f"stored as the number {text}, shown as {text.zfill(zeros)}"
        )
    return Cell(text, CellKind.NUMBER)


def _shown_zeros(found: dict[str, Any], book: Any) -> int:
    """How many digits a format like 0000 shows at least, 0 for any other format."""
    try:
        style = book._cell_styles[found["style_id"]]
        format_ = book._number_formats[style.numFmtId - 164] if style.numFmtId >= 164 else ""
    except (IndexError, KeyError, TypeError, AttributeError):
        return 0
    return len(format_) if _ZEROS.match(str(format_)) and len(format_) <= 15 else 0


def _moment(value: datetime | date | time | timedelta) -> Cell:
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return Cell(value.date().isoformat() if midnight else value.isoformat(" ", "seconds"), CellKind.DATE)
    if isinstance(value, date):
        return Cell(value.isoformat(), CellKind.DATE)
    return Cell(str(value), CellKind.TEXT, "a time of day or a length of time, no date")


def _told_merged(rows: list[Row], ranges: list[str]) -> Iterator[Row]:
    """Cells that a merged range covers say which cell they are merged with, and what that holds."""
    held = {row.number: row.cells for row in rows}
    covered: dict[int, dict[int, Cell]] = {}
    for each in ranges:
        left, top, right, bottom = range_boundaries(each)
        first = held.get(top, ())
        text = first[left - 1].text if left <= len(first) else ""
        told = Cell("", doubt=f"merged with {letters(left - 1)}{top}, which holds: {text[:80] or 'nothing'}")
        for number in held if bottom - top > len(held) else range(top, bottom + 1):
            if top <= number <= bottom and number in held:
                places = covered.setdefault(number, {})
                for place in range(left - 1, min(right, MOST_COLUMNS)):
                    if (number, place) != (top, left - 1):
                        places[place] = told
    for row in rows:
        hidden = covered.get(row.number, {})
        width = max(len(row.cells), *(place + 1 for place in hidden)) if hidden else len(row.cells)
        cells = [row.cells[place] if place < len(row.cells) else Cell() for place in range(width)]
        for place, told in hidden.items():
            if not cells[place].text:
                cells[place] = told
        yield Row(row.number, tuple(cells))
