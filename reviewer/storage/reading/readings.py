"""Readings on disk: a Reading goes in and comes out whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection, bindparam, delete, select, update

from reviewer.domain.geometry.mark import Mark
from reviewer.domain.grouping import group_pairs
from reviewer.domain.reading.reading import Finding, Reading, ReadingPair, ReadingRound
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.storage.engine import tables as t
from reviewer.storage.engine import texts
from reviewer.storage.engine.among import ReadingSelection, ids_as_subquery, narrow_to_readings
from reviewer.storage.engine.numbers import (
    KeyedChange,
    RowKey,
    give_numbers,
    match_key,
    name_photo,
    select_named,
)
from reviewer.storage.engine.row_mapper import KNOWN_TUPLES, FieldCodec, RowMapper, write_json
from reviewer.storage.reading import coverage, measurements

_FINDINGS = narrow_to_readings(select_named(t.findings).order_by(t.findings.c.place), t.findings)
_READINGS = narrow_to_readings(
    select_named(t.readings).order_by("photo", t.readings.c.examiner, t.readings.c.round), t.readings
)
_ROUNDS = tuple(ReadingRound)


@lru_cache(maxsize=4096)
def parse_chosen_values(written: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Keys with their chosen values, sorted by key, as a row holds them."""
    return tuple(sorted((key, tuple(values)) for key, values in json.loads(written).items()))


