"""Samples of a Case: drawn from what a query finds, kept as a list that says how it was drawn."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.commands.saved_lists import save_list
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.search import sampling
from reviewer.domain.search.query import Node, parse, printed
from reviewer.domain.search.sampling import Drawn, Stratum
from reviewer.services.case.open_case import OpenCase
from reviewer.services.search import search as searching
from reviewer.storage import ledger
from reviewer.storage.search import occurring_values, search
from reviewer.storage.store import Connection

STRATA = occurring_values.STRATA
_NO_VALUE = "none"
_LARGEST_SEED = 2**53 - 1


class Unit(StrEnum):
    """What is drawn. Of an Individual all Photos that the query finds come into the list."""

    INDIVIDUALS = "individuals"
    PHOTOS = "photos"


@dataclass(frozen=True)
class Wish:
    """`size`, or `within` (0.05: +- 5 points at 95 %) with an `expected` share. `by` is a field of STRATA."""

    query: str
    size: int | None = None
    within: float | None = None
    expected: float = 0.5
    by: str = ""
    equal: bool = False
    of: Unit = Unit.INDIVIDUALS
    seed: int | None = None


@dataclass(frozen=True)
class Sampled:
    """What was drawn; `left_out` Photos were found but have no Individual, when Individuals are drawn."""

    query: str
    photos: tuple[str, ...]
    units: int
    population: int
    left_out: int
    seed: int
    strata: tuple[Stratum, ...]
    details: dict[str, object]

    def saved(self, case: OpenCase, name: str) -> Draft:
        """The act that keeps it. KnownError if there is a list of that name."""
        there = searching.lists(case)
        return save_list(
            there, secrets.token_hex(8), name, self.query, details=self.details, photos=self.photos
        )


@dataclass(frozen=True)
class Population:
    """What a sample would be drawn from: how many units, and how many Photos were found without one."""

    query: str
    of: Unit
    units: int
    left_out: int


def population(case: OpenCase, examiner: str, query: str, of: Unit) -> Population:
    """Before a size is chosen; KnownError if there is nothing to draw from. For a job."""
    wish = Wish(query, size=1, of=of)
    with case.store.read() as connection:
        node = parse(query, case.vocabulary)
        members, found = _members(connection, case, node, examiner, wish)
    return Population(printed(node), of, len(members), found - sum(map(len, members.values())))


def draw(case: OpenCase, examiner: str, wish: Wish) -> Sampled:
    """Draw a sample. The same wish with the same seed from the same Case gives the same sample."""
    _check(wish)
    seed = secrets.randbelow(2**32) if wish.seed is None else wish.seed
    node = parse(wish.query, case.vocabulary)
    with case.store.read() as connection:
        members, found = _members(connection, case, node, examiner, wish)
        values = occurring_values.strata(connection, wish.by, examiner) if wish.by else {}
        entries, head = ledger.size_and_head(connection)
    size = _size(wish, len(members))
    stratum_of = _stratum_of(wish, members, values)
    drawn = _drawn(wish, members, stratum_of, size, seed)
    photos = tuple(photo for unit in drawn.units for photo in members[unit])
    details: dict[str, object] = {
        "method": sampling.METHOD,
        "of": str(wish.of),
        "seed": seed,
        "population": len(members),
        "drawn": len(drawn.units),
        "by": wish.by,
        "equal": wish.equal,
        "strata": [vars(each) for each in drawn.strata],
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
    return Sampled(
        printed(node), photos, len(drawn.units), len(members), left_out, seed, drawn.strata, details
    )


def _members(
    connection: Connection, case: OpenCase, node: Node, examiner: str, wish: Wish
) -> tuple[dict[str, list[str]], int]:
    """The units with their Photos, and how many Photos are found; KnownError if there is no unit."""
    hits = search.find(connection, searching.prepared(connection, case, node), examiner)
    people = (
        occurring_values.strata(connection, "individual", examiner) if wish.of is Unit.INDIVIDUALS else {}
    )
    members: dict[str, list[str]] = {}
    for photo in hits.photos:
        unit = photo if wish.of is Unit.PHOTOS else people.get(photo, "")
        if unit:
            members.setdefault(unit, []).append(photo)
    if not members:
        raise _nothing(wish, hits.count)
    return members, hits.count


def _check(wish: Wish) -> None:
    if (wish.size is None) == (wish.within is None):
        raise KnownError("A sample needs a size, or how exact it is to be.", code="sample")
    if wish.size is not None and wish.size < 1:
        raise KnownError("A sample has one unit at least.", code="sample")
    if wish.within is not None and not (0 < wish.within < 1 and 0 < wish.expected < 1):
        raise KnownError("Percentages lie between 0 and 100.", code="sample")
    if wish.by and wish.by not in STRATA:
        raise KnownError(
            f"There are no strata by {wish.by}.", f"There are: {', '.join(STRATA)}.", code="sample"
        )
    if wish.seed is not None and not 0 <= wish.seed <= _LARGEST_SEED:
        raise KnownError(f"A seed is a whole number from 0 to {_LARGEST_SEED}.", code="sample")


def _nothing(wish: Wish, found: int) -> KnownError:
    if found and wish.of is Unit.INDIVIDUALS:
        return KnownError(
            f"None of the {found:,} photographs found belongs to an individual.",
            "Draw photographs, or accept individuals first.",
            code="sample",
        )
    return KnownError("The query finds nothing to draw from.", code="sample")


def _size(wish: Wish, population: int) -> int:
    if wish.size is not None:
        return min(wish.size, population)
    return sampling.needed(wish.within or 0.5, population, wish.expected)


def _stratum_of(wish: Wish, members: dict[str, list[str]], values: dict[str, str]) -> dict[str, str]:
    """Unit -> the value of its stratum; nothing without strata. That of an Individual is that of its first
    Photo found."""
    if not wish.by:
        return {}
    return {unit: values.get(photos[0], "") or _NO_VALUE for unit, photos in members.items()}


def _drawn(
    wish: Wish, members: dict[str, list[str]], stratum_of: dict[str, str], size: int, seed: int
) -> Drawn:
    if not wish.by:
        return sampling.simple(members, size, seed)
    return sampling.stratified(stratum_of, size, seed, equal=wish.equal)
