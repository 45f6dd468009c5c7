"""Which accepted Individual a row of records speaks of: by the numbers of the cards, and never by a guess.

A row fits an Individual if the examination number is the same, or the detainee number and the branch number
are (a detainee number is given anew by each branch, so it says nothing alone). What contradicts is told:
the number fits and another number, the sex or the date that is stated does not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.domain.people.individual import FACT_NAMES, NUMBERS, Fact
from reviewer.domain.records.values import is_legible, number_key, zeroless_key

Values = Mapping[Fact, tuple[str, ...]]
_COMPARED = (*NUMBERS, Fact.SEX, Fact.DIED_ON)
_SAYS_NOTHING = "cannot tell"


class Outcome(StrEnum):
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
    values: Values


@dataclass(frozen=True)
class KnownIndividual:
    """What is known of an Individual by statements and cards, of all sources."""

    id: str
    values: Values


@dataclass(frozen=True)
class Candidate:
    """An Individual that fits: by what, and what contradicts, in words."""

    individual: str
    by: str
    against: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """What was found for one row."""

    record: str
    outcome: Outcome
    candidates: tuple[Candidate, ...] = field(default=())

    @property
    def individual(self) -> str:
        """The Individual of a row that can be accepted as it stands, "" for any other."""
        return self.candidates[0].individual if self.outcome is Outcome.ONE else ""


def matches(
    rows: Sequence[RowClaim],
    individuals: Iterable[KnownIndividual],
    linked: Mapping[str, tuple[str, str]] | None = None,
) -> tuple[Match, ...]:
    """A Match for each row. `linked`: citation -> (file, Individual) of rows that were settled before."""
    known = {each.id: each for each in individuals}
    index = _index(known.values())
    found = [_match(row, known, index) for row in rows]
    taken = Counter(
        (row.file, match.candidates[0].individual)
        for row, match in zip(rows, found, strict=True)
        if len(match.candidates) == 1
    )
    taken.update((linked or {}).values())
    return tuple(
        _shared(match) if match.individual and taken[row.file, match.individual] > 1 else match
        for row, match in zip(rows, found, strict=True)
    )


def _shared(match: Match) -> Match:
    one = match.candidates[0]
    told = Candidate(one.individual, one.by, ("another row of this file fits the same individual",))
    return Match(match.record, Outcome.SHARED, (told,))


Index = dict[tuple[Fact, str], set[str]]


def _index(individuals: Iterable[KnownIndividual]) -> Index:
    index: Index = defaultdict(set)
    for each in individuals:
        for fact in NUMBERS:
            for value in each.values.get(fact, ()):
                if is_legible(value):
                    index[fact, zeroless_key(value)].add(each.id)
    return index


def _match(row: RowClaim, known: Mapping[str, KnownIndividual], index: Index) -> Match:
    fits: dict[str, str] = {}
    by_detainee = _fitting(row, index, Fact.DETAINEE_NUMBER) & _fitting(row, index, Fact.BRANCH_NUMBER)
    for id_ in by_detainee:
        fits[id_] = "detainee number and branch number"
    for id_ in _fitting(row, index, Fact.EXAMINATION_NUMBER):
        fits[id_] = "all three numbers" if id_ in by_detainee else "examination number"
    candidates = tuple(
        Candidate(id_, by, differences(row.values, known[id_].values)) for id_, by in sorted(fits.items())
    )
    if not candidates:
        return Match(row.record, Outcome.NONE)
    if len(candidates) > 1:
        return Match(row.record, Outcome.SEVERAL, candidates)
    return Match(row.record, Outcome.CONTRADICTS if candidates[0].against else Outcome.ONE, candidates)


def _fitting(row: RowClaim, index: Index, fact: Fact) -> set[str]:
    found: set[str] = set()
    for value in row.values.get(fact, ()):
        if is_legible(value):
            found |= index.get((fact, zeroless_key(value)), set())
    return found


def differences(row: Values, known: Values) -> tuple[str, ...]:
    """What a row says otherwise than what is known, in words; a fact that one side lacks is no difference."""
    told = []
    for fact in _COMPARED:
        mine, theirs = _said(row, fact), _said(known, fact)
        if not mine or not theirs:
            continue
        if not any(_agree(fact, one, other) for one in mine for other in theirs):
            told.append(f"{FACT_NAMES[fact]}: the row says {_or(mine)}, known is {_or(theirs)}")
        elif fact in NUMBERS and not {number_key(v) for v in mine} & {number_key(v) for v in theirs}:
            told.append(f"{FACT_NAMES[fact]}: {_or(mine)} and {_or(theirs)} differ in zeros at the beginning")
    return tuple(told)


def _said(values: Values, fact: Fact) -> tuple[str, ...]:
    found = values.get(fact, ())
    if fact in NUMBERS:
        return tuple(value for value in found if is_legible(value))
    return tuple(value for value in found if value and value != _SAYS_NOTHING)


def _agree(fact: Fact, one: str, other: str) -> bool:
    if fact in NUMBERS:
        return zeroless_key(one) == zeroless_key(other)
    if fact is Fact.DIED_ON:  # 2012-08 does not contradict 2012-08-14
        return one.startswith(other) or other.startswith(one)
    return one == other


def _or(values: Sequence[str]) -> str:
    return " or ".join(values)