@lru_cache(maxsize=4096)
def _write_chosen_values(chosen: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return write_json(dict(chosen))


def _read_round(number: int) -> ReadingRound:
    return _ROUNDS[number - 1]


def _write_round(said: ReadingRound) -> int:
    """A round is a number in the tables: the first, 1, takes no byte but its type in a row."""
    return _ROUNDS.index(said) + 1


_CHOSEN_VALUES: FieldCodec = parse_chosen_values, _write_chosen_values
READING_CODECS: dict[str, FieldCodec] = {
    "round": (_read_round, _write_round),
    "looked_for": KNOWN_TUPLES,
    "description": _CHOSEN_VALUES,
    "context_seen": KNOWN_TUPLES,
}
_READING_ROWS = RowMapper(Reading, t.readings.columns, READING_CODECS)
FINDING_ROWS = RowMapper(Finding, t.findings.columns, {"regions": KNOWN_TUPLES, "qualifiers": _CHOSEN_VALUES})
_MARK_ROWS = RowMapper(Mark, t.marks.columns)
_INSERT_READING = t.readings.insert()
_INSERT_FINDINGS = t.findings.insert(), t.finding_regions.insert(), t.marks.insert()
_DELETE_FINDINGS = tuple(
    delete(column.table).where(column == bindparam("of_finding"))
    for column in (t.marks.c.finding, t.finding_regions.c.finding, t.findings.c.id)
)
PlacedFinding = tuple[RowKey, int, Finding]
"""A finding with the key of the Reading that it is in and its place there."""


def load(
    connection: Connection, examiner: str, photo: str, round_: ReadingRound = ReadingRound.FIRST
) -> Reading | None:
    """The Reading of `photo` (a SHA-256) by `examiner` (an id), or None."""
    found = load_many(connection, ReadingSelection((examiner,), (photo,)))
    return next((reading for reading in found if reading.round is round_), None)


def load_many(connection: Connection, of: ReadingSelection) -> list[Reading]:
    """These Readings, by Photo and Examiner; a few hundred Photos at a time."""
    rows = of.rows(connection, _FINDINGS).all()
    marks = _load_marks(connection, [finding.id for finding in rows])
    found = group_pairs(
        ((row.examiner, row.photo, row.round), FINDING_ROWS.make(row, marks=tuple(marks.get(row.id, ()))))
        for row in rows
    )
    scales = measurements.load_scales(connection, of)
    taken = measurements.load_measurements(connection, of)
    covered = coverage.load_coverage(connection, of)
    return [
        _READING_ROWS.make(
            row,
            findings=tuple(found.get((row.examiner, row.photo, row.round), ())),
            scales=scales.get((row.examiner, row.photo, row.round), ()),
            measurements=taken.get((row.examiner, row.photo, row.round), ()),
            coverage=covered.get((row.examiner, row.photo, row.round), ()),
        )
        for row in of.rows(connection, _READINGS)
    ]


def load_examiners_with_readings(connection: Connection) -> list[str]:
    """Load the ids of all Examiners who have a Reading."""
    return sorted(connection.execute(select(t.readings.c.examiner).distinct()).scalars())


def load_photos_with_readings(connection: Connection) -> list[str]:
    """Load the Photos (SHA-256) that have a Reading."""
    read = select(t.readings.c.photo)
    query = select(t.photo_numbers.c.sha256).where(t.photo_numbers.c.number.in_(read))
    return sorted(connection.execute(query).scalars())


def find_photos_with_region(connection: Connection, examiner: str, regions: tuple[str, ...]) -> list[str]:
    """The Photos (SHA-256) on which `examiner` found something that is there in one of `regions`."""
    r = t.finding_regions.c
    found = (
        select(r.photo)
        .where(r.examiner == examiner, r.region.in_(regions), r.confirmed == 1)
        .where(r.answer.in_([str(FindingAnswer.PRESENT), str(FindingAnswer.NON_SPECIFIC)]))
        .distinct()
        .subquery()
    )
    return list(connection.execute(select(name_photo(found.c.photo)).select_from(found)).scalars())


def save(connection: Connection, before: Reading | None, after: Reading | None) -> None:
    """Make the tables say `after` where they said `before`; both are of the same examiner and Photo."""
    save_many(connection, [(before, after)])


def save_many(connection: Connection, changes: Sequence[ReadingPair]) -> None:
    """Make the tables say of each Reading what comes after where they said what was before.

    Each Reading stands in `changes` once. Findings that go are taken out of all of them before one is put in.
    """
    gone: list[str] = []
    placed: list[PlacedFinding] = []
    keyed = _find_keys(connection, changes)
    for key, before, after in keyed:
        old = {f.id: (place, f) for place, f in enumerate(before.findings)} if before else {}
        new = {f.id: (place, f) for place, f in enumerate(after.findings)} if after else {}
        gone += [fid for fid, there in old.items() if new.get(fid) != there]
        placed += [(key, *wanted) for fid, wanted in new.items() if old.get(fid) != wanted]
    _delete_findings(connection, gone)
    _put_readings(connection, keyed)
    for before, after in changes:
        if after is not None and after.note != (before.note if before else ""):
            texts.put_text(connection, "note", f"{after.examiner} {after.photo}", after.note)
    measurements.save_measurements(connection, keyed)
    coverage.save_coverage(connection, keyed)
    _delete_readings(connection, keyed)
    _put_findings(connection, placed)


def _find_keys(connection: Connection, changes: Sequence[ReadingPair]) -> list[KeyedChange]:
    numbers = give_numbers(connection, [found.photo for pair in changes if (found := pair[1] or pair[0])])
    keyed: list[KeyedChange] = []
    for before, after in changes:
        of = after or before
        if of is not None:
            key: RowKey = {
                "examiner": of.examiner,
                "photo": numbers[of.photo],
                "round": _write_round(of.round),
            }
            keyed.append((key, before, after))
    return keyed


def _delete_readings(connection: Connection, changes: Sequence[KeyedChange]) -> None:
    for key, before, after in changes:
        if before is not None and after is None:
            texts.put_text(connection, "note", f"{before.examiner} {before.photo}", "")
            connection.execute(delete(t.readings).where(*match_key(t.readings, key)))


def _delete_findings(connection: Connection, ids: Sequence[str]) -> None:
    if ids:
        for statement in _DELETE_FINDINGS:
            connection.execute(statement, [{"of_finding": finding_id} for finding_id in ids])


def _put_readings(connection: Connection, changes: Sequence[KeyedChange]) -> None:
    """A value that did not change is not written: each index that holds one is a page of the commit."""
    new = [_make_row(after, key) for key, before, after in changes if after and before is None]
    if new:
        connection.execute(_INSERT_READING, new)
    for key, before, after in changes:
        if before is None or after is None:
            continue
        said = _make_row(before, key)
        changed = {name: value for name, value in _make_row(after, key).items() if value != said[name]}
        if changed:
            connection.execute(update(t.readings).where(*match_key(t.readings, key)).values(changed))


def _make_row(reading: Reading, key: RowKey) -> dict[str, object]:
    counts = {
        "counted": len(reading.present),
        "surest": reading.surest,
        "marked": sum(len(finding.marks) for finding in reading.findings),
    }
    return _READING_ROWS.write(reading, **counts) | {**key}


def _put_findings(connection: Connection, placed: Sequence[PlacedFinding]) -> None:
    """Keep findings with their places in their Readings; all rows of a table in one statement."""
    rows, regions, marks = [], [], []
    for key, place, finding in placed:
        rows.append(FINDING_ROWS.write(finding, **key, place=place))
        of_each_region = {
            "finding": finding.id,
            **key,
            "term": finding.term,
            "certainty": finding.certainty_told,
            "answer": str(finding.answer),
            "confirmed": int(finding.confirmed),
        }
        regions += [{"region": region, **of_each_region} for region in dict.fromkeys(finding.regions)]
        marks += [
            _MARK_ROWS.write(mark, finding=finding.id, place=number)
            for number, mark in enumerate(finding.marks)
        ]
    for statement, of_table in zip(_INSERT_FINDINGS, (rows, regions, marks), strict=True):
        if of_table:
            connection.execute(statement, of_table)


def _load_marks(connection: Connection, finding_ids: list[str]) -> dict[str, list[Mark]]:
    if not finding_ids:
        return {}
    query = select(t.marks).where(t.marks.c.finding.in_(ids_as_subquery(finding_ids)))
    rows = connection.execute(query.order_by(t.marks.c.finding, t.marks.c.place))
    return group_pairs((row.finding, _MARK_ROWS.make(row)) for row in rows)
