"""Readings as a Summary needs them: without Marks, Scales and Measurements, many in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from reviewer.domain.grouping import group_pairs
from reviewer.domain.reading.reading import Finding, Reading, ReadingState
from reviewer.domain.summary.decisions import TermDecisions
from reviewer.domain.vocabulary.coverage import CoverageLevels, find_assessable_keys
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.numbers import name_photo, numbers_as_subquery, select_named
from reviewer.storage.engine.row_mapper import RowMapper
from reviewer.storage.reading.coverage import ReadingKey
from reviewer.storage.reading.readings import FINDING_ROWS, READING_CODECS
from reviewer.storage.shared.shared_rows import decisions_from_rows

_AT_ONCE = 500
_R = t.readings.c
_READING_COLUMNS = (
    _R.examiner, name_photo(_R.photo), _R.round, _R.state, _R.conclusion, _R.reason, _R.changed_at,
    _R.carried_from, _R.looked_for, _R.description,
)  # fmt: skip
_READING_ROWS = RowMapper(Reading, _READING_COLUMNS, READING_CODECS)


def iterate_readings(
    connection: Connection, examiners: Collection[str], photos: Sequence[str] | None
) -> Iterator[Reading]:
    """The Readings of these Examiners, of these Photos (SHA-256) or of all with None."""
    if photos is None:
        yield from _iterate_some_readings(connection, examiners, None)
        return
    for start in range(0, len(photos), _AT_ONCE):
        yield from _iterate_some_readings(connection, examiners, photos[start : start + _AT_ONCE])


def count_findings(
    connection: Connection, examiners: Collection[str] | None, photos: Sequence[str] | None
) -> int:
    """Count the findings of these Examiners or of all, on these Photos (SHA-256) or on all."""
    query = select(func.count()).select_from(t.findings)
    return int(connection.execute(_narrow_to(query, t.findings, examiners, photos)).scalar_one())


def count_complete_photos(
    connection: Connection, examiners: Collection[str] | None, photos: Sequence[str] | None
) -> int:
    """Count the Photos of which one of these Examiners, or anybody, has a complete Reading."""
    query = select(func.count(func.distinct(_R.photo))).where(_R.state == str(ReadingState.COMPLETE))
    return int(connection.execute(_narrow_to(query, t.readings, examiners, photos)).scalar_one())


def load_photos_read_to_the_end(connection: Connection, examiners: Collection[str]) -> set[str]:
    """The Photos (SHA-256) that one of these Examiners read to the end, by a look of their own."""
    complete = _R.state == str(ReadingState.COMPLETE), _R.carried_from == ""
    query = select(name_photo(_R.photo)).where(_R.examiner.in_(tuple(examiners)), *complete)
    return set(connection.execute(query).scalars())


def _narrow_to(
    query: Select[Any], table: Any, examiners: Collection[str] | None, photos: Sequence[str] | None
) -> Select[Any]:
    if examiners is not None:
        query = query.where(table.c.examiner.in_(tuple(examiners)))
    return query if photos is None else query.where(table.c.photo.in_(numbers_as_subquery(photos)))


def load_completion_days(connection: Connection, examiner: str) -> dict[str, str]:
    """Photo -> the day (UTC) on which one Examiner's complete Reading of it was changed last."""
    r = t.readings.c
    query = select(name_photo(r.photo), func.substr(r.changed_at, 1, 10))
    rows = connection.execute(query.where(r.examiner == examiner, r.state == str(ReadingState.COMPLETE)))
    return {photo: str(day) for photo, day in rows}


def load_assessable_regions(
    connection: Connection, examiner: str, photos: Sequence[str]
) -> dict[str, frozenset[str]]:
    """Photo -> the Regions that one Examiner called assessable, by a look of their own."""
    covered = _load_coverage(connection, (examiner,), photos)
    r = t.readings.c
    query = select(name_photo(r.photo)).where(r.examiner == examiner, r.carried_from != "")
    query = query.where(r.photo.in_(numbers_as_subquery(photos)))
    carried = set(connection.execute(query).scalars())
    return {
        photo: find_assessable_keys(found)
        for (_who, photo, _round), found in covered.items()
        if photo not in carried
    }


def load_decisions(
    connection: Connection, examiners: Collection[str], individuals: Sequence[str] | None
) -> dict[str, list[TermDecisions]]:
    """Individual -> what these Examiners decided about it, of these Individuals or of all with None."""
    c = t.decisions.c
    query = select(t.decisions).where(c.examiner.in_(tuple(examiners)))
    if individuals is not None:
        query = query.where(c.individual.in_(tuple(individuals)))
    decided = decisions_from_rows(connection.execute(query.order_by(c.id)))
    return group_pairs((decisions.individual, decisions) for decisions in decided)


def _iterate_some_readings(
    connection: Connection, examiners: Collection[str], photos: Sequence[str] | None
) -> Iterator[Reading]:
    findings = _load_findings(connection, examiners, photos)
    covered = _load_coverage(connection, examiners, photos)
    for row in connection.execute(_narrow_query(select(*_READING_COLUMNS), t.readings, examiners, photos)):
        key = row.examiner, row.photo, row.round
        yield _READING_ROWS.make(row, findings=tuple(findings.get(key, ())), coverage=covered.get(key, ()))


def _narrow_query(
    query: Select[Any], table: Any, examiners: Collection[str], photos: Sequence[str] | None
) -> Select[Any]:
    query = query.where(table.c.examiner.in_(tuple(examiners)))
    return query if photos is None else query.where(table.c.photo.in_(numbers_as_subquery(photos)))


def _load_findings(
    connection: Connection, examiners: Collection[str], photos: Sequence[str] | None
) -> dict[ReadingKey, list[Finding]]:
    query = _narrow_query(select_named(t.findings), t.findings, examiners, photos).order_by(
        t.findings.c.place
    )
    rows = connection.execute(query).all()
    return group_pairs(((row.examiner, row.photo, row.round), FINDING_ROWS.make(row)) for row in rows)


def _load_coverage(
    connection: Connection, examiners: Collection[str], photos: Sequence[str] | None
) -> dict[ReadingKey, CoverageLevels]:
    """One row for each Photo instead of one for each Region: a million rows would cost seconds."""
    c = t.coverage.c
    said = func.group_concat(c.region + "=" + c.level, " ")
    columns = select(c.examiner, c.photo, c.round, said.label("said"))
    grouped = _narrow_query(columns, t.coverage, examiners, photos).group_by(c.examiner, c.photo, c.round)
    of = grouped.subquery().c
    known: dict[str, CoverageLevels] = {}
    found: dict[ReadingKey, CoverageLevels] = {}
    for row in connection.execute(select(of.examiner, name_photo(of.photo), of.round, of.said)):
        if row.said not in known:
            pairs = (pair.partition("=") for pair in row.said.split(" "))
            known[row.said] = tuple(sorted((region, level) for region, _is, level in pairs))
        found[row.examiner, row.photo, row.round] = known[row.said]
    return found
