"""The category gate: one key for each Photo of a Worklist, whole runs at once, and the last taken back.

A key is an act for the Photo that is on screen when it is pressed. The next Photo comes before the act is
on disk, so what is on its way counts as sorted when the next one is looked for.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, takewhile

from reviewer.domain.acts.shared_acts import PHOTOS_CATEGORISED
from reviewer.domain.commands import category_commands
from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.category import Category
from reviewer.services.events import Event
from reviewer.services.jobs import Post
from reviewer.services.reading.act_queue import ActQueue, SharedChange
from reviewer.services.reading.act_words import describe_entry, format_count
from reviewer.services.reading.sorted_last import SortedLast
from reviewer.services.reading.worklist_navigator import WorklistNavigator
from reviewer.services.worklist.worklist import Worklist

_LONGEST_PAUSE, _KEYS_COUNTED = 20.0, 20
"""A rate is that of the last 20 keys; after 20 seconds without one it begins anew."""


class RunKind(StrEnum):
    """What a run goes to the end of."""

    INDIVIDUAL = "individual"
    FOLDER = "folder"
    TO_NEXT_SORTED = "to next sorted"


@dataclass(frozen=True)
class PhotoRun:
    """Unsorted Photos that can be sorted at once, by their positions, in order."""

    kind: RunKind
    positions: tuple[int, ...]


class Sorter(WorklistNavigator):
    """Goes through the list folder by folder, whatever the order of reading: there runs are alike.

    `on_sorted` is told after a category is other, or on its way to be.
    """

    def __init__(
        self, desk: ActQueue, worklist: Worklist, post: Post, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(desk, worklist)
        self.on_sorted: Event[[]] = Event()
        self._post, self._clock = post, clock
        self._pending: list[Draft] = []
        self._expected_categories: dict[str, str] = {}
        self._undoable_count = self._undos_under_way = 0
        self._key_times: deque[float] = deque(maxlen=_KEYS_COUNTED)
        self.sorted_last = SortedLast(desk.case, desk.examiner.id, post)
        desk.on_shared.connect(self._on_shared_change)
        desk.on_change.connect(lambda _change: self._forget_undoable())
        desk.on_refused.connect(self._on_refused_act)

    # where we are

    def begin(self) -> None:
        """Stay at the Photo on screen if the list still has it; else go to the first unsorted one."""
        here = self.worklist.position_of(self.sha256) if self.photo is not None else None
        if here is not None:
            self.position = here
            return
        self.position = -1
        if len(self.worklist):
            last = self.worklist.in_folder_order[-1]
            self.go(self.find_next_unsorted(last) or 0)

    def step(self, by: int) -> None:
        """To a neighbour in the order of the folders."""
        order, place = self.worklist.in_folder_order, self.worklist.find_folder_rank(self.position) + by
        if not 0 <= place < len(order) or not self.go(order[place]):
            self.say("This is the last photograph." if by > 0 else "This is the first photograph.")

    def category(self, position: int) -> str:
        """Return the category of a Photo, acts on their way to disk included."""
        soon = (
            self._expected_categories.get(self.worklist.items.sha256_at(position))
            if self._expected_categories
            else None
        )
        return self.worklist.category(position) if soon is None else soon

    def find_next_unsorted(self, position: int) -> int | None:
        """Return the next Photo after `position` without a category, from the top if need be."""
        order, place = self.worklist.in_folder_order, self.worklist.find_folder_rank(position)
        places = chain(range(place + 1, len(order)), range(max(0, place)))
        return next((order[place] for place in places if not self.category(order[place])), None)

    def list_positions_ahead(self) -> list[int]:
        """Return where the examiner will look next, most likely first: the next two unsorted, the one
        before."""
        found: list[int] = []
        place: int | None = self.position
        for _step in range(2):
            place = self.find_next_unsorted(place) if place is not None else None
            found += [place] if place is not None else []
        before = self.worklist.find_folder_rank(self.position) - 1
        return [*found, self.worklist.in_folder_order[before]] if before >= 0 else found

    def go_on(self) -> None:
        """Go to the next unsorted Photo."""
        if not self.go(self.find_next_unsorted(self.position)):
            self.say("Every other photograph of this list is sorted.")

    # sorting

    def sort(self, category: Category) -> None:
        """Sort the Photo on screen and bring the next one. One that has this category is only left behind."""
        if self.photo is None:
            raise NotAllowed("There is no photograph on screen.")
        now = self.category(self.position)
        if now != category:
            self._submit(category_commands.categorise_photos({self.sha256: now}, category))
            self._note_key_time()
        self.go_on()

    def clear(self) -> None:
        """Clear the category of the Photo on screen, which stays there."""
        if self.photo is None:
            raise NotAllowed("There is no photograph on screen.")
        self._submit(category_commands.categorise_photos({self.sha256: self.category(self.position)}, None))

    def find_runs(self) -> list[PhotoRun]:
        """Return the runs that can be sorted at once from here on, smallest first; sorted Photos are in
        none."""
        here, items = self.position, self.worklist.items
        if self.photo is None:
            return []
        group, folder = self.worklist.group_index(here), items.folder_at(here)
        rest = self.worklist.in_folder_order[self.worklist.find_folder_rank(here) :]
        mates = frozenset(self.worklist.positions_of_same_individual(here) if group >= 0 else ())
        unsorted = [position for position in rest if not self.category(position)]
        found = [
            PhotoRun(RunKind.INDIVIDUAL, tuple(p for p in unsorted if p in mates)),
            PhotoRun(RunKind.FOLDER, tuple(p for p in unsorted if items.folder_at(p) == folder)),
            PhotoRun(RunKind.TO_NEXT_SORTED, _take_until_sorted(rest, unsorted)),
        ]
        once: dict[tuple[int, ...], PhotoRun] = {}
        for run in found:
            if len(run.positions) > 1:
                once.setdefault(run.positions, run)
        return sorted(once.values(), key=lambda run: len(run.positions))

    def sort_run(self, run: PhotoRun, category: Category) -> None:
        """Sort a run in one act, and go on behind it."""
        items = self.worklist.items
        before = {items.sha256_at(position): self.category(position) for position in run.positions}
        self._submit(category_commands.categorise_photos(before, category))
        self.go_on()
        self.say(f"{format_count(len(before), 'photograph')} sorted at once. Backspace takes it back.")

    @property
    def can_take_back(self) -> bool:
        """Whether something was sorted here since the last act elsewhere."""
        return self._undoable_count > 0

    def undo_last_sorted(self) -> None:
        """Take back what was sorted here last, unless something else was done since."""
        if not self._undoable_count:
            raise NotAllowed(
                "Nothing was sorted here since your last act elsewhere.",
                "Ctrl+Z takes back your latest act, whatever it was.",
            )
        self._undoable_count -= 1
        self._undos_under_way += 1
        self.desk.undo()

    # how far it is

    def counts(self) -> Mapping[str, int]:
        """Return how many Photos of the list each category has, on disk; "" for unsorted ones."""
        return self.worklist.categories

    def rate(self) -> int:
        """Photos sorted a minute, by the last keys; 0 while there is no ground for a rate."""
        if len(self._key_times) < 5 or self._clock() - self._key_times[-1] > _LONGEST_PAUSE:
            return 0
        took = self._key_times[-1] - self._key_times[0]
        return round(60 * (len(self._key_times) - 1) / took) if took > 0 else 0

    def _note_key_time(self) -> None:
        now = self._clock()
        if self._key_times and now - self._key_times[-1] > _LONGEST_PAUSE:
            self._key_times.clear()
        self._key_times.append(now)

    # on the way to disk

    def _submit(self, draft: Draft) -> None:
        self.desk.case.require_writable()
        self._pending.append(draft)
        self._undoable_count += 1
        self._update_expected()
        future = self.desk.submit(draft)
        future.add_done_callback(lambda _done: self._post(lambda: self._on_saved(draft)))
        self.on_sorted.emit()

    def _on_saved(self, draft: Draft) -> None:
        """Forget a pending act, saved or refused: the tables have it now."""
        self._pending = [pending for pending in self._pending if pending is not draft]
        self._update_expected()
        self.on_sorted.emit()

    def _update_expected(self) -> None:
        self._expected_categories = {
            p: draft.body["category"] for draft in self._pending for p in draft.body["photos"]
        }

    def _on_shared_change(self, change: SharedChange) -> None:
        if change.entry.act != PHOTOS_CATEGORISED:
            self._forget_undoable()
            return
        self.sorted_last.note_change(change)
        if change.how == "saved":
            if not any(draft.body is change.entry.body for draft in self._pending):
                self._forget_undoable()  # sorted in the gallery: that is taken back there
        elif change.how == "redone":
            self._undoable_count += 1
        elif self._undos_under_way:
            self._undos_under_way -= 1
        else:
            self._undoable_count = max(0, self._undoable_count - 1)
        self.on_sorted.emit()
        if change.how in {"undone", "redone"} and self.position >= 0:
            self.go(self.worklist.position_of(change.entry.body["photos"][0]))
            self.say(f"{change.how.capitalize()}: {describe_entry(change.entry, self.desk.case.vocabulary)}.")

    def _forget_undoable(self) -> None:
        self._undoable_count = 0

    def _on_refused_act(self, error: KnownError) -> None:
        self._undoable_count = self._undos_under_way = 0
        self.say(str(error))


def _take_until_sorted(rest: Sequence[int], unsorted: Sequence[int]) -> tuple[int, ...]:
    """Return those of `unsorted` before the first of `rest` that is sorted, whatever its very first is."""
    behind = rest if unsorted and unsorted[0] == rest[0] else rest[1:]
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(unsorted, behind, strict=False))
    return tuple(position for position, _same in pairs)
