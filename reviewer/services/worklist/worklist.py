"""The Worklist of an Examiner: Photos in an order, grouped by Individual, with where each stands."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from sys import intern

from reviewer.domain.people.individual_names import follow_mergers
from reviewer.domain.photos.camera_counter import NumberedPhoto, sort_by_time_taken
from reviewer.domain.photos.capture_dates import UsualDates
from reviewer.domain.reading.category import is_for_reading
from reviewer.domain.reading.reading import Reading
from reviewer.domain.worklist.reading_order import PhotoSubject, ReadingOrder, ReadingRules
from reviewer.domain.worklist.worklist import (
    ReadingProgress,
    WorklistGrouper,
    WorklistGrouping,
    WorklistIndividual,
    WorklistItem,
    group_worklist,
)
from reviewer.services.case.reading_rules import draw_positions, load_kinds
from reviewer.services.case.snapshot import ReadableCase
from reviewer.services.worklist.neutral_labels import NeutralLabels
from reviewer.services.worklist.person_names import PersonNames
from reviewer.storage import reading_order
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import photos, taken
from reviewer.storage.shared import shared_rows
from reviewer.storage.store import Connection

EVERYTHING_NAME = "All photographs"
_NO_ASSIGNMENT = ("", "", "")


class Worklist:
    """Positions 0 .. len-1. New Photos are only ever added at the end, so a position never moves
    until another list is chosen. `name` says which list it is, `why` how its Photos came into it.

    The list of everything is in the order that is drawn from the seed of the Case, if one was, and else in
    that of the folders; with `by_folders` always in that. What is ingested later is put in order by itself.

    What changes who is an Individual is only noted; the list is grouped anew when somebody asks. So it is
    asked on the face's thread only, once it is loaded: a job is given what it needs of it.
    """

    def __init__(self, case: ReadableCase, examiner: str, *, by_folders: bool = False) -> None:
        self._case = case
        self._examiner = examiner
        self._by_folders = by_folders
        self.rules = ReadingRules()
        self.labels = NeutralLabels()
        self._names = PersonNames()
        self._folder_order: list[int] = []
        self._folder_ranks: list[int] = []
        self._proposed_photos: dict[str, tuple[str, ...]] = {}
        self.name, self.why = EVERYTHING_NAME, ""
        self.items: list[WorklistItem] = []
        self._chosen: tuple[str, ...] | None = None
        self._last_row = 0
        self._groups: WorklistGrouping | None = None
        self._grouper: WorklistGrouper | None = None
        self._positions: dict[str, int] = {}
        self._assignments: dict[str, tuple[str, str, str]] = {}
        self._duplicate_positions: dict[str, list[int]] | None = None
        self._carried: set[str] = set()
        self._merged: dict[str, str] = {}
        self._states: dict[str, ReadingProgress] = {}
        self._counts: Counter[ReadingProgress] = Counter()
        self.categories: Counter[str] = Counter()
        """How many Photos of the list have each category, "" for those that nobody has sorted."""
        self.span = UsualDates()
        """What dates are usual among all Photos of the Case, as they were when the list was read."""

    # what is in it

    def load(self) -> Worklist:
        """Read the whole list from disk; for a job, not for the face's thread. Returns itself."""
        with self._case.store.read() as connection:
            hashes = photos.load_photo_hashes(connection)
            states = case_rows.load_reading_states(connection, self._examiner, hashes)
            self._carried = case_rows.find_carried_over(connection, self._examiner, hashes)
            self._assignments = shared_rows.load_assignments(connection, names=hashes)
            self._merged = shared_rows.load_mergers(connection)
            self.span = taken.load_usual_dates(connection)
            self.rules = reading_order.load_rules(connection)
            self.labels = NeutralLabels.load(connection, hashes)
            if not self.rules.masked:
                self._names = PersonNames.load(connection, self._merged)
            self._add_photos(connection, hashes)
        known = {str(progress): progress for progress in ReadingProgress}
        self._states = {photo: known[state] for photo, state in states.items()}
        self._counts = Counter({known[state]: count for state, count in Counter(states.values()).items()})
        if self._chosen is not None:
            self._counts = Counter(self.progress(place) for place in range(len(self.items)))
        self._find_group()
        if self.items:
            self.label(0)  # shuffles the numbers of labels, which the face shall not wait for
        return self

    def make_sublist(self, chosen: Sequence[str], name: str, why: str) -> Worklist:
        """Make another Worklist of these Photos only (SHA-256), in this order; for a job.

        What is ingested later does not come into it.
        """
        other = Worklist(self._case, self._examiner)
        other.name, other.why = name, why
        other._chosen = tuple(chosen)
        return other.load()

    def replace_by(self, other: Worklist) -> None:
        """Take over the contents of another Worklist, so that listeners of this one keep it."""
        self.__dict__.update(other.__dict__)

    @property
    def is_everything(self) -> bool:
        return self._chosen is None

    def extend(self) -> int:
        """Add what was ingested since; return how many Photos are new."""
        if self._chosen is not None and self.items:
            return 0
        with self._case.store.read() as connection:
            hashes = photos.load_photo_hashes(connection, self._last_row)
            self.labels.note_photos(hashes)
            return self._add_photos(connection, hashes)

    def _add_photos(self, connection: Connection, hashes: Mapping[int, str]) -> int:
        """Add the Photos in `hashes` (SHA-256 by id), none of which is there yet; return how many."""
        found = self._load_new_items(connection, hashes)
        walk = list(range(len(found)))
        if self._chosen is not None:
            self._proposed_photos = self._map_to_proposed(found)
            known = {item.sha256: item for item in found}
            found = [known[photo] for photo in self._chosen if photo in known]
            walk = list(range(len(found)))
        elif found and self.rules.order is ReadingOrder.DRAWN and not self._by_folders:
            order = self._draw_order(connection, found, hashes)
            found = [found[place] for place in order]
            walk = sorted(range(len(order)), key=order.__getitem__)
        there = len(self.items)
        self._folder_order += [there + place for place in walk]
        self._positions.update((item.sha256, place) for place, item in enumerate(found, there))
        self.items += found
        places = self._assignments
        self.categories.update(places.get(item.sha256, _NO_ASSIGNMENT)[0] for item in found)
        if found:
            self._duplicate_positions = self._groups = self._grouper = None
        return len(found)

    def _draw_order(
        self, connection: Connection, found: Sequence[WorklistItem], hashes: Mapping[int, str]
    ) -> list[int]:
        """Return their places in the drawn order. What later ones show is not looked up, since the face
        waits."""
        kinds = [PhotoSubject.NOT_KNOWN] * len(found)
        if not self.items:
            kinds = load_kinds(connection, found, self._assignments, hashes)
        accepted = (self._find_assignment_of(item.sha256)[1] for item in found)
        individuals = [follow_mergers(self._merged, id_) for id_ in accepted]
        return draw_positions(self.rules.seed, found, individuals, kinds)

    def _load_new_items(self, connection: Connection, hashes: Mapping[int, str]) -> list[WorklistItem]:
        """What is in the Case beyond what was read already, folder by folder, as it was taken."""
        rows = photos.load_photo_locations(connection, hashes, self._last_row)
        found = [
            WorklistItem(row.id, row.sha256, intern(f"{row.source}/{row.folder}"), intern(row.name))
            for row in rows
        ]
        self._last_row = max(self._last_row, found[-1].photo) if found else self._last_row
        shots = [
            NumberedPhoto(item.folder, item.name, row.taken_at) for item, row in zip(found, rows, strict=True)
        ]
        return [found[place] for place in sort_by_time_taken(shots)]

    def _map_to_proposed(self, found: Sequence[WorklistItem]) -> dict[str, tuple[str, ...]]:
        """Photo of a chosen list -> all Photos of its proposed Individual, those outside the list too."""
        groups = group_worklist(found, [self._find_assignment_of(item.sha256)[1] for item in found])
        fellows = [tuple(found[place].sha256 for place in group.positions) for group in groups.all]
        chosen = set(self._chosen or ())
        return {
            item.sha256: fellows[group]
            for item, group in zip(found, groups.of, strict=True)
            if group >= 0 and item.sha256 in chosen
        }

    def __len__(self) -> int:
        return len(self.items)

    @property
    def in_folder_order(self) -> Sequence[int]:
        """Every position once, in the order of the folders; as the list is, if it was chosen."""
        return self._folder_order

    def find_folder_rank(self, position: int) -> int:
        """Return the place of a position in the order of the folders; -1 for none."""
        if len(self._folder_ranks) != len(self._folder_order):
            self._folder_ranks = sorted(range(len(self._folder_order)), key=self._folder_order.__getitem__)
        return self._folder_ranks[position] if position >= 0 else -1

    @property
    def is_untouched(self) -> bool:
        """Whether this Examiner has read nothing of the Case yet."""
        return not self._states

    def position_of(self, sha256: str) -> int | None:
        return self._positions.get(sha256)

    # where each Photo stands

    def progress(self, position: int) -> ReadingProgress:
        return self._states.get(self.items[position].sha256, ReadingProgress.UNREAD)

    def count(self, progress: ReadingProgress) -> int:
        return self._counts[progress]

    def category(self, position: int) -> str:
        """Return the category of a Photo, "" if it is unsorted."""
        return self._find_assignment_at(position)[0]

    def duplicate_group(self, position: int) -> str:
        """Return the group of near-duplicates of a Photo, "" for none."""
        return self._find_assignment_at(position)[2]

    def positions_of_duplicates(self, position: int) -> tuple[int, ...]:
        """Return the positions of the near-duplicates of a Photo, its own included."""
        group = self.duplicate_group(position)
        if not group:
            return (position,)
        if self._duplicate_positions is None:
            self._duplicate_positions = {}
            for place in range(len(self)):
                if name := self.duplicate_group(place):
                    self._duplicate_positions.setdefault(name, []).append(place)
        return tuple(self._duplicate_positions[group])

    def is_carried(self, position: int) -> bool:
        """Return whether the Reading of a Photo was only carried over from a near-duplicate."""
        return self.items[position].sha256 in self._carried

    @property
    def carried(self) -> int:
        """How many complete Readings were only carried over."""
        return sum(self._states.get(photo) is ReadingProgress.COMPLETE for photo in self._carried)

    def _find_assignment_at(self, position: int) -> tuple[str, str, str]:
        return self._find_assignment_of(self.items[position].sha256)

    def _find_assignment_of(self, photo: str) -> tuple[str, str, str]:
        return self._assignments.get(photo, _NO_ASSIGNMENT)

    def note_reading(self, reading: Reading) -> None:
        """Take in where a Reading stands now; one with no act left is unread."""
        (self._carried.add if reading.carried_from else self._carried.discard)(reading.photo)
        before = self._states.pop(reading.photo, None)
        counts = self._chosen is None or reading.photo in self._positions
        if before is not None and counts:
            self._counts[before] -= 1
        if reading.changed_at:
            self._states[reading.photo] = ReadingProgress(str(reading.state))
            self._counts[self._states[reading.photo]] += counts

    def note_shared(self, changed: Collection[str], individuals: Collection[str] = ()) -> None:
        """Take in what is shared about these Photos, and what is stated of these Individuals, now."""
        with self._case.store.read() as connection:
            places = shared_rows.load_assignments(connection, list(changed))
            merged = shared_rows.load_mergers(connection)
            self.labels.note_individuals(connection)
            if not self.rules.masked and (individuals or merged != self._merged):
                self._names.note(connection, individuals, merged)
        if merged != self._merged:
            self._merged, self._groups = merged, None
        for photo in changed:
            before = self._assignments.get(photo, _NO_ASSIGNMENT)
            now = self._assignments[intern(photo)] = places.get(photo, _NO_ASSIGNMENT)
            if photo in self._positions:
                self.categories[before[0]] -= 1
                self.categories[now[0]] += 1
            if now[1] != before[1]:
                self._groups = None
            if now[2] != before[2]:
                self._duplicate_positions = None

    # Individuals

    def label(self, position: int) -> str:
        """Return the neutral label of the person a Photo shows, "P-0014": the same whatever the order."""
        group, photo = self.group_index(position), self.items[position].sha256
        if group < 0:
            return self.labels.label_of([photo])
        found = self.groups[group]
        if not found.id and photo in self._proposed_photos:
            return self.labels.label_of(self._proposed_photos[photo])
        return self.labels.label_of([self.items[place].sha256 for place in found.positions], found.id)

    def name_person(self, position: int) -> str:
        """Return what the person a Photo shows is called on every screen: by its numbers, "901-7509 / 119",
        as on its card; by its neutral label where they are masked or not known."""
        group = -1 if self.rules.masked else self.group_index(position)
        numbers = self._names.name_of(self.groups[group].id) if group >= 0 else ""
        return numbers or self.label(position)

    def shown_labels(self) -> list[str]:
        """Return what all Individuals are called, in the order of `groups`."""
        return [self.name_person(group.positions[0]) for group in self.groups]

    def photos_shown_as(self, name: str) -> tuple[str, ...]:
        """Return the Photos (SHA-256) of the Individual that is shown as "5", the fifth of the list, or by
        this name or label; none if nobody is."""
        wanted, place = name.casefold(), -1
        if name.isascii() and name.isdigit() and len(name) < 9:
            place = int(name) - 1
        elif "-" in name:
            for at, group in enumerate(self.groups):
                first = group.positions[0]
                if wanted in {self.name_person(first).casefold(), self.label(first).casefold()}:
                    place = at
                    break
        if not 0 <= place < len(self.groups):
            return ()
        return tuple(self.items[position].sha256 for position in self.groups[place].positions)

    @property
    def groups(self) -> list[WorklistIndividual]:
        """The Individuals, accepted and proposed, in the order of their first Photos."""
        return self._find_group().all

    def group_index(self, position: int) -> int:
        """Return the place in `groups` of the Individual a Photo shows, or -1 if none is known or
        proposed."""
        return self._find_group().of[position]

    @property
    def group_indices(self) -> Sequence[int]:
        """The same for every position, as it is now: what comes later does not change it."""
        return self._find_group().of

    def positions_of_same_individual(self, position: int) -> tuple[int, ...]:
        """Return the positions of the Photos of the same Individual, this one included."""
        group = self.group_index(position)
        return self.groups[group].positions if group >= 0 else (position,)

    def positions_beside(self, position: int, most: int = 9) -> tuple[int, ...]:
        """Return the Photos of the same Individual; without one, a page of those ingested before and after.

        The page stays the same while one reads through it.
        """
        if self.group_index(position) >= 0:
            return self.positions_of_same_individual(position)
        first = position - position % most
        return tuple(range(first, min(len(self), first + most)))

    def find_first_of_neighbour(self, position: int, step: int) -> int | None:
        """Return the first Photo of the next (`step` 1) or previous (-1) Individual."""
        firsts = self._find_group().firsts
        place = bisect_left(firsts, self.positions_of_same_individual(position)[0]) + step
        return firsts[place] if 0 <= place < len(firsts) else None

    def next_unread(self, position: int) -> int | None:
        """Return the next Photo to read after `position`, from the top if need be.

        Left out are those complete or set aside, and those whose category is not for reading.
        """
        finished = {ReadingProgress.COMPLETE, ReadingProgress.SET_ASIDE}
        order: Iterable[int] = [*range(position + 1, len(self)), *range(position)]
        return next(
            (
                position
                for position in order
                if self.progress(position) not in finished and is_for_reading(self.category(position))
            ),
            None,
        )

    def _find_group(self) -> WorklistGrouping:
        if self._groups is None:
            places, merged = self._assignments, self._merged
            individuals = [places.get(item.sha256, _NO_ASSIGNMENT)[1] for item in self.items]
            if merged:
                individuals = [follow_mergers(merged, id_) if id_ in merged else id_ for id_ in individuals]
            if self._grouper is None:
                self._grouper = WorklistGrouper(self.items)
            self._groups = self._grouper.group(individuals)
        return self._groups


def sort_in_reading_order(case: ReadableCase, photos: Sequence[str]) -> Sequence[str]:
    """Return Photos (SHA-256) in the order of reading of the Case, unchanged if none was drawn; for a job."""
    everything = Worklist(case, "").load()
    if everything.rules.order is not ReadingOrder.DRAWN:
        return photos
    wanted = frozenset(photos)
    return [item.sha256 for item in everything.items if item.sha256 in wanted]
