"""CSV export: one row per Finding, one row per Reading, and the dictionary that explains each column."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reviewer.domain.names import as_text
from reviewer.services.export.columns import (
    COVERAGE_COLUMNS,
    FINDING_COLUMNS,
    MEASUREMENT_COLUMNS,
    READING_COLUMNS,
    Column,
    CoverageRow,
    FindingRow,
    MeasurementRow,
    ReadingRow,
    inert,
)
from reviewer.services.jobs import JobControl
from reviewer.services.measurements import labels_of
from reviewer.services.open_case import OpenCase
from reviewer.storage import case_rows, ledger, photos, readings
from reviewer.storage.store import Connection


def tables(case: OpenCase, control: JobControl) -> dict[str, bytes]:
    """The files of the export by name, each UTF-8 with commas and CR LF (RFC 4180)."""
    with case.store.read() as connection:
        rows = list(_reading_rows(connection, control))
        _entries, head = ledger.size_and_head(connection)
    found = [
        FindingRow(row, finding, number, case.vocabulary)
        for row in rows
        for number, finding in enumerate(row.reading.findings, start=1)
    ]
    shown = [
        CoverageRow(row, region, level, case.vocabulary)
        for row in rows
        for region, level in row.reading.coverage
    ]
    files = {
        "findings.csv": _table(FINDING_COLUMNS, found),
        "readings.csv": _table(READING_COLUMNS, rows),
        "measurements.csv": _table(MEASUREMENT_COLUMNS, _measurement_rows(rows)),
        "coverage.csv": _table(COVERAGE_COLUMNS, shown),
    }
    files["dictionary.csv"] = _dictionary()
    files["about.csv"] = _about(case, head, files)
    return files


def _reading_rows(connection: Connection, control: JobControl) -> Iterator[ReadingRow]:
    names = {examiner.id: examiner.name for examiner in case_rows.examiners(connection)}
    roots = {source.id: source.path for source in case_rows.sources(connection)}
    every = readings.load_all(connection)
    for done, reading in enumerate(every, start=1):
        control.check()
        control.progress(done, len(every))
        photo = photos.by_sha256(connection, reading.photo)
        if photo is None:
            continue
        places = photos.paths_of(connection, reading.photo)
        source, path = places[0]
        yield ReadingRow(reading, photo, roots[source], as_text(path), len(places), names[reading.examiner])


def _measurement_rows(rows: Iterable[ReadingRow]) -> Iterator[MeasurementRow]:
    for row in rows:
        labels = labels_of(row.reading)
        for measurement in row.reading.measurements:
            scale = row.reading.scale(measurement.scale)
            yield MeasurementRow(row, measurement, scale, labels[measurement.id])


def _table(columns: Sequence[Column[Any]], rows: Iterable[Any]) -> bytes:
    def cells(row: Any) -> list[str]:
        return [inert(column.value(row)) if column.free else column.value(row) for column in columns]

    return _csv([[column.name for column in columns], *map(cells, rows)])


def _dictionary() -> bytes:
    described: list[tuple[str, Sequence[Column[Any]]]] = [
        ("findings.csv", FINDING_COLUMNS),
        ("readings.csv", READING_COLUMNS),
        ("measurements.csv", MEASUREMENT_COLUMNS),
        ("coverage.csv", COVERAGE_COLUMNS),
    ]
    lines = [
        [file, column.name, column.meaning, "yes" if column.free else "no"]
        for file, columns in described
        for column in columns
    ]
    return _csv([["file", "column", "meaning", "free_text"], *lines])


def _about(case: OpenCase, head: str, files: dict[str, bytes]) -> bytes:
    lines = [
        ["case", inert(case.name)],
        ["ledger_head", head],
        ["vocabulary", case.vocabulary.version],
        ["free_text", "an apostrophe stands before text that a spreadsheet would take for a formula"],
        *([f"sha256 of {name}", hashlib.sha256(content).hexdigest()] for name, content in files.items()),
    ]
    return _csv([["fact", "value"], *lines])


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("utf-8")
