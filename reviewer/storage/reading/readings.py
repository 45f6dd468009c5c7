"""Readings on disk: a Reading goes in and comes out whole."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from sqlalchemy import Connection, Row, delete, select
from sqlalchemy.dialects.sqlite import insert

from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.ledger.entry import to_canonical_json
from reviewer.domain.reading.reading import Conclusion, Finding, Reading, ReadingState
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from reviewer.storage.engine import tables as t
from reviewer.storage.engine import texts
from reviewer.storage.engine.among import ReadingSelection, ids_as_subquery, narrow_to_readings
from reviewer.storage.reading import coverage, measurements

_FINDINGS = narrow_to_readings(select(t.findings).order_by(t.findings.c.place), t.findings)
_READINGS = narrow_to_readings(
    select(t.readings).order_by(t.readings.c.photo, t.readings.c.examiner), t.readings
)
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
    marks = _load_marks(connection, [each.id for each in rows])
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for row in rows:
        found[row.examiner, row.photo].append(finding_from_row(row, marks.get(row.id, ())))
    scales = measurements.load_scales(connection, of)
    taken = measurements.load_measurements(connection, of)
    covered = coverage.load_coverage(connection, of)
    return [
        replace(
            _reading_from_row(row, found.get((row.examiner, row.photo), ())),
            scales=scales.get((row.examiner, row.photo), ()),
            measurements=taken.get((row.examiner, row.photo), ()),
            coverage=covered.get((row.examiner, row.photo), ()),
        )
        for row in of.rows(connection, _READINGS)
    ]


def load_examiners_with_readings(connection: Connection) -> list[str]:
    """The ids of all who have a Reading."""
    return sorted(connection.execute(select(t.readings.c.examiner).distinct()).scalars())


def load_photos_with_readings(connection: Connection) -> list[str]:
    """The Photos (SHA-256) of which there is a Reading."""
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
        "looked_for": _to_json([list(each) for each in reading.looked_for]),
        "description": _to_json({key: list(values) for key, values in reading.description}),
        "context_seen": _to_json(list(reading.context_seen)),
    }
    connection.execute(_UPSERT_READING, {"examiner": reading.examiner, "photo": reading.photo, **values})


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
            "regions": _to_json(list(finding.regions)),
            "qualifiers": _to_json({key: list(values) for key, values in finding.qualifiers}),
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
            "points": _to_json([list(point) for point in mark.points]),
            "page": mark.page,
        }
        connection.execute(t.marks.insert(), row)


def _to_json(value: object) -> str:
    return to_canonical_json(value).decode("utf-8")


def _load_marks(connection: Connection, finding_ids: list[str]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = defaultdict(list)
    if not finding_ids:
        return found
    query = select(t.marks).where(t.marks.c.finding.in_(ids_as_subquery(finding_ids)))
    for row in connection.execute(query.order_by(t.marks.c.finding, t.marks.c.place)):
        points = tuple((x, y) for x, y in json.loads(row.points))
        found[row.finding].append(Mark(row.id, MarkShape(row.shape), points, row.page))
    return found


def _reading_from_row(row: Row, found: Iterable[Finding]) -> Reading:  # type: ignore[type-arg]
    return Reading(
        examiner=row.examiner,
        photo=row.photo,
        state=ReadingState(row.state),
        conclusion=Conclusion(row.conclusion),
        reason=row.reason,
        note=row.note,
        findings=tuple(found),
        changed_at=row.changed_at,
        carried_from=row.carried_from,
        looked_for=parse_checked_lists(row.looked_for),
        description=parse_chosen_values(row.description),
        context_seen=_parse_keys(row.context_seen),
    )


def finding_from_row(row: Row, marks: Iterable[Mark] = ()) -> Finding:  # type: ignore[type-arg]
    return Finding(
        id=row.id,
        term=row.term,
        vocabulary=row.vocabulary,
        answer=FindingAnswer(row.answer),
        reason=row.reason,
        certainty=Certainty(row.certainty),
        certainty_stated=bool(row.certainty_stated),
        regions=_parse_keys(row.regions),
        qualifiers=parse_chosen_values(row.qualifiers),
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
def _parse_keys(written: str) -> tuple[str, ...]:
    """The same few texts come again and again: reading hundreds of thousands of findings is mostly this."""
    return tuple(json.loads(written))


@lru_cache(maxsize=4096)
def parse_checked_lists(written: str) -> tuple[tuple[str, str], ...]:
    """The lists of signs that were gone through, as a row holds them."""
    return tuple((key, version) for key, version in json.loads(written))


@lru_cache(maxsize=4096)
def parse_chosen_values(written: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Keys with their chosen values, sorted by key, as a row holds them."""
    return tuple(sorted((key, tuple(values)) for key, values in json.loads(written).items()))
