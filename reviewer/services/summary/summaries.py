"""Summaries of Individuals from the Case: of one for a screen, of all in one pass for reports.

Only Readings of the Examiners named are looked at. A screen names the one at work, so that a blind reading
stays blind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from reviewer.domain.grouping import group_pairs
from reviewer.domain.people.individual import Individual, find_stated_sex
from reviewer.domain.people.individual_names import follow_mergers, merge_statements
from reviewer.domain.reading.category import is_for_reading
from reviewer.domain.reading.reading import Reading
from reviewer.domain.summary.decisions import TermDecisions, find_standing_decisions
from reviewer.domain.summary.rules import SummaryRules
from reviewer.domain.summary.summary import Summary, SummarySubject, TermDecision
from reviewer.domain.worklist.worklist import WorklistIndividual
from reviewer.services.case.snapshot import ReadableCase
from reviewer.services.jobs import JobControl
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage import summary_rows
from reviewer.storage.people import people
from reviewer.storage.shared import shared_rows

_BATCH_SIZE = 300
"""Individuals whose Readings are in memory together."""


class Summariser:
    """The rule, the Case and the Examiners whose Readings count (ids)."""

    def __init__(self, case: ReadableCase, examiners: Collection[str]) -> None:
        self._case, self._examiners = case, tuple(examiners)
        self._rules = SummaryRules(case.vocabulary)

    def summarise_photos(self, photos: Sequence[str], individuals: Sequence[str] = ()) -> Summary:
        """Summarise the Individual with these Photos (SHA-256), in this order.

        `individuals` are its id and those that were merged into it, so that what was decided is known.
        """
        with self._case.store.read() as connection:
            readings = list(summary_rows.iterate_readings(connection, self._examiners, photos))
            facts = shared_rows.load_photo_facts(connection, photos)
            decided = summary_rows.load_decisions(connection, self._examiners, individuals)
            known = shared_rows.load_individuals_by_id(connection, individuals)
        person = SummarySubject(
            tuple(photos),
            {photo: known.duplicates for photo, known in facts.items()},
            frozenset(photo for photo, known in facts.items() if not is_for_reading(known.category)),
            next((find_stated_sex(person) for person in merge_statements(known.values()).values()), ""),
        )
        return self.summarise_readings(readings, person, decided)

    def summarise_readings(
        self,
        readings: Sequence[Reading],
        person: SummarySubject,
        decided: Mapping[str, Sequence[TermDecisions]],
    ) -> Summary:
        """Summarise Readings and decisions that are already loaded."""
        decisions = find_standing_decisions(decision for found in decided.values() for decision in found)
        return self._rules.summary(readings, person, decisions=decisions)

    def summarise_all(
        self,
        worklist: Worklist,
        control: JobControl,
        wanted: Callable[[WorklistIndividual], bool] = lambda _group: True,
        *,
        explained: bool = True,
    ) -> Iterator[tuple[WorklistIndividual, Summary]]:
        """Yield each `wanted` Individual of a Worklist with its Summary, which is `explained` as a rule
        summarises it; for a job."""
        for group, person, readings, decisions in self.iterate_inputs(worklist, control, wanted):
            yield group, self._rules.summary(readings, person, decisions=decisions, explained=explained)

    def find_not_all_read(
        self, worklist: Worklist, wanted: Callable[[WorklistIndividual], bool]
    ) -> tuple[str, ...]:
        """The `wanted` Individuals (ids) with a Photo for reading that nobody read to the end: they are in no
        figure of what was found, so that nothing else of them need be loaded."""
        with self._case.store.read() as connection:
            read = summary_rows.load_photos_read_to_the_end(connection, self._examiners)
        return tuple(
            group.id
            for group in worklist.groups
            if wanted(group) and _make_person(worklist, group, None).find_blocking_photos(read)
        )

    def iterate_inputs(
        self,
        worklist: Worklist,
        control: JobControl,
        wanted: Callable[[WorklistIndividual], bool] = lambda _group: True,
    ) -> Iterator[tuple[WorklistIndividual, SummarySubject, list[Reading], dict[str, TermDecision]]]:
        """Yield what a rule summarises of each `wanted` Individual; for a job. The Readings are read once,
        those of some hundred Individuals at a time."""
        with self._case.store.read() as connection:
            decided = summary_rows.load_decisions(connection, self._examiners, None)
            merged = shared_rows.load_mergers(connection)
            known = merge_statements(people.load_individuals(connection).values())
        by_whole: dict[str, list[TermDecisions]] = defaultdict(list)
        for individual, of_individual in decided.items():
            by_whole[follow_mergers(merged, individual)] += of_individual
        groups = [group for group in worklist.groups if wanted(group)]
        for start in range(0, len(groups), _BATCH_SIZE):
            batch = groups[start : start + _BATCH_SIZE]
            read = self._load_readings(worklist, batch)
            for done, group in enumerate(batch, start=start + 1):
                control.check()
                person = _make_person(worklist, group, known.get(group.id))
                found = [reading for photo in person.photos for reading in read.get(photo, ())]
                decisions = find_standing_decisions(by_whole.get(group.id, ()))
                yield group, person, found, decisions
                control.progress(done, len(groups))

    def _load_readings(
        self, worklist: Worklist, groups: Sequence[WorklistIndividual]
    ) -> dict[str, list[Reading]]:
        """The Readings of the Photos of some Individuals, by Photo."""
        photos = [worklist.items[place].sha256 for group in groups for place in group.positions]
        with self._case.store.read() as connection:
            found = summary_rows.iterate_readings(connection, self._examiners, photos)
            return group_pairs((reading.photo, reading) for reading in found)


def _make_person(worklist: Worklist, group: WorklistIndividual, known: Individual | None) -> SummarySubject:
    photos = {place: worklist.items[place].sha256 for place in group.positions}
    return SummarySubject(
        tuple(photos.values()),
        {photo: worklist.duplicate_group(place) for place, photo in photos.items()},
        frozenset(photo for place, photo in photos.items() if not is_for_reading(worklist.category(place))),
        find_stated_sex(known) if known is not None else "",
    )


def load_assessable_regions(
    case: ReadableCase, examiner: str, photos: Sequence[str]
) -> dict[str, frozenset[str]]:
    """Return the Regions that this Examiner called assessable on each Photo (SHA-256)."""
    with case.store.read() as connection:
        return summary_rows.load_assessable_regions(connection, examiner, photos)


def load_photos_of_individual(case: ReadableCase, individual: str) -> list[str]:
    """Load every Photo (SHA-256) of an accepted Individual, whichever list is read."""
    with case.store.read() as connection:
        return people.load_photos_of(connection, list(people.load_merged_family(connection, individual)))
