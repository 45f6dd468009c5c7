"""The rows that the tables of a pack must have, as the program makes them from a rebuilt ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from reviewer.domain import plain_json
from reviewer.domain.evidence import pack_format
from reviewer.domain.photos.photo import Capture, Photo
from reviewer.domain.reading.reading import Reading
from reviewer.services.export.tables.columns import (
    FINDING_COLUMNS,
    READING_COLUMNS,
    FindingRow,
    ReadingRow,
    inert,
)
from reviewer.services.vocabulary.vocabulary import load_vocabulary
from reviewer.storage.engine.among import Of
from reviewer.storage.evidence import case_rows
from reviewer.storage.reading import readings
from reviewer.storage.shared import shared_rows
from reviewer.storage.store import Connection

_AT_ONCE = 300
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Names:
    """Keys of Terms and Regions to their names, as the vocabulary of a pack has them."""

    terms: Mapping[str, str]
    regions: Mapping[str, str]


def names_from(content: bytes) -> Names:
    """From data/vocabulary.json; ValueError, KeyError or TypeError if it is none."""
    told = plain_json.value_from(content)
    return Names(told["term_names"], told["region_names"])


def expected_rows(rebuilt: Connection, names: Names, photos: Collection[str]) -> dict[str, Rows]:
    """Path of a table in the pack -> its rows, of the columns that follow from the ledger; Photos that are no
    evidence are left out."""
    rows = [row for row in _reading_rows(rebuilt) if row.reading.photo in photos]
    facts = sorted(shared_rows.places(rebuilt).items())
    return {
        f"{pack_format.TABLES}readings.csv": [_reading(row) for row in rows],
        f"{pack_format.TABLES}findings.csv": [each for row in rows for each in _findings(row, names)],
        pack_format.PHOTOGRAPHS: [
            dict(zip(pack_format.PHOTOGRAPH_COLUMNS, (photo, *told), strict=True))
            for photo, told in facts
            if photo in photos and any(told)
        ],
    }


def _reading_rows(rebuilt: Connection) -> Iterator[ReadingRow]:
    names = {examiner.id: examiner.name for examiner in case_rows.examiners(rebuilt)}
    for reading in _readings(rebuilt):
        nothing_known = Photo(reading.photo, 0, "", 0, 0, 1, Capture(), "")
        yield ReadingRow(reading, nothing_known, "", "", 0, names[reading.examiner])


def _readings(rebuilt: Connection) -> Iterator[Reading]:
    """All Readings, by Photo and Examiner, those of some hundred Photos at a time."""
    who, photos = readings.examiners(rebuilt), readings.photos(rebuilt)
    for start in range(0, len(photos), _AT_ONCE):
        yield from readings.load_many(rebuilt, Of(who, photos[start : start + _AT_ONCE]))


def _reading(row: ReadingRow) -> dict[str, str]:
    return {
        column.name: inert(column.value(row)) if column.free else column.value(row)
        for column in READING_COLUMNS
        if column.name in pack_format.READING_CHECKED
    }


def _findings(row: ReadingRow, names: Names) -> Iterator[dict[str, str]]:
    for number, finding in enumerate(row.reading.findings, start=1):
        whole = FindingRow(row, finding, number, load_vocabulary())
        made = {
            column.name: inert(column.value(whole)) if column.free else column.value(whole)
            for column in FINDING_COLUMNS
            if column.name in pack_format.FINDING_CHECKED
        }
        made["term_name"] = names.terms.get(finding.term, finding.term)
        made["region_names"] = ";".join(names.regions.get(each, each) for each in finding.regions)
        yield made
