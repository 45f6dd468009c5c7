"""The rows that the tables of a pack must have, as the program makes them from a rebuilt ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from reviewer.domain import plain_json
from reviewer.domain.evidence import pack_format
from reviewer.domain.photos.photo import Capture, Photo
from reviewer.domain.reading.reading import Reading
from reviewer.services.export.tables.columns import neutralise_formula
from reviewer.services.export.tables.findings import FINDING_COLUMNS, FindingRow
from reviewer.services.export.tables.readings import READING_COLUMNS, ReadingRow
from reviewer.services.vocabulary.vocabulary import load_vocabulary
from reviewer.storage.engine.among import ReadingSelection
from reviewer.storage.evidence import case_rows
from reviewer.storage.reading import readings
from reviewer.storage.shared import shared_rows
from reviewer.storage.store import Connection

_BATCH_SIZE = 300
TableRows = list[dict[str, str]]


@dataclass(frozen=True)
class VocabularyNames:
    """Keys of Terms and Regions to their names, as the vocabulary of a pack has them."""

    terms: Mapping[str, str]
    regions: Mapping[str, str]


def parse_names(content: bytes) -> VocabularyNames:
    """Parse data/vocabulary.json. ValueError, KeyError or TypeError if it is none."""
    told = plain_json.parse_untrusted_json(content)
    return VocabularyNames(told["term_names"], told["region_names"])


def make_expected_rows(
    rebuilt: Connection, names: VocabularyNames, photos: Collection[str]
) -> dict[str, TableRows]:
    """Path of a table in the pack -> its rows, of the columns that follow from the ledger; Photos that are no
    evidence are left out."""
    rows = [row for row in _make_reading_rows(rebuilt) if row.reading.photo in photos]
    facts = sorted(shared_rows.load_assignments(rebuilt).items())
    return {
        f"{pack_format.TABLES}readings.csv": [_to_reading_cells(row) for row in rows],
        f"{pack_format.TABLES}findings.csv": [
            cells for row in rows for cells in _to_finding_cells(row, names)
        ],
        pack_format.PHOTOGRAPHS: [
            dict(zip(pack_format.PHOTOGRAPH_COLUMNS, (photo, *told), strict=True))
            for photo, told in facts
            if photo in photos and any(told)
        ],
    }


def _make_reading_rows(rebuilt: Connection) -> Iterator[ReadingRow]:
    names = {examiner.id: examiner.name for examiner in case_rows.load_examiners(rebuilt)}
    for reading in _load_readings(rebuilt):
        nothing_known = Photo(reading.photo, 0, "", 0, 0, 1, Capture(), "")
        yield ReadingRow(reading, nothing_known, "", "", 0, names[reading.examiner])


def _load_readings(rebuilt: Connection) -> Iterator[Reading]:
    """All Readings, by Photo and Examiner, those of some hundred Photos at a time."""
    who, photos = readings.load_examiners_with_readings(rebuilt), readings.load_photos_with_readings(rebuilt)
    for start in range(0, len(photos), _BATCH_SIZE):
        yield from readings.load_many(rebuilt, ReadingSelection(who, photos[start : start + _BATCH_SIZE]))


def _to_reading_cells(row: ReadingRow) -> dict[str, str]:
    return {
        column.name: neutralise_formula(column.value(row)) if column.free else column.value(row)
        for column in READING_COLUMNS
        if column.name in pack_format.CHECKED_READING_COLUMNS
    }


def _to_finding_cells(row: ReadingRow, names: VocabularyNames) -> Iterator[dict[str, str]]:
    for number, finding in enumerate(row.reading.findings, start=1):
        whole = FindingRow(row, finding, number, load_vocabulary())
        made = {
            column.name: neutralise_formula(column.value(whole)) if column.free else column.value(whole)
            for column in FINDING_COLUMNS
            if column.name in pack_format.CHECKED_FINDING_COLUMNS
        }
        made["term_name"] = names.terms.get(finding.term, finding.term)
        made["region_names"] = ";".join(names.regions.get(region, region) for region in finding.regions)
        yield made
