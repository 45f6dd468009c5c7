"""The rows that the tables of a pack must have, as the program makes them from a rebuilt ledger."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from reviewer.domain import plain_json
from reviewer.domain.evidence import pack_format
from reviewer.domain.grouping import group_pairs
from reviewer.domain.people.individual_names import find_merge_root
from reviewer.domain.photos.photo import Capture, Photo
from reviewer.domain.reading.reading import Reading
from reviewer.services.case.snapshot import Snapshot
from reviewer.services.export.choice import ExportScope
from reviewer.services.export.contents import Contents
from reviewer.services.export.formats.csv_tables import TABLES
from reviewer.services.export.tables.case_tables import CASE_TABLES
from reviewer.services.export.tables.columns import ExportColumn, neutralise_formula
from reviewer.services.export.tables.coverage import make_coverage_rows
from reviewer.services.export.tables.descriptions import make_description_rows
from reviewer.services.export.tables.findings import make_finding_rows
from reviewer.services.export.tables.measurements import make_measurement_rows
from reviewer.services.export.tables.readings import ReadingRow
from reviewer.services.export.tables.wide import PhotoRow
from reviewer.services.vocabulary.vocabulary import load_vocabulary
from reviewer.storage.engine.among import ReadingSelection
from reviewer.storage.evidence import case_rows
from reviewer.storage.people import people
from reviewer.storage.reading import readings
from reviewer.storage.shared import shared_rows
from reviewer.storage.store import Connection
from reviewer.storage.whole_photos import ExportedPhoto

_BATCH_SIZE = 300
TableRows = list[dict[str, str]]


@dataclass(frozen=True)
class VocabularyNames:
    """Keys of Terms, Regions, their sides and of what is described to their names, as the vocabulary of a
    pack has them; of a description also the names of its values."""

    version: str
    terms: Mapping[str, str]
    regions: Mapping[str, str]
    aspects: Mapping[str, str]
    described: Mapping[str, str]
    values: Mapping[tuple[str, str], str]

    def name_region(self, key: str) -> str:
        stem, _is, aspect = key.partition("/")
        named = self.regions.get(stem, stem)
        return f"{named} ({self.aspects.get(aspect, aspect)})" if aspect else named


def parse_names(content: bytes) -> VocabularyNames:
    """Parse data/vocabulary.json. ValueError, KeyError or TypeError if it is none."""
    told = plain_json.parse_untrusted_json(content)
    described = told.get("description", {}).get("described", ())
    return VocabularyNames(
        told["version"],
        told["term_names"],
        told["region_names"],
        {aspect["key"]: aspect["name"] for aspect in told["regions"].get("aspect", ())},
        {question["key"]: question["name"] for question in described},
        {
            (question["key"], choice["key"]): choice["name"]
            for question in described
            for choice in question["choices"]
        },
    )


@dataclass(frozen=True)
class ExpectedScope:
    """What rows are expected of: `photos` are evidence, what is said of others is left out. `shown` are those
    that photographs.csv lists: one that nobody read or sorted is in no act. `with_words`: also the columns
    that hold the program's own words."""

    photos: Collection[str]
    shown: Collection[str]
    format: int
    with_words: bool


def make_expected_rows(
    rebuilt: Connection, names: VocabularyNames, scope: ExpectedScope
) -> dict[str, TableRows]:
    """Path of a table in the pack -> its rows, of the columns that follow from the ledger."""
    made, photos = _TableMaker(rebuilt, names, scope), scope.photos
    made.add_readings(scope.shown)
    if scope.format > 1:
        made.add_shared()
    facts = sorted(shared_rows.load_assignments(rebuilt).items())
    made.tables[pack_format.PHOTOGRAPHS] = [
        dict(zip(pack_format.PHOTOGRAPH_COLUMNS, (photo, *told), strict=True))
        for photo, told in facts
        if photo in photos and any(told)
    ]
    return made.tables


