"""What a query can be narrowed by: each value of each facet with how many photographs it leaves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.domain.search.facets import (
    MASKED_FACETS,
    Facet,
    choose_values,
    find_chosen,
    toggle_value,
    without_facet,
)
from reviewer.domain.search.fields import CERTAINTY_CHOICES, UNSORTED_VALUE
from reviewer.domain.search.query import QueryNode, format_query, parse_query
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.domain.worklist.worklist import ReadingProgress
from reviewer.services.case.snapshot import ReadableCase
from reviewer.services.search.numbered import NO_NUMBERS, PhotosByNumber, put_numbers_in
from reviewer.services.search.search import COMPLETE_QUERY, asks_for_findings, resolve_lists
from reviewer.storage.search import facet_counts, search
from reviewer.storage.store import Connection

_FIXED_ORDERS: dict[Facet, tuple[str, ...]] = {
    Facet.CATEGORY: (*map(str, Category), UNSORTED_VALUE),
    Facet.STATE: tuple(map(str, ReadingProgress)),
    Facet.CERTAINTY: tuple(reversed(CERTAINTY_CHOICES)),
}


@dataclass(frozen=True)
class FacetValue:
    """`value` is what the query says, `name` what a person reads."""

    value: str
    name: str
    photos: int
    is_chosen: bool = False


@dataclass(frozen=True)
class FacetValues:
    """The values of one facet; `chosen` as the query says them, `chosen_names` as a person reads them.
    `is_masked`: nothing was counted, since context is masked in this Case."""

    facet: Facet
    values: tuple[FacetValue, ...]
    chosen: tuple[str, ...] = ()
    chosen_names: tuple[str, ...] = ()
    is_masked: bool = False


@dataclass(frozen=True)
class Facets:
    """All facets of a query, and how many Photos of how many Individuals it finds of all there are.

    `complete` is how many Photos the Examiner has read, where the query asks for Findings; None elsewhere.
    """

    query: str
    photos: int
    individuals: int
    all_photos: int
    all_individuals: int
    facets: tuple[FacetValues, ...]
    complete: int | None = None


def load_facets(
    case: ReadableCase,
    text: str,
    examiner: str | None,
    *,
    masked: bool = False,
    numbers: PhotosByNumber = NO_NUMBERS,
    wanted: Collection[Facet] = tuple(Facet),
    check: Callable[[], None] = lambda: None,
) -> Facets:
    """Count the facets of a query that are wanted; for a job. `check` is asked before each whether to go on.
    QueryError where the query makes no sense."""
    node = parse_query(text, case.vocabulary)
    with case.store.read() as connection:

        def resolve(part: QueryNode) -> QueryNode:
            check()
            return put_numbers_in(resolve_lists(connection, case, part), numbers)

        found = search.count_photos_and_individuals(connection, resolve(node), examiner)
        everything = parse_query("", case.vocabulary)
        read = parse_query(COMPLETE_QUERY, case.vocabulary)
        complete = search.count_photos(connection, read, examiner) if asks_for_findings(node) else None
        there = search.count_photos_and_individuals(connection, everything, examiner)
        facets = tuple(
            FacetValues(
                facet,
                (),
                find_chosen(node, facet),
                _name_chosen(case.vocabulary, facet, node),
                is_masked=masked and facet in MASKED_FACETS,
            )
            if facet not in wanted or (masked and facet in MASKED_FACETS)
            else _count_values(connection, case.vocabulary, facet, node, examiner, resolve)
            for facet in Facet
        )
    return Facets(
        format_query(node),
        found.photos,
        found.individuals,
        there.photos,
        there.individuals,
        facets,
        complete,
    )


def _count_values(
    connection: Connection,
    vocabulary: Vocabulary,
    facet: Facet,
    node: QueryNode,
    examiner: str | None,
    resolve: Callable[[QueryNode], QueryNode],
) -> FacetValues:
    counts = facet_counts.count_facet(connection, facet, resolve(without_facet(node, facet)), examiner)
    named = {value: _name_value(vocabulary, facet, value) for value in counts}
    chosen = find_chosen(node, facet)
    asked = {value.casefold() for value in chosen}
    values = [
        FacetValue(
            _write_value(facet, value, name),
            name,
            counts[value],
            bool(asked & {value.casefold(), name.casefold()}),
        )
        for value, name in named.items()
    ]
    shown = tuple(_sort_values(facet, values))
    return FacetValues(facet, shown, chosen, _name_chosen(vocabulary, facet, node))


def _name_chosen(vocabulary: Vocabulary, facet: Facet, node: QueryNode) -> tuple[str, ...]:
    """What each chosen value is called, also where nothing is counted or it stands for a group of values."""
    return tuple(_name_value(vocabulary, facet, value) for value in find_chosen(node, facet))


def _name_value(vocabulary: Vocabulary, facet: Facet, value: str) -> str:
    if facet is Facet.TERM:
        return vocabulary.term_name(value)
    if facet is Facet.REGION:
        region = vocabulary.region(value) or vocabulary.region(f"{value}.L")
        return region.name.removesuffix(", left") if region is not None else value
    if facet is Facet.CATEGORY:
        names = {str(category): name.lower() for category, name in CATEGORY_NAMES.items()}
        return names.get(value, "not sorted")
    if facet is Facet.STATE and value == ReadingProgress.OPEN:
        return "begun"
    return value


def _write_value(facet: Facet, value: str, name: str) -> str:
    """As the query is to say it: a Term by its name, all else by its key."""
    return name if facet is Facet.TERM else value


def _sort_values(facet: Facet, values: Sequence[FacetValue]) -> list[FacetValue]:
    """In the order of the scale or of time; else the most frequent first."""
    order = _FIXED_ORDERS.get(facet)
    if order is not None:
        return sorted(
            values, key=lambda value: order.index(value.value) if value.value in order else len(order)
        )
    if facet is Facet.MONTH:
        return sorted(values, key=lambda value: value.value)
    return sorted(values, key=lambda value: (-value.photos, value.name))


def toggle_in_query(case: ReadableCase, text: str, facet: Facet, value: str) -> str:
    """The query with a value of a facet added, or taken out."""
    node = toggle_value(parse_query(text, case.vocabulary), facet, value, case.vocabulary)
    return format_query(node)


def choose_in_query(case: ReadableCase, text: str, facet: Facet, values: Sequence[str]) -> str:
    """The query with exactly these values of a facet."""
    return format_query(choose_values(parse_query(text, case.vocabulary), facet, values, case.vocabulary))
