"""What does not fit together among the Individuals: a list for a person to work through.

Numbers on cards were reused, misread, and cards lay beside the wrong body. Nothing here is decided by the
program. A conflict is gone when a statement is withdrawn, Individuals are merged, a Photo is moved, or when
somebody says why it is accepted as it is; then it comes back only if it becomes another conflict.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, pairwise
from types import MappingProxyType

from reviewer.domain.grouping import group_pairs
from reviewer.domain.people import photo_conflicts
from reviewer.domain.people.ages import do_age_ranges_overlap, parse_age_range
from reviewer.domain.people.individual import FACT_NAMES, NUMBER_FACTS, Fact, Individual
from reviewer.domain.people.photo_conflicts import PhotoForConflicts, find_photo_conflicts
from reviewer.domain.people.photo_owners import CardNumber
from reviewer.domain.people.proposals import may_be_same_number
from reviewer.domain.text_folding import fold_text

_SERIES = re.compile(r"^(\D*)(\d{1,15})(\D*)$")
_CANNOT_TELL = "cannot tell"
ACCEPTED_CONFLICT_PREFIX = "conflict "
"""How the source of a statement begins that accepts a conflict as it is; its key follows."""
ConflictNumber = CardNumber


class ConflictKind(StrEnum):
    SAME_NUMBER = "same number on two individuals"
    TWO_NUMBERS = "two numbers on one individual"
    CARD_IN_TWO = "photographs of one number in two individuals"
    CONTRADICTION = "contradiction"
    ALIKE_IN_TWO = "near-duplicates in two individuals"
    ALIKE_TWO_NUMBERS = "near-duplicates with two card numbers"
    DAYS_APART = photo_conflicts.DAYS_APART
    BACKWARDS = photo_conflicts.BACKWARDS
    DRESSED_AGAIN = photo_conflicts.DRESSED_AGAIN
    SEX_AND_REGION = photo_conflicts.SEX_AND_REGION
    OTHER_SIDE = photo_conflicts.OTHER_SIDE
    CARD_AFTER_CAMERA = photo_conflicts.CARD_AFTER_CAMERA
    GAP = "numbers not in this case"


@dataclass(frozen=True)
class ConflictSubject:
    """An accepted Individual with its Photos, what sure cards of these Photos say, and `looks`: the Photos as
    the Examiner at work described them, in the same order."""

    individual: Individual
    label: str
    photos: tuple[str, ...]
    cards: tuple[tuple[str, ConflictNumber], ...] = ()
    looks: tuple[PhotoForConflicts, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """One thing that does not fit. `key` is the same as long as the conflict is the same.

    `settled` is the note with which somebody accepted it as it is, "" for one that is open. `values` are what
    is stated of `fact` and contradicts itself, where it is that.
    """

    kind: ConflictKind
    sentence: str
    individuals: tuple[str, ...]
    photos: tuple[str, ...]
    key: str
    settled: str = ""
    fact: Fact | None = None
    values: tuple[str, ...] = ()

    @property
    def is_doubt(self) -> bool:
        """Whether it throws doubt on its Individuals; numbers that the Case does not have do not."""
        return self.kind is not ConflictKind.GAP


def find_conflicts(
    subjects: Sequence[ConflictSubject],
    alike: Sequence[tuple[str, ...]] = (),
    numbers: Mapping[str, ConflictNumber] = MappingProxyType({}),
    gaps: bool = False,
) -> list[Conflict]:
    """Every conflict, the gravest kinds first, those accepted as they are last.

    `alike` are the groups of near-duplicates (SHA-256), `numbers` what the sure cards on Photos say. With
    `gaps` the examination numbers are listed that no Individual of the Case has: nobody knows whether they
    were ever given, so that is only done when it is asked for.
    """
    found = [
        *_find_same_numbers(subjects),
        *_find_two_numbers(subjects),
        *_find_cards_in_two(subjects),
        *_find_contradictions(subjects),
        *_find_near_duplicates_in_two(subjects, alike, numbers),
        *_find_photo_conflicts(subjects),
        *(_find_number_gaps(subjects) if gaps else ()),
    ]
    return sorted(_attach_acceptance_notes(subjects, found), key=lambda conflict: bool(conflict.settled))


def _attach_acceptance_notes(
    subjects: Sequence[ConflictSubject], found: Iterable[Conflict]
) -> Iterator[Conflict]:
    notes = {
        (subject.individual.id, said.source.removeprefix(ACCEPTED_CONFLICT_PREFIX)): said.value
        for subject in subjects
        for said in subject.individual.statements
        if said.fact is Fact.OTHER and said.source.startswith(ACCEPTED_CONFLICT_PREFIX) and not said.withdrawn
    }
    for conflict in found:
        noted = next(
            (notes[id_, conflict.key] for id_ in conflict.individuals if (id_, conflict.key) in notes), ""
        )
        yield replace(conflict, settled=noted)


def _find_same_numbers(subjects: Sequence[ConflictSubject]) -> Iterator[Conflict]:
    holders = group_pairs(
        ((fact, branch, value), subject)
        for subject in subjects
        for fact in (Fact.EXAMINATION_NUMBER, Fact.DETAINEE_NUMBER)
        for value in subject.individual.values(fact)
        for branch in subject.individual.values(Fact.BRANCH_NUMBER) or ("",)
        if "?" not in value + branch
    )
    for (fact, branch, value), found in holders.items():
        if len(found) > 1:
            of_branch = f" of branch {branch}" if branch else ""
            what = f"{FACT_NAMES[fact]} {value}{of_branch}"
            sentence = f"{what} is stated of {len(found)} individuals: {_format_labels(found)}."
            yield _make_conflict(ConflictKind.SAME_NUMBER, sentence, found, f"{fact} {branch} {value}")


def _find_two_numbers(subjects: Sequence[ConflictSubject]) -> Iterator[Conflict]:
    for subject in subjects:
        for fact in NUMBER_FACTS:
            values = subject.individual.values(fact)
            if any(not may_be_same_number(one, other) for one in values for other in values):
                said = ", ".join(sorted(values))
                sentence = f"{subject.label} has more than one {FACT_NAMES[fact].lower()}: {said}."
                made = _make_conflict(ConflictKind.TWO_NUMBERS, sentence, [subject], f"{fact} {said}")
                yield replace(made, fact=fact, values=tuple(sorted(values)))


def _find_cards_in_two(subjects: Sequence[ConflictSubject]) -> Iterator[Conflict]:
    holders: dict[ConflictNumber, dict[str, ConflictSubject]] = defaultdict(dict)
    shown: dict[ConflictNumber, list[str]] = defaultdict(list)
    for subject in subjects:
        for photo, number in subject.cards:
            holders[number][subject.individual.id] = subject
            shown[number].append(photo)
    for number, found in holders.items():
        if len(found) > 1:
            fact, branch, value = number
            of_branch = f" of branch {branch}" if branch else ""
            sentence = (
                f"Cards with {FACT_NAMES[fact].lower()} {value}{of_branch} lie on photographs of "
                f"{len(found)} individuals: {_format_labels(found.values())}."
            )
            key = f"card {fact} {branch} {value}"
            yield _make_conflict(ConflictKind.CARD_IN_TWO, sentence, list(found.values()), key, shown[number])


def _find_near_duplicates_in_two(
    subjects: Sequence[ConflictSubject],
    alike: Sequence[tuple[str, ...]],
    numbers: Mapping[str, ConflictNumber],
) -> Iterator[Conflict]:
    """Likeness never overrules people: pictures of two persons that look alike are for somebody to see."""
    owner = {photo: subject for subject in subjects for photo in subject.photos}
    for group in alike:
        found = {owner[photo].individual.id: owner[photo] for photo in group if photo in owner}
        shown = {numbers[photo] for photo in group if photo in numbers}
        if len(found) > 1:
            sentence = (
                f"{len(group)} near-duplicates lie in {len(found)} "
                f"individuals: {_format_labels(found.values())}."
            )
            yield _make_conflict(
                ConflictKind.ALIKE_IN_TWO, sentence, list(found.values()), f"alike {group[0]}", group
            )
        elif len(shown) > 1:
            said = ", ".join(sorted(value for _fact, _branch, value in shown))
            sentence = f"The cards on {len(group)} near-duplicates show different numbers: {said}."
            key = f"alike {group[0]} {said}"
            yield _make_conflict(ConflictKind.ALIKE_TWO_NUMBERS, sentence, list(found.values()), key, group)


def _find_contradictions(subjects: Sequence[ConflictSubject]) -> Iterator[Conflict]:
    for subject in subjects:
        individual = subject.individual
        sexes = sorted(sex for sex in individual.values(Fact.SEX) if sex != _CANNOT_TELL)
        if len(sexes) > 1:
            yield _make_contradiction(subject, Fact.SEX, sexes)
        ages = sorted(band for band in individual.values(Fact.AGE_BAND) if parse_age_range(band) is not None)
        if any(not may_be_same_age(one, other) for one, other in combinations(ages, 2)):
            yield _make_contradiction(subject, Fact.AGE_BAND, ages)
        marks = individual.values(Fact.MARK_AND_SIDE)
        sides = group_pairs((fold_text(value.partition(":")[2]).strip(), value) for value in marks)
        for values in sides.values():
            if len(values) > 1:
                yield _make_contradiction(subject, Fact.MARK_AND_SIDE, sorted(values))


def may_be_same_age(one: str, other: str) -> bool:
    """Whether two ranges meet: an age that is seen is an estimate, and estimates lie beside each other."""
    first, second = parse_age_range(one), parse_age_range(other)
    return first is None or second is None or do_age_ranges_overlap(first, second)


def _make_contradiction(subject: ConflictSubject, fact: Fact, values: Sequence[str]) -> Conflict:
    said = " and ".join(values)
    sentence = f"{FACT_NAMES[fact]} of {subject.label} is stated as {said}."
    made = _make_conflict(ConflictKind.CONTRADICTION, sentence, [subject], f"{fact} {said}")
    return replace(made, fact=fact, values=tuple(values))


def _find_photo_conflicts(subjects: Sequence[ConflictSubject]) -> Iterator[Conflict]:
    for subject in subjects:
        for conflict in find_photo_conflicts(subject.individual, subject.label, subject.looks):
            yield _make_conflict(
                ConflictKind(conflict.kind), conflict.sentence, [subject], conflict.key, conflict.photos
            )


def _find_number_gaps(subjects: Sequence[ConflictSubject]) -> Iterator[Conflict]:
    """Examination numbers between two of the Case that no Individual of any branch has.

    One series runs over all branches: a number that another branch holds is there. Numbers that carry a
    letter are a series of their own: where a sequence began anew, nothing lies between.
    """
    series: dict[tuple[str, str], dict[int, ConflictSubject]] = defaultdict(dict)
    for subject in subjects:
        for value in subject.individual.values(Fact.EXAMINATION_NUMBER):
            parted = _SERIES.match(value)
            if parted is not None:
                before, digits, after = parted.groups()
                of = before.strip().casefold(), after.strip().casefold()
                series[of].setdefault(int(digits), subject)
    for (before, after), found in sorted(series.items(), key=lambda item: item[0]):
        for low, high in pairwise(sorted(found)):
            if high > low + 1:
                between = [found[low], found[high]]
                run = _describe_number_gap(before, low + 1, high - 1, after)
                sentence = f"{run}, between {_format_labels(between)}."
                yield _make_conflict(ConflictKind.GAP, sentence, between, f"gap {before}{low}-{high}{after}")


def _describe_number_gap(before: str, first: int, last: int, after: str) -> str:
    """Whether such a number was ever given the Case does not say, and neither does this."""
    one = f"{before}{first}{after}"
    if first == last:
        return f"No individual of this case has the examination number {one}"
    return f"No individual of this case has the examination numbers {one} to {before}{last}{after}"


def _format_labels(subjects: Iterable[ConflictSubject]) -> str:
    labels = [subject.label for subject in subjects]
    return ", ".join(labels[:4]) + (f" and {len(labels) - 4} more" if len(labels) > 4 else "")


def _make_conflict(
    kind: ConflictKind, sentence: str, found: Sequence[ConflictSubject], key: str, photos: Iterable[str] = ()
) -> Conflict:
    shown = tuple(photos) or tuple(photo for subject in found for photo in subject.photos)
    return Conflict(kind, sentence, tuple(person.individual.id for person in found), shown, key)
