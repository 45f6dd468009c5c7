"""What a query says of what is counted: figures of those it chooses say how they were chosen.

Whoever counts bruises among photographs with a bruise finds 100 %. A query by what is stated of a person, by
place or by date is another selection too, but not by what was found. A saved list is looked into: it chooses
by what its own query asks, however many lists lie between.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from reviewer.domain.commands.saved_lists import find_list
from reviewer.domain.errors import KnownError
from reviewer.domain.people.individual import SavedList
from reviewer.domain.search.fields import DESCRIPTION_FIELDS
from reviewer.domain.search.query import (
    QueryCondition,
    QueryNode,
    QueryWords,
    format_query,
    iterate_leaves,
    parse_query,
)
from reviewer.domain.search.tokens import QueryError
from reviewer.domain.vocabulary.vocabulary import Vocabulary

_FIELDS_OF_READINGS = frozenset(
    {
        "answer",
        "certainty",
        "conclusion",
        "covers",
        "findings",
        "note",
        "region",
        "state",
        "term",
        "vocabulary",
        *(name for name, _says in DESCRIPTION_FIELDS),
    }
)
"""Fields that ask what an examiner read, found or wrote."""
_THINGS_OF_READINGS = frozenset(
    {"coverage", "description", "finding", "list", "mark", "note", "unconfirmed", "unstated"}
)
"""Values of `has` that ask the same."""


@dataclass(frozen=True)
class QuerySelection:
    """How a query chooses. `conditions` are those that speak of what is counted, as they are printed, each
    with the list it stands in; `unknown` are lists of which it is not known how they were made."""

    conditions: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def find_query_selection(
    node: QueryNode, there: Sequence[SavedList], vocabulary: Vocabulary
) -> QuerySelection:
    """How a query chooses that may name the lists `there`, each thing said once.

    Words by themselves are looked for in notes too, and speak of what is counted. Of a drawn sample the query
    it was drawn from is looked at, and its strata if as many were drawn from each.
    """
    looking = _SelectionVisitor(there, vocabulary)
    looking.at(node)
    return QuerySelection(tuple(dict.fromkeys(looking.conditions)), tuple(dict.fromkeys(looking.unknown)))


@dataclass
class _SelectionVisitor:
    there: Sequence[SavedList]
    vocabulary: Vocabulary
    conditions: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def at(self, node: QueryNode, where: str = "", until: str = "", within: tuple[str, ...] = ()) -> None:
        """Note what a tree says, which stands in the list `where` that was kept at the time `until`."""
        for leaf in iterate_leaves(node):
            if isinstance(leaf, QueryCondition) and leaf.field == "list":
                self._visit_list(leaf, until, within)
            elif _asks_of_readings(leaf):
                self.conditions.append(f"{format_query(leaf)} in {where}" if where else format_query(leaf))

    def _visit_list(self, leaf: QueryCondition, until: str, within: tuple[str, ...]) -> None:
        name = format_query(leaf)
        try:
            found = find_list(self.there, leaf.value)
            inner = parse_query(found.query, self.vocabulary)
        except (KnownError, QueryError):
            self.unknown.append(name)
            return
        is_kept = bool(found.photos or found.details)
        if (until and found.at > until) or (is_kept and not found.query and not found.details):
            self.unknown.append(name)
        elif found.id not in within:
            self._note_strata(found, name)
            self.at(inner, name, found.at if is_kept else until, (*within, found.id))

    def _note_strata(self, found: SavedList, name: str) -> None:
        details = json.loads(found.details) if found.details else {}
        if details.get("equal") and details.get("by") in _FIELDS_OF_READINGS:
            self.conditions.append(f"as many of each {details['by']} in {name}")


def _asks_of_readings(leaf: QueryWords | QueryCondition) -> bool:
    if not isinstance(leaf, QueryCondition):
        return True
    if leaf.field == "has":
        return leaf.value in _THINGS_OF_READINGS
    return leaf.field in _FIELDS_OF_READINGS
