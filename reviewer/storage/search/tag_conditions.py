"""Conditions on what a file says of its own making: software, serial numbers, position, any tag."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from reviewer.domain.photos.file_tags import LATITUDE, LONGITUDE, SERIALS, SOFTWARE
from reviewer.domain.search.fields import NONE_VALUE
from reviewer.domain.search.query import QueryCondition
from reviewer.storage.engine import tables as t
from reviewer.storage.photos.taken import SqlCondition
from reviewer.storage.search.full_text import escape_like, make_like_pattern

_p = t.photos.c
_MOST_VALUES = 12


def match_containing(column: ColumnElement[str], value: str) -> SqlCondition:
    return column.like(make_like_pattern(value, whole=False), "\\")


def _select_tags(names: Sequence[str]) -> tuple[Select[int], ColumnElement[str], ColumnElement[str]]:
    """The ids of Photos, one row for each tag of these names (or of all); name and value of the tag."""
    tag = func.json_each(t.photos.c.tags).table_valued("key", "value")
    query = select(t.photos.c.id).select_from(t.photos).join(tag, tag.c.value != "")
    return (query.where(tag.c.key.in_(names)) if names else query), tag.c.key, tag.c.value


def _match_tag_value(names: Sequence[str]) -> Callable[[QueryCondition, str | None], SqlCondition]:
    def test(condition: QueryCondition, _examiner: str | None) -> SqlCondition:
        found, _name, value = _select_tags(names)
        if condition.value.casefold() == NONE_VALUE:
            return _p.id.not_in(found)
        fits = (
            value == condition.value
            if condition.relation == "="
            else match_containing(value, condition.value)
        )
        return _p.id.in_(found.where(fits))

    return test


def _match_any_tag(condition: QueryCondition, _examiner: str | None) -> SqlCondition:
    """In the name of a tag or in its value."""
    found, name, value = _select_tags(())
    if condition.relation == "=":
        return _p.id.in_(found.where(or_(name == condition.value, value == condition.value)))
    return _p.id.in_(
        found.where(or_(match_containing(name, condition.value), match_containing(value, condition.value)))
    )


def _match_position(condition: QueryCondition, _examiner: str | None) -> SqlCondition:
    """Whether there are both numbers, whatever they say."""
    both = and_(*(_p.id.in_(_select_tags((name,))[0]) for name in (LATITUDE, LONGITUDE)))
    return ~both if condition.keys[0] == NONE_VALUE else both


def find_tag_values(connection: Connection, field: str, typed: str) -> list[str]:
    """Some values of a field that hold what is typed."""
    query, _name, value = _select_tags(_TAGS_OF_FIELD[field])
    chosen = query.with_only_columns(value).distinct().where(value.like(f"%{escape_like(typed)}%", "\\"))
    return [str(found) for found in connection.execute(chosen.order_by(value).limit(_MOST_VALUES)).scalars()]


def describe_tags(connection: Connection, field: str, photo: str) -> list[str]:
    """What is recorded of one Photo under a field: "Software: ..."."""
    query, name, value = _select_tags(_TAGS_OF_FIELD[field])
    rows = connection.execute(query.with_only_columns(name, value).where(t.photos.c.sha256 == photo))
    return [f"{name}, as recorded: {value}" for name, value in sorted(tuple(row) for row in rows)]


_TAGS_OF_FIELD: dict[str, Sequence[str]] = {
    "software": SOFTWARE,
    "serial": SERIALS,
    "position": (LATITUDE, LONGITUDE),
}
TAG_MATCHERS: dict[str, Callable[[QueryCondition, str | None], SqlCondition]] = {
    "software": _match_tag_value(SOFTWARE),
    "serial": _match_tag_value(SERIALS),
    "position": _match_position,
    "tag": _match_any_tag,
}
