"""Samples of a Case: drawn from what a query finds, kept as a list that says how it was drawn."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.commands.saved_lists import save_list
from reviewer.domain.errors import KnownError
from reviewer.domain.grouping import group_pairs
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.search import sampling
from reviewer.domain.search.query import QueryNode, format_query, parse_query
from reviewer.domain.search.sampling import DrawnSample, Stratum
from reviewer.services.case.open_case import OpenCase
from reviewer.services.search import search as searching
from reviewer.storage import ledger
from reviewer.storage.search import occurring_values, search
from reviewer.storage.store import Connection
from reviewer.system.new_ids import new_id

STRATUM_FIELDS = occurring_values.STRATUM_FIELDS
_NO_VALUE = "none"
_LARGEST_SEED = 2**53 - 1


class SampleUnit(StrEnum):
    """What is drawn. Of an Individual all Photos that the query finds come into the list."""

    INDIVIDUALS = "individuals"
    PHOTOS = "photos"


@dataclass(frozen=True)
class SampleRequest:
    """`size`, or `within` (0.05: +- 5 points at 95 %) with an `expected` share. `by` is a field of STRATA."""

    query: str
    size: int | None = None
    within: float | None = None
    expected: float = 0.5
    by: str = ""
    equal: bool = False
    of: SampleUnit = SampleUnit.INDIVIDUALS
    seed: int | None = None


@dataclass(frozen=True)
class CaseSample:
    """What was drawn; `left_out` Photos were found but have no Individual, when Individuals are drawn."""

    query: str
    photos: tuple[str, ...]
    units: int
    population: int
    left_out: int
    seed: int
    strata: tuple[Stratum, ...]
    details: dict[str, object]

    def make_draft(self, case: OpenCase, name: str) -> Draft:
        """Make the act that saves the sample. KnownError if a list has that name."""
        there = searching.load_lists(case)
        return save_list(there, new_id(), name, self.query, details=self.details, photos=self.photos)


@dataclass(frozen=True)
class Population:
    """What a sample would be drawn from: how many units, and how many Photos were found without one."""

    query: str
    of: SampleUnit
    units: int
    left_out: int


def count_population(case: OpenCase, examiner: str, query: str, of: SampleUnit) -> Population:
    """Count what there is to draw from, before a size is chosen. KnownError if there is nothing. For a
    job."""
    wish = SampleRequest(query, size=1, of=of)
    with case.store.read() as connection:
        node = parse_query(query, case.vocabulary)
        members, found = _find_units(connection, case, node, examiner, wish)
    return Population(format_query(node), of, len(members), found - sum(map(len, members.values())))


def draw_sample(case: OpenCase, examiner: str, wish: SampleRequest) -> CaseSample:
    """Draw a sample. The same wish with the same seed from the same Case gives the same sample."""
    _check_request(wish)
    seed = secrets.randbelow(2**32) if wish.seed is None else wish.seed
    node = parse_query(wish.query, case.vocabulary)
    with case.store.read() as connection:
        members, found = _find_units(connection, case, node, examiner, wish)
        values = occurring_values.load_strata(connection, wish.by, examiner) if wish.by else {}
        entries, head = ledger.load_size_and_head(connection)
    size = _choose_size(wish, len(members))
    stratum_of = _assign_strata(wish, members, values)
    drawn = _draw_units(wish, members, stratum_of, size, seed)
    photos = tuple(photo for unit in drawn.units for photo in members[unit])
    details: dict[str, object] = {
        "method": sampling.SAMPLING_METHOD,
        "of": str(wish.of),
        "seed": seed,
        "population": len(members),
        "drawn": len(drawn.units),
        "by": wish.by,
        "equal": wish.equal,
        "strata": [vars(stratum) for stratum in drawn.strata],
        "units": [[unit, stratum_of.get(unit, "")] for unit in drawn.units],
        "entries": entries,
        "head": head,
    }
    if wish.within is not None:
        details |= {
            "within_permille": round(wish.within * 1000),
            "expected_permille": round(wish.expected * 1000),
        }
    left_out = found - sum(map(len, members.values()))
    return CaseSample(
        format_query(node), photos, len(drawn.units), len(members), left_out, seed, drawn.strata, details
    )


def _find_units(
    connection: Connection, case: OpenCase, node: QueryNode, examiner: str, wish: SampleRequest
) -> tuple[dict[str, list[str]], int]:
    """The units with their Photos, and how many Photos are found; KnownError if there is no unit."""
    hits = search.find_photos(connection, searching.resolve_lists(connection, case, node), examiner)
    people = (
        occurring_values.load_strata(connection, "individual", examiner)
        if wish.of is SampleUnit.INDIVIDUALS
        else {}
    )
    units = (
        (photo if wish.of is SampleUnit.PHOTOS else people.get(photo, ""), photo) for photo in hits.photos
    )
    members = group_pairs((unit, photo) for unit, photo in units if unit)
    if not members:
        raise _make_nothing_error(wish, hits.count)
    return members, hits.count


def _check_request(wish: SampleRequest) -> None:
    if (wish.size is None) == (wish.within is None):
        raise KnownError("A sample needs a size, or how exact it is to be.", code="sample")
    if wish.size is not None and wish.size < 1:
        raise KnownError("A sample has one unit at least.", code="sample")
    if wish.within is not None and not (0 < wish.within < 1 and 0 < wish.expected < 1):
        raise KnownError("Percentages lie between 0 and 100.", code="sample")
    if wish.by and wish.by not in STRATUM_FIELDS:
        raise KnownError(
            f"There are no strata by {wish.by}.", f"There are: {', '.join(STRATUM_FIELDS)}.", code="sample"
        )
    if wish.seed is not None and not 0 <= wish.seed <= _LARGEST_SEED:
        raise KnownError(f"A seed is a whole number from 0 to {_LARGEST_SEED}.", code="sample")


def _make_nothing_error(wish: SampleRequest, found: int) -> KnownError:
    if found and wish.of is SampleUnit.INDIVIDUALS:
        return KnownError(
            f"None of the {found:,} photographs found belongs to an individual.",
            "Draw photographs, or accept individuals first.",
            code="sample",
        )
    return KnownError("The query finds nothing to draw from.", code="sample")


def _choose_size(wish: SampleRequest, population: int) -> int:
    if wish.size is not None:
        return min(wish.size, population)
    return sampling.compute_sample_size(wish.within or 0.5, population, wish.expected)


def _assign_strata(
    wish: SampleRequest, members: dict[str, list[str]], values: dict[str, str]
) -> dict[str, str]:
    """Unit -> the value of its stratum; nothing without strata. That of an Individual is that of its first
    Photo found."""
    if not wish.by:
        return {}
    return {unit: values.get(photos[0], "") or _NO_VALUE for unit, photos in members.items()}


def _draw_units(
    wish: SampleRequest, members: dict[str, list[str]], stratum_of: dict[str, str], size: int, seed: int
) -> DrawnSample:
    if not wish.by:
        return sampling.draw_simple_sample(members, size, seed)
    return sampling.draw_stratified_sample(stratum_of, size, seed, equal=wish.equal)
