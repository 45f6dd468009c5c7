"""The navigator of a Worklist: where one Examiner is in a Worklist, and every way to another Photo of it."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.errors import KnownError
from reviewer.domain.photos.photo import Photo
from reviewer.services.events import Event
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage.photos import photos

_NEAR, _MOST_PHOTOS = 8, 400
_PICTURES_AHEAD = (1, 2, -1, 3)


class WorklistNavigator:
    """Listeners: `before_leaving` the Photo on screen, `on_moved` after another one is on screen, `on_place`
    after Individuals, categories or the list itself became different, `on_message` with one sentence."""

    def __init__(self, desk: ActQueue, worklist: Worklist) -> None:
        self.desk = desk
        self.worklist = worklist
        self.position = -1
        self.photo: Photo | None = None
        self.on_moved: Event[[]] = Event()
        self.on_place: Event[[]] = Event()
        self.on_message: Event[str] = Event()
        self.before_leaving: Event[[]] = Event()
        self._photos: dict[str, Photo] = {}

    @property
    def sha256(self) -> str:
        return self.photo.sha256 if self.photo else ""

    def go(self, position: int | None) -> bool:
        """Put the Photo at `position` on screen; False (and nothing happens) if there is none."""
        if position is None or not 0 <= position < len(self.worklist) or position == self.position:
            return False
        self.leave()
        self.position = position
        self.photo = self._find_photo(self.worklist.items[position].sha256)
        self.arrive()
        self.on_moved.emit()
        return True

    def leave(self) -> None:
        """Finish what was begun on this Photo, before anything else happens to it."""
        self.before_leaving.emit()

    def arrive(self) -> None:
        """Prepare for the new Photo; listeners are called afterwards."""

    def photo_at(self, position: int) -> Photo:
        """Return the Photo at a position of the Worklist."""
        found = self._find_photo(self.worklist.items[position].sha256)
        if found is None:
            raise KnownError("This photograph is no longer in the case.")
        return found

    def _find_photo(self, sha256: str) -> Photo | None:
        self._read_photos_ahead([sha256])
        return self._photos.get(sha256)

    def read_ahead(self) -> None:
        """Have ready what the next step asks of the Case, for the Photos it can lead to."""
        self._read_photos_ahead(self.list_near())

    def _read_photos_ahead(self, sha256s: Sequence[str]) -> None:
        """What is known of a Photo never changes, so it is asked once."""
        missing = [sha256 for sha256 in sha256s if sha256 not in self._photos]
        if missing:
            if len(self._photos) >= _MOST_PHOTOS:
                self._photos.clear()
                missing = list(sha256s)
            with self.desk.case.store.read() as connection:
                found = photos.load_photos_among(connection, missing)
            self._photos.update((photo.sha256, photo) for photo in found)

    def list_near(self) -> list[str]:
        """The Photos (SHA-256) that a step can lead to: those beside the one on screen, of the Individual and
        of the list, and the first of each neighbour."""
        worklist, here = self.worklist, self.position
        own = worklist.positions_beside(here)
        place = own.index(here)
        near = {here - 1, here + 1, *own[max(0, place - _NEAR) : place + _NEAR]}
        if worklist.group_index(here) >= 0:
            near |= {worklist.find_first_of_neighbour(here, by) or 0 for by in (-1, 1)}
        return [worklist.items[position].sha256 for position in sorted(near) if 0 <= position < len(worklist)]

    def list_ahead(self) -> list[str]:
        """The Photos (SHA-256) whose pictures are made before they are asked for, the likeliest first: those
        that the next steps lead to, the one before, and the first of the next Individual."""
        worklist, here = self.worklist, self.position
        places = [here + step for step in _PICTURES_AHEAD]
        if worklist.group_index(here) >= 0:
            first_of_next = worklist.find_first_of_neighbour(here, 1)
            places += [] if first_of_next is None else [first_of_next]
        return [worklist.items[place].sha256 for place in dict.fromkeys(places) if 0 <= place < len(worklist)]

    def step(self, by: int) -> None:
        if not self.go(self.position + by):
            self.say("This is the last photograph." if by > 0 else "This is the first photograph.")

    def step_individual(self, by: int) -> None:
        if self.position >= 0 and not self.go(self.worklist.find_first_of_neighbour(self.position, by)):
            self.say("There is no further individual in this direction.")

    def next_unread(self) -> None:
        if self.position >= 0 and not self.go(self.worklist.next_unread(self.position)):
            self.say("Every other photograph of this worklist is complete or set aside.")

    def first(self) -> None:
        self.go(0)

    def last(self) -> None:
        self.go(len(self.worklist) - 1)

    def use_worklist(self, worklist: Worklist) -> None:
        """Change to another list; the Photo on screen stays if the list has it.

        Otherwise the first that is unread comes. KnownError for a list without Photos.
        """
        if not len(worklist):
            raise KnownError("This list has no photographs.", "The list before it stays.")
        here = self.sha256
        self.worklist.replace_by(worklist)
        position = worklist.position_of(here)
        if position is None:
            position = worklist.next_unread(len(worklist) - 1)
        self.position = -1
        self.go(position if position is not None else 0)
        self.notify_place()

    def notify_place(self) -> None:
        self.on_place.emit()

    def say(self, sentence: str) -> None:
        self.on_message.emit(sentence)
