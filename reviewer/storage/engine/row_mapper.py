"""Rows and dataclasses, field by field: a column with the name of a field holds that field."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_type_hints

from sqlalchemy import Column, Label, Row

from reviewer.domain.ledger.entry import to_canonical_json

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Made = TypeVar("Made", bound="DataclassInstance")
FieldCodec = tuple[Callable[[Any], object], Callable[[Any], object]]
"""How a column is read and how a field is written, where the type of the field does not say it."""


class RowMapper(Generic[Made]):
    """Makes one kind of dataclass out of rows of a table, and rows out of it.

    Texts and numbers stand as they are, a bool as 0 or 1, an enum as its value, anything else as canonical
    JSON, its lists as tuples. `columns` are those of the query, in its order, and begin each row. `codecs`
    are by field; `renamed` tells the column of a field that is not called like it.
    """

    def __init__(
        self,
        made: type[Made],
        columns: Iterable[Column[Any] | Label[Any]],
        codecs: Mapping[str, FieldCodec] | None = None,
        renamed: Mapping[str, str] | None = None,
    ) -> None:
        named = [column.name for column in columns]
        column_of_field = {attribute.name: attribute.name for attribute in fields(made)} | dict(renamed or {})
        there = {field: column for field, column in column_of_field.items() if column in named}
        types = get_type_hints(made)
        pairs = {field: (codecs or {}).get(field) or _find_codec(types[field]) for field in there}
        self._made = made
        self._fields = tuple(there)
        self._columns = tuple(there.values())
        self._pick = itemgetter(*(named.index(column) for column in self._columns))
        self._get = attrgetter(*self._fields)
        self._readers = [(field, pair[0]) for field, pair in pairs.items() if pair[0] is not _keep]
        self._writers = [(there[field], pair[1]) for field, pair in pairs.items() if pair[1] is not _keep]

    def make(self, row: Row[Any], **others: object) -> Made:
        """What the row says; `others` are fields that do not stand in it."""
        values = dict(zip(self._fields, self._pick(row), strict=True))
        for field, read in self._readers:
            values[field] = read(values[field])
        return self._made(**values, **others)

    def write(self, made: Made, **others: object) -> dict[str, Any]:
        """The row that says it, by column; `others` are columns that are no field."""
        values = dict(zip(self._columns, self._get(made), strict=True))
        for column, write in self._writers:
            values[column] = write(values[column])
        return values | others


def write_json(value: object) -> str:
    """Canonical JSON as a column holds it."""
    return to_canonical_json(value).decode("utf-8")


def read_tuples(written: str) -> Any:
    """What JSON holds, its lists as tuples."""
    return make_tuples(json.loads(written))


KNOWN_TUPLES: FieldCodec = lru_cache(maxsize=4096)(read_tuples), lru_cache(maxsize=4096)(write_json)
"""For the same few texts again and again: reading hundreds of thousands of findings is mostly this."""


def make_tuples(value: Any) -> Any:
    """Lists as tuples, however deep."""
    return tuple(map(make_tuples, value)) if isinstance(value, list) else value


def _keep(value: object) -> object:
    return value


def _find_codec(hint: Any) -> FieldCodec:
    if hint is str or hint is int:
        return _keep, _keep
    if hint is bool:
        return bool, int
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint, str
    return read_tuples, write_json
