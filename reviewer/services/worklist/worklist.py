"""The Worklist of an Examiner: Photos in an order, grouped by Individual, with where each stands."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from sys import intern

from reviewer.domain.photos.camera_counter import Shot, in_order_of_taking
from reviewer.domain.photos.capture_dates import Span
from reviewer.domain.reading.category import is_for_reading
from reviewer.domain.reading.reading import Reading
from reviewer.domain.worklist.reading_order import Kind, Order, ReadingRules
from reviewer.domain.worklist.worklist import Group, Groups, Item, Progress, groups_of
from reviewer.services.case.reading_rules import drawn_places, kinds_of
from reviewer.services.case.snapshot import CaseInView
from reviewer.services.worklist.neutral_labels import Labels
from reviewer.storage import reading_order
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import photos, taken
from reviewer.storage.shared import shared_rows
from reviewer.storage.store import Connection

EVERYTHING = "All photographs"
_NOTHING_KNOWN = ("", "", "")


class Worklist:
    """Positions 0 .. len-1. New Photos are only ever added at the end, so a position never moves
    until another list is chosen. `name` says which list it is, `why` how its Photos came into it.

    The list of everything is in the order that is drawn from the seed of the Case, if one was, and else in
    that of the folders; with `by_folders` always in that. What is ingested later is put in order by itself.

    What changes who is an Individual is only noted; the list is grouped anew when somebody asks. So it is
    asked on the face's thread only, once it is loaded: a job is given what it needs of it.
    """

    def __init__(self, case: CaseInView, examiner: str, *, by_folders: bool = False) -> None:
        self._case = case
        self._examiner = examiner
        self._by_folders = by_folders
        self.rules = ReadingRules()
        self.labels = Labels()
        self._walk: list[int] = []
        self._ranks: list[int] = []
        self._fellows: dict[str, tuple[str, ...]] = {}
        self.name, self.why = EVERYTHING, ""
        self.items: list[Item] = []
        self._chosen: tuple[str, ...] | None = None
        self._through = 0
        self._grouped: Groups | None = None
        self._positions: dict[str, int] = {}
        self._places: dict[str, tuple[str, str, str]] = {}
        self._alike: dict[str, list[int]] | None = None
        self._carried: set[str] = set()
        self._merged: dict[str, str] = {}
        self._states: dict[str, Progress] = {}
        self._counts: Counter[Progress] = Counter()
        self.categories: Counter[str] = Counter()
        """How many Photos of the list have each category, "" for those that nobody has sorted."""
        self.span = Span()
        """What dates are usual among all Photos of the Case, as they were when the list was read."""

    # what is in it

    def load(self) -> Worklist:
        """Read the whole list from disk; for a job, not for the face's thread. Returns itself."""
        with self._case.store.read() as connection:
            states = case_rows.reading_states(connection, self._examiner)
            self._carried = case_rows.carried_over(connection, self._examiner)
            self._places = shared_rows.places(connection)
            self._merged = shared_rows.merged(connection)
            self.span = taken.span(connection)
            self.rules = reading_order.rules(connection)
            self.labels = Labels.read(connection)
        self._states = {photo: Progress(state) for photo, state in states.items()}
        self._counts = Counter(self._states.values())
        self.extend()
        if self._chosen is not None:
            self._counts = Counter(self.progress(place) for place in range(len(self.items)))
        self._now()
        if self.rules.masked and self.items:
            self.label(0)  # shuffles the numbers of labels, which the face shall not wait for
        return self

    def narrowed(self, chosen: Sequence[str], name: str, why: str) -> Worklist:
        """Another Worklist with these Photos only (SHA-256), in this order; for a job.

        What is ingested later does not come into it.
        """
        other = Worklist(self._case, self._examiner)
        other.name, other.why = name, why
        other._chosen = tuple(chosen)
        return other.load()

    def become(self, other: Worklist) -> None:
        """Hold what another Worklist holds: whoever listens to this one keeps it."""
        self.__dict__.update(other.__dict__)

    @property
    def is_everything(self) -> bool:
        return self._chosen is None

    def extend(self) -> int:
        """Add what was ingested since; how many Photos are new."""
        if self._chosen is not None and self.items:
            return 0
        with self._case.store.read() as connection:
            found = self._found(connection)
            walk = list(range(len(found)))
            if self._chosen is not None:
                self._fellows = self._proposed(found)
                known = {item.sha256: item for item in found}
                found = [known[photo] for photo in self._chosen if photo in known]
                walk = list(range(len(found)))
            elif found and self.rules.order is Order.DRAWN and not self._by_folders:
                order = self._drawn(connection, found)
                found = [found[place] for place in order]
                walk = sorted(range(len(order)), key=order.__getitem__)
            self.labels.note_photos(connection)
        self._walk += [len(self.items) + place for place in walk]
        for item in found:
            self._positions[item.sha256] = len(self.items)
            self.items.append(item)
            self.categories[self._places.get(item.sha256, _NOTHING_KNOWN)[0]] += 1
        if found:
            self._alike = self._grouped = None
        return len(found)

    def _drawn(self, connection: Connection, found: Sequence[Item]) -> list[int]:
        """Their places in the drawn order. What later ones are of is not asked: the face waits for them."""
        kinds = [Kind.NOT_KNOWN] * len(found)
        if not self.items:
            kinds = kinds_of(connection, found, self._places)
        individuals = [self._standing(self._place_of(item.sha256)[1]) for item in found]
        return drawn_places(self.rules.seed, found, individuals, kinds)

    def _found(self, connection: Connection) -> list[Item]:
        """What is in the Case beyond what was read already, folder by folder, as it was taken."""
        rows = photos.places(connection, self._through)
        found = [
            Item(row.id, intern(row.sha256), intern(f"{row.source}/{row.folder}"), intern(row.name))
            for row in rows
        ]
        self._through = max(self._through, found[-1].photo) if found else self._through
        shots = [Shot(item.folder, item.name, row.taken_at) for item, row in zip(found, rows, strict=True)]
        return [found[place] for place in in_order_of_taking(shots)]

    def _proposed(self, found: Sequence[Item]) -> dict[str, tuple[str, ...]]:
        """Photo of a chosen list -> all Photos of its proposed Individual, those outside the list too."""
        groups = groups_of(found, [self._place_of(item.sha256)[1] for item in found])
        fellows = [tuple(found[place].sha256 for place in each.positions) for each in groups.all]
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
        return self._walk

    def folder_place(self, position: int) -> int:
        """Where a position comes in the order of the folders; -1 for none."""
        if len(self._ranks) != len(self._walk):
            self._ranks = sorted(range(len(self._walk)), key=self._walk.__getitem__)
        return self._ranks[position] if position >= 0 else -1

    @property
    def is_untouched(self) -> bool:
        """Whether this Examiner has read nothing of the Case yet."""
        return not self._states

    def position_of(self, sha256: str) -> int | None:
        return self._positions.get(sha256)

    # where each Photo stands

    def progress(self, position: int) -> Progress:
        return self._states.get(self.items[position].sha256, Progress.UNREAD)

    def count(self, progress: Progress) -> int:
        return self._counts[progress]

    def category(self, position: int) -> str:
        """The category of a Photo, "" if nobody has sorted it yet."""
        return self._place(position)[0]

    def alike(self, position: int) -> str:
        """The group of near-duplicates a Photo belongs to, "" for none."""
        return self._place(position)[2]

    def all_alike(self, position: int) -> tuple[int, ...]:
        """The positions of the near-duplicates of a Photo, its own included."""
        group = self.alike(position)
        if not group:
            return (position,)
        if self._alike is None:
            self._alike = {}
            for place in range(len(self)):
                if name := self.alike(place):
                    self._alike.setdefault(name, []).append(place)
        return tuple(self._alike[group])

    def is_carried(self, position: int) -> bool:
        """Whether the Reading of a Photo was only carried over from a near-duplicate."""
        return self.items[position].sha256 in self._carried

    @property
    def carried(self) -> int:
        """How many complete Readings were only carried over."""
        return sum(self._states.get(photo) is Progress.COMPLETE for photo in self._carried)

    def _place(self, position: int) -> tuple[str, str, str]:
        return self._place_of(self.items[position].sha256)

    def _place_of(self, photo: str) -> tuple[str, str, str]:
        return self._places.get(photo, _NOTHING_KNOWN)

    def note(self, reading: Reading) -> None:
        """Take over where a Reading stands now; one without any standing act is unread."""
        (self._carried.add if reading.carried_from else self._carried.discard)(reading.photo)
        before = self._states.pop(reading.photo, None)
        counts = self._chosen is None or reading.photo in self._positions
        if before is not None and counts:
            self._counts[before] -= 1
        if reading.changed_at:
            self._states[reading.photo] = Progress(str(reading.state))
            self._counts[self._states[reading.photo]] += counts

    def note_shared(self, changed: Collection[str]) -> None:
        """Take over what is shared about these Photos now."""
        with self._case.store.read() as connection:
            places = shared_rows.places(connection, list(changed))
            merged = shared_rows.merged(connection)
            self.labels.note_individuals(connection)
        if merged != self._merged:
            self._merged, self._grouped = merged, None
        for photo in changed:
            before = self._places.get(photo, _NOTHING_KNOWN)
            now = self._places[intern(photo)] = places.get(photo, _NOTHING_KNOWN)
            if photo in self._positions:
                self.categories[before[0]] -= 1
                self.categories[now[0]] += 1
            if now[1] != before[1]:
                self._grouped = None
            if now[2] != before[2]:
                self._alike = None

    # Individuals

    def label(self, position: int) -> str:
        """The neutral label of the person a Photo shows, "P-0014": the same whatever the order."""
        group, photo = self.individual(position), self.items[position].sha256
        if group < 0:
            return self.labels.of([photo])
        found = self.groups[group]
        if not found.id and photo in self._fellows:
            return self.labels.of(self._fellows[photo])
        return self.labels.of([self.items[place].sha256 for place in found.positions], found.id)

    def shown_labels(self) -> list[str]:
        """The labels of all Individuals, in the order of `groups`, where people are shown by them."""
        return [self.label(group.positions[0]) for group in self.groups] if self.rules.masked else []

    @property
    def groups(self) -> list[Group]:
        """The Individuals, accepted and proposed, in the order of their first Photos."""
        return self._now().all

    def individual(self, position: int) -> int:
        """The place in `groups` of the Individual a Photo shows, or -1 if none is known or proposed."""
        return self._now().of[position]

    @property
    def individuals(self) -> Sequence[int]:
        """The same for every position, as it is now: what comes later does not change it."""
        return self._now().of

    def mates(self, position: int) -> tuple[int, ...]:
        """The positions of the Photos of the same Individual, this one included."""
        group = self.individual(position)
        return self.groups[group].positions if group >= 0 else (position,)

    def beside_it(self, position: int, most: int = 9) -> tuple[int, ...]:
        """The Photos of the same Individual; without one, a page of those ingested before and after.

        The page stays the same while one reads through it.
        """
        if self.individual(position) >= 0:
            return self.mates(position)
        first = position - position % most
        return tuple(range(first, min(len(self), first + most)))

    def beside(self, position: int, step: int) -> int | None:
        """The first Photo of the next (`step` 1) or previous (-1) Individual."""
        firsts = self._now().firsts
        place = bisect_left(firsts, self.mates(position)[0]) + step
        return firsts[place] if 0 <= place < len(firsts) else None

    def next_unread(self, position: int) -> int | None:
        """The next Photo after `position` to be read, from the top if need be.

        Left out are those complete or set aside, and those whose category is not for reading.
        """
        finished = {Progress.COMPLETE, Progress.SET_ASIDE}
        order: Iterable[int] = [*range(position + 1, len(self)), *range(position)]
        return next(
            (
                each
                for each in order
                if self.progress(each) not in finished and is_for_reading(self.category(each))
            ),
            None,
        )

    def _now(self) -> Groups:
        if self._grouped is None:
            places, merged = self._places, self._merged
            individuals = [places.get(item.sha256, _NOTHING_KNOWN)[1] for item in self.items]
            if merged:
                individuals = [self._standing(id_) if id_ in merged else id_ for id_ in individuals]
            self._grouped = groups_of(self.items, individuals)
        return self._grouped

    def _standing(self, individual: str) -> str:
        """Whom an Individual is part of now: a redo may move a Photo to one that was merged meanwhile."""
        while individual in self._merged:
            individual = self._merged[individual]
        return individual


def in_reading_order(case: CaseInView, photos: Sequence[str]) -> Sequence[str]:
    """Photos (SHA-256) in the order in which the Case is read, as they are if none was drawn; for a job."""
    everything = Worklist(case, "").load()
    if everything.rules.order is not Order.DRAWN:
        return photos
    wanted = frozenset(photos)
    return [item.sha256 for item in everything.items if item.sha256 in wanted]
