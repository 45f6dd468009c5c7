"""Searching a Case: Photos by a query, why each is found, and lists under a name. For jobs; no Qt."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reviewer.domain.commands.saved_lists import find_list
from reviewer.domain.errors import KnownError
from reviewer.domain.people.individual import SavedList
from reviewer.domain.search.completion import Completions, complete_query
from reviewer.domain.search.fields import find_query_field
from reviewer.domain.search.query import (
    And,
    Not,
    Or,
    QueryCondition,
    QueryNode,
    format_query,
    join_with_or,
    negate,
    parse_query,
)
from reviewer.domain.search.tokens import QueryError
from reviewer.services.case.snapshot import ReadableCase
from reviewer.services.search.numbered import NO_NUMBERS, PhotosByNumber, put_numbers_in
from reviewer.storage.search import occurring_values, search
from reviewer.storage.search.search import HitOrder
from reviewer.storage.store import Connection

COMPLETE_QUERY = "state:complete"
__all__ = [
    "HitOrder",
    "SearchResult",
    "count_photos",
    "find_photos",
    "load_lists",
    "resolve_lists",
    "suggest_completions",
]


@dataclass(frozen=True)
class SearchResult:
    """`photos` are SHA-256 in the order asked for, all of them or the first page; `count` is of all."""

    count: int
    photos: tuple[str, ...]
    canonical: str
    seconds: float

    @property
    def why(self) -> str:
        """Why a Photo is in a Worklist made of this."""
        return f"it is found by: {self.canonical}" if self.canonical else "it is in the case"


def find_photos(
    case: ReadableCase,
    text: str,
    examiner: str | None,
    order: HitOrder = HitOrder.INGEST,
    limit: int | None = None,
    numbers: PhotosByNumber = NO_NUMBERS,
) -> SearchResult:
    """The Photos a query finds. Of Findings, notes, Coverage and states it asks those of `examiner` only;
    with None those of all. `numbers` are what individuals are shown as. QueryError says where a query makes
    no sense."""
    began = time.perf_counter()
    node = parse_query(text, case.vocabulary)
    with case.store.read() as connection:
        asked = put_numbers_in(resolve_lists(connection, case, node), numbers)
        hits = search.find_photos(connection, asked, examiner, order, limit)
    return SearchResult(hits.count, hits.photos, format_query(node), time.perf_counter() - began)


def count_photos(
    case: ReadableCase, text: str, examiner: str | None, numbers: PhotosByNumber = NO_NUMBERS
) -> SearchResult:
    """Count the Photos a query finds, without finding out which."""
    began = time.perf_counter()
    node = parse_query(text, case.vocabulary)
    with case.store.read() as connection:
        asked = put_numbers_in(resolve_lists(connection, case, node), numbers)
        total = search.count_photos(connection, asked, examiner)
    return SearchResult(total, (), format_query(node), time.perf_counter() - began)


@dataclass(frozen=True)
class ReadSoFar:
    """How many Photos an Examiner has read completely, of how many in the Case."""

    complete: int
    photos: int


def count_read_so_far(case: ReadableCase, examiner: str | None) -> ReadSoFar:
    """Count what Findings are searched in: nobody has said anything of the other Photos. For a job."""
    complete, photos = (count_photos(case, text, examiner).count for text in (COMPLETE_QUERY, ""))
    return ReadSoFar(complete, photos)


def is_asking_for_findings(case: ReadableCase, text: str) -> bool:
    """The same of a query as it is typed. QueryError where it makes no sense."""
    return asks_for_findings(parse_query(text, case.vocabulary))


def asks_for_findings(node: QueryNode) -> bool:
    """Whether a query finds Photos by what was recorded of them as a Finding."""
    if isinstance(node, QueryCondition):
        field = find_query_field(node.field)
        return field is not None and (field.of_finding or field.name == "findings")
    if isinstance(node, And | Or):
        return any(map(asks_for_findings, node.items))
    return isinstance(node, Not) and asks_for_findings(node.item)


def load_lists(case: ReadableCase) -> list[SavedList]:
    """Load the saved lists, by name."""
    with case.store.read() as connection:
        return occurring_values.load_saved_lists(connection)


def suggest_completions(case: ReadableCase, text: str, cursor: int) -> Completions:
    """Suggest what fits at the cursor: fields, and values of the vocabulary and of the Case."""
    with case.store.read() as connection:

        def values(field: str, typed: str) -> Sequence[str]:
            return occurring_values.find_values_beginning(connection, field, typed)

        return complete_query(text, cursor, case.vocabulary, values)


def resolve_lists(connection: Connection, case: ReadableCase, node: QueryNode) -> QueryNode:
    """The tree with each `list:` replaced: by the query of the list, or by the id of the list if its Photos
    were kept."""
    return _resolve_node(node, occurring_values.load_saved_lists(connection), case, ())


def _resolve_node(
    node: QueryNode, there: Sequence[SavedList], case: ReadableCase, within: tuple[str, ...]
) -> QueryNode:
    if isinstance(node, Not):
        return negate(_resolve_node(node.item, there, case, within))
    if isinstance(node, And):
        return And(tuple(_resolve_node(item, there, case, within) for item in node.items))
    if isinstance(node, Or):
        return join_with_or(_resolve_node(item, there, case, within) for item in node.items)
    if not isinstance(node, QueryCondition) or node.field != "list":
        return node
    try:
        found = find_list(there, node.value)
    except KnownError as error:
        raise QueryError(node.column, error.message[0].lower() + error.message[1:], error.hint) from None
    if found.id in within:
        raise QueryError(node.column, f"the list {found.name} is made of itself.")
    if found.photos or found.details:
        return replace(node, keys=(found.id,))
    inner = _resolve_node(parse_query(found.query, case.vocabulary), there, case, (*within, found.id))
    # brackets of its own: what the list asks of a finding is asked of it alone
    return inner if isinstance(inner, And) and len(inner.items) != 1 else And((inner,))
