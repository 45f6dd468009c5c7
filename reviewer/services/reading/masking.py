"""What is masked while a Photo is read, and what the Examiner saw all the same.

Branch, day and number of a person are on cards, in file names and in dates; who knows them expects something.
Looking is always allowed: each look is an act that stands before what follows, and Findings made after it say
so. A complete Reading hides nothing; whoever changes it afterwards has seen everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.search.arranging import GalleryRow
from reviewer.domain.worklist.reading_order import CARD, DATE, MASKED_THINGS_IN_WORDS, NAME
from reviewer.domain.worklist.worklist import ReadingProgress
from reviewer.services.events import Event
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage import reading_order

CardBox = tuple[int, int, int, int]
_MOST_PHOTOS = 400


class Masking:
    """Asks the rules of the Worklist and the Examiner's own Readings. `on_change` is told after something was
    uncovered that was masked; `say` takes one sentence. All of it on the face's thread."""

    def __init__(self, desk: ActQueue, worklist: Worklist, say: Callable[[str], None]) -> None:
        self._desk, self._worklist, self._say = desk, worklist, say
        self._shown: set[tuple[str, str]] = set()
        self._boxes: dict[str, tuple[CardBox, ...]] = {}
        self.on_change: Event[[]] = Event()

    @property
    def is_on(self) -> bool:
        """Whether the lead wishes that anything is masked in this Case."""
        return self._worklist.rules.masked

    def hides(self, photo: str, what: str) -> bool:
        """Whether this is masked now on a Photo (SHA-256), or would be if the Photo has it."""
        if not self.is_on or (photo, what) in self._shown:
            return False
        reading = self._desk.reading(photo)
        return not reading.is_complete_by_own_look and what not in reading.context_seen

    def is_masked_at(self, position: int, what: str) -> bool:
        """The same for a Photo of the Worklist; complete Readings are not read from disk."""
        worklist = self._worklist
        if not self.is_on:
            return False
        if worklist.progress(position) is ReadingProgress.COMPLETE and not worklist.is_carried(position):
            return False
        photo = worklist.items[position].sha256
        if worklist.progress(position) is ReadingProgress.UNREAD and not self._desk.pending(photo):
            return (photo, what) not in self._shown  # nothing was seen of it: no need to read that from disk
        return self.hides(photo, what)

    def name_at(self, position: int) -> str:
        """Return the name of a file of the Worklist, or what replaces it while it is masked."""
        worklist = self._worklist
        if not self.is_masked_at(position, NAME):
            return worklist.items[position].name
        return _name_masked(worklist, position)

    def hides_of(self, row: GalleryRow, what: str) -> bool:
        """Whether this is masked on a Photo of the gallery, of which a job has read what is needed."""
        return self.is_on and row.is_masked(what) and (row.sha256, what) not in self._shown

    def name_of(self, row: GalleryRow, shown: Worklist) -> str:
        """Return the name of a file of the gallery, or what replaces it while it is masked: as on Read if the
        Photo is in the list of reading, else by the list that is shown."""
        if not self.hides_of(row, NAME):
            return row.name
        for worklist in (self._worklist, shown):
            position = worklist.position_of(row.sha256)
            if position is not None:
                return _name_masked(worklist, position)
        return "File name masked"

    def list_masked(self, photo: str) -> tuple[str, ...]:
        """Return what can be uncovered on a Photo: its card, if known, its file name and its date."""
        there = [CARD] if self.boxes(photo) else []
        return tuple(thing for thing in (*there, NAME, DATE) if self.hides(photo, thing))

    def may_show_card(self, photo: str) -> bool:
        """Whether a card on a Photo would be masked now, but nobody framed one: the program cannot know where
        it lies, or whether there is one. Not where somebody said that there is none."""
        if not self.hides(photo, CARD) or self.boxes(photo):
            return False
        with self._desk.case.store.read() as connection:
            return not reading_order.is_without_card(connection, photo)

    def boxes(self, photo: str) -> tuple[CardBox, ...]:
        """Where the cards of a Photo are, in recorded pixels of its first picture, masked or not."""
        self.read_ahead([photo])
        return self._boxes[photo]

    def read_ahead(self, photos: Sequence[str]) -> None:
        """Have the boxes of Photos (SHA-256) ready before they are asked for."""
        missing = [photo for photo in photos if photo not in self._boxes]
        if missing:
            if len(self._boxes) >= _MOST_PHOTOS:
                self._boxes.clear()
                missing = list(photos)
            with self._desk.case.store.read() as connection:
                found = reading_order.load_card_boxes(connection, missing)
            self._boxes.update((photo, tuple(dict.fromkeys(found.get(photo, ())))) for photo in missing)

    def forget_boxes(self) -> None:
        """Cards were transcribed: ask anew where they are."""
        self._boxes.clear()

    def uncover(self, photo: str) -> None:
        """Show what is masked on a Photo, with an act for each thing that precedes all further acts."""
        hidden = self.list_masked(photo)
        if not hidden:
            self._say("Nothing is masked on this photograph.")
            return
        self._record_looks(photo, hidden)
        self._say(f"Shown: {_join_words(hidden)}. {self._explain_recording()}")

    def note_look(self, photo: str, what: str) -> None:
        """Something about a Photo is looked at elsewhere: noted if it would be masked here."""
        if photo and self.hides(photo, what):
            self._record_looks(photo, (what,))
            said = (
                f"{MASKED_THINGS_IN_WORDS[what].capitalize()} came into view before the reading was complete."
            )
            self._say(f"{said} {self._explain_recording()}")

    def note_all_seen(self, photo: str) -> None:
        """A Reading that was complete, and so hid nothing, is about to be changed: all of it was seen."""
        if not self.is_on:
            return
        reading = self._desk.reading(photo)
        if reading.is_complete_by_own_look:
            there = (*((CARD,) if self.boxes(photo) else ()), NAME, DATE)
            self._submit_looks(photo, [thing for thing in there if thing not in reading.context_seen])

    def _record_looks(self, photo: str, things: Iterable[str]) -> None:
        things = tuple(things)
        if self._desk.case.read_only:
            self._shown.update((photo, thing) for thing in things)
        else:
            self._submit_looks(photo, things)
        self.on_change.emit()

    def _submit_looks(self, photo: str, things: Iterable[str]) -> None:
        for thing in things:
            self._desk.submit(Draft(acts.CONTEXT_SEEN, photo, {"what": thing}))

    def _explain_recording(self) -> str:
        if self._desk.case.read_only:
            return "This case is open for reading only: nothing is noted."
        return "It is noted; findings made from now on say so."


def _name_masked(worklist: Worklist, position: int) -> str:
    place = worklist.positions_of_same_individual(position).index(position) + 1
    return f"Photo {place} of {worklist.label(position)}"


def _join_words(things: Iterable[str]) -> str:
    words = [MASKED_THINGS_IN_WORDS[thing] for thing in things]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
