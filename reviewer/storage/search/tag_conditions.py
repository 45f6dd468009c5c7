"""Conditions on what a file says of its own making: software, serial numbers, position, any tag."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from reviewer.domain.photos.file_tags import LATITUDE, LONGITUDE, SERIALS, SOFTWARE
from reviewer.domain.search.fields import NONE
from reviewer.domain.search.query import Condition
from reviewer.storage.engine import tables as t
from reviewer.storage.search.full_text import escaped, pattern_of

Test = ColumnElement[bool]
_p = t.photos.c
_MOST = 12


def contained(column: ColumnElement[str], value: str) -> Test:
    return column.like(pattern_of(value, whole=False), "\\")


def _tags(names: Sequence[str]) -> tuple[Select[int], ColumnElement[str], ColumnElement[str]]:
    """The ids of Photos, one row for each tag of these names (or of all); name and value of the tag."""
    each = func.json_each(t.photos.c.tags).table_valued("key", "value")
    query = select(t.photos.c.id).select_from(t.photos).join(each, each.c.value != "")
    return (query.where(each.c.key.in_(names)) if names else query), each.c.key, each.c.value


def _named(names: Sequence[str]) -> Callable[[Condition, str | None], Test]:
    def test(condition: Condition, _examiner: str | None) -> Test:
        found, _name, value = _tags(names)
        if condition.value.casefold() == NONE:
            return _p.id.not_in(found)
        fits = value == condition.value if condition.relation == "=" else contained(value, condition.value)
        return _p.id.in_(found.where(fits))

    return test


def _any(condition: Condition, _examiner: str | None) -> Test:
    """In the name of a tag or in its value."""
    found, name, value = _tags(())
    if condition.relation == "=":
        return _p.id.in_(found.where(or_(name == condition.value, value == condition.value)))
    return _p.id.in_(found.where(or_(contained(name, condition.value), contained(value, condition.value))))


def _position(condition: Condition, _examiner: str | None) -> Test:
    """Whether there are both numbers, whatever they say."""
    both = and_(*(_p.id.in_(_tags((name,))[0]) for name in (LATITUDE, LONGITUDE)))
    return ~both if condition.keys[0] == NONE else both


def values(connection: Connection, field: str, typed: str) -> list[str]:
    """Some values of a field that hold what is typed."""
    query, _name, value = _tags(_NAMES[field])
    chosen = query.with_only_columns(value).distinct().where(value.like(f"%{escaped(typed)}%", "\\"))
    return [str(each) for each in connection.execute(chosen.order_by(value).limit(_MOST)).scalars()]


def about(connection: Connection, field: str, photo: str) -> list[str]:
    """What is recorded of one Photo under a field: "Software: ..."."""
    query, name, value = _tags(_NAMES[field])
    rows = connection.execute(query.with_only_columns(name, value).where(t.photos.c.sha256 == photo))
    return [f"{name}, as recorded: {value}" for name, value in sorted(tuple(row) for row in rows)]


_NAMES: dict[str, Sequence[str]] = {
    "software": SOFTWARE,
    "serial": SERIALS,
    "position": (LATITUDE, LONGITUDE),
}
TESTS: dict[str, Callable[[Condition, str | None], Test]] = {
    "software": _named(SOFTWARE),
    "serial": _named(SERIALS),
    "position": _position,
    "tag": _any,
}
