"""Why a query finds nothing, and what near it would find something. For jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reviewer.domain.errors import KnownError
from reviewer.domain.search.fields import FieldKind, find_query_field
from reviewer.domain.search.names import suggest_names
from reviewer.domain.search.query import (
    EVERYTHING,
    And,
    QueryCondition,
    QueryNode,
    QueryWords,
    format_query,
    iterate_leaves,
    join_with_and,
    parse_query,
)
from reviewer.domain.search.tokens import quote_value
from reviewer.services.case.snapshot import ReadableCase
from reviewer.services.search.numbered import NO_NUMBERS, PhotosByNumber
from reviewer.services.search.search import count_photos
from reviewer.services.search.suggesting import Suggestion, SuggestionGroup, Suggestions

NEAR = "What would find something"
_OTHER_FIELDS = ("term", "region", "note", "record", "individual", "file", "folder")
_MOST_ROWS = 6


def find_near(
    case: ReadableCase,
    text: str,
    examiner: str | None,
    numbers: PhotosByNumber = NO_NUMBERS,
    check: Callable[[], None] = lambda: None,
) -> Suggestions:
    """What would find something where a query finds nothing: one condition less, the same words in another
    field, names that are nearly what was typed. Each with its count; none that finds nothing too.

    QueryError where the query makes no sense. `check` is asked before each count whether to go on.
    """
    node = parse_query(text, case.vocabulary)
    rows: list[Suggestion] = []
    seen = {format_query(node)}
    for name, query in _list_neighbours(case, node):
        if query in seen or len(rows) >= _MOST_ROWS:
            continue
        seen.add(query)
        check()
        try:
            count = count_photos(case, query, examiner, numbers).count
        except KnownError:  # the words are none of that field
            continue
        if count:
            rows.append(Suggestion(name, query, query, count))
    return Suggestions((SuggestionGroup(NEAR, tuple(rows)),) if rows else (), is_offered_only=True)


def explain_nothing(case: ReadableCase, text: str, examiner: str | None) -> str:
    """A sentence on what was searched in vain."""
    there = count_photos(case, "", examiner).count
    canonical = format_query(parse_query(text, case.vocabulary))
    whose = "your own readings" if examiner is not None else "all readings"
    return (
        f"No photograph is found. All {there:,} were searched for: {canonical}. "
        f"Findings, notes and states are those of {whose}."
    )


def _list_neighbours(case: ReadableCase, node: QueryNode) -> Iterator[tuple[str, str]]:
    """(What is different, the query) for everything near."""
    items = node.items if isinstance(node, And) else (node,)
    for place, item in enumerate(items):
        rest = join_with_and((*items[:place], *items[place + 1 :]))
        if rest != EVERYTHING:
            yield f"Without {format_query(item)}", format_query(rest)
    for place, item in enumerate(items):
        for said, other in _list_replacements(case, item):
            changed = (*(format_query(part) for part in items[:place]), other)
            yield said, " ".join((*changed, *(format_query(part) for part in items[place + 1 :])))


def _list_replacements(case: ReadableCase, item: QueryNode) -> Iterator[tuple[str, str]]:
    leaves = list(iterate_leaves(item))
    if len(leaves) != 1 or leaves[0] is not item:
        return
    (leaf,) = leaves
    text = leaf.text if isinstance(leaf, QueryWords) else leaf.value
    for name in suggest_names(case.vocabulary, text, regions=False):
        yield f"Findings \u201c{name}\u201d", f"term:{quote_value(name)}"
    for name in suggest_names(case.vocabulary, text, regions=True):
        yield f"Region \u201c{name}\u201d", f"region:{quote_value(name)}"
    if isinstance(leaf, QueryCondition) and not _has_words(leaf):
        return
    for field in _OTHER_FIELDS:
        if not isinstance(leaf, QueryCondition) or field != leaf.field:
            yield f"The same in {field}", f"{field}:{quote_value(text)}"


def _has_words(condition: QueryCondition) -> bool:
    """Whether the value is words that another field could have."""
    known = find_query_field(condition.field)
    texts = {FieldKind.TERM, FieldKind.REGION, FieldKind.TEXT, FieldKind.FULL_TEXT, FieldKind.NUMBER}
    return known is not None and known.kind in texts and condition.upto is None
