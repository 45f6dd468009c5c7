"""From a query to one SQL statement, and to the Photos it finds.

A search is one Examiner's: of Findings, notes, Coverage and states it knows his or her own only (blind
reading); with None, those of all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, not_, or_, select, true

from reviewer.domain.people.individual_names import follow_mergers
from reviewer.domain.search.plan import EveryStep, ExceptStep, FindingStep, PlanStep, SomeStep, plan_query
from reviewer.domain.search.query import QueryNode, QueryWords
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.indexes import keep_off_index
from reviewer.storage.engine.plain_rows import fetch_plain_rows, join_column
from reviewer.storage.photos import taken
from reviewer.storage.search import field_conditions, finding_conditions, full_text
from reviewer.storage.search.finding_conditions import ExaminerOrAll
from reviewer.storage.shared import shared_rows

_p = t.photos.c


class HitOrder(StrEnum):
    """How what was found is ordered; equals in the order of ingest."""

    INGEST = "ingest"
    TAKEN = "taken"
    INDIVIDUAL = "individual"
    FOLDER = "folder"


@dataclass(frozen=True)
class SearchHits:
    """How many Photos there are in all, and the SHA-256 of those that were asked for, in order."""

    count: int
    photos: tuple[str, ...]


def find_photos(
    connection: Connection,
    node: QueryNode,
    examiner: ExaminerOrAll,
    order: HitOrder = HitOrder.INGEST,
    limit: int | None = None,
) -> SearchHits:
    """The Photos a query finds; with `limit` only the first of them, and how many there are."""
    if limit is not None and order is HitOrder.INGEST:
        numbers = _find_in_lists(connection, plan_query(node), examiner)
        if numbers is not None:
            return SearchHits(len(numbers), _load_first(connection, numbers, limit))
    query = build_statement(node, examiner, order, None if order is HitOrder.INDIVIDUAL else limit)
    rows = connection.execute(query).all()
    if limit is not None and order is not HitOrder.INDIVIDUAL:
        return SearchHits(rows[0][0], tuple(row[1] for row in rows if row[1] is not None))
    photos = _group_by_individual(rows) if order is HitOrder.INDIVIDUAL else [row[0] for row in rows]
    return SearchHits(len(photos), tuple(photos[:limit]))


def _find_in_lists(connection: Connection, step: PlanStep, examiner: ExaminerOrAll) -> set[int] | None:
    """The numbers of the Photos for which a step holds, where every condition of it names numbers or leaves
    some out; else None.

    Each list is read once from its index and put together here: the engine would put it into a tree, and
    look up in that each number of another one.
    """
    steps = step.items if isinstance(step, EveryStep) else (step,)
    conditions = [match_step(one, examiner) for one in steps]
    named = [field_conditions.find_numbers(condition) for condition in conditions]
    excluded = [field_conditions.find_excluded_numbers(condition) for condition in conditions]
    if not steps or any(one is None and other is None for one, other in zip(named, excluded, strict=True)):
        return None
    found: set[int] | None = None
    for query in (query for query in named if query is not None):
        numbers = _fetch_numbers(connection, query)
        found = numbers if found is None else found & numbers
        if not found:
            return found
    if found is None:
        found = _fetch_numbers(connection, select(_p.id))
    for query in (query for query in excluded if query is not None):
        found -= _fetch_numbers(connection, query)
    return found


def _fetch_numbers(connection: Connection, query: Select[int]) -> set[int]:
    """The numbers of Photos in this Case that a query names."""
    (number,) = query.subquery().c
    joined = select(join_column(number)).where(keep_off_index(number) > 0)
    ((numbers,),) = fetch_plain_rows(connection, joined)
    return set(json.loads(numbers))


def _load_first(connection: Connection, numbers: set[int], limit: int) -> tuple[str, ...]:
    """The SHA-256 of the first of these Photos in the order of ingest."""
    n = t.photo_numbers.c
    first = func.json_each(json.dumps(nsmallest(limit, numbers))).table_valued("value").c
    query = select(n.sha256).where(n.number.in_(select(first.value))).order_by(n.number)
    return tuple(connection.execute(query).scalars())


def build_statement(
    node: QueryNode, examiner: ExaminerOrAll, order: HitOrder, limit: int | None
) -> Select[Any]:
    """The one statement. With `limit`: rows of (count of all, SHA-256); what is found is made once and asked
    twice."""
    numbers = select_numbers(plan_query(node), examiner)
    if limit is None:
        if order is HitOrder.INGEST:  # hashes lie closer together there
            n = t.photo_numbers.c
            return select(n.sha256).where(n.number.in_(numbers)).order_by(n.number)
        return _add_order(select(_p.sha256).where(_p.id.in_(numbers)), order)
    found = numbers.cte("found").prefix_with("MATERIALIZED")
    ids = select(found.c.id)
    if order is HitOrder.INGEST:  # the first by number, before anything else is looked at
        ids = ids.order_by(found.c.id).limit(limit)
    page = _add_order(select(_p.sha256).where(_p.id.in_(ids)), order).limit(limit).subquery()
    total = select(func.count().label("count")).select_from(found).subquery()
    return select(total.c.count, page.c.sha256).outerjoin_from(total, page, true())


def _add_order(query: Select[Any], order: HitOrder) -> Select[Any]:
    if order is HitOrder.TAKEN:
        at = taken.valid_date_column(_p.taken_at)
        return query.order_by(at == "", at, _p.id)
    if order is HitOrder.FOLDER:
        c = t.source_files.c
        joined = query.join(t.source_files, and_(c.photo == _p.id, c.outcome == "photo"))
        return joined.order_by(c.source, c.folder, c.name, _p.id)
    if order is HitOrder.INDIVIDUAL:
        facts = t.photo_facts
        query = query.add_columns(facts.c.individual).outerjoin(facts, facts.c.photo == _p.id)
    return query.order_by(_p.id)


def _group_by_individual(rows: Sequence[Row[Any]]) -> list[str]:
    """Photos of one Individual together, Individuals as they first appear, those without one last."""
    groups: dict[str, list[str]] = {}
    loose: list[str] = []
    for row in rows:
        (groups.setdefault(row.individual, []) if row.individual else loose).append(row.sha256)
    return [*(photo for group in groups.values() for photo in group), *loose]


def count_photos(connection: Connection, node: QueryNode, examiner: ExaminerOrAll) -> int:
    found = select_numbers(plan_query(node), examiner).subquery()
    query = select(func.count()).select_from(found)
    return int(connection.execute(query).scalar_one())


@dataclass(frozen=True)
class HitCounts:
    """How many Photos a query finds, and of how many Individuals they are."""

    photos: int
    individuals: int


def count_photos_and_individuals(
    connection: Connection, node: QueryNode, examiner: ExaminerOrAll
) -> HitCounts:
    """Count what a query finds; Individuals that were merged are one."""
    c = t.photo_facts.c
    found = select_numbers(plan_query(node), examiner).subquery()
    query = (
        select(func.coalesce(c.individual, ""), func.count())
        .select_from(found)
        .outerjoin(t.photo_facts, c.photo == found.c.id)
        .group_by(func.coalesce(c.individual, ""))
    )
    rows = connection.execute(query).all()
    merged = shared_rows.load_mergers(connection)
    people = {follow_mergers(merged, individual) for individual, _count in rows if individual}
    return HitCounts(sum(count for _individual, count in rows), len(people))


def select_numbers(step: PlanStep, examiner: ExaminerOrAll) -> Select[int]:
    """The numbers of the Photos for which a step holds, each once, as column `id`.

    Rows of `photos` are long, a page holds few, and every page has to be decrypted. So they are not looked up
    one by one where another table, or an index, names the numbers: what it names is asked the other
    conditions. Numbers of Photos that are not in this Case are below nothing (`storage/engine/numbers.py`).
    """
    steps = step.items if isinstance(step, EveryStep) else (step,)
    conditions = [match_step(one, examiner) for one in steps]
    for place, condition in enumerate(conditions):
        named = field_conditions.find_numbers(condition)
        if named is not None:
            (number,) = named.subquery().c
            others = (*conditions[:place], *conditions[place + 1 :])
            rest = (field_conditions.match_number(number, other) for other in others)
            # an index on what is asked names the numbers, not one on the number
            return select(number.label("id")).where(keep_off_index(number) > 0, *rest).distinct()
    return select(_p.id).where(true(), *conditions)


def does_step_hold(connection: Connection, step: PlanStep, examiner: ExaminerOrAll, photo: str) -> bool:
    """Whether a step holds for one Photo (SHA-256)."""
    query = select(_p.id).where(_p.sha256 == photo, match_step(step, examiner))
    return connection.execute(query).first() is not None


def match_step(step: PlanStep, examiner: ExaminerOrAll) -> ColumnElement[bool]:
    """Of a row of `photos`: whether a step holds."""
    if isinstance(step, EveryStep):
        return and_(true(), *(match_step(item, examiner) for item in step.items))
    if isinstance(step, SomeStep):
        return or_(*(match_step(item, examiner) for item in step.items))
    if isinstance(step, ExceptStep):
        return not_(match_step(step.item, examiner))
    if isinstance(step, FindingStep):
        return field_conditions.match_photos(finding_conditions.select_photos_with(step.node, examiner))
    if isinstance(step, QueryWords):
        return full_text.match_words(step.text, step.phrase, examiner)
    return field_conditions.match_condition(step, examiner)
