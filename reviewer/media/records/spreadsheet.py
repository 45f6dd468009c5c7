"""Spreadsheets: the cells of one sheet of an .xlsx file. Runs in the confined process, within stated limits.

Only what stands in the file is told: a formula by the value that the file keeps of it, nothing is computed.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from reviewer.domain.errors import KnownError
from reviewer.domain.records.table import RecordCell, RecordCellKind, RecordSheet, SheetRow, drop_empty_rows
from reviewer.media.records.delimited import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_EMPTY,
    MOST_MERGED,
    MOST_ROWS,
    make_text_cell,
    make_too_large_error,
)
from reviewer.media.records.hidden_cells import (
    describe_hidden,
    find_hidden_columns,
    find_hidden_rows,
    mark_hidden_cells,
)
from reviewer.media.records.merged_cells import mark_merged_cells
from reviewer.media.records.sheet_looks import STRUCK_OUT, SheetStyles, find_struck_text
from reviewer.media.records.sheet_source import SheetParser, open_parser

MOST_PARTS = 2_000
MOST_UNPACKED = 256 << 20
_HEAD = 1 << 16
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_workbook(content: bytes, wanted: str = "") -> RecordSheet:
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
            return _read_sheets(content, wanted)
    except KnownError:
        raise
    except MemoryError:
        raise make_too_large_error("more content than memory is given for it") from None
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


def _read_sheets(content: bytes, wanted: str) -> RecordSheet:
    book = load_workbook(
        io.BytesIO(content), read_only=True, data_only=True, keep_links=False, rich_text=True
    )
    try:
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        if wanted:
            if wanted not in sheets:
                raise KnownError(
                    f"The file has no sheet {wanted}.",
                    f"It has: {', '.join(sheets)}.",
                    code="records-sheet",
                )
            return _read_grid(sheets[wanted])
        grids = [grid for sheet in sheets.values() if (grid := _read_grid(sheet)).rows]
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


def _read_grid(sheet: Any) -> RecordSheet:
    with open_parser(sheet) as parser:
        rows = list(_read_rows(parser, SheetStyles(sheet.parent)))
    notes: list[str] = []
    if sheet.sheet_state != "visible":
        notes.append(f"The sheet {sheet.title} is hidden in the file.")
    ranges = (
        [str(merged_range.ref) for merged_range in parser.merged_cells.mergeCell]
        if parser.merged_cells
        else []
    )
    if len(ranges) > MOST_MERGED:
        raise make_too_large_error(f"more than {MOST_MERGED:,} merged ranges")
    if ranges:
        notes.append(
            f"{len(ranges):,} merged ranges: a value counts for its first cell only, the others are doubts."
        )
        rows = list(mark_merged_cells(rows, ranges))
    rows = _mark_hidden(rows, parser, notes)
    merged = tuple(range_boundaries(reference) for reference in ranges)
    return RecordSheet(drop_empty_rows(rows), sheet.title, notes=tuple(notes), merged=merged)


def _mark_hidden(rows: list[SheetRow], parser: SheetParser, notes: list[str]) -> list[SheetRow]:
    filter_ = getattr(parser, "auto_filter", None)  # set where the sheet has one
    filtered = bool(filter_ and filter_.filterColumn)
    in_rows = find_hidden_rows(parser.row_dimensions) & {row.number for row in rows}
    width = max((len(row.cells) for row in rows), default=0)
    in_columns = find_hidden_columns(parser.column_dimensions.values()) & set(range(width))
    notes += describe_hidden(in_rows, in_columns, filtered)
    return list(mark_hidden_cells(rows, in_rows, in_columns, filtered))


def _read_rows(parser: SheetParser, looks: SheetStyles) -> Iterator[SheetRow]:
    kept = 0
    seen: set[int] = set()
    try:
        for met, (number, found) in enumerate(parser.parse()):
            if met > MOST_EMPTY:
                raise make_too_large_error(f"more than {MOST_EMPTY:,} rows")
            cells = [cell for cell in found if cell["value"] is not None or cell["formula"]]
            if not cells:
                continue
            if number in seen or number < 1:
                raise KnownError(f"Row {number:,} stands in the sheet twice.", code="records-damaged")
            seen.add(number)
            kept += 1
            if kept > MOST_ROWS + 1:  # one of them holds the names of the columns
                raise make_too_large_error(f"more than {MOST_ROWS:,} rows")
            yield SheetRow(number, _make_cells(cells, number, looks))
    except ParseError as error:
        raise KnownError(
            f"The sheet is damaged: its text breaks off or does not fit ({error}).",
            "Open it in a spreadsheet program and save it anew.",
            code="records-damaged",
        ) from None


def _make_cells(found: list[dict[str, Any]], number: int, looks: SheetStyles) -> tuple[RecordCell, ...]:
    by_place: dict[int, RecordCell] = {}
    for cell in found:
        place = cell["column"] - 1
        if place >= MOST_COLUMNS:
            raise make_too_large_error(f"more than {MOST_COLUMNS} columns, in row {number:,}")
        by_place[place] = _make_cell(cell, looks)
    return tuple(by_place.get(place, RecordCell()) for place in range(max(by_place) + 1))


def _make_cell(found: dict[str, Any], looks: SheetStyles) -> RecordCell:
    """The cell; if it is struck out, it is kept and read as nothing."""
    cell = _make_stored_cell(found, looks)
    struck = (
        STRUCK_OUT if cell.text and looks.is_struck(found["style_id"]) else find_struck_text(found["value"])
    )
    if not struck:
        return cell
    return RecordCell(
        cell.text, RecordCellKind.DOUBTFUL, "; ".join(doubt for doubt in (struck, cell.doubt) if doubt)
    )


def _make_stored_cell(found: dict[str, Any], looks: SheetStyles) -> RecordCell:
    value, kind = found["value"], found["data_type"]
    if value is None:
        return RecordCell("", doubt="a formula of which the file keeps no value; nothing was computed")
    if kind == "e":
        return RecordCell(
            str(value)[:100], RecordCellKind.ERROR, f"an error of the spreadsheet: {str(value)[:100]}"
        )
    if isinstance(value, bool):
        return RecordCell("true" if value else "false", RecordCellKind.TRUTH)
    if isinstance(value, int | float):
        return _make_number_cell(value, found["style_id"], looks)
    if isinstance(value, datetime | date | time | timedelta):
        return _make_time_cell(value, found["style_id"], looks)
    text = str(value)
    if len(text) > LONGEST_CELL:
        raise make_too_large_error(f"a cell of more than {LONGEST_CELL:,} signs")
    return make_text_cell(text)


def _make_number_cell(value: float, style_id: int, looks: SheetStyles) -> RecordCell:
    shown, zeros = looks.describe_number_doubt(style_id, value), looks.count_zeros(style_id)
    if shown:
        return RecordCell(repr(value), RecordCellKind.DOUBTFUL, shown)
    if isinstance(value, float) and not value.is_integer():
        return RecordCell(repr(value), RecordCellKind.NUMBER)
    text = str(int(value))
    if len(text.lstrip("-")) > 15:
        return RecordCell(
            text, RecordCellKind.NUMBER, "spreadsheets keep only the first 15 digits of a number"
        )
    if len(text) < zeros:
        return RecordCell(
            text.zfill(zeros),
            RecordCellKind.TEXT,
            f"stored as the number {text}, shown as {text.zfill(zeros)}",
        )
    return RecordCell(text, RecordCellKind.NUMBER)


def _make_time_cell(
    value: datetime | date | time | timedelta, style_id: int, looks: SheetStyles
) -> RecordCell:
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        text = value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
        shown = looks.describe_date_doubt(style_id, value)
        return (
            RecordCell(text, RecordCellKind.DOUBTFUL, shown)
            if shown
            else RecordCell(text, RecordCellKind.DATE)
        )
    if isinstance(value, date):
        return RecordCell(value.isoformat(), RecordCellKind.DATE)
    return RecordCell(str(value), RecordCellKind.TEXT, "a time of day or a length of time, no date")
