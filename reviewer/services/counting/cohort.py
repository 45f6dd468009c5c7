"""What figures are made from: one Snapshot of the Case, who is counted, and what is left out with its reason.

Only accepted Individuals are counted, and of Photos those that are for reading or that nobody has sorted yet.
A query chooses Photos; an Individual is counted if one of its Photos is chosen, and then by all of them. What
is left out is told so that the sums close: each Photo and each accepted Individual of the Case is counted, or
left out for one reason (docs/rules.md, section 9).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reviewer.domain.figures.figures import NOT_CHOSEN, CountedUnit, ExcludedUnits
from reviewer.domain.grouping import group_pairs
from reviewer.domain.people.individual import Individual
from reviewer.domain.people.individual_names import merge_statements
from reviewer.domain.reading.category import is_for_reading
from reviewer.domain.search.query import QueryCondition, parse_query
from reviewer.domain.text_folding import fold_text
from reviewer.domain.worklist.worklist import WorklistIndividual
from reviewer.services.case.snapshot import Snapshot
from reviewer.services.search import search
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage import summary_rows
from reviewer.storage.people import people
from reviewer.storage.photos import taken


@dataclass(frozen=True)
class Cohort:
    """`considered` are the Photos (SHA-256) that the query finds and all of every Individual it chooses so,
    in the order of the Case; `members` has all Photos of each of these Individuals, by its id, and `people`
    those for reading, of each that has one: only these are counted. `not_chosen` are the other accepted
    Individuals. `known` is what is stated of them; `taken` when each Photo was taken by the camera's clock,
    "" where it does not say; `doubtful` those with something odd about that. `sample` says how the
    Individuals were drawn, "" if they are no simple sample of Individuals."""

    moment: Snapshot
    examiners: tuple[str, ...]
    worklist: Worklist
    considered: tuple[str, ...]
    known: Mapping[str, Individual]
    taken: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_chosen: tuple[str, ...] = ()
    sample: str = ""
    doubtful: frozenset[str] = frozenset()

    def is_counted(self, group: WorklistIndividual) -> bool:
        return group.id in self.people

    def position_of(self, photo: str) -> int:
        return self._positions[photo]

    @cached_property
    def _positions(self) -> dict[str, int]:
        """All of them, because nearly all are asked for, several times each."""
        return {photo: position for position, photo in enumerate(self.worklist.items.iterate_hashes())}

    def find_duplicate_key(self, photo: str) -> str:
        """Return the key that a Photo shares with its near-duplicates."""
        return self.worklist.duplicate_group(self.position_of(photo)) or photo

    def group_duplicates(self, of: Sequence[str]) -> dict[str, list[str]]:
        """Group Photos with their near-duplicates, by their key, in order."""
        return group_pairs((self.find_duplicate_key(photo), photo) for photo in of)

    @property
    def for_reading(self) -> tuple[str, ...]:
        """The Photos considered that are for reading, or not sorted yet."""
        return tuple(photo for photo in self.considered if is_for_reading(self._find_category(photo)))

    @property
    def counted(self) -> tuple[str, ...]:
        """The Photos to count: those for reading of accepted Individuals, the first of near-duplicates
        only."""
        placed = self._list_photos_of_individuals()
        return tuple(found[0] for found in self.group_duplicates(self._sort_in_case_order(placed)).values())

    def list_excluded(self) -> Iterator[ExcludedUnits]:
        """Yield what is not counted, by reason; nothing is listed twice."""
        none = tuple(id_ for id_ in self.members if id_ not in self.people)
        yield ExcludedUnits(NONE_FOR_READING, CountedUnit.INDIVIDUAL, none)
        yield ExcludedUnits(NOT_CHOSEN, CountedUnit.INDIVIDUAL, self.not_chosen)
        sorted_as = ((self._find_category(photo), photo) for photo in self.considered)
        by_category = group_pairs(pair for pair in sorted_as if not is_for_reading(pair[0]))
        for category, found in sorted(by_category.items()):
            yield ExcludedUnits(_SORTED_ELSEWHERE.format(category=category), CountedUnit.PHOTO, tuple(found))
        placed = self._list_photos_of_individuals()
        loose = tuple(photo for photo in self.for_reading if photo not in placed)
        yield ExcludedUnits(NO_INDIVIDUAL, CountedUnit.PHOTO, loose)
        copies = tuple(
            photo
            for found in self.group_duplicates(self._sort_in_case_order(placed)).values()
            for photo in found[1:]
        )
        yield ExcludedUnits(
            _DUPLICATES.format(read=f"{self._count_read_themselves(copies):,}"), CountedUnit.PHOTO, copies
        )
        considered = set(self.considered)
        others = tuple(photo for photo in self.worklist.items.iterate_hashes() if photo not in considered)
        yield ExcludedUnits(NOT_CHOSEN, CountedUnit.PHOTO, others)

    def _list_photos_of_individuals(self) -> set[str]:
        return {photo for photos in self.people.values() for photo in photos}

    def _sort_in_case_order(self, photos: set[str]) -> list[str]:
        return [photo for photo in self.considered if photo in photos]

    def _count_read_themselves(self, photos: Sequence[str]) -> int:
        """How many of these have a complete Reading with findings that was not carried over."""
        with self.moment.store.read() as connection:
            found = summary_rows.iterate_readings(connection, self.examiners, photos)
            own = {reading.photo for reading in found if reading.findings and reading.is_complete_by_own_look}
        return len(own)

    def _find_category(self, photo: str) -> str:
        return self.worklist.category(self.position_of(photo))


NONE_FOR_READING = "every photograph is sorted as soldier, scene, document or other"
NO_INDIVIDUAL = "of no individual that somebody accepted"
_SORTED_ELSEWHERE = "sorted as {category}, not as a detainee: what was read on them counts nowhere"
_DUPLICATES = (
    "near-duplicates of a photograph that is counted: one photograph with it; {read} of them have findings "
    "of their own, which count for their individual"
)


def gather_cohort(moment: Snapshot, query: str, examiners: Sequence[str]) -> Cohort:
    """Gather the Photos and Individuals that a query chooses. QueryError if it makes no sense."""
    worklist = Worklist(moment, examiners[0], by_folders=True).load()
    asked = examiners[0] if len(examiners) == 1 else None
    everything = tuple(worklist.items.iterate_hashes())
    chosen = search.find_photos(moment, query, asked).photos if query.strip() else everything
    with moment.store.read() as connection:
        known = merge_statements(people.load_individuals(connection).values())
        at = taken.load_times_taken(connection)
        odd = taken.find_doubtful_photos(connection)
    wanted = set(chosen)
    categories = {
        group.id: {worklist.items.sha256_at(place): worklist.category(place) for place in group.positions}
        for group in worklist.groups
        if group.id
    }
    members = {id_: found for id_, found in categories.items() if not wanted.isdisjoint(found)}
    wanted.update(photo for found in members.values() for photo in found)
    for_reading = {
        id_: tuple(photo for photo, category in found.items() if is_for_reading(category))
        for id_, found in members.items()
    }
    return Cohort(
        moment,
        tuple(examiners),
        worklist,
        tuple(photo for photo in everything if photo in wanted),
        known,
        at,
        {id_: tuple(found) for id_, found in members.items()},
        {id_: found for id_, found in for_reading.items() if found},
        tuple(id_ for id_ in categories if id_ not in members),
        _describe_sample(moment, query),
        odd,
    )


def _describe_sample(moment: Snapshot, query: str) -> str:
    """How the Individuals were drawn, where the query is a list that holds a simple sample of Individuals.

    Strata and samples of photographs need other intervals than those of Individuals: they count as none.
    """
    node = parse_query(query, moment.vocabulary) if query.strip() else None
    if not isinstance(node, QueryCondition) or node.field != "list":
        return ""
    found = next(
        (saved for saved in search.load_lists(moment) if fold_text(saved.name) == fold_text(node.value)), None
    )
    details = json.loads(found.details) if found is not None and found.details else {}
    if details.get("of") != str(CountedUnit.INDIVIDUAL) or details.get("by"):
        return ""
    return (
        f"{details['drawn']:,} of {details['population']:,} individuals, drawn by the seed {details['seed']} "
        f"({details['method']})"
    )
