"""Summaries of Individuals from the Case: of one for a screen, of all in one pass for reports.

Only Readings of the Examiners named are looked at. A screen names the one at work, so that a blind reading
stays blind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from reviewer.domain.people.individual import Individual, sex_of
from reviewer.domain.people.individual_names import whole
from reviewer.domain.reading.category import is_for_reading
from reviewer.domain.reading.reading import Reading
from reviewer.domain.summary.decisions import Decided, standing
from reviewer.domain.summary.rules import SummaryRules
from reviewer.domain.summary.summary import Decision, Person, Summary
from reviewer.domain.vocabulary.coverage_gaps import Extents, extents
from reviewer.domain.worklist.worklist import Group
from reviewer.services.case.snapshot import CaseInView
from reviewer.services.jobs import JobControl
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage import summary_rows
from reviewer.storage.people import people
from reviewer.storage.shared import shared_rows

_AT_ONCE = 300
"""Individuals whose Readings are in memory together."""


class Summaries:
    """The rule, the Case and the Examiners whose Readings count (ids)."""

    def __init__(self, case: CaseInView, examiners: Collection[str]) -> None:
        self._case, self._examiners = case, tuple(examiners)
        self._rules = SummaryRules(case.vocabulary)

    def of_photos(self, photos: Sequence[str], individuals: Sequence[str] = ()) -> Summary:
        """The Summary of the Individual whose Photos (SHA-256) these are, in this order.

        `individuals` are its id and those that were merged into it, so that what was decided is known.
        """
        with self._case.store.read() as connection:
            readings = list(summary_rows.readings_of(connection, self._examiners, photos))
            facts = shared_rows.photo_facts(connection, photos)
            decided = summary_rows.decisions_of(connection, self._examiners, individuals)
            known = shared_rows.individuals(connection, individuals)
        person = Person(
            tuple(photos),
            {photo: each.duplicates for photo, each in facts.items()},
            frozenset(photo for photo, each in facts.items() if not is_for_reading(each.category)),
            next((sex_of(each) for each in whole(known.values()).values()), ""),
        )
        decisions = standing(each for found in decided.values() for each in found)
        return self._rules.summary(readings, person, decisions=decisions)

    def of_all(
        self, worklist: Worklist, control: JobControl, wanted: Callable[[Group], bool] = lambda _group: True
    ) -> Iterator[tuple[Group, Summary]]:
        """Each Individual that is `wanted` of a Worklist with its Summary; for a job."""
        for group, person, readings, decisions in self.each(worklist, control, wanted):
            yield group, self._rules.summary(readings, person, decisions=decisions)

    def each(
        self, worklist: Worklist, control: JobControl, wanted: Callable[[Group], bool] = lambda _group: True
    ) -> Iterator[tuple[Group, Person, list[Reading], dict[str, Decision]]]:
        """What a rule adds up, of each Individual that is `wanted`; for a job. The Readings are read once,
        those of some hundred Individuals at a time."""
        with self._case.store.read() as connection:
            decided = summary_rows.decisions_of(connection, self._examiners, None)
            merged = shared_rows.merged(connection)
            known = whole(people.individuals(connection).values())
        by_whole: dict[str, list[Decided]] = defaultdict(list)
        for individual, each in decided.items():
            by_whole[_whole(merged, individual)] += each
        groups = [group for group in worklist.groups if wanted(group)]
        for start in range(0, len(groups), _AT_ONCE):
            some = groups[start : start + _AT_ONCE]
            read = self._readings_of(worklist, some)
            for done, group in enumerate(some, start=start + 1):
                control.check()
                person = _person(worklist, group, known.get(group.id))
                found = [reading for photo in person.photos for reading in read.get(photo, ())]
                decisions = standing(by_whole.get(group.id, ()))
                yield group, person, found, decisions
                control.progress(done, len(groups))

    def _readings_of(self, worklist: Worklist, groups: Sequence[Group]) -> dict[str, list[Reading]]:
        """The Readings of the Photos of some Individuals, by Photo."""
        photos = [worklist.items[place].sha256 for group in groups for place in group.positions]
        read: dict[str, list[Reading]] = defaultdict(list)
        with self._case.store.read() as connection:
            for reading in summary_rows.readings_of(connection, self._examiners, photos):
                read[reading.photo].append(reading)
        return read

    def extents(self, summary: Summary) -> Extents:
        """What the photographs of a summarised Individual showed and what they never showed."""
        return extents(self._case.vocabulary, summary.covered)


def _person(worklist: Worklist, group: Group, known: Individual | None) -> Person:
    photos = {place: worklist.items[place].sha256 for place in group.positions}
    return Person(
        tuple(photos.values()),
        {photo: worklist.alike(place) for place, photo in photos.items()},
        frozenset(photo for place, photo in photos.items() if not is_for_reading(worklist.category(place))),
        sex_of(known) if known is not None else "",
    )


def _whole(merged: Mapping[str, str], individual: str) -> str:
    """The Individual that this one is by now."""
    seen: set[str] = set()
    while individual in merged and individual not in seen:
        seen.add(individual)
        individual = merged[individual]
    return individual


def assessable_regions(case: CaseInView, examiner: str, photos: Sequence[str]) -> dict[str, frozenset[str]]:
    """Photo (SHA-256) -> the Regions that this Examiner called assessable on it."""
    with case.store.read() as connection:
        return summary_rows.assessable_of(connection, examiner, photos)


def photos_of_individual(case: CaseInView, individual: str) -> list[str]:
    """Every Photo (SHA-256) of an accepted Individual, whichever list is read."""
    with case.store.read() as connection:
        return people.photos_of(connection, list(people.family(connection, individual)))
