"""Coverage on disk: a row for each Region that something was said of."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, delete, select

from reviewer.domain.coverage import Covered
from reviewer.domain.reading import Reading
from reviewer.storage import tables as t
from reviewer.storage.among import Of

Key = tuple[str, str]


def coverage_of(connection: Connection, of: Of) -> dict[Key, Covered]:
    """(examiner, photo) -> Coverage."""
    c = t.coverage.c
    query = of.narrowed(select(t.coverage).order_by(c.examiner, c.photo, c.region), t.coverage)
    found: dict[Key, list[tuple[str, str]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.examiner, row.photo].append((row.region, row.level))
    return {each: tuple(sorted(covered)) for each, covered in found.items()}


def save(connection: Connection, before: Reading | None, after: Reading | None) -> None:
    """Make the table say what `after` covers where it said what `before` covers."""
    old, new = before.coverage if before else (), after.coverage if after else ()
    reading = after or before
    if old == new or reading is None:
        return
    c = t.coverage.c
    connection.execute(delete(t.coverage).where(c.examiner == reading.examiner, c.photo == reading.photo))
    if new:
        key = {"examiner": reading.examiner, "photo": reading.photo}
        connection.execute(
            t.coverage.insert(), [{**key, "region": region, "level": level} for region, level in new]
        )
