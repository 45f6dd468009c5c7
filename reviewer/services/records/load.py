"""Files of records: looked at first, then loaded whole or not at all, and kept as evidence.

What is loaded are the very bytes that were looked at. All of a file goes into the Case in one transaction
with the act that seals it, so that no half of a file is ever there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import path_to_text
from reviewer.domain.people.individual import Fact
from reviewer.domain.records.calendars import FIRST_PLAUSIBLE, Calendar, DateWindow
from reviewer.domain.records.columns import propose_facts
from reviewer.domain.records.dates import DateOrder
from reviewer.domain.records.mapping import (
    RecordFact,
    RecordMapping,
    RecordRow,
    apply_column_choices,
    compute_rows_seal,
    find_date_evidence,
    iterate_record_rows,
    mapping_from_body,
)
from reviewer.domain.records.table import RecordTable, table_from_sheet
from reviewer.media.records.calendars import to_our_calendar
from reviewer.media.records.table_reader import read_content, read_grid
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import JobControl
from reviewer.services.records.preview import FIRST_ROWS, MOST_DOUBTS_SHOWN, RecordChoices, RecordPreview
from reviewer.storage import records
from reviewer.storage.records import RecordFile
from reviewer.storage.store import Connection, record_draft
from reviewer.system.clock import format_timestamp
from reviewer.system.new_ids import new_id

PROPOSED, REUSED, CHOSEN = "proposed from the names of the columns", "as for {name}", "as chosen"


@dataclass(frozen=True)
class LoadedRecords:
    """What was loaded: how many rows, and how many of their values are in doubt."""

    file: str
    name: str
    rows: int
    doubts: int
    seal: str


def preview_file(case: OpenCase, path: Path, choices: RecordChoices, control: JobControl) -> RecordPreview:
    """Read a file, and propose what its columns hold. Nothing is written."""
    content, sha256 = read_content(str(path))
    return _read_and_preview(case, content, path_to_text(_to_bytes(path.name)), sha256, choices, control)


def preview_again(
    case: OpenCase, preview: RecordPreview, choices: RecordChoices, control: JobControl
) -> RecordPreview:
    """The same bytes with other choices; parsed anew only if the choices ask for it."""
    of_grid = ("sheet", "encoding", "delimiter")
    if any(getattr(preview.choices, name) != getattr(choices, name) for name in of_grid):
        return _read_and_preview(case, preview.content, preview.name, preview.sha256, choices, control)
    return _make_preview(case, preview.content, preview.name, preview.sha256, choices, preview.table)


def _to_bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def _read_and_preview(
    case: OpenCase, content: bytes, name: str, sha256: str, choices: RecordChoices, control: JobControl
) -> RecordPreview:
    control.check()
    grid = read_grid(
        content,
        name,
        sheet=choices.sheet,
        encoding=choices.encoding,
        delimiter=choices.delimiter,
        check=control.check,
    )
    return _make_preview(
        case, content, name, sha256, choices, table_from_sheet(grid, choices.header_row, choices.header_rows)
    )


def _make_preview(
    case: OpenCase, content: bytes, name: str, sha256: str, choices: RecordChoices, table: RecordTable
) -> RecordPreview:
    table = table_from_sheet(table.grid, choices.header_row, choices.header_rows)
    loaded = list_loaded_files(case)
    columns, origin, dates, calendar = _choose_columns(table, loaded, choices)
    calendar = choices.calendar or calendar
    chosen = apply_column_choices(columns, choices.columns)
    if choices.columns:
        origin = CHOSEN
    preview = RecordPreview(
        name=name,
        sha256=sha256,
        content=content,
        table=table,
        columns=chosen,
        evidence=find_date_evidence(table, chosen, calendar or Calendar.GREGORIAN),
        origin=origin,
        choices=replace(
            choices,
            dates=choices.dates or dates,
            calendar=calendar,
            window=choices.window or DateWindow(FIRST_PLAUSIBLE, format_timestamp(case.clock())[:10]),
        ),
        before=_find_loaded_before(loaded, sha256, table.grid.sheet),
    )
    doubts: list[tuple[int, RecordFact]] = []
    shown: list[RecordRow] = []
    for place, row in enumerate(preview.rows()):
        found = [(row.row, fact) for fact in row.facts if fact.doubt]
        if place < FIRST_ROWS or (found and len(doubts) < MOST_DOUBTS_SHOWN):
            shown.append(row)
        doubts.extend(found)
    return replace(preview, doubts=tuple(doubts), shown=tuple(shown))


def _choose_columns(
    table: RecordTable, loaded: list[RecordFile], choices: RecordChoices
) -> tuple[tuple[tuple[str, Fact | None], ...], str, DateOrder | None, Calendar | None]:
    """The columns as of a file that was named, of one with the same columns, or proposed from their names."""
    for file in reversed(loaded):
        if choices.like and file.id != choices.like:
            continue
        mapping = load_mapping(file)
        if mapping.names == table.columns:
            orders = {order for _name, order in mapping.orders}
            order = orders.pop() if choices.like and len(orders) == 1 else None
            calendars = {calendar for _name, calendar in mapping.calendars}
            calendar = calendars.pop() if choices.like and len(calendars) == 1 else None
            return mapping.columns, REUSED.format(name=file.name), order, calendar
        if choices.like:
            raise KnownError(
                f"{file.name} has other columns than this file.",
                f"It has: {', '.join(mapping.names)}.",
                code="records-mapping",
            )
    if choices.like:
        raise KnownError(f"No file of records has the id {choices.like}.", code="records-mapping")
    return propose_facts(table.columns), PROPOSED, None, None


def load_mapping(file: RecordFile) -> RecordMapping:
    """How a loaded file was read."""
    body: dict[str, Any] = json.loads(file.mapping)
    return mapping_from_body(body)


def _find_loaded_before(loaded: list[RecordFile], sha256: str, sheet: str) -> RecordFile | None:
    same = (file for file in loaded if file.sha256 == sha256 and load_mapping(file).sheet == sheet)
    return next(same, None)


def list_loaded_files(case: OpenCase) -> list[RecordFile]:
    """Every file of records of the Case, in the order of loading."""
    with case.store.read() as connection:
        return records.load_record_files(connection)


def load_file(
    case: OpenCase, preview: RecordPreview, author: str, control: JobControl, *, again: bool = False
) -> LoadedRecords:
    """Keep the file and its rows. Cancelled or failed, nothing of it is in the Case.

    A file that is in the Case already is refused, unless it is to be read `again` another way: then its
    earlier rows stay where they are and are no longer on the list.
    """
    mapping = preview.mapping()
    if preview.before is not None and not again:
        raise KnownError(
            f"This file is in the case already, as {preview.before.name}, loaded {preview.before.at[:16]}.",
            "Nothing was loaded. To read it another way, ask for it to be read again.",
            code="records-known",
        )
    control.check()
    rows = list(iterate_record_rows(preview.table, mapping, to_our_calendar))
    count, seal = compute_rows_seal(rows)
    file = new_id()
    body = {
        "name": preview.name,
        "sha256": preview.sha256,
        "mapping": mapping.body(),
        "rows": count,
        "seal": seal,
    }
    pen = case.signer(author)

    def kept(done: int) -> None:
        control.progress(done, count)
        control.check()

    def run(connection: Connection) -> None:
        control.check()
        records.save_content(connection, file, preview.content)
        records.add_rows(connection, file, rows, kept)
        record_draft(connection, Draft(acts.RECORDS_LOADED, file, body), pen, format_timestamp(case.clock()))

    case.writer.enqueue_batch(run).result()
    return LoadedRecords(file, preview.name, count, len(preview.doubts), seal)
