"""From a query to one SQL statement, and to the Photos it finds.

A search is one Examiner's: of Findings, notes, Coverage and states it knows his or her own only (blind
reading); with None, those of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, not_, or_, select, true

from reviewer.domain.search.plan import Every, Except, OneFinding, Some, Step, plan
from reviewer.domain.search.query import Node, Words
from reviewer.storage.engine import tables as t
from reviewer.storage.photos import taken
from reviewer.storage.search import field_conditions, finding_conditions, full_text

Examiner = str | None
_p = t.photos.c


class Order(StrEnum):
    """How what was found is ordered; equals in the order of ingest."""

    INGEST = "ingest"
    TAKEN = "taken"
    INDIVIDUAL = "individual"
    FOLDER = "folder"


@dataclass(frozen=True)
class Hits:
    """How many Photos there are in all, and the SHA-256 of those that were asked for, in order."""

    count: int
    photos: tuple[str, ...]


def find(
    connection: Connection,
    node: Node,
    examiner: Examiner,
    order: Order = Order.INGEST,
    limit: int | None = None,
) -> Hits:
    """The Photos a query finds; with `limit` only the first of them, and how many there are."""
    query = statement(node, examiner, order, None if order is Order.INDIVIDUAL else limit)
    rows = connection.execute(query).all()
    if limit is not None and order is not Order.INDIVIDUAL:
        return Hits(rows[0][0], tuple(row[1] for row in rows if row[1] is not None))
    photos = _by_individual(rows) if order is Order.INDIVIDUAL else [row[0] for row in rows]
    return Hits(len(photos), tuple(photos[:limit]))


def statement(node: Node, examiner: Examiner, order: Order, limit: int | None) -> Select[Any]:
    """The one statement. With `limit`: rows of (count of all, SHA-256); what is found is made once and asked
    twice."""
    test = test_of(plan(node), examiner)
    if limit is None:
        return _ordered(select(_p.sha256).where(test), order)
    found = select(_p.id).where(test).cte("found").prefix_with("MATERIALIZED")
    ids = select(found.c.id)
    if order is Order.INGEST:  # the first by number, before anything else is looked at
        ids = ids.order_by(found.c.id).limit(limit)
    page = _ordered(select(_p.sha256).where(_p.id.in_(ids)), order).limit(limit).subquery()
    total = select(func.count().label("count")).select_from(found).subquery()
    return select(total.c.count, page.c.sha256).outerjoin_from(total, page, true())


def _ordered(query: Select[Any], order: Order) -> Select[Any]:
    if order is Order.TAKEN:
        at = taken.calendar(_p.taken_at)
        return query.order_by(at == "", at, _p.id)
    if order is Order.FOLDER:
        c = t.source_files.c
        joined = query.join(t.source_files, and_(c.photo == _p.id, c.outcome == "photo"))
        return joined.order_by(c.source, c.folder, c.name, _p.id)
    if order is Order.INDIVIDUAL:
        facts = t.photo_facts
        query = query.add_columns(facts.c.individual).outerjoin(facts, facts.c.photo == _p.sha256)
    return query.order_by(_p.id)


def _by_individual(rows: Sequence[Row[Any]]) -> list[str]:
    """Photos of one Individual together, Individuals as they first appear, those without one last."""
    groups: dict[str, list[str]] = {}
    loose: list[str] = []
    for row in rows:
        (groups.setdefault(row.individual, []) if row.individual else loose).append(row.sha256)
    return [*(photo for group in groups.values() for photo in group), *loose]


def count(connection: Connection, node: Node, examiner: Examiner) -> int:
    query = select(func.count()).select_from(t.photos).where(test_of(plan(node), examiner))
    return int(connection.execute(query).scalar_one())


def holds(connection: Connection, step: Step, examiner: Examiner, photo: str) -> bool:
    """Whether a step holds for one Photo (SHA-256)."""
    query = select(_p.id).where(_p.sha256 == photo, test_of(step, examiner))
    return connection.execute(query).first() is not None


def test_of(step: Step, examiner: Examiner) -> ColumnElement[bool]:
    """Of a row of `photos`: whether a step holds."""
    if isinstance(step, Every):
        return and_(true(), *(test_of(item, examiner) for item in step.items))
    if isinstance(step, Some):
        return or_(*(test_of(item, examiner) for item in step.items))
    if isinstance(step, Except):
        return not_(test_of(step.item, examiner))
    if isinstance(step, OneFinding):
        return field_conditions.in_photos(finding_conditions.photos_with(step.node, examiner))
    if isinstance(step, Words):
        return full_text.with_words(step.text, step.phrase, examiner)
    return field_conditions.test_of(step, examiner)
