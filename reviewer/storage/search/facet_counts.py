"""How many Photos have each value of a facet, among those that a query finds: one SELECT for each facet.

A count is what the query with that value added finds. Of Findings that is one and the same Finding with all
that the query asks of a Finding.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select, true, union

from reviewer.domain.people.individual import Fact
from reviewer.domain.reading.reading import CERTAINTY_NOT_STATED
from reviewer.domain.search.facets import Facet
from reviewer.domain.search.fields import UNSORTED_VALUE
from reviewer.domain.search.plan import plan_query, split_finding_conditions
from reviewer.domain.search.query import EVERYTHING, And, QueryNode
from reviewer.domain.worklist.worklist import ReadingProgress
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.indexes import keep_off_index
from reviewer.storage.engine.plain_rows import join_column
from reviewer.storage.photos import taken
from reviewer.storage.search import finding_conditions
from reviewer.storage.search.finding_conditions import ExaminerOrAll
from reviewer.storage.search.search import select_numbers

_p = t.photos.c
FacetCounts = dict[str, int]


def count_facet(
    connection: Connection, facet: Facet, node: QueryNode, examiner: ExaminerOrAll
) -> FacetCounts:
    """Value -> how many of the Photos that `node` finds have it. `node` asks nothing of the facet itself."""
    rows = connection.execute(_COUNTERS[facet](node, examiner))
    if facet is Facet.REGION:
        return _count_regions(rows)
    return {str(value): int(count) for value, count in rows if value}


def _match_all(node: QueryNode, examiner: ExaminerOrAll) -> ColumnElement[bool]:
    """Of a row of `photos`: that it is found. An index that has what is counted is read from end to end,
    since to look up each row in the table takes longer."""
    if node == EVERYTHING:
        return true()
    return keep_off_index(_p.id).in_(select_numbers(plan_query(node), examiner))


def _count_shared(node: QueryNode, examiner: ExaminerOrAll) -> Select[Any, Any]:
    c = t.photo_facts.c
    value = func.coalesce(func.nullif(c.category, ""), UNSORTED_VALUE)
    joined = select(value, func.count()).select_from(t.photos)
    joined = joined.outerjoin(t.photo_facts, c.photo == _p.id)
    return joined.where(_match_all(node, examiner)).group_by(value)


def _count_states(node: QueryNode, examiner: ExaminerOrAll) -> Select[Any, Any]:
    c = t.readings.c
    own = and_(c.photo == _p.id, *([] if examiner is None else [c.examiner == examiner]))
    value = func.coalesce(c.state, str(ReadingProgress.UNREAD))
    joined = select(value, func.count(_p.id.distinct())).select_from(t.photos)
    joined = joined.outerjoin(t.readings, own)
    return joined.where(_match_all(node, examiner)).group_by(value)


def _count_months(node: QueryNode, examiner: ExaminerOrAll) -> Select[Any, Any]:
    value = func.substr(taken.valid_date_column(_p.taken_at), 1, 7)
    return select(value, func.count()).where(_match_all(node, examiner)).group_by(value)


def _count_cameras(node: QueryNode, examiner: ExaminerOrAll) -> Select[Any, Any]:
    return select(_p.model, func.count()).where(_match_all(node, examiner)).group_by(_p.model)


def _count_branches(node: QueryNode, examiner: ExaminerOrAll) -> Select[Any, Any]:
    """Stated of the Individual, of one that was merged into it, or read on a card of the Photo."""
    said, people, facts, cards = t.statements.c, t.individuals.c, t.photo_facts.c, t.cards.c
    stated = (
        select(said.value.label("value"), said.individual.label("id"))
        .where(said.fact == str(Fact.BRANCH_NUMBER), said.withdrawn == "")
        .cte("stated", recursive=True)
    )
    merged = select(stated.c.value, people.merged_into).join(stated, people.id == stated.c.id)
    stated = stated.union(merged.where(people.merged_into != ""))
    of_people = select(stated.c.value, facts.photo.label("photo")).join(
        t.photo_facts, facts.individual == stated.c.id
    )
    on_cards = select(cards.branch.label("value"), cards.photo.label("photo")).where(cards.branch != "")
    pairs = union(of_people, on_cards).subquery()
    query = select(pairs.c.value, func.count()).where(pairs.c.photo > 0)
    if node != EVERYTHING:
        query = query.where(pairs.c.photo.in_(select_numbers(plan_query(node), examiner)))
    return query.group_by(pairs.c.value)


def _count_terms(node: QueryNode, examiner: ExaminerOrAll) -> Select[Any, Any]:
    """Photos by the Terms of the Findings that meet all that the query asks of one."""
    joined, others = split_finding_conditions(node)
    f = t.findings.c
    found = select(f.term, func.count(f.photo.distinct()))
    if joined:
        found = found.where(finding_conditions.match_finding(And(joined), examiner))
    else:  # so that the engine goes along an index that holds all that is asked
        own = [] if examiner is None else [keep_off_index(f.examiner) == examiner]
        found = found.where(f.confirmed == 1, f.answer.in_(finding_conditions.ANSWERS_THERE), *own)
    return _narrow(found, f.photo, others, examiner).group_by(f.term)


def _count_certainties(node: QueryNode, examiner: ExaminerOrAll) -> Select[Any, Any]:
    """Each certainty of each Photo once, then how many: an index has the Photos in order, not what is
    counted."""
    joined, others = split_finding_conditions(node)
    f = t.findings.c
    value = case((f.certainty_stated == 0, CERTAINTY_NOT_STATED), else_=f.certainty)
    found = select(value.label("value"), f.photo).distinct()
    if joined:
        found = found.where(finding_conditions.match_finding(And(joined), examiner))
    else:
        own = [] if examiner is None else [f.examiner == examiner]
        found = found.where(f.confirmed == 1, f.answer.in_(finding_conditions.ANSWERS_THERE), *own)
    of_photos = _narrow(found, f.photo, others, examiner).subquery()
    return select(of_photos.c.value, func.count()).group_by(of_photos.c.value)


def _list_photos_by_region(node: QueryNode, examiner: ExaminerOrAll) -> Select[Any, Any]:
    """The numbers of Photos with each Region, joined to a list, some of them several times: an index has
    Regions in order, and the engine would sort all rows to put both sides of one together."""
    joined, others = split_finding_conditions(node)
    r = t.finding_regions.c
    found = select(r.region, join_column(r.photo))
    if joined:
        f = t.findings.c
        found = found.join(t.findings, f.id == r.finding)
        found = found.where(finding_conditions.match_finding(And(joined), examiner))
    else:
        own = [] if examiner is None else [r.examiner == examiner]
        found = found.where(r.confirmed == 1, r.answer.in_(finding_conditions.ANSWERS_THERE), *own)
    return _narrow(found, r.photo, others, examiner).group_by(r.region)


def _count_regions(rows: Iterable[Sequence[Any]]) -> FacetCounts:
    """By the key without its side: both sides are one value. Each side is kept as an array, since sets of
    hundreds of thousands of Photos for all Regions at once would take hundreds of megabytes."""
    sides: defaultdict[str, list[array[int]]] = defaultdict(list)
    for region, listed in rows:
        sides[_SIDE.sub("", region)].append(array("q", set(json.loads(listed))))
    return {
        value: len(found[0]) if len(found) == 1 else len(set(chain.from_iterable(found)))
        for value, found in sides.items()
    }


_SIDE = re.compile(r"\.[LR]\Z", re.ASCII | re.IGNORECASE)


def _narrow(
    found: Select[Any, Any],
    photo: ColumnElement[int],
    others: tuple[QueryNode, ...],
    examiner: ExaminerOrAll,
) -> Select[Any, Any]:
    if not others or And(others) == EVERYTHING:
        return found
    return found.where(keep_off_index(photo).in_(select_numbers(plan_query(And(others)), examiner)))


_COUNTERS: dict[Facet, Callable[[QueryNode, ExaminerOrAll], Select[Any, Any]]] = {
    Facet.CATEGORY: _count_shared,
    Facet.STATE: _count_states,
    Facet.TERM: _count_terms,
    Facet.REGION: _list_photos_by_region,
    Facet.CERTAINTY: _count_certainties,
    Facet.BRANCH: _count_branches,
    Facet.MONTH: _count_months,
    Facet.CAMERA: _count_cameras,
}
