"""Numbers of Photos: what the state tables hold where everybody else says a SHA-256.

A number is valid in this database only. Whoever asks names Photos by their hashes and is answered with them.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, TypedDict

from sqlalchemy import (
    ColumnElement,
    Connection,
    Label,
    ScalarSelect,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    func,
    select,
)

from reviewer.domain.reading.reading import Reading
from reviewer.storage.engine import tables as t

_N = t.photo_numbers.c
_AT_ONCE = 5_000


def name_photo(number: ColumnElement[int]) -> Label[str]:
    """The SHA-256 of the Photo that a column holds the number of, labelled "photo"."""
    named = t.photo_numbers.alias()
    query = select(named.c.sha256).where(named.c.number == number).correlate_except(named)
    return query.scalar_subquery().label("photo")


def select_named(table: Table) -> Select[Any]:
    """All columns of a table, `photo` as the SHA-256."""
    return select(*(name_photo(column) if column.name == "photo" else column for column in table.columns))


def numbers_as_subquery(photos: Collection[str]) -> Select[int]:
    """The numbers of these Photos (SHA-256), for `column.in_(...)`."""
    listed = func.json_each(json.dumps(list(photos))).table_valued("value")
    return select(_N.number).where(_N.sha256.in_(select(listed.c.value)))


def subjects_as_subquery(photos: Collection[str]) -> Select[str]:
    """The same as `act_subjects` holds them: in a column of texts, beside the ids of other things."""
    numbers = numbers_as_subquery(photos).subquery()
    return select(cast(numbers.c.number, Text))


def number_of(photo: str) -> ScalarSelect[int]:
    """The number of a Photo (SHA-256), for `column == ...`."""
    return select(_N.number).where(_N.sha256 == photo).scalar_subquery()


class RowKey(TypedDict):
    """The key of a Reading as rows hold it: an Examiner's id, the numbers of Photo and round."""

    examiner: str
    photo: int
    round: int


KeyedChange = tuple[RowKey, Reading | None, Reading | None]
"""A Reading before and after, with the key of both."""


def match_key(table: Table, key: RowKey) -> tuple[ColumnElement[bool], ...]:
    """Of a row: that it belongs to this Reading."""
    c = table.c
    return c.examiner == key["examiner"], c.photo == key["photo"], c.round == key["round"]


_LISTED = func.json_each(bindparam("of_photos")).table_valued("value")
_NUMBERS = select(_N.sha256, _N.number).where(_N.sha256.in_(select(_LISTED.c.value)))
_LOWEST = select(func.min(_N.number))


def load_numbers(connection: Connection, photos: Collection[str]) -> dict[str, int]:
    """SHA-256 -> number, of those of these Photos that have one."""
    rows = connection.execute(_NUMBERS, {"of_photos": json.dumps(list(photos))})
    return {sha256: number for sha256, number in rows}


def give_numbers(connection: Connection, photos: Collection[str]) -> dict[str, int]:
    """SHA-256 -> number of these Photos; new ones, below zero, for those that nobody spoke of before."""
    numbers = load_numbers(connection, photos) if photos else {}
    new = [photo for photo in dict.fromkeys(photos) if photo not in numbers]
    if new:
        lowest = min(0, connection.execute(_LOWEST).scalar() or 0)
        given = {photo: lowest - place for place, photo in enumerate(new, start=1)}
        rows = [{"number": number, "sha256": photo} for photo, number in given.items()]
        connection.execute(t.photo_numbers.insert(), rows)
        numbers |= given
    return numbers


def copy_numbers(connection: Connection, into: Connection) -> None:
    """Number Photos in a database without any as they are numbered here, so that rows can be compared."""
    for some in connection.execute(select(_N.number, _N.sha256)).mappings().partitions(_AT_ONCE):
        into.execute(t.photo_numbers.insert(), [dict(row) for row in some])


def find_number_faults(connection: Connection, rebuilt: Connection) -> list[str]:
    """The Photos (SHA-256) whose number is not that of their row, or that are numbered only in what the
    ledger adds up to, where the numbers of this database were copied first."""
    p = t.photos.c
    other = select(p.sha256).outerjoin(t.photo_numbers, _N.number == p.id)
    faults = list(connection.execute(other.where(_N.sha256.is_distinct_from(p.sha256))).scalars())
    numbered = set(connection.execute(select(_N.sha256)).scalars())
    return faults + [photo for photo in rebuilt.execute(select(_N.sha256)).scalars() if photo not in numbered]
