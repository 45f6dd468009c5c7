"""The Worklist of an Examiner: all Photos in order of ingest, grouped, with where each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from reviewer.domain.reading import Reading
from reviewer.domain.worklist import Group, Item, Progress, grouped
from reviewer.services.open_case import OpenCase
from reviewer.storage import case_rows, photos


class Worklist:
    """Positions 0 .. len-1. New Photos are only ever added at the end, so a position never moves."""

    def __init__(self, case: OpenCase, examiner: str) -> None:
        self._case = case
        self._examiner = examiner
        self.items: list[Item] = []
        self.groups: list[Group] = []
        self._positions: dict[str, int] = {}
        self._first_of: dict[str, int] = {}
        self._states: dict[str, Progress] = {}
        self._counts: Counter[Progress] = Counter()

    def load(self) -> Worklist:
        """Read the whole list from disk; for a job, not for the face's thread. Returns itself."""
        with self._case.store.read() as connection:
            states = case_rows.reading_states(connection, self._examiner)
        self._states = {photo: Progress(state) for photo, state in states.items()}
        self._counts = Counter(self._states.values())
        self.extend()
        return self

    def extend(self) -> int:
        """Add what was ingested since; how many Photos are new."""
        before = len(self.items)
        with self._case.store.read() as connection:
            rows = photos.places(connection, self.items[-1].photo if self.items else 0)
        for row in rows:
            item = Item(row.id, row.sha256, f"{row.source}/{row.folder}", row.name)
            self._positions[item.sha256] = len(self.items)
            self._first_of.setdefault(item.folder, len(self.items))
            self.items.append(item)
        if rows:
            self._regroup(min(self._first_of[item.folder] for item in self.items[before:]))
        return len(rows)

    def __len__(self) -> int:
        return len(self.items)

    def position_of(self, sha256: str) -> int | None:
        return self._positions.get(sha256)

    def progress(self, position: int) -> Progress:
        return self._states.get(self.items[position].sha256, Progress.UNREAD)

    def note(self, reading: Reading) -> None:
        """Take over where a Reading stands now; one without any standing act is unread."""
        before = self._states.pop(reading.photo, None)
        if before is not None:
            self._counts[before] -= 1
        if reading.changed_at:
            self._states[reading.photo] = Progress(str(reading.state))
            self._counts[self._states[reading.photo]] += 1

    def mates(self, position: int) -> tuple[int, ...]:
        """The positions of the Photos proposed to show the same Individual, this one included."""
        group = self.items[position].individual
        return self.groups[group].positions if group >= 0 else (position,)

    def beside_it(self, position: int, most: int = 9) -> tuple[int, ...]:
        """The Photos of the same Individual; without one, a page of those ingested before and after.

        The page stays the same while one reads through it.
        """
        if self.items[position].individual >= 0:
            return self.mates(position)
        first = position - position % most
        return tuple(range(first, min(len(self), first + most)))

    def next_unread(self, position: int) -> int | None:
        """The next Photo after `position` that is not complete or set aside, from the top if need be."""
        finished = {Progress.COMPLETE, Progress.SET_ASIDE}
        order: Iterable[int] = [*range(position + 1, len(self)), *range(position)]
        return next((each for each in order if self.progress(each) not in finished), None)

    def beside(self, position: int, step: int) -> int | None:
        """The first Photo of the next (`step` 1) or previous (-1) Individual."""
        group = self.items[position].individual
        if step < 0:
            first = self.mates(position)[0]
            return self.mates(first - 1)[0] if first > 0 else None
        after = position + 1
        while after < len(self) and group >= 0 and self.items[after].individual == group:
            after += 1
        return after if after < len(self) else None

    def count(self, progress: Progress) -> int:
        return self._counts[progress]

    def _regroup(self, start: int) -> None:
        """Group anew from `start`, before which no folder has changed."""
        kept = [group for group in self.groups if group.positions[-1] < start]
        tail = grouped([(item.folder, item.name) for item in self.items[start:]])
        self.groups = kept + [
            Group(tuple(start + place for place in group.positions), group.reason) for group in tail
        ]
        of = {
            place: number
            for number, group in enumerate(self.groups[len(kept) :], start=len(kept))
            for place in group.positions
        }
        for place in range(start, len(self.items)):
            number = of.get(place, -1)
            if self.items[place].individual != number:
                self.items[place] = replace(self.items[place], individual=number)
