"""What figures are made from: one Moment of the Case, who is counted, and what is left out with its reason.

Only accepted Individuals are counted, and of Photos those that are for reading or that nobody has sorted yet.
A query chooses Photos; an Individual is counted if one of its Photos is chosen, and then by all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reviewer.domain.category import is_for_reading
from reviewer.domain.figures import Excluded, Unit
from reviewer.domain.individual import Individual
from reviewer.domain.individual_names import whole
from reviewer.domain.query import Condition, parse
from reviewer.domain.text_folding import folded
from reviewer.domain.worklist import Group
from reviewer.services import search
from reviewer.services.moment import Moment
from reviewer.services.worklist import Worklist
from reviewer.storage import people, taken


@dataclass(frozen=True)
class Gathered:
    """`chosen` are the Photos (SHA-256) that the query finds, in the order of the Case; `people` has the
    Photos of every Individual counted, by its id; `known` what is stated of them; `taken` when each Photo was
    taken by the camera's clock, "" where it does not say; `doubtful` those with something odd about that.
    `sample` says how the Individuals were drawn, "" if they are no simple sample of Individuals."""

    moment: Moment
    examiners: tuple[str, ...]
    worklist: Worklist
    chosen: tuple[str, ...]
    known: Mapping[str, Individual]
    taken: Mapping[str, str]
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sample: str = ""
    doubtful: frozenset[str] = frozenset()

    def is_counted(self, group: Group) -> bool:
        return group.id in self.people

    def place(self, photo: str) -> int:
        place = self.worklist.position_of(photo)
        if place is None:
            raise KeyError(photo)
        return place

    def alike(self, photo: str) -> str:
        """What stands for a Photo and its near-duplicates."""
        return self.worklist.alike(self.place(photo)) or photo

    def once(self, of: Sequence[str]) -> dict[str, list[str]]:
        """Photos of which near-duplicates count once: what stands for them -> the Photos, in order."""
        found: dict[str, list[str]] = {}
        for photo in of:
            found.setdefault(self.alike(photo), []).append(photo)
        return found

    @property
    def counted(self) -> tuple[str, ...]:
        """The chosen Photos that are for reading, or not sorted yet."""
        return tuple(each for each in self.chosen if is_for_reading(self._category(each)))

    def excluded(self) -> Iterator[Excluded]:
        """What is in no figure of findings, reason by reason."""
        by_category: dict[str, list[str]] = {}
        for photo in self.chosen:
            category = self._category(photo)
            if not is_for_reading(category):
                by_category.setdefault(category, []).append(photo)
        for category, found in sorted(by_category.items()):
            yield Excluded(f"sorted as {category}, not as a detainee", Unit.PHOTO, tuple(found))
        placed = {photo for photos_of in self.people.values() for photo in photos_of}
        loose = tuple(photo for photo in self.counted if photo not in placed)
        yield Excluded("of no individual that somebody accepted", Unit.PHOTO, loose)
        copies = tuple(photo for found in self.once(self.counted).values() for photo in found[1:])
        yield Excluded("near-duplicates of a photograph that is counted", Unit.PHOTO, copies)

    def _category(self, photo: str) -> str:
        return self.worklist.category(self.place(photo))


def gathered(moment: Moment, query: str, examiners: Sequence[str]) -> Gathered:
    """Gather what a query chooses; QueryError says where it makes no sense."""
    worklist = Worklist(moment, examiners[0], by_folders=True).load()
    asked = examiners[0] if len(examiners) == 1 else None
    everything = tuple(item.sha256 for item in worklist.items)
    chosen = search.find(moment, query, asked).photos if query.strip() else everything
    with moment.store.read() as connection:
        known = whole(people.individuals(connection).values())
        at = taken.all_taken(connection)
        odd = taken.doubtful(connection)
    wanted = set(chosen)
    members = {
        group.id: tuple(worklist.items[place].sha256 for place in group.positions)
        for group in worklist.groups
        if group.id
    }
    counted = {id_: found for id_, found in members.items() if not wanted.isdisjoint(found)}
    sample = _sample_in_words(moment, query)
    return Gathered(moment, tuple(examiners), worklist, chosen, known, at, counted, sample, odd)


def _sample_in_words(moment: Moment, query: str) -> str:
    """How the Individuals were drawn, where the query is a list that holds a simple sample of Individuals.

    Strata and samples of photographs need other intervals than those of Individuals: they count as none.
    """
    node = parse(query, moment.vocabulary) if query.strip() else None
    if not isinstance(node, Condition) or node.field != "list":
        return ""
    found = next((each for each in search.lists(moment) if folded(each.name) == folded(node.value)), None)
    details = json.loads(found.details) if found is not None and found.details else {}
    if details.get("of") != str(Unit.INDIVIDUAL) or details.get("by"):
        return ""
    return (
        f"{details['drawn']:,} of {details['population']:,} individuals, drawn by the seed {details['seed']} "
        f"({details['method']})"
    )
