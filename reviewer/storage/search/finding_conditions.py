"""Conditions on one Finding as a set of Photos.

Each Region of a Finding has a row in `finding_regions` on which everything that is asked of a Finding stands
too. So where a Region is asked for, one row of that table decides; else one row of `findings`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, UnaryExpression, and_, false, or_, select, true
from sqlalchemy.sql import operators

from reviewer.domain.reading.reading import NOT_STATED
from reviewer.domain.search.fields import ANY, CERTAINTIES
from reviewer.domain.search.plan import says_answer
from reviewer.domain.search.query import And, Condition, Node, Or
from reviewer.domain.vocabulary.scales import Answer
from reviewer.storage.engine import tables as t

THERE = (str(Answer.PRESENT), str(Answer.NON_SPECIFIC))
Examiner = str | None
Columns = dict[str, ColumnElement[Any]]
_ASKED = ("term", "certainty", "answer", "confirmed", "examiner", "photo")


def photos_with(node: Node, examiner: Examiner) -> Select[str]:
    """The Photos (SHA-256) with a confirmed Finding that meets all of `node`."""
    least = _at_least(node)
    if least:
        return _surest(least, examiner)
    region, rest = _region_apart(node)
    if region is None:
        return select(t.findings.c.photo).where(matches(node, examiner))
    c = t.finding_regions.c
    there = c.region.not_in(region.keys) if region.relation == "!=" else c.region.in_(region.keys)
    return select(c.photo).where(there, _matches(t.finding_regions, rest, examiner))


def matches(node: Node, examiner: Examiner) -> ColumnElement[bool]:
    """Of a row of `findings`: whether it is confirmed and meets all of `node`."""
    return _matches(t.findings, node, examiner)


def _at_least(node: Node) -> int:
    """The step of certainty from which on nothing else is asked of a Finding; 0 if anything else is."""
    if not isinstance(node, Condition) or node.field != "certainty":
        return 0
    upwards = {tuple(CERTAINTIES[place:]): place for place in range(1, len(CERTAINTIES))}
    return upwards.get(node.keys, 0)


def _surest(least: int, examiner: Examiner) -> Select[str]:
    """Photos with a Finding that is there and as sure as that: it stands on the Reading."""
    c = t.readings.c
    own = [] if examiner is None else [c.examiner == examiner]
    return select(c.photo).where(c.surest >= least, *own)


def _region_apart(node: Node) -> tuple[Condition | None, Node]:
    """A condition on a Region that stands beside the others, and these; alternatives of Regions are one."""
    items = node.items if isinstance(node, And) else (node,)
    for place, item in enumerate(items):
        one = _one_region(item)
        if one is not None:
            return one, And((*items[:place], *items[place + 1 :]))
    return None, node


def _one_region(item: Node) -> Condition | None:
    if isinstance(item, Condition):
        return item if item.field == "region" else None
    if not isinstance(item, Or):
        return None
    found = [each for each in map(_one_region, item.items) if each is not None and each.relation != "!="]
    if len(found) != len(item.items):
        return None
    return Condition("region", ":", "", keys=tuple(key for each in found for key in each.keys))


def _matches(table: Table, node: Node, examiner: Examiner) -> ColumnElement[bool]:
    c = _columns(table, node)
    own = [] if examiner is None else [c["examiner"] == examiner]
    return and_(_counted(c, node), c["confirmed"] == 1, *own)


def _columns(table: Table, node: Node) -> Columns:
    """The columns that are asked. If Terms are asked for in `findings`, only they may choose the index: to
    the engine, which knows rough counts, an index on something that most rows have looks as good."""
    found: Columns = {name: table.c[name] for name in _ASKED}
    found["finding"] = table.c.id if table is t.findings else table.c.finding
    if table is t.findings:
        found["stated"] = table.c.certainty_stated
    items = node.items if isinstance(node, And) else (node,)
    by_term = any(isinstance(item, Condition) and item.field == "term" for item in items)
    if table is t.findings and by_term:
        found |= {name: _kept_off(found[name]) for name in _ASKED if name != "term"}
    return found


def _is_told(c: Columns, keys: Collection[str]) -> ColumnElement[bool]:
    """Whether somebody said to be this sure: in `findings` the program's default stands while nobody did."""
    if "stated" not in c:
        return c["certainty"].in_(keys)
    said = and_(c["certainty"].in_(set(keys) - {NOT_STATED}), c["stated"] == 1)
    return or_(said, c["stated"] == 0) if NOT_STATED in keys else said


def _kept_off(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """`+column`: the same value, by which SQLite does not choose an index."""
    return UnaryExpression(column, operator=operators.custom_op("+"), type_=column.type)


def _counted(c: Columns, node: Node) -> ColumnElement[bool]:
    """`node` of a row; where it says nothing of the answer, what is not there is left out."""
    if isinstance(node, Or):
        return or_(*(_counted(c, item) for item in node.items))
    if isinstance(node, And) and says_answer(node):
        # an answer that stands beside holds for all of it; one within alternatives only for its own
        if any(isinstance(item, Condition) and item.field == "answer" for item in node.items):
            return _raw(c, node)
        return and_(*(_counted(c, item) if says_answer(item) else _raw(c, item) for item in node.items))
    if says_answer(node):
        return _raw(c, node)
    return and_(_raw(c, node), c["answer"].in_(THERE))


def _raw(c: Columns, node: Node) -> ColumnElement[bool]:
    if isinstance(node, And):
        return and_(true(), *(_raw(c, item) for item in node.items))
    if isinstance(node, Or):
        return or_(*(_raw(c, item) for item in node.items))
    return _test(c, node) if isinstance(node, Condition) else false()


def _test(c: Columns, condition: Condition) -> ColumnElement[bool]:
    if condition.field == "region":
        r = t.finding_regions.c
        no = condition.relation == "!="
        there = r.region.not_in(condition.keys) if no else r.region.in_(condition.keys)
        return c["finding"].in_(select(r.finding).where(there))
    if condition.field == "vocabulary":
        f = t.findings.c
        return c["finding"].in_(select(f.id).where(f.vocabulary.in_(condition.keys)))
    keys = tuple(map(str, Answer)) if ANY in condition.keys else condition.keys
    if condition.field == "term" and condition.relation == "!=":
        return c["term"].not_in(keys)
    if condition.field == "certainty":
        return _is_told(c, keys)
    return c[condition.field].in_(keys)
