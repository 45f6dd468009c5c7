"""Rows of files of records, as a table: what the file says, what was read from it, and what was decided."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.people.individual import RecordLink
from reviewer.domain.people.individual_names import find_merge_root
from reviewer.domain.records.mapping import RecordRow, format_citation
from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.storage import records
from reviewer.storage.people import people
from reviewer.storage.records import RecordFile


@dataclass(frozen=True)
class RecordTableRow:
    """A row of a file; `link` what was decided about it, and the Individual (an id or "") by now."""

    file: RecordFile
    row: RecordRow
    link: RecordLink | None
    individual: str
    examiner: str


def make_record_rows(found: Contents) -> Iterator[RecordTableRow]:
    """By file in the order of loading, sheet and row. With a query only rows about somebody chosen."""
    known, links = people.load_individuals(found.connection), records.load_links(found.connection)
    for file in records.load_record_files(found.connection):
        for row in records.iterate_rows(found.connection, file.id):
            link = links.get(format_citation(file.id, row.sheet, row.row))
            individual = find_merge_root(known, link.individual) if link is not None else ""
            if found.scope.has_individual(individual):
                name = found.examiner_name(link.author) if link is not None else ""
                yield RecordTableRow(file, row, link, individual, name)


RECORD_COLUMNS: tuple[ExportColumn[RecordTableRow], ...] = (
    ExportColumn(
        "record",
        "how the row is cited in the ledger and in statements (rests_on): file, sheet and row",
        lambda r: format_citation(r.file.id, r.row.sheet, r.row.row),
        free=True,
    ),
    ExportColumn("file", "name of the file of records", lambda r: r.file.name, free=True),
    ExportColumn("file_sha256", "SHA-256 of the file as it was loaded", lambda r: r.file.sha256),
    ExportColumn("sheet", "sheet of the file; empty if it has none", lambda r: r.row.sheet, free=True),
    ExportColumn("row", "row of the sheet", lambda r: str(r.row.row), whole=True),
    ExportColumn(
        "cells",
        "JSON list: the cells of the row as they are shown in the file",
        lambda r: json.dumps(list(r.row.cells), ensure_ascii=False),
    ),
    ExportColumn(
        "facts",
        "JSON list of what was read from it: column, fact, value, the cell's text, what is in doubt",
        lambda r: json.dumps(
            [
                {"column": f.column, "fact": f.fact, "value": f.value, "raw": f.raw, "doubt": f.doubt}
                for f in r.row.facts
            ],
            ensure_ascii=False,
        ),
    ),
    ExportColumn(
        "individual",
        "id of the individual it speaks of; empty if that was not decided, or it is nobody of this case",
        lambda r: r.individual,
    ),
    ExportColumn(
        "how",
        "how the row was settled; empty if nobody did",
        lambda r: r.link.how if r.link is not None else "",
    ),
    ExportColumn("note", "why", lambda r: r.link.note if r.link is not None else "", free=True),
    ExportColumn("examiner", "name of the examiner who settled it", lambda r: r.examiner, free=True),
    ExportColumn("at", "UTC time at which it was settled", lambda r: r.link.at if r.link is not None else ""),
)
