"""Conditions on one Finding as a set of Photos.

Each Region of a Finding has a row in `finding_regions` on which everything that is asked of a Finding stands
too. So where a Region is asked for, one row of that table decides; else one row of `findings`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, false, or_, select, true

from reviewer.domain.reading.reading import CERTAINTY_NOT_STATED
from reviewer.domain.search.fields import ANY_ANSWER, CERTAINTY_CHOICES
from reviewer.domain.search.plan import mentions_answer
from reviewer.domain.search.query import And, Or, QueryCondition, QueryNode
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.indexes import keep_off_index

ANSWERS_THERE = (str(FindingAnswer.PRESENT), str(FindingAnswer.NON_SPECIFIC))
ExaminerOrAll = str | None
FindingColumns = dict[str, ColumnElement[Any]]
_COLUMNS_ASKED = ("term", "certainty", "answer", "confirmed", "examiner", "photo")


def select_photos_with(node: QueryNode, examiner: ExaminerOrAll) -> Select[int]:
    """The Photos (numbers) with a confirmed Finding that meets all of `node`."""
    least = _find_least_certainty(node)
    if least:
        return _select_by_certainty(least, examiner)
    region, rest = _split_region_condition(node)
    if region is None:
        return select(t.findings.c.photo).where(match_finding(node, examiner))
    c = t.finding_regions.c
    there = c.region.not_in(region.keys) if region.relation == "!=" else c.region.in_(region.keys)
    return select(c.photo).where(there, _match_row(t.finding_regions, rest, examiner))


def match_finding(node: QueryNode, examiner: ExaminerOrAll) -> ColumnElement[bool]:
    """Of a row of `findings`: whether it is confirmed and meets all of `node`."""
    return _match_row(t.findings, node, examiner)


def _find_least_certainty(node: QueryNode) -> int:
    """The step of certainty from which on nothing else is asked of a Finding; 0 if anything else is."""
    if not isinstance(node, QueryCondition) or node.field != "certainty":
        return 0
    upwards = {tuple(CERTAINTY_CHOICES[place:]): place for place in range(1, len(CERTAINTY_CHOICES))}
    return upwards.get(node.keys, 0)


def _select_by_certainty(least: int, examiner: ExaminerOrAll) -> Select[int]:
    """Photos with a Finding that is there and as sure as that: it stands on the Reading."""
    c = t.readings.c
    own = [] if examiner is None else [c.examiner == examiner]
    return select(c.photo).where(c.surest >= least, *own)


def _split_region_condition(node: QueryNode) -> tuple[QueryCondition | None, QueryNode]:
    """A condition on a Region that stands beside the others, and these; alternatives of Regions are one."""
    items = node.items if isinstance(node, And) else (node,)
    for place, item in enumerate(items):
        one = _find_region_condition(item)
        if one is not None:
            return one, And((*items[:place], *items[place + 1 :]))
    return None, node


def _find_region_condition(item: QueryNode) -> QueryCondition | None:
    if isinstance(item, QueryCondition):
        return item if item.field == "region" else None
    if not isinstance(item, Or):
        return None
    found = [
        condition
        for condition in map(_find_region_condition, item.items)
        if condition is not None and condition.relation != "!="
    ]
    if len(found) != len(item.items):
        return None
    return QueryCondition("region", ":", "", keys=tuple(key for condition in found for key in condition.keys))


def _match_row(table: Table, node: QueryNode, examiner: ExaminerOrAll) -> ColumnElement[bool]:
    c = _choose_columns(table, node)
    own = [] if examiner is None else [c["examiner"] == examiner]
    return and_(_match_counted(c, node), c["confirmed"] == 1, *own)


def _choose_columns(table: Table, node: QueryNode) -> FindingColumns:
    """The columns that are asked. If Terms are asked for in `findings`, only they may choose the index: to
    the engine, which knows rough counts, an index on something that most rows have looks as good."""
    found: FindingColumns = {name: table.c[name] for name in _COLUMNS_ASKED}
    found["finding"] = table.c.id if table is t.findings else table.c.finding
    if table is t.findings:
        found["stated"] = table.c.certainty_stated
    items = node.items if isinstance(node, And) else (node,)
    by_term = any(isinstance(item, QueryCondition) and item.field == "term" for item in items)
    if table is t.findings and by_term:
        found |= {name: keep_off_index(found[name]) for name in _COLUMNS_ASKED if name != "term"}
    return found


def _match_certainty(c: FindingColumns, keys: Collection[str]) -> ColumnElement[bool]:
    """Whether this certainty was stated: in `findings` the default stands where it was not."""
    if "stated" not in c:
        return c["certainty"].in_(keys)
    said = and_(c["certainty"].in_(set(keys) - {CERTAINTY_NOT_STATED}), c["stated"] == 1)
    return or_(said, c["stated"] == 0) if CERTAINTY_NOT_STATED in keys else said


def _match_counted(c: FindingColumns, node: QueryNode) -> ColumnElement[bool]:
    """`node` of a row; where it says nothing of the answer, what is not there is left out."""
    if isinstance(node, Or):
        return or_(*(_match_counted(c, item) for item in node.items))
    if isinstance(node, And) and mentions_answer(node):
        # an answer that stands beside holds for all of it; one within alternatives only for its own
        if any(isinstance(item, QueryCondition) and item.field == "answer" for item in node.items):
            return _match_node(c, node)
        return and_(
            *(
                _match_counted(c, item) if mentions_answer(item) else _match_node(c, item)
                for item in node.items
            )
        )
    if mentions_answer(node):
        return _match_node(c, node)
    return and_(_match_node(c, node), c["answer"].in_(ANSWERS_THERE))


def _match_node(c: FindingColumns, node: QueryNode) -> ColumnElement[bool]:
    if isinstance(node, And):
        return and_(true(), *(_match_node(c, item) for item in node.items))
    if isinstance(node, Or):
        return or_(*(_match_node(c, item) for item in node.items))
    return _match_condition(c, node) if isinstance(node, QueryCondition) else false()


def _match_condition(c: FindingColumns, condition: QueryCondition) -> ColumnElement[bool]:
    if condition.field == "region":
        r = t.finding_regions.c
        no = condition.relation == "!="
        there = r.region.not_in(condition.keys) if no else r.region.in_(condition.keys)
        return c["finding"].in_(select(r.finding).where(there))
    if condition.field == "vocabulary":
        f = t.findings.c
        return c["finding"].in_(select(f.id).where(f.vocabulary.in_(condition.keys)))
    keys = tuple(map(str, FindingAnswer)) if ANY_ANSWER in condition.keys else condition.keys
    if condition.field == "term" and condition.relation == "!=":
        return c["term"].not_in(keys)
    if condition.field == "certainty":
        return _match_certainty(c, keys)
    return c[condition.field].in_(keys)
