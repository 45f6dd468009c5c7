"""What a dataclass says goes into a row and comes out of it again, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, select
from sqlcipher3 import dbapi2 as engine

from reviewer.storage.engine.row_mapper import RowMapper


class _Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class _Thing:
    id: str
    parts: tuple[str, ...]
    colour: _Colour
    sure: bool
    points: tuple[tuple[int, int], ...] = ()
    place: int = 1


_THINGS = Table(
    "things",
    MetaData(),
    Column("owner", Text),
    Column("id", Text),
    Column("sure", Integer),
    Column("shade", Text),
    Column("points", Text),
    Column("place", Integer),
)
_ROWS = RowMapper(_Thing, _THINGS.columns, renamed={"colour": "shade"})
_THING = _Thing("a", ("x",), _Colour.RED, sure=True, points=((1, 2), (3, 4)), place=7)


def test_a_row_holds_texts_and_numbers_bools_as_whole_numbers_and_the_rest_as_canonical_json() -> None:
    row = _ROWS.write(_THING, owner="b")

    assert row == {"owner": "b", "id": "a", "sure": 1, "shade": "red", "points": "[[1,2],[3,4]]", "place": 7}
    assert [type(value) for value in row.values()].count(str) == 4
    assert type(row["sure"]) is int


def test_what_was_written_comes_back_with_the_fields_that_stand_elsewhere() -> None:
    with create_engine("sqlite://", module=engine).connect() as connection:
        _THINGS.create(connection)
        connection.execute(_THINGS.insert(), _ROWS.write(_THING, owner="b"))
        made = _ROWS.make(connection.execute(select(_THINGS)).one(), parts=("x",))

    assert made == _THING
    assert made.sure is True
    assert made.colour is _Colour.RED


def test_a_value_that_is_none_of_an_enum_is_a_fault() -> None:
    with create_engine("sqlite://", module=engine).connect() as connection:
        _THINGS.create(connection)
        connection.execute(_THINGS.insert(), {**_ROWS.write(_THING, owner="b"), "shade": "green"})
        row = connection.execute(select(_THINGS)).one()

    with pytest.raises(ValueError, match="green"):
        _ROWS.make(row, parts=())
