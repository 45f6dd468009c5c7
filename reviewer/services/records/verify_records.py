"""Are the files of records what was loaded: contents by their hash, rows by the seal of their act.

The seal says that something is different; what it is, is found by reading the kept bytes once more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import LedgerFault
from reviewer.domain.names import make_printable
from reviewer.domain.records.mapping import RecordRow, compute_rows_seal, iterate_record_rows, row_to_list
from reviewer.domain.records.table import table_from_sheet
from reviewer.media.records.calendars import to_our_calendar
from reviewer.media.records.table_reader import read_grid
from reviewer.services.records.load import load_mapping
from reviewer.storage import records
from reviewer.storage.records import RecordFile
from reviewer.storage.store import Connection

MOST_ROWS_NAMED = 20


def find_record_faults(connection: Connection, check: Callable[[], None] = lambda: None) -> list[LedgerFault]:
    """Return everything about files of records that differs from what the ledger sealed."""
    files = records.load_record_files(connection)
    faults = [
        LedgerFault(f"records {id_}", "rows or a content of a file that no act in the ledger loaded")
        for id_ in sorted(records.find_files_with_rows(connection) - {file.id for file in files})
    ]
    for file in files:
        check()
        faults += _check_file(connection, file, check)
    return faults


def _check_file(connection: Connection, file: RecordFile, check: Callable[[], None]) -> Iterator[LedgerFault]:
    where = f"records {make_printable(file.name)}"
    content = records.load_content(connection, file.id)
    whole = content is not None and hashlib.sha256(content).hexdigest() == file.sha256
    if content is None:
        yield LedgerFault(where, "the file that was loaded is no longer kept")
    elif not whole:
        yield LedgerFault(where, "the kept file is not the one that was loaded")
    try:
        rows = list(records.iterate_rows(connection, file.id))
    except (ValueError, TypeError):
        yield LedgerFault(where, "its rows are not those that were sealed: some cannot be read at all")
        return
    if compute_rows_seal(rows) == (file.rows, file.seal):
        return
    named = list(_find_differences(file, content, rows, check)) if content is not None and whole else []
    if not named:
        yield LedgerFault(where, "its rows are not those that were sealed")
    for row, what in named[:MOST_ROWS_NAMED]:
        yield LedgerFault(f"{where}, {row}", what)
    if len(named) > MOST_ROWS_NAMED:
        yield LedgerFault(where, f"{len(named) - MOST_ROWS_NAMED:,} more rows are not what was sealed")


def _find_differences(
    file: RecordFile, content: bytes, rows: list[RecordRow], check: Callable[[], None]
) -> Iterator[tuple[str, str]]:
    """Yield each row that differs from the kept bytes; none if they can no longer be read this way."""
    try:
        mapping = load_mapping(file)
        grid = read_grid(
            content,
            file.name,
            sheet=mapping.sheet,
            encoding=mapping.encoding,
            delimiter=mapping.delimiter,
            check=check,
        )
        table = table_from_sheet(grid, mapping.header_row, mapping.header_rows)
        expected = list(iterate_record_rows(table, mapping, to_our_calendar))
    except (KnownError, ValueError, KeyError, TypeError):
        return
    if compute_rows_seal(expected) != (file.rows, file.seal):
        return
    were = {(row.sheet, row.row): row_to_list(row) for row in expected}
    are = {(row.sheet, row.row): row_to_list(row) for row in rows}
    for place in sorted(were.keys() | are.keys()):
        sheet, number = place
        where = f"sheet {make_printable(sheet)}, row {number}" if sheet else f"row {number}"
        if place not in are:
            yield where, "is missing"
        elif place not in were:
            yield where, "was added"
        elif are[place] != were[place]:
            yield where, f"was changed: {_describe_difference(were[place], are[place])}"


def _describe_difference(before: list[object], now: list[object]) -> str:
    return "its cells are not those of the file" if before[2] != now[2] else "what was read of it differs"