class _TableMaker:
    """Makes the rows of the tables by the columns of the CSV export."""

    def __init__(self, rebuilt: Connection, names: VocabularyNames, scope: ExpectedScope) -> None:
        self._found, self._names, self._photos = _make_contents(rebuilt), names, scope.photos
        told = pack_format.FOLLOWING_COLUMNS if scope.format > 1 else pack_format.FOLLOWING_COLUMNS_1
        words = pack_format.COLUMNS_IN_WORDS if scope.with_words else {}
        self._columns = {
            name: [column for column in TABLES[name] if column.name in (*chosen, *words.get(name, ()))]
            for name, chosen in told.items()
        }
        self.tables: dict[str, TableRows] = {pack_format.TABLES + name: [] for name in told}

    def add_readings(self, shown: Collection[str]) -> None:
        """Add what is told of photographs, one after the other."""
        connection = self._found.connection
        facts = shared_rows.load_assignments(connection)
        known = people.load_individuals(connection)
        found = group_pairs((reading.photo, reading) for reading in _load_readings(connection))
        for photo in sorted({*found, *facts, *shown} & {*self._photos}):
            category, individual, alike = facts.get(photo, ("", "", ""))
            nothing_known = Photo(photo, 0, "", 0, 0, 1, Capture(), "")
            read = tuple(found.get(photo, ()))
            whole = ExportedPhoto(nothing_known, (), read, category, individual, alike)
            self._add("photographs.csv", PhotoRow(whole, "", "", find_merge_root(known, individual)))
            for reading in read:
                name = self._found.examiner_name(reading.examiner)
                self._add_reading(ReadingRow(reading, nothing_known, "", "", 0, name, category))

    def _add_reading(self, row: ReadingRow) -> None:
        names = self._names
        self._add("readings.csv", row)
        for finding in make_finding_rows(self._found, row):
            self._add(
                "findings.csv",
                finding,
                term_name=names.terms.get(finding.finding.term, finding.finding.term),
                region_names=";".join(map(names.name_region, finding.finding.regions)),
            )
        for measurement in make_measurement_rows(row):
            self._add("measurements.csv", measurement)
        for shown in make_coverage_rows(self._found, row):
            self._add("coverage.csv", shown, region_name=names.name_region(shown.region))
        for said in make_description_rows(self._found, row):
            self._add(
                "description.csv",
                said,
                name=names.described.get(said.key, said.key),
                value_names=";".join(names.values.get((said.key, value), value) for value in said.values),
            )

    def add_shared(self) -> None:
        """Add what examiners share and decide."""
        for table in CASE_TABLES:
            name = f"{table.name}.csv"
            for row in table.rows(self._found) if name in self._columns else ():
                told = {"term_name": self._names.terms.get(row.term, row.term)} if name == _DECISIONS else {}
                if name != _CARDS or row.photo in self._photos:
                    self._add(name, row, **told)

    def _add(self, table: str, row: Any, **named: str) -> None:
        """Add a row; what is `named` follows from the vocabulary of the pack, not from the program's."""
        if table in self._columns:
            made = {column.name: _value_of(column, row) for column in self._columns[table]}
            renamed = {column: text for column, text in named.items() if column in made}
            self.tables[pack_format.TABLES + table].append({**made, **renamed})


_DECISIONS, _CARDS = "decisions.csv", "card_passes.csv"


def _value_of(column: ExportColumn[Any], row: Any) -> str:
    return neutralise_formula(column.value(row)) if column.free else column.value(row)


class _OnlyConnection:
    """Gives the one connection to everybody who asks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        yield self._connection


def _make_contents(rebuilt: Connection) -> Contents:
    """What the tables of an export are made from, of tables that were made from entries."""
    examiners = {examiner.id: examiner for examiner in case_rows.load_examiners(rebuilt)}
    moment = Snapshot("", load_vocabulary(), _OnlyConnection(rebuilt), 0, "", "", tuple(examiners.values()))
    return Contents(rebuilt, load_vocabulary(), "", "", 0, "", "", examiners, {}, moment, ExportScope())


def _load_readings(rebuilt: Connection) -> Iterator[Reading]:
    """All Readings, by Photo and Examiner, those of some hundred Photos at a time."""
    who, photos = readings.load_examiners_with_readings(rebuilt), readings.load_photos_with_readings(rebuilt)
    for start in range(0, len(photos), _BATCH_SIZE):
        yield from readings.load_many(rebuilt, ReadingSelection(who, photos[start : start + _BATCH_SIZE]))


def bring_near(there: TableRows, expected: Sequence[Mapping[str, str]]) -> None:
    """Let a computed number of a measurement be the expected one if it differs in its last digit only: other
    machines round otherwise. Changes `there`."""
    by_id = {row["measurement_id"]: row for row in expected}
    for row in there:
        right = by_id.get(row["measurement_id"], row)
        for column in pack_format.COMPUTED_COLUMNS:
            is_near = _is_near(row[column], right[column], 0.011 if column == "tilt" else 0.00011)
            if is_near and row[column] != right[column]:
                row[column] = right[column]
                row["result"] = right.get("result", row["result"])


def _is_near(told: str, right: str, digit: float) -> bool:
    return bool(told and right) and math.isclose(float(told), float(right), rel_tol=1e-9, abs_tol=digit)
