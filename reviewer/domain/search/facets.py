"""Facets: the few fields by which a gallery is narrowed with one click, as parts of the query they make.

The query is the truth: what is chosen of a facet is read from it, and a click gives another query.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.search.query import (
    And,
    Or,
    QueryCondition,
    QueryNode,
    format_query,
    join_with_and,
    join_with_or,
    parse_query,
    put_in_brackets,
)
from reviewer.domain.search.tokens import quote_value
from reviewer.domain.vocabulary.vocabulary import Vocabulary


class Facet(StrEnum):
    """What photographs are narrowed by; the value is the field of the query language."""

    CATEGORY = "category"
    STATE = "state"
    TERM = "term"
    REGION = "region"
    CERTAINTY = "certainty"
    BRANCH = "branch"
    MONTH = "taken"
    CAMERA = "camera"


FACET_TITLES = {
    Facet.CATEGORY: "Category",
    Facet.STATE: "State",
    Facet.TERM: "Finding",
    Facet.REGION: "Region",
    Facet.CERTAINTY: "Certainty",
    Facet.BRANCH: "Branch",
    Facet.MONTH: "Month",
    Facet.CAMERA: "Camera",
}
MASKED_FACETS = frozenset({Facet.BRANCH, Facet.MONTH})
"""What tells of branch and day: not counted where context is masked until a reading is complete."""
_EXACT = frozenset({Facet.TERM, Facet.CAMERA})


@dataclass(frozen=True)
class QueryPart:
    """One condition of a query, and the query without it; `facet` and what of it is `chosen` where it is such
    a choice."""

    words: str
    without: str
    facet: Facet | None = None
    chosen: tuple[str, ...] = ()

    def in_words(self, names: Mapping[str, str]) -> str:
        """ "Category: not sorted": a choice by its names; as a query says it where a name is not known."""
        months = {value: value.replace("..", " to ") for value in self.chosen if self.facet is Facet.MONTH}
        known = {**names, **months}
        if self.facet is None or not all(value in known for value in self.chosen):
            return self.words
        return f"{FACET_TITLES[self.facet]}: {' or '.join(known[value] for value in self.chosen)}"


def list_conditions(node: QueryNode) -> tuple[QueryNode, ...]:
    """What stands side by side in a query."""
    return node.items if isinstance(node, And) else (node,)


def without_facet(node: QueryNode, facet: Facet) -> QueryNode:
    """The query without what it asks of a facet."""
    return join_with_and(item for item in list_conditions(node) if not _is_of(item, facet))


def find_chosen(node: QueryNode, facet: Facet) -> tuple[str, ...]:
    """The values that a query asks of a facet, as they stand in it; a range as "low..high"."""
    return tuple(
        condition.value if condition.upto is None else f"{condition.value}..{condition.upto}"
        for item in list_conditions(node)
        if _is_of(item, facet)
        for condition in _list_alternatives(item)
    )


def toggle_value(node: QueryNode, facet: Facet, value: str, vocabulary: Vocabulary) -> QueryNode:
    """The query with one more value of a facet, or without it if it was there; several are alternatives."""
    chosen = find_chosen(node, facet)
    kept = [other for other in chosen if other.casefold() != value.casefold()]
    return choose_values(node, facet, kept if len(kept) < len(chosen) else [*kept, value], vocabulary)


def choose_values(node: QueryNode, facet: Facet, values: Iterable[str], vocabulary: Vocabulary) -> QueryNode:
    """The query with exactly these values of a facet."""
    texts = [_format_condition(facet, value) for value in values]
    rest = without_facet(node, facet)
    if not texts:
        return rest
    wanted = join_with_or(parse_query(text, vocabulary) for text in texts)
    before = list_conditions(rest)
    return join_with_and((*before, put_in_brackets(wanted) if isinstance(wanted, Or) else wanted))


def split_in_parts(text: str, vocabulary: Vocabulary) -> tuple[QueryPart, ...]:
    """A query as its conditions, each with what is left without it."""
    items = list_conditions(parse_query(text, vocabulary))
    return tuple(
        _make_part(item, And((*items[:place], *items[place + 1 :]))) for place, item in enumerate(items)
    )


def _make_part(item: QueryNode, rest: QueryNode) -> QueryPart:
    facet = next((facet for facet in Facet if _is_of(item, facet)), None)
    chosen = find_chosen(item, facet) if facet is not None else ()
    return QueryPart(format_query(item), format_query(rest), facet, chosen)


def _format_condition(facet: Facet, value: str) -> str:
    if facet is Facet.MONTH and ".." in value:
        return f"{facet}:{value}"
    return f"{facet}{'=' if facet in _EXACT else ':'}{quote_value(value)}"


def _is_of(item: QueryNode, facet: Facet) -> bool:
    """Whether this is only about the facet, and chooses: what is left out with `!=` or `>` stays."""
    found = _list_alternatives(item)
    return bool(found) and all(
        condition.field == facet and condition.relation in {":", "="} for condition in found
    )


def _list_alternatives(item: QueryNode) -> tuple[QueryCondition, ...]:
    if isinstance(item, QueryCondition):
        return (item,)
    if isinstance(item, And) and len(item.items) == 1:
        return _list_alternatives(item.items[0])
    if isinstance(item, Or) and all(isinstance(part, QueryCondition) for part in item.items):
        return tuple(part for part in item.items if isinstance(part, QueryCondition))
    return ()
