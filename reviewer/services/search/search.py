"""Searching a Case: Photos by a query, why each is found, and lists under a name. For jobs; no Qt."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reviewer.domain.commands.saved_lists import named
from reviewer.domain.errors import KnownError
from reviewer.domain.people.individual import SavedList
from reviewer.domain.search.completion import Completions, completions
from reviewer.domain.search.query import And, Condition, Node, Not, Or, either, negated, parse, printed
from reviewer.domain.search.tokens import QueryError
from reviewer.services.case.snapshot import CaseInView
from reviewer.storage.search import occurring_values, search
from reviewer.storage.search.search import Order
from reviewer.storage.store import Connection

__all__ = ["Found", "Order", "complete", "count", "find", "lists", "prepared"]


@dataclass(frozen=True)
class Found:
    """`photos` are SHA-256 in the order asked for, all of them or the first page; `count` is of all."""

    count: int
    photos: tuple[str, ...]
    canonical: str
    seconds: float

    @property
    def why(self) -> str:
        """Why a Photo is in a Worklist made of this."""
        return f"it is found by: {self.canonical}" if self.canonical else "it is in the case"


def find(
    case: CaseInView,
    text: str,
    examiner: str | None,
    order: Order = Order.INGEST,
    limit: int | None = None,
) -> Found:
    """The Photos a query finds. Of Findings, notes, Coverage and states it asks those of `examiner` only;
    with None those of all. QueryError says where a query makes no sense."""
    began = time.perf_counter()
    node = parse(text, case.vocabulary)
    with case.store.read() as connection:
        hits = search.find(connection, prepared(connection, case, node), examiner, order, limit)
    return Found(hits.count, hits.photos, printed(node), time.perf_counter() - began)


def count(case: CaseInView, text: str, examiner: str | None) -> Found:
    """How many a query finds, without finding out which."""
    began = time.perf_counter()
    node = parse(text, case.vocabulary)
    with case.store.read() as connection:
        total = search.count(connection, prepared(connection, case, node), examiner)
    return Found(total, (), printed(node), time.perf_counter() - began)


def lists(case: CaseInView) -> list[SavedList]:
    """The saved lists, by name."""
    with case.store.read() as connection:
        return occurring_values.lists(connection)


def complete(case: CaseInView, text: str, cursor: int) -> Completions:
    """What fits at the cursor: fields, and values of the vocabulary and of the Case."""
    with case.store.read() as connection:

        def values(field: str, typed: str) -> Sequence[str]:
            return occurring_values.beginning(connection, field, typed)

        return completions(text, cursor, case.vocabulary, values)


def prepared(connection: Connection, case: CaseInView, node: Node) -> Node:
    """The tree with each `list:` replaced: by the query of the list, or by the id of the list if its Photos
    were kept."""
    return _prepared(node, occurring_values.lists(connection), case, ())


def _prepared(node: Node, there: Sequence[SavedList], case: CaseInView, within: tuple[str, ...]) -> Node:
    if isinstance(node, Not):
        return negated(_prepared(node.item, there, case, within))
    if isinstance(node, And):
        return And(tuple(_prepared(item, there, case, within) for item in node.items))
    if isinstance(node, Or):
        return either(_prepared(item, there, case, within) for item in node.items)
    if not isinstance(node, Condition) or node.field != "list":
        return node
    try:
        found = named(there, node.value)
    except KnownError as error:
        raise QueryError(node.column, error.message[0].lower() + error.message[1:], error.hint) from None
    if found.id in within:
        raise QueryError(node.column, f"the list {found.name} is made of itself.")
    if found.photos or found.details:
        return replace(node, keys=(found.id,))
    inner = _prepared(parse(found.query, case.vocabulary), there, case, (*within, found.id))
    # brackets of its own: what the list asks of a finding is asked of it alone
    return inner if isinstance(inner, And) and len(inner.items) != 1 else And((inner,))
