"""Readings on disk: a Reading goes in and comes out whole."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from sqlalchemy import Connection, Row, delete, select
from sqlalchemy.dialects.sqlite import insert

from reviewer.domain.geometry.mark import Mark, Shape
from reviewer.domain.ledger.entry import canonical
from reviewer.domain.reading.reading import Conclusion, Finding, Reading, State
from reviewer.domain.vocabulary.scales import Answer, Certainty
from reviewer.storage.engine import tables as t
from reviewer.storage.engine import texts
from reviewer.storage.engine.among import Of, among, narrowed_to_readings
from reviewer.storage.reading import coverage, measurements

_FINDINGS = narrowed_to_readings(select(t.findings).order_by(t.findings.c.place), t.findings)
_READINGS = narrowed_to_readings(
    select(t.readings).order_by(t.readings.c.photo, t.readings.c.examiner), t.readings
)
_READING = insert(t.readings)
_PUT_READING = _READING.on_conflict_do_update(
    index_elements=["examiner", "photo"],
    set_={
        column.name: _READING.excluded[column.name]
        for column in t.readings.columns
        if column.name not in {"examiner", "photo"}
    },
)


def load(connection: Connection, examiner: str, photo: str) -> Reading | None:
    """The Reading of `photo` (a SHA-256) by `examiner` (an id), or None."""
    return next(iter(load_many(connection, Of((examiner,), (photo,)))), None)


def load_many(connection: Connection, of: Of) -> list[Reading]:
    """These Readings, by Photo and Examiner; a few hundred Photos at a time."""
    rows = of.rows(connection, _FINDINGS).all()
    marks = _marks_of(connection, [each.id for each in rows])
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for row in rows:
        found[row.examiner, row.photo].append(finding_of(row, marks.get(row.id, ())))
    scales = measurements.scales_of(connection, of)
    taken = measurements.measurements_of(connection, of)
    covered = coverage.coverage_of(connection, of)
    return [
        replace(
            _reading(row, found.get((row.examiner, row.photo), ())),
            scales=scales.get((row.examiner, row.photo), ()),
            measurements=taken.get((row.examiner, row.photo), ()),
            coverage=covered.get((row.examiner, row.photo), ()),
        )
        for row in of.rows(connection, _READINGS)
    ]


def examiners(connection: Connection) -> list[str]:
    """The ids of all who have a Reading."""
    return sorted(connection.execute(select(t.readings.c.examiner).distinct()).scalars())


def photos(connection: Connection) -> list[str]:
    """The Photos (SHA-256) of which there is a Reading."""
    return sorted(connection.execute(select(t.readings.c.photo).distinct()).scalars())


def photos_with_region(connection: Connection, examiner: str, regions: tuple[str, ...]) -> list[str]:
    """The Photos (SHA-256) on which `examiner` found something that is there in one of `regions`."""
    f, r = t.findings.c, t.finding_regions.c
    query = (
        select(f.photo)
        .join(t.finding_regions, r.finding == f.id)
        .where(f.examiner == examiner, r.region.in_(regions), f.confirmed == 1)
        .where(f.answer.in_([str(Answer.PRESENT), str(Answer.NON_SPECIFIC)]))
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
        measurements.save(connection, before, None)
        coverage.save(connection, before, None)
        _delete_reading(connection, before)
        return
    _put_reading(connection, after)
    if before is None or before.note != after.note:
        texts.put(connection, "note", f"{after.examiner} {after.photo}", after.note)
    measurements.save(connection, before, after)
    coverage.save(connection, before, after)
    for fid, (place, finding) in new.items():
        if old.get(fid) != (place, finding):
            _put_finding(connection, after, place, finding)


def _delete_reading(connection: Connection, reading: Reading | None) -> None:
    if reading is not None:
        condition = (t.readings.c.examiner == reading.examiner) & (t.readings.c.photo == reading.photo)
        texts.put(connection, "note", f"{reading.examiner} {reading.photo}", "")
        connection.execute(delete(t.readings).where(condition))


def _delete_findings(connection: Connection, ids: list[str]) -> None:
    for finding_id in ids:
        connection.execute(delete(t.marks).where(t.marks.c.finding == finding_id))
        connection.execute(delete(t.finding_regions).where(t.finding_regions.c.finding == finding_id))
        connection.execute(delete(t.findings).where(t.findings.c.id == finding_id))


def _put_reading(connection: Connection, reading: Reading) -> None:
    values = {
        "state": str(reading.state),
        "conclusion": str(reading.conclusion),
        "reason": reading.reason,
        "note": reading.note,
        "changed_at": reading.changed_at,
        "carried_from": reading.carried_from,
        "counted": len(reading.present),
        "surest": reading.surest,
        "marked": sum(len(finding.marks) for finding in reading.findings),
        "looked_for": _json([list(each) for each in reading.looked_for]),
        "description": _json({key: list(values) for key, values in reading.description}),
        "context_seen": _json(list(reading.context_seen)),
    }
    connection.execute(_PUT_READING, {"examiner": reading.examiner, "photo": reading.photo, **values})


def _put_finding(connection: Connection, reading: Reading, place: int, finding: Finding) -> None:
    connection.execute(
        t.findings.insert(),
        {
            "id": finding.id,
            "examiner": reading.examiner,
            "photo": reading.photo,
            "place": place,
            "term": finding.term,
            "vocabulary": finding.vocabulary,
            "answer": str(finding.answer),
            "reason": finding.reason,
            "certainty": str(finding.certainty),
            "certainty_stated": int(finding.certainty_stated),
            "regions": _json(list(finding.regions)),
            "qualifiers": _json({key: list(values) for key, values in finding.qualifiers}),
            "degree": finding.degree,
            "mechanism": finding.mechanism,
            "copied_from": finding.copied_from,
            "confirmed": int(finding.confirmed),
            "recipe": finding.recipe,
            "seen_as_is": int(finding.seen_as_is),
            "alleged_by": finding.alleged_by,
            "in_context": int(finding.in_context),
        },
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
        row = {
            "id": mark.id,
            "finding": finding.id,
            "place": number,
            "shape": str(mark.shape),
            "points": _json([list(point) for point in mark.points]),
            "page": mark.page,
        }
        connection.execute(t.marks.insert(), row)


def _json(value: object) -> str:
    return canonical(value).decode("utf-8")


def _marks_of(connection: Connection, finding_ids: list[str]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = defaultdict(list)
    if not finding_ids:
        return found
    query = select(t.marks).where(t.marks.c.finding.in_(among(finding_ids)))
    for row in connection.execute(query.order_by(t.marks.c.finding, t.marks.c.place)):
        points = tuple((x, y) for x, y in json.loads(row.points))
        found[row.finding].append(Mark(row.id, Shape(row.shape), points, row.page))
    return found


def _reading(row: Row, found: Iterable[Finding]) -> Reading:  # type: ignore[type-arg]
    return Reading(
        examiner=row.examiner,
        photo=row.photo,
        state=State(row.state),
        conclusion=Conclusion(row.conclusion),
        reason=row.reason,
        note=row.note,
        findings=tuple(found),
        changed_at=row.changed_at,
        carried_from=row.carried_from,
        looked_for=lists_of(row.looked_for),
        description=pairs_of(row.description),
        context_seen=_regions(row.context_seen),
    )


def finding_of(row: Row, marks: Iterable[Mark] = ()) -> Finding:  # type: ignore[type-arg]
    return Finding(
        id=row.id,
        term=row.term,
        vocabulary=row.vocabulary,
        answer=Answer(row.answer),
        reason=row.reason,
        certainty=Certainty(row.certainty),
        certainty_stated=bool(row.certainty_stated),
        regions=_regions(row.regions),
        qualifiers=pairs_of(row.qualifiers),
        degree=row.degree,
        mechanism=row.mechanism,
        marks=tuple(marks),
        copied_from=row.copied_from,
        confirmed=bool(row.confirmed),
        recipe=row.recipe,
        seen_as_is=bool(row.seen_as_is),
        alleged_by=row.alleged_by,
        in_context=bool(row.in_context),
    )


@lru_cache(maxsize=4096)
def _regions(written: str) -> tuple[str, ...]:
    """The same few texts come again and again: reading hundreds of thousands of findings is mostly this."""
    return tuple(json.loads(written))


@lru_cache(maxsize=4096)
def lists_of(written: str) -> tuple[tuple[str, str], ...]:
    """The lists of signs that were gone through, as a row holds them."""
    return tuple((key, version) for key, version in json.loads(written))


@lru_cache(maxsize=4096)
def pairs_of(written: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Keys with their chosen values, sorted by key, as a row holds them."""
    return tuple(sorted((key, tuple(values)) for key, values in json.loads(written).items()))
