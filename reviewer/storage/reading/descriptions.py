"""What is said of photographs as a whole: the state of the body and the scene, as Readings hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, select, true

from reviewer.storage.engine import tables as t
from reviewer.storage.engine.numbers import name_photo, numbers_as_subquery
from reviewer.storage.reading.readings import parse_chosen_values

_AT_ONCE = 500
EMPTY_DESCRIPTION = "{}"
"""The column of a Reading that says nothing of its Photo as a whole."""


@dataclass(frozen=True)
class StoredDescription:
    """One thing that one Examiner said of one Photo; `values` in the order of the vocabulary's choices."""

    photo: str
    examiner: str
    key: str
    values: tuple[str, ...]


def iterate_descriptions(
    connection: Connection,
    examiners: Sequence[str] | None = None,
    photos: Sequence[str] | None = None,
    complete_only: bool = False,
) -> Iterator[StoredDescription]:
    """All that is said, by Photo, Examiner and key; of everybody and of all Photos where none are named.

    `complete_only` leaves out Readings that are open or set aside.
    """
    c = t.readings.c
    photo = name_photo(c.photo)
    query = select(photo, c.examiner, c.description).where(c.description != EMPTY_DESCRIPTION)
    if examiners is not None:
        query = query.where(c.examiner.in_(list(examiners)))
    if complete_only:
        query = query.where(c.state == "complete")
    query = query.order_by(photo, c.examiner, c.round)
    if photos is None:
        yield from _iterate_rows(connection, query)
        return
    ordered = sorted(set(photos))
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        yield from _iterate_rows(connection, query.where(c.photo.in_(numbers_as_subquery(some))))


def _iterate_rows(connection: Connection, query: Select[str, str, str]) -> Iterator[StoredDescription]:
    for row in connection.execute(query):
        for key, values in parse_chosen_values(row.description):
            yield StoredDescription(row.photo, row.examiner, key, values)


def select_photos_saying(key: str, values: Sequence[str]) -> Select[int]:
    """Select the Photos (their numbers) with a Reading that has one of these values under `key` (letters and
    _ only)."""
    c = t.readings.c
    said = func.json_each(c.description, f"$.{key}").table_valued("value").alias("said")
    joined = select(c.photo).select_from(t.readings).join(said, true())
    return joined.where(c.description != EMPTY_DESCRIPTION, said.c.value.in_(list(values)))
