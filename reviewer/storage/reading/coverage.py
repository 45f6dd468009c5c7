"""Coverage on disk: a row for each Region that something was said of."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from reviewer.domain.grouping import group_pairs
from reviewer.domain.reading.reading import Reading
from reviewer.domain.vocabulary.coverage import CoverageLevels
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ReadingSelection, narrow_to_readings

ReadingKey = tuple[str, str]

_C = t.coverage.c
_COVERAGE = narrow_to_readings(select(t.coverage).order_by(_C.examiner, _C.photo, _C.region), t.coverage)


def load_coverage(connection: Connection, of: ReadingSelection) -> dict[ReadingKey, CoverageLevels]:
    """(examiner, photo) -> Coverage."""
    rows = of.rows(connection, _COVERAGE)
    found = group_pairs(((row.examiner, row.photo), (row.region, row.level)) for row in rows)
    return {key: tuple(sorted(covered)) for key, covered in found.items()}


def save_coverage(connection: Connection, before: Reading | None, after: Reading | None) -> None:
    """Make the table say what `after` covers where it said what `before` covers."""
    old, new = before.coverage if before else (), after.coverage if after else ()
    reading = after or before
    if old == new or reading is None:
        return
    connection.execute(delete(t.coverage).where(_C.examiner == reading.examiner, _C.photo == reading.photo))
    if new:
        key = {"examiner": reading.examiner, "photo": reading.photo}
        connection.execute(
            t.coverage.insert(), [{**key, "region": region, "level": level} for region, level in new]
        )
