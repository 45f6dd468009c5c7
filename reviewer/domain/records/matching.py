"""Which accepted Individual a row of records speaks of: by the numbers of the cards, and never by a guess.

A row fits an Individual if the examination number is the same, or the detainee number and the branch number
are (a detainee number is given anew by each branch, so it says nothing alone). What contradicts is told:
the number fits and another number, the sex or the date that is stated does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.domain.grouping import group_pairs
from reviewer.domain.people.individual import FACT_NAMES, NUMBER_FACTS, Fact
from reviewer.domain.records.values import is_legible, make_number_key, make_zeroless_key

ValuesByFact = Mapping[Fact, tuple[str, ...]]
_FACTS_COMPARED = (*NUMBER_FACTS, Fact.SEX, Fact.DIED_ON)
_CANNOT_TELL = "cannot tell"


class MatchOutcome(StrEnum):
    """How a row stands to the Individuals."""

    ONE = "one"
    NONE = "none"
    SEVERAL = "several"
    CONTRADICTS = "contradicts"
    SHARED = "shared"
    """Fits one Individual, but so does another row of the same file."""
    SETTLED = "settled"


@dataclass(frozen=True)
class RowClaim:
    """What a row says: `record` is its citation, `file` the id of its file."""

    record: str
    file: str
    values: ValuesByFact


@dataclass(frozen=True)
class KnownIndividual:
    """What is known of an Individual by statements and cards, of all sources."""

    id: str
    values: ValuesByFact


@dataclass(frozen=True)
class MatchCandidate:
    """An Individual that fits: by what, and what contradicts, in words."""

    individual: str
    by: str
    against: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowMatch:
    """What was found for one row."""

    record: str
    outcome: MatchOutcome
    candidates: tuple[MatchCandidate, ...] = field(default=())

    @property
    def individual(self) -> str:
        """The Individual of a row that can be accepted as it stands, "" for any other."""
        return self.candidates[0].individual if self.outcome is MatchOutcome.ONE else ""


def match_rows(
    rows: Sequence[RowClaim],
    individuals: Iterable[KnownIndividual],
    linked: Mapping[str, tuple[str, str]] | None = None,
) -> tuple[RowMatch, ...]:
    """A Match for each row. `linked`: citation -> (file, Individual) of rows that were settled before."""
    known = {individual.id: individual for individual in individuals}
    index = _index_by_number(known.values())
    found = [_match_row(row, known, index) for row in rows]
    taken = Counter(
        (row.file, match.candidates[0].individual)
        for row, match in zip(rows, found, strict=True)
        if len(match.candidates) == 1
    )
    taken.update((linked or {}).values())
    return tuple(
        _mark_as_shared(match) if match.individual and taken[row.file, match.individual] > 1 else match
        for row, match in zip(rows, found, strict=True)
    )


def _mark_as_shared(match: RowMatch) -> RowMatch:
    one = match.candidates[0]
    candidate = MatchCandidate(one.individual, one.by, ("another row of this file fits the same individual",))
    return RowMatch(match.record, MatchOutcome.SHARED, (candidate,))


IndividualsByNumber = Mapping[tuple[Fact, str], Sequence[str]]


def _index_by_number(individuals: Iterable[KnownIndividual]) -> IndividualsByNumber:
    return group_pairs(
        ((fact, make_zeroless_key(value)), individual.id)
        for individual in individuals
        for fact in NUMBER_FACTS
        for value in filter(is_legible, individual.values.get(fact, ()))
    )


def _match_row(row: RowClaim, known: Mapping[str, KnownIndividual], index: IndividualsByNumber) -> RowMatch:
    by_detainee = _find_individuals_with_number(
        row, index, Fact.DETAINEE_NUMBER
    ) & _find_individuals_with_number(row, index, Fact.BRANCH_NUMBER)
    fits = dict.fromkeys(by_detainee, "detainee number and branch number")
    for id_ in _find_individuals_with_number(row, index, Fact.EXAMINATION_NUMBER):
        fits[id_] = "all three numbers" if id_ in by_detainee else "examination number"
    candidates = tuple(
        MatchCandidate(id_, by, describe_differences(row.values, known[id_].values))
        for id_, by in sorted(fits.items())
    )
    if not candidates:
        return RowMatch(row.record, MatchOutcome.NONE)
    if len(candidates) > 1:
        return RowMatch(row.record, MatchOutcome.SEVERAL, candidates)
    return RowMatch(
        row.record, MatchOutcome.CONTRADICTS if candidates[0].against else MatchOutcome.ONE, candidates
    )


def _find_individuals_with_number(row: RowClaim, index: IndividualsByNumber, fact: Fact) -> set[str]:
    legible = filter(is_legible, row.values.get(fact, ()))
    return set().union(*(index.get((fact, make_zeroless_key(value)), ()) for value in legible))


def describe_differences(row: ValuesByFact, known: ValuesByFact) -> tuple[str, ...]:
    """What a row says otherwise than what is known, in words; a fact that one side lacks is no difference."""
    differences = []
    for fact in _FACTS_COMPARED:
        mine, theirs = _list_comparable_values(row, fact), _list_comparable_values(known, fact)
        if not mine or not theirs:
            continue
        if not any(_do_values_agree(fact, one, other) for one in mine for other in theirs):
            differences.append(
                f"{FACT_NAMES[fact]}: the row says {_join_with_or(mine)}, known is {_join_with_or(theirs)}"
            )
        elif fact in NUMBER_FACTS and not {make_number_key(v) for v in mine} & {
            make_number_key(v) for v in theirs
        }:
            differences.append(
                f"{FACT_NAMES[fact]}: {_join_with_or(mine)} and "
                f"{_join_with_or(theirs)} differ in zeros at the beginning"
            )
    return tuple(differences)


def _list_comparable_values(values: ValuesByFact, fact: Fact) -> tuple[str, ...]:
    found = values.get(fact, ())
    if fact in NUMBER_FACTS:
        return tuple(value for value in found if is_legible(value))
    return tuple(value for value in found if value and value != _CANNOT_TELL)


def _do_values_agree(fact: Fact, one: str, other: str) -> bool:
    if fact in NUMBER_FACTS:
        return make_zeroless_key(one) == make_zeroless_key(other)
    if fact is Fact.DIED_ON:  # 2012-08 does not contradict 2012-08-14
        return one.startswith(other) or other.startswith(one)
    return one == other


def _join_with_or(values: Sequence[str]) -> str:
    return " or ".join(values)
