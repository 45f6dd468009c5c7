"""CSV export: one row per Finding, one row per Reading, and the dictionary that explains each column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Protocol

from reviewer.domain.individual_names import root_of
from reviewer.services.export.columns import (
    COVERAGE_COLUMNS,
    DESCRIPTION_COLUMNS,
    FINDING_COLUMNS,
    MEASUREMENT_COLUMNS,
    READING_COLUMNS,
    Column,
    inert,
)
from reviewer.services.export.contents import Contents
from reviewer.services.export.evaluations import EVALUATION_COLUMNS, evaluation_rows
from reviewer.services.export.folder import Folder
from reviewer.services.export.format import Format
from reviewer.services.export.problems import PROBLEM_COLUMNS, problem_rows
from reviewer.services.export.rows import (
    coverage_rows,
    description_rows,
    finding_rows,
    measurement_rows,
    reading_rows,
)
from reviewer.services.export.statements import STATEMENT_COLUMNS, statement_rows
from reviewer.services.export.wide import PHOTO_COLUMNS, PhotoRow
from reviewer.services.jobs import JobControl
from reviewer.storage import people

_TABLES: dict[str, Sequence[Column[Any]]] = {
    "findings.csv": FINDING_COLUMNS,
    "readings.csv": READING_COLUMNS,
    "measurements.csv": MEASUREMENT_COLUMNS,
    "coverage.csv": COVERAGE_COLUMNS,
    "description.csv": DESCRIPTION_COLUMNS,
    "photographs.csv": PHOTO_COLUMNS,
    "statements.csv": STATEMENT_COLUMNS,
    "evaluations.csv": EVALUATION_COLUMNS,
    "problems.csv": PROBLEM_COLUMNS,
}


class _Rows(Protocol):
    def writerow(self, row: Iterable[str], /) -> object: ...


def make(found: Contents, folder: Folder, control: JobControl) -> None:
    with ExitStack() as files:
        writers = {name: files.enter_context(_table(folder, name)) for name in _TABLES}
        known = people.individuals(found.connection)
        _write(writers, "statements.csv", statement_rows(found))
        _write(writers, "evaluations.csv", evaluation_rows(found))
        _write(writers, "problems.csv", problem_rows(found))
        for whole in found.photos(control):
            source, path = found.place(whole.files[0]) if whole.files else ("", "")
            shown = root_of(known, whole.individual)
            _write(writers, "photographs.csv", (PhotoRow(whole, source, path, shown),))
            for row in reading_rows(found, whole):
                _write(writers, "readings.csv", (row,))
                _write(writers, "findings.csv", finding_rows(found, row))
                _write(writers, "measurements.csv", measurement_rows(row))
                _write(writers, "coverage.csv", coverage_rows(found, row))
                _write(writers, "description.csv", description_rows(found, row))
    folder.put("dictionary.csv", _dictionary(found))
    folder.put("about.csv", _about(found, folder))


@contextmanager
def _table(folder: Folder, name: str) -> Iterator[_Rows]:
    """UTF-8 with commas and CR LF (RFC 4180); the first line holds the names of the columns."""
    with folder.file(name) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([column.name for column in _TABLES[name]])
        try:
            yield writer
        finally:
            text.flush()
            text.detach()


def _write(writers: dict[str, _Rows], name: str, rows: Iterable[Any]) -> None:
    columns, writer = _TABLES[name], writers[name]
    for row in rows:
        writer.writerow(
            [inert(column.value(row)) if column.free else column.value(row) for column in columns]
        )


def _dictionary(found: Contents) -> bytes:
    """Every column, and what Terms of Findings meant when that was something else."""
    lines = [
        [file, column.name, column.meaning, "yes" if column.free else "no"]
        for file, columns in _TABLES.items()
        for column in columns
    ]
    lines += [["findings.csv", "term", meaning, "no"] for meaning in found.earlier_meanings()]
    return csv_bytes([["file", "column", "meaning", "free_text"], *lines])


def _about(found: Contents, folder: Folder) -> bytes:
    lines = [
        *([name, inert(str(value))] for name, value in found.facts().items()),
        ["free_text", "an apostrophe stands before text that a spreadsheet would take for a formula"],
        *([f"sha256 of {name}", hash_] for name, hash_ in folder.hashes.items()),
    ]
    return csv_bytes([["fact", "value"], *lines])


def csv_bytes(lines: Iterable[Sequence[str]]) -> bytes:
    """A small table as one piece."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("utf-8")


FORMAT = Format(
    "csv",
    "CSV tables",
    "a folder with findings.csv (one row per finding), readings.csv (one row per reading), "
    "measurements.csv (one row per measurement), coverage.csv (one row per region that is shown on a "
    "photograph), description.csv (one row per thing said of a photograph as a whole), photographs.csv "
    "(one row per photograph, read or not), statements.csv (one row for what is stated of an individual), "
    "evaluations.csv (one row for each overall evaluation that an examiner signed of an individual), "
    "problems.csv (one row per file that could not be opened), dictionary.csv (every column explained) and "
    "about.csv (ledger head, hashes)",
    "the history of acts; marks are kept as JSON in one column",
    make,
)
