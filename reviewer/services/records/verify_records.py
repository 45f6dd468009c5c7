"""Are the files of records what was loaded: contents by their hash, rows by the seal of their act.

The seal says that something is different; what it is, is found by reading the kept bytes once more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Fault
from reviewer.domain.names import printable
from reviewer.domain.records.mapping import RecordRow, plain, rows_of, seal_of
from reviewer.domain.records.table import table_of
from reviewer.media.records.calendars import to_our_calendar
from reviewer.media.records.table_reader import read_grid
from reviewer.services.records.load import mapping_of
from reviewer.storage import records
from reviewer.storage.records import RecordFile
from reviewer.storage.store import Connection

MOST_ROWS_NAMED = 20


def record_faults(connection: Connection, check: Callable[[], None] = lambda: None) -> list[Fault]:
    """Everything about files of records that is not what the ledger sealed."""
    files = records.files(connection)
    faults = [
        Fault(f"records {id_}", "rows or a content of a file that no act in the ledger loaded")
        for id_ in sorted(records.files_with_rows(connection) - {file.id for file in files})
    ]
    for file in files:
        check()
        faults += _of_file(connection, file, check)
    return faults


def _of_file(connection: Connection, file: RecordFile, check: Callable[[], None]) -> Iterator[Fault]:
    where = f"records {printable(file.name)}"
    content = records.content(connection, file.id)
    whole = content is not None and hashlib.sha256(content).hexdigest() == file.sha256
    if content is None:
        yield Fault(where, "the file that was loaded is no longer kept")
    elif not whole:
        yield Fault(where, "the kept file is not the one that was loaded")
    try:
        rows = list(records.rows(connection, file.id))
    except (ValueError, TypeError):
        yield Fault(where, "its rows are not those that were sealed: some cannot be read at all")
        return
    if seal_of(rows) == (file.rows, file.seal):
        return
    named = list(_differences(file, content, rows, check)) if content is not None and whole else []
    if not named:
        yield Fault(where, "its rows are not those that were sealed")
    for row, what in named[:MOST_ROWS_NAMED]:
        yield Fault(f"{where}, {row}", what)
    if len(named) > MOST_ROWS_NAMED:
        yield Fault(where, f"{len(named) - MOST_ROWS_NAMED:,} more rows are not what was sealed")


def _differences(
    file: RecordFile, content: bytes, rows: list[RecordRow], check: Callable[[], None]
) -> Iterator[tuple[str, str]]:
    """Each row that is not what the kept bytes say; nothing if they can no longer be read this way."""
    try:
        mapping = mapping_of(file)
        grid = read_grid(
            content,
            file.name,
            sheet=mapping.sheet,
            encoding=mapping.encoding,
            delimiter=mapping.delimiter,
            check=check,
        )
        table = table_of(grid, mapping.header_row, mapping.header_rows)
        expected = list(rows_of(table, mapping, to_our_calendar))
    except (KnownError, ValueError, KeyError, TypeError):
        return
    if seal_of(expected) != (file.rows, file.seal):
        return
    were = {(row.sheet, row.row): plain(row) for row in expected}
    are = {(row.sheet, row.row): plain(row) for row in rows}
    for place in sorted(were.keys() | are.keys()):
        sheet, number = place
        where = f"sheet {printable(sheet)}, row {number}" if sheet else f"row {number}"
        if place not in are:
            yield where, "is missing"
        elif place not in were:
            yield where, "was added"
        elif are[place] != were[place]:
            yield where, f"was changed: {_what(were[place], are[place])}"


def _what(before: list[object], now: list[object]) -> str:
    return "its cells are not those of the file" if before[2] != now[2] else "what was read of it differs"
