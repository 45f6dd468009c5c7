"""The card desk: one pass over the number cards, photo by photo, without a look at the other pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.acts.act import ThingKind
from reviewer.domain.acts.shared_acts import CARD_TRANSCRIBED
from reviewer.domain.commands.card_commands import (
    CardState,
    find_card_state,
    transcribe_card,
)
from reviewer.domain.errors import NotAllowed
from reviewer.domain.people.individual import PhotoFacts, Transcription, TranscriptionPass
from reviewer.domain.photos.photo import Photo
from reviewer.domain.reading.category import Category
from reviewer.services.case.open_case import OpenCase
from reviewer.services.events import Event
from reviewer.services.reading.act_queue import ActQueue, SharedChange
from reviewer.services.reading.sight import Sight, must_see
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage.photos import photos
from reviewer.storage.shared import cards, shared_rows


class CardTask(StrEnum):
    """The work to do at the card desk."""

    FIRST = "first"
    SECOND = "second"
    MISMATCHES = "mismatches"


_PASS_OF_TASK = {
    CardTask.FIRST: TranscriptionPass.FIRST,
    CardTask.SECOND: TranscriptionPass.SECOND,
    CardTask.MISMATCHES: TranscriptionPass.RESOLVED,
}
_NOBODY = -1
"""The group of a Photo of which no Individual is known or proposed."""
_CARDS_CAN_BE_ON = frozenset({"", Category.DETAINEE, Category.CANNOT_TELL})


@dataclass(frozen=True)
class CardOnScreen:
    """What the desk shows of a Photo. `before` is what this pass read earlier; `others` what the two passes
    said, only where the person is to decide between them: a pass that is blind sees nothing of the other."""

    photo: Photo
    position: int
    before: Transcription | None
    others: tuple[Transcription, ...]
    box: tuple[int, int, int, int] | None


class CardDesk:
    """Where the pass is. `on_moved` is told when another Photo is there, or none is left; `on_kept` when what
    was read is on disk: only then is it counted. `sight` tells whether the Photo is seen."""

    def __init__(self, desk: ActQueue, worklist: Worklist) -> None:
        self._desk, self._worklist = desk, worklist
        self.work = CardTask.FIRST
        self.one_for_each = True
        self.shown: CardOnScreen | None = None
        self.sight: Callable[[], Sight] = lambda: Sight.AWAY
        self.on_moved: Event[[]] = Event()
        self.on_kept: Event[[]] = Event()
        self._done_photos: set[str] = set()
        self._due_units: set[int] = set()
        self._counted_for: tuple[Sequence[int], bool] | None = None
        self._first_pass_photos: set[str] = set()
        self._mismatches: list[str] = []
        desk.on_shared.connect(self._on_shared_change)

    # where the pass is

    def begin(self, work: CardTask) -> None:
        """Take up a pass where it was left."""
        self.work = work
        self._load_pass()
        self.go(self._find_next_due(-1))

    def next(self) -> bool:
        """Go to the next card of this pass; False if it was the last."""
        return self.go(self._find_next_due(self.position))

    def step(self, by: int) -> bool:
        """Go to the next or previous Photo of the Worklist, whether its card is read or not."""
        return self.go(self.position + by)

    def go_to(self, position: int | None) -> bool:
        """Go to the Photo at a position; False, without any change, if there is no such position."""
        return position is not None and self.go(position)

    def count_first_pass(self) -> int:
        """Count what the first pass still offers: Individuals of whom no card was read, or Photos.

        All are looked at once for a pass and a grouping of the Worklist; after that one is taken off when it
        is kept.
        """
        counted_for = self._worklist.group_indices, self.one_for_each
        if self._counted_for is None or any(
            now is not then for now, then in zip(counted_for, self._counted_for, strict=True)
        ):
            self._due_units, self._counted_for = self._find_due_units(), counted_for
        return len(self._due_units)

    def _find_due_units(self) -> set[int]:
        done = (
            self._done_photos if self.work is CardTask.FIRST else self._load_read_in(TranscriptionPass.FIRST)
        )
        worklist, alone = self._worklist, _NOBODY - 1
        groups = worklist.group_indices if self.one_for_each else [_NOBODY] * len(worklist)
        units = [group if group != _NOBODY else alone - place for place, group in enumerate(groups)]
        photos = worklist.items.iterate_hashes()
        read = {unit for unit, photo in zip(units, photos, strict=True) if photo in done}
        return {
            unit
            for place, unit in enumerate(units)
            if unit not in read and worklist.category(place) in _CARDS_CAN_BE_ON
        }

    def _find_unit(self, position: int) -> int:
        """What one card stands for: an Individual by its place, or a Photo by a number below zero."""
        group = self._worklist.group_index(position) if self.one_for_each else _NOBODY
        return group if group != _NOBODY else _NOBODY - 1 - position

    @property
    def position(self) -> int:
        return self.shown.position if self.shown else -1

    def go(self, position: int | None) -> bool:
        if position is None or not 0 <= position < len(self._worklist):
            if position is None:
                self.shown = None
                self.on_moved.emit()
            return False
        self.shown = self._load_card(position)
        self.on_moved.emit()
        return True

    # what is read

    def keep(self, made: Transcription) -> None:
        """Save what this pass read of the Photo on screen. NotAllowed, with a sentence, if it cannot be
        saved."""
        if self.shown is None:
            raise NotAllowed("There is no photograph on screen.")
        must_see(self.sight())
        self._desk.submit(transcribe_card(self._load_facts(self.shown.photo.sha256), made))
        self._done_photos.add(self.shown.photo.sha256)
        if self.work is CardTask.FIRST:
            self._due_units.discard(self._find_unit(self.shown.position))

    @property
    def number(self) -> TranscriptionPass:
        return _PASS_OF_TASK[self.work]

    @staticmethod
    def pass_of(work: CardTask) -> TranscriptionPass:
        """Return the pass that this work makes."""
        return _PASS_OF_TASK[work]

    def _load_read_in(self, number: TranscriptionPass) -> set[str]:
        with self._desk.case.store.read() as connection:
            return cards.find_photos_read_in(connection, number)

    def _load_pass(self) -> None:
        self._counted_for = None
        with self._desk.case.store.read() as connection:
            self._done_photos = cards.find_photos_read_in(connection, self.number)
            self._first_pass_photos = (
                cards.find_photos_read_in(connection, TranscriptionPass.FIRST)
                if self.work is CardTask.SECOND
                else set()
            )
            self._mismatches = cards.find_mismatches(connection) if self.work is CardTask.MISMATCHES else []

    def _find_next_due(self, position: int) -> int | None:
        order = (*range(position + 1, len(self._worklist)), *range(position))
        return next((position for position in order if self._is_due(position)), None)

    def _is_due(self, position: int) -> bool:
        sha256 = self._worklist.items[position].sha256
        if sha256 in self._done_photos:
            return False
        if self.work is CardTask.MISMATCHES:
            return sha256 in self._mismatches
        if self.work is CardTask.SECOND:
            return sha256 in self._first_pass_photos
        if self._worklist.category(position) not in _CARDS_CAN_BE_ON:
            return False
        return not (self.one_for_each and self._is_individual_done(position))

    def _is_individual_done(self, position: int) -> bool:
        """Whether a card of the same Individual was read in this pass."""
        items = self._worklist.items
        return any(
            items.sha256_at(mate) in self._done_photos
            for mate in self._worklist.positions_of_same_individual(position)
        )

    def _load_facts(self, sha256: str) -> PhotoFacts:
        with self._desk.case.store.read() as connection:
            return shared_rows.load_photo_facts(connection, [sha256]).get(sha256) or PhotoFacts(sha256)

    def _load_card(self, position: int) -> CardOnScreen | None:
        sha256 = self._worklist.items[position].sha256
        facts = self._load_facts(sha256)
        with self._desk.case.store.read() as connection:
            photo = photos.find_photo(connection, sha256)
        if photo is None:
            return None
        passes = [facts.card(TranscriptionPass.FIRST), facts.card(TranscriptionPass.SECOND)]
        deciding = self.work is CardTask.MISMATCHES
        others = tuple(card_pass for card_pass in passes if card_pass is not None) if deciding else ()
        box = next((card.box for card in facts.cards if card.box), None)
        return CardOnScreen(photo, position, facts.card(self.number), others, box)

    def _on_shared_change(self, change: SharedChange) -> None:
        """Report a transcription once it is saved; load the pass again after one is taken back."""
        if change.how == "saved":
            if change.entry.act == CARD_TRANSCRIBED:
                self.on_kept.emit()
        elif change.affected_ids(ThingKind.PHOTO):
            self._load_pass()
            if self.shown is not None:
                self.go(self.shown.position)


def count_by_state(case: OpenCase) -> dict[CardState, int]:
    """Count the cards by state."""
    with case.store.read() as connection:
        return cards.count_by_state(connection)


def find_mismatches(case: OpenCase) -> list[PhotoFacts]:
    """Return the Photos whose two passes differ, with both transcriptions."""
    with case.store.read() as connection:
        found = cards.find_mismatches(connection)
        facts = shared_rows.load_photo_facts(connection, found)
    return [facts[photo] for photo in found]


__all__ = [
    "CardDesk",
    "CardOnScreen",
    "CardState",
    "CardTask",
    "count_by_state",
    "find_card_state",
    "find_mismatches",
]
