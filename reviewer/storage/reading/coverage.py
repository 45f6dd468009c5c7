"""Coverage on disk: a row for each Region that something was said of."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete

from reviewer.domain.grouping import group_pairs
from reviewer.domain.vocabulary.coverage import CoverageLevels
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ReadingSelection, narrow_to_readings
from reviewer.storage.engine.numbers import KeyedChange, select_named

ReadingKey = tuple[str, str, int]
"""Examiner, SHA-256 of the Photo, number of the round."""

_C = t.coverage.c
_COVERAGE = narrow_to_readings(
    select_named(t.coverage).order_by(_C.examiner, _C.photo, _C.round, _C.region), t.coverage
)
_DELETE_COVERAGE = delete(t.coverage).where(
    _C.examiner == bindparam("of_examiner"),
    _C.photo == bindparam("of_photo"),
    _C.round == bindparam("of_round"),
)
_INSERT_COVERAGE = t.coverage.insert()


def load_coverage(connection: Connection, of: ReadingSelection) -> dict[ReadingKey, CoverageLevels]:
    """Key of a Reading -> Coverage."""
    rows = of.rows(connection, _COVERAGE)
    found = group_pairs(((row.examiner, row.photo, row.round), (row.region, row.level)) for row in rows)
    return {key: tuple(sorted(covered)) for key, covered in found.items()}


def save_coverage(connection: Connection, changes: Sequence[KeyedChange]) -> None:
    """Make the table say of each Reading what it covers now where it said what it covered before."""
    gone, rows = [], []
    for key, before, after in changes:
        old, new = before.coverage if before else (), after.coverage if after else ()
        if old == new:
            continue
        if old:
            gone.append({f"of_{name}": value for name, value in key.items()})
        rows += [{**key, "region": region, "level": level} for region, level in new]
    if gone:
        connection.execute(_DELETE_COVERAGE, gone)
    if rows:
        connection.execute(_INSERT_COVERAGE, rows)
