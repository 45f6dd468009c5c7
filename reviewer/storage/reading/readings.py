"""Readings on disk: a Reading goes in and comes out whole."""

from __future__ import annotations

import json
from functools import lru_cache

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from reviewer.domain.geometry.mark import Mark
from reviewer.domain.grouping import group_pairs
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.storage.engine import tables as t
from reviewer.storage.engine import texts
from reviewer.storage.engine.among import ReadingSelection, ids_as_subquery, narrow_to_readings
from reviewer.storage.engine.row_mapper import KNOWN_TUPLES, FieldCodec, RowMapper, write_json
from reviewer.storage.reading import coverage, measurements

_FINDINGS = narrow_to_readings(select(t.findings).order_by(t.findings.c.place), t.findings)
_READINGS = narrow_to_readings(
    select(t.readings).order_by(t.readings.c.photo, t.readings.c.examiner), t.readings
)


@lru_cache(maxsize=4096)
def parse_chosen_values(written: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Keys with their chosen values, sorted by key, as a row holds them."""
    return tuple(sorted((key, tuple(values)) for key, values in json.loads(written).items()))


@lru_cache(maxsize=4096)
def _write_chosen_values(chosen: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return write_json(dict(chosen))


_CHOSEN_VALUES: FieldCodec = parse_chosen_values, _write_chosen_values
READING_CODECS = {"looked_for": KNOWN_TUPLES, "description": _CHOSEN_VALUES, "context_seen": KNOWN_TUPLES}
_READING_ROWS = RowMapper(Reading, t.readings.columns, READING_CODECS)
FINDING_ROWS = RowMapper(Finding, t.findings.columns, {"regions": KNOWN_TUPLES, "qualifiers": _CHOSEN_VALUES})
_MARK_ROWS = RowMapper(Mark, t.marks.columns)
_INSERT_READING = insert(t.readings)
_UPSERT_READING = _INSERT_READING.on_conflict_do_update(
    index_elements=["examiner", "photo"],
    set_={
        column.name: _INSERT_READING.excluded[column.name]
        for column in t.readings.columns
        if column.name not in {"examiner", "photo"}
    },
)


def load(connection: Connection, examiner: str, photo: str) -> Reading | None:
    """The Reading of `photo` (a SHA-256) by `examiner` (an id), or None."""
    return next(iter(load_many(connection, ReadingSelection((examiner,), (photo,)))), None)


def load_many(connection: Connection, of: ReadingSelection) -> list[Reading]:
    """These Readings, by Photo and Examiner; a few hundred Photos at a time."""
    rows = of.rows(connection, _FINDINGS).all()
    marks = _load_marks(connection, [finding.id for finding in rows])
    found = group_pairs(
        ((row.examiner, row.photo), FINDING_ROWS.make(row, marks=tuple(marks.get(row.id, ()))))
        for row in rows
    )
    scales = measurements.load_scales(connection, of)
    taken = measurements.load_measurements(connection, of)
    covered = coverage.load_coverage(connection, of)
    return [
        _READING_ROWS.make(
            row,
            findings=tuple(found.get((row.examiner, row.photo), ())),
            scales=scales.get((row.examiner, row.photo), ()),
            measurements=taken.get((row.examiner, row.photo), ()),
            coverage=covered.get((row.examiner, row.photo), ()),
        )
        for row in of.rows(connection, _READINGS)
    ]


def load_examiners_with_readings(connection: Connection) -> list[str]:
    """Load the ids of all Examiners who have a Reading."""
    return sorted(connection.execute(select(t.readings.c.examiner).distinct()).scalars())


def load_photos_with_readings(connection: Connection) -> list[str]:
    """Load the Photos (SHA-256) that have a Reading."""
    return sorted(connection.execute(select(t.readings.c.photo).distinct()).scalars())


def find_photos_with_region(connection: Connection, examiner: str, regions: tuple[str, ...]) -> list[str]:
    """The Photos (SHA-256) on which `examiner` found something that is there in one of `regions`."""
    f, r = t.findings.c, t.finding_regions.c
    query = (
        select(f.photo)
        .join(t.finding_regions, r.finding == f.id)
        .where(f.examiner == examiner, r.region.in_(regions), f.confirmed == 1)
        .where(f.answer.in_([str(FindingAnswer.PRESENT), str(FindingAnswer.NON_SPECIFIC)]))
        .distinct()
    )
    return list(connection.execute(query).scalars())


def save(connection: Connection, before: Reading | None, after: Reading | None) -> None:
    """Make the tables say `after` where they said `before`; both are of the same examiner and Photo."""
    old = {f.id: (place, f) for place, f in enumerate(before.findings)} if before else {}
    new = {f.id: (place, f) for place, f in enumerate(after.findings)} if after else {}
    changed = [fid for fid, placed in old.items() if new.get(fid) != placed]
    _delete_findings(connection, changed)
    if after is None:
        measurements.save_measurements(connection, before, None)
        coverage.save_coverage(connection, before, None)
        _delete_reading(connection, before)
        return
    _put_reading(connection, after)
    if before is None or before.note != after.note:
        texts.put_text(connection, "note", f"{after.examiner} {after.photo}", after.note)
    measurements.save_measurements(connection, before, after)
    coverage.save_coverage(connection, before, after)
    for fid, (place, finding) in new.items():
        if old.get(fid) != (place, finding):
            _put_finding(connection, after, place, finding)


def _delete_reading(connection: Connection, reading: Reading | None) -> None:
    if reading is not None:
        condition = (t.readings.c.examiner == reading.examiner) & (t.readings.c.photo == reading.photo)
        texts.put_text(connection, "note", f"{reading.examiner} {reading.photo}", "")
        connection.execute(delete(t.readings).where(condition))


def _delete_findings(connection: Connection, ids: list[str]) -> None:
    for finding_id in ids:
        connection.execute(delete(t.marks).where(t.marks.c.finding == finding_id))
        connection.execute(delete(t.finding_regions).where(t.finding_regions.c.finding == finding_id))
        connection.execute(delete(t.findings).where(t.findings.c.id == finding_id))


def _put_reading(connection: Connection, reading: Reading) -> None:
    counts = {
        "counted": len(reading.present),
        "surest": reading.surest,
        "marked": sum(len(finding.marks) for finding in reading.findings),
    }
    connection.execute(_UPSERT_READING, _READING_ROWS.write(reading, **counts))


def _put_finding(connection: Connection, reading: Reading, place: int, finding: Finding) -> None:
    connection.execute(
        t.findings.insert(),
        FINDING_ROWS.write(finding, examiner=reading.examiner, photo=reading.photo, place=place),
    )
    asked = {
        "finding": finding.id,
        "examiner": reading.examiner,
        "photo": reading.photo,
        "term": finding.term,
        "certainty": finding.certainty_told,
        "answer": str(finding.answer),
        "confirmed": int(finding.confirmed),
    }
    for region in dict.fromkeys(finding.regions):
        connection.execute(t.finding_regions.insert(), {"region": region, **asked})
    for number, mark in enumerate(finding.marks):
        row = _MARK_ROWS.write(mark, finding=finding.id, place=number)
        connection.execute(t.marks.insert(), row)


def _load_marks(connection: Connection, finding_ids: list[str]) -> dict[str, list[Mark]]:
    if not finding_ids:
        return {}
    query = select(t.marks).where(t.marks.c.finding.in_(ids_as_subquery(finding_ids)))
    rows = connection.execute(query.order_by(t.marks.c.finding, t.marks.c.place))
    return group_pairs((row.finding, _MARK_ROWS.make(row)) for row in rows)
