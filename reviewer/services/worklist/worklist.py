"""The Worklist of an Examiner: Photos in an order, grouped by Individual, with where each stands."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from reviewer.domain.grouping import group_pairs
from reviewer.domain.people.individual_names import follow_mergers
from reviewer.domain.photos.camera_counter import find_counter_gaps, sort_by_time_taken
from reviewer.domain.photos.capture_dates import UsualDates
from reviewer.domain.photos.photo_columns import PhotoHashes, PhotoPlaces, TextColumn
from reviewer.domain.reading.category import is_for_reading
from reviewer.domain.reading.reading import Reading
from reviewer.domain.worklist.assignments import NO_ASSIGNMENT, Assignments
from reviewer.domain.worklist.listed_photos import ListedPhotos
from reviewer.domain.worklist.reading_order import (
    PhotoSubject,
    ReadingOrder,
    ReadingRules,
    draw_reading_order,
)
from reviewer.domain.worklist.worklist import (
    ReadingProgress,
    WorklistGrouper,
    WorklistGrouping,
    WorklistIndividual,
    group_worklist,
)
from reviewer.services.case.reading_rules import load_kinds
from reviewer.services.case.snapshot import ReadableCase
from reviewer.services.worklist.neutral_labels import NeutralLabels
from reviewer.services.worklist.person_names import PersonNames
from reviewer.storage import reading_order
from reviewer.storage.photos import photo_columns, photos, taken
from reviewer.storage.reading import reading_states
from reviewer.storage.shared import shared_rows
from reviewer.storage.store import Connection

EVERYTHING_NAME = "All photographs"
_STATES = tuple(ReadingProgress)
_UNREAD = _STATES.index(ReadingProgress.UNREAD)
_CODES = {str(progress): code for code, progress in enumerate(_STATES)}


class Worklist:
    """Positions 0 .. len-1. New Photos are only ever added at the end, so a position never moves
    until another list is chosen. `name` says which list it is, `why` how its Photos came into it.

    The list of everything is in the order that is drawn from the seed of the Case, if one was, and else in
    that of the folders; with `by_folders` always in that. What is ingested later is put in order by itself.

    What changes who is an Individual is only noted; the list is grouped anew when somebody asks. So it is
    asked on the face's thread only, once it is loaded: a job is given what it needs of it.

    What is known of Photos is kept in columns by their numbers in this Case (decision 83).
    """

    def __init__(self, case: ReadableCase, examiner: str, *, by_folders: bool = False) -> None:
        self._case = case
        self._examiner = examiner
        self._by_folders = by_folders
        self.rules = ReadingRules()
        self._hashes, self._places = PhotoHashes(), PhotoPlaces([""], TextColumn([""]))
        self.items = ListedPhotos(self._hashes, self._places)
        self.labels = NeutralLabels(self._hashes)
        self._names = PersonNames()
        self._folder_order = array("q")
        self._folder_ranks = array("q")
        self._proposed_photos: dict[int, tuple[int, ...]] = {}
        self.name, self.why = EVERYTHING_NAME, ""
        self._chosen: tuple[str, ...] | None = None
        self._groups: WorklistGrouping | None = None
        self._grouper: WorklistGrouper | None = None
        self._assignments = Assignments()
        self._duplicate_positions: dict[str, list[int]] | None = None
        self._carried: set[int] = set()
        self._merged: dict[str, str] = {}
        self._states = bytearray()
        self._counts: Counter[ReadingProgress] = Counter()
        self.categories: Counter[str] = Counter()
        """How many Photos of the list have each category, "" for those that nobody has sorted."""
        self.span = UsualDates()
        """What dates are usual among all Photos of the Case, as they were when the list was read."""

    # what is in it

    def load(self) -> Worklist:
        """Read the whole list from disk; for a job, not for the face's thread. Returns itself."""
        with self._case.store.read() as connection:
            self._hashes = photo_columns.load_hashes(connection)
            highest = self._hashes.highest
            self._places = photo_columns.load_places(connection, highest)
            self.items = ListedPhotos(self._hashes, self._places)
            self._assignments = shared_rows.load_assignment_columns(connection, highest)
            self._states = bytearray([_UNREAD]) * (highest + 1)
            self._load_states(connection)
            self._merged = shared_rows.load_mergers(connection)
            self.span = taken.load_usual_dates(connection)
            self.rules = reading_order.load_rules(connection)
            self.labels = NeutralLabels.load(connection, self._hashes)
            if not self.rules.masked:
                self._names = PersonNames.load(connection, self._merged)
            self._add_photos(connection, [number for number, at in enumerate(self._places.folders) if at])
        self._find_group()
        if self.items:
            self.label(0)  # shuffles the numbers of labels, which the face shall not wait for
        return self

    def _load_states(self, connection: Connection, after: int = 0) -> None:
        """Load where the Examiner stands with the Photos beyond a number."""
        for state, numbers in reading_states.load_states_by_number(connection, self._examiner, after).items():
            for number in numbers:
                if number < len(self._states):
                    self._states[number] = _CODES[state]
        self._carried |= reading_states.find_carried_over_numbers(connection, self._examiner, after)

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
        last = self._hashes.highest
        with self._case.store.read() as connection:
            hashes = photos.load_photo_hashes(connection, last)
            if not hashes:
                return 0
            rows = photos.load_photo_locations(connection, hashes, last)
            known = shared_rows.load_assignments(connection, list(hashes.values()))
            self._hashes.add(hashes)
            self._places.add({row.id: (f"{row.source}/{row.folder}", row.name) for row in rows})
            self._states.extend([_UNREAD] * (self._hashes.highest + 1 - len(self._states)))
            for number, photo in hashes.items():
                self._assignments.put(number, known.get(photo, NO_ASSIGNMENT))
            self._load_states(connection, last)
            return self._add_photos(connection, [row.id for row in rows])

    def _add_photos(self, connection: Connection, numbers: Sequence[int]) -> int:
        """Add Photos by their numbers, which ascend and none of which is there yet; return how many."""
        found = self._sort_as_taken(connection, numbers)
        walk: Iterable[int] = range(len(found))
        if self._chosen is not None:
            self._proposed_photos = self._map_to_proposed(found)
            there = frozenset(found)
            found = [number for number in self._hashes.find_many(self._chosen) if number in there]
            walk = range(len(found))
        elif found and self.rules.order is ReadingOrder.DRAWN and not self._by_folders:
            order = self._draw_order(connection, found)
            found = [found[place] for place in order]
            walk = sorted(range(len(order)), key=order.__getitem__)
        before = len(self.items)
        self._folder_order.extend(before + place for place in walk)
        self.items.extend(found)
        self.categories.update(map(self._assignments.categories.__getitem__, found))
        self._counts.update(_STATES[self._states[number]] for number in found)
        if found:
            self._duplicate_positions = self._groups = self._grouper = None
        return len(found)

    def _sort_as_taken(self, connection: Connection, numbers: Sequence[int]) -> list[int]:
        """Sort Photos, which come in the order of ingest, as they were taken."""
        gaps = find_counter_gaps(self._list_folders(numbers), self._places.names.take(numbers))
        asked = {numbers[place]: place for gap in gaps for places in gap for place in places}
        times = photo_columns.load_times_of(connection, list(asked)) if asked else {}
        order = sort_by_time_taken(len(numbers), gaps, {asked[number]: at for number, at in times.items()})
        return [numbers[place] for place in order]

    def _list_folders(self, numbers: Iterable[int]) -> list[str]:
        """List the folders of Photos, with their Sources."""
        folders = self._places.folders
        return [folders[number] for number in numbers]

    def _group_proposed(self, numbers: Sequence[int], individuals: Sequence[str]) -> WorklistGrouping:
        """Group Photos that are in no list yet."""
        names = self._places.names
        return group_worklist(self._list_folders(numbers), lambda at: names[numbers[at]], individuals)

    def _list_individuals(self, numbers: Iterable[int]) -> list[str]:
        """List the ids of the accepted Individuals that Photos show, those of the ones merged as they are
        now."""
        ids, merged = self._assignments.individuals, self._merged
        found = [ids[number] for number in numbers]
        return [follow_mergers(merged, id_) if id_ in merged else id_ for id_ in found] if merged else found

    def _draw_order(self, connection: Connection, found: Sequence[int]) -> list[int]:
        """Return their places in the drawn order. What later ones show is not looked up, since the face
        waits."""
        kinds: Sequence[int] = bytes([PhotoSubject.NOT_KNOWN]) * len(found)
        if not self.items:
            known = load_kinds(connection, self._assignments.categories)
            kinds = bytes(map(known.__getitem__, found))
        groups = self._group_proposed(found, self._list_individuals(found))
        people = [group.positions for group in groups.all]
        people += [(place,) for place, group in enumerate(groups.of) if group < 0]

        def name_least(places: Sequence[int]) -> str:
            return self._hashes.name_least(found[place] for place in places)

        return draw_reading_order(self.rules.seed, people, name_least, kinds)

    def _map_to_proposed(self, found: Sequence[int]) -> dict[int, tuple[int, ...]]:
        """Photo of a chosen list -> all Photos of its proposed Individual, those outside the list too; all by
        number."""
        ids = self._assignments.individuals
        groups = self._group_proposed(found, [ids[number] for number in found])
        fellows = [tuple(found[place] for place in group.positions) for group in groups.all]
        chosen = frozenset(self._hashes.find_many(self._chosen or ()))
        return {
            number: fellows[group]
            for number, group in zip(found, groups.of, strict=True)
            if group >= 0 and number in chosen
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
            self._folder_ranks = array("q", self._folder_order)
            for rank, place in enumerate(self._folder_order):
                self._folder_ranks[place] = rank
        return self._folder_ranks[position] if position >= 0 else -1

    @property
    def is_untouched(self) -> bool:
        """Whether this Examiner has read nothing of the Case yet."""
        return self._states.count(_UNREAD) == len(self._states)

    def position_of(self, sha256: str) -> int | None:
        return self.items.position_of(sha256)

    def positions_of(self, sha256s: Sequence[str]) -> list[int]:
        """Return the position of each of these Photos, -1 for those not in the list: for many at once."""
        return [self.items.position_of_number(number) for number in self._hashes.find_many(sha256s)]

    # where each Photo stands

    def progress(self, position: int) -> ReadingProgress:
        return _STATES[self._states[self.items.numbers[position]]]

    def count(self, progress: ReadingProgress) -> int:
        return self._counts[progress]

    def category(self, position: int) -> str:
        """Return the category of a Photo, "" if it is unsorted."""
        return self._assignments.categories[self.items.numbers[position]]

    def duplicate_group(self, position: int) -> str:
        """Return the group of near-duplicates of a Photo, "" for none."""
        return self._assignments.duplicates[self.items.numbers[position]]

    def positions_of_duplicates(self, position: int) -> tuple[int, ...]:
        """Return the positions of the near-duplicates of a Photo, its own included."""
        group = self.duplicate_group(position)
        if not group:
            return (position,)
        if self._duplicate_positions is None:
            groups = map(self._assignments.duplicates.__getitem__, self.items.numbers)
            self._duplicate_positions = group_pairs(
                (name, place) for place, name in enumerate(groups) if name
            )
        return tuple(self._duplicate_positions[group])

    def is_carried(self, position: int) -> bool:
        """Return whether the Reading of a Photo was only carried over from a near-duplicate."""
        return self.items.numbers[position] in self._carried

    @property
    def carried(self) -> int:
        """How many complete Readings were only carried over."""
        complete = _CODES[ReadingProgress.COMPLETE]
        return sum(self._states[number] == complete for number in self._carried)

    def note_reading(self, reading: Reading) -> None:
        """Take in where a Reading stands now; one with no act left is unread."""
        number = self._hashes.find(reading.photo)
        if not number:
            return
        (self._carried.add if reading.carried_from else self._carried.discard)(number)
        before = self._states[number]
        now = self._states[number] = _CODES[reading.state] if reading.changed_at else _UNREAD
        if self.items.position_of_number(number) >= 0:
            self._counts[_STATES[before]] -= 1
            self._counts[_STATES[now]] += 1

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
        for photo, number in zip(changed, self._hashes.find_many(list(changed)), strict=True):
            if not number:
                continue
            before, now = self._assignments.at(number), places.get(photo, NO_ASSIGNMENT)
            self._assignments.put(number, now)
            if self.items.position_of_number(number) >= 0:
                self.categories[before.category] -= 1
                self.categories[now.category] += 1
            if now.individual != before.individual:
                self._groups = None
            if now.duplicates != before.duplicates:
                self._duplicate_positions = None

    # Individuals

    def label(self, position: int) -> str:
        """Return the neutral label of the person a Photo shows, "P-0014": the same whatever the order."""
        group, photo = self.group_index(position), self.items.numbers[position]
        if group < 0:
            return self.labels.label_of_numbers([photo])
        found = self.groups[group]
        if not found.id and photo in self._proposed_photos:
            return self.labels.label_of_numbers(self._proposed_photos[photo])
        return self.labels.label_of_numbers([self.items.numbers[at] for at in found.positions], found.id)

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
        return tuple(map(self.items.sha256_at, self.groups[place].positions))

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
            if self._grouper is None:
                self._grouper = WorklistGrouper(self._list_folders(self.items.numbers), self.items.name_at)
            self._groups = self._grouper.group(self._list_individuals(self.items.numbers))
        return self._groups


def sort_in_reading_order(case: ReadableCase, photos: Sequence[str]) -> Sequence[str]:
    """Return Photos (SHA-256) in the order of reading of the Case, unchanged if none was drawn; for a job."""
    everything = Worklist(case, "").load()
    if everything.rules.order is not ReadingOrder.DRAWN:
        return photos
    wanted = frozenset(photos)
    return [photo for photo in everything.items.iterate_hashes() if photo in wanted]
