"""Which picture of a file is on screen, where a file holds several: a scanned report, a burst, an animation.

What was drawn on one is on that one only. Nothing is said of a file as a whole before each of its pictures
was on screen; of an animation, whose frames are a moment apart, the first one is enough, and it is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.errors import NotAllowed
from reviewer.domain.photos.photo import Photo, PictureInFile
from reviewer.services.events import Event

_MOST_FILES = 2000


class PageNavigator:
    """`page` counts from 1. `on_turned` is told when another picture of the same file is wanted on screen."""

    def __init__(self) -> None:
        self.page = 1
        self.on_turned: Event[[]] = Event()
        self._photo: Photo | None = None
        self._shown: dict[str, set[int]] = {}

    def begin(self, photo: Photo | None) -> None:
        """Begin with the first picture of a Photo."""
        self._photo, self.page = photo, 1

    @property
    def count(self) -> int:
        return self._photo.picture_count if self._photo else 1

    @property
    def picture(self) -> PictureInFile:
        """The picture on screen; NotAllowed if there is none."""
        if self._photo is None:
            raise NotAllowed("There is no photograph on screen.")
        return self._photo.picture(self.page)

    def step(self, by: int) -> None:
        """Go to the next or previous picture of the file. NotAllowed, with the reason, if it is the last."""
        if self.count < 2:
            raise NotAllowed("This file holds one picture.")
        if not 1 <= self.page + by <= self.count:
            raise NotAllowed(
                f"This is the {'last' if by > 0 else 'first'} of {self.count} pictures in this file."
            )
        self.turn_to(self.page + by)

    def turn_to(self, page: int) -> None:
        """Go to a picture of the file by its number; nothing happens if it is on screen or does not exist."""
        if page != self.page and 1 <= page <= self.count:
            self.page = page
            self.on_turned.emit()

    def note_shown(self) -> None:
        """The picture, or why it cannot be shown, is on screen."""
        if self._photo is None or self.count < 2:
            return
        if len(self._shown) >= _MOST_FILES and self._photo.sha256 not in self._shown:
            self._shown.pop(next(iter(self._shown)))
        self._shown.setdefault(self._photo.sha256, set()).add(self.page)

    def list_unseen_pages(self) -> tuple[int, ...]:
        """Return the numbers of the file's pictures not on screen in this sitting."""
        if self._photo is None or self.count < 2:
            return ()
        shown = self._shown.get(self._photo.sha256, set()) | {self.page}
        return tuple(page for page in range(1, self.count + 1) if page not in shown)

    def must_have_seen_all(self) -> None:
        """NotAllowed if a picture of the file was not on screen yet, but for the frames of an animation."""
        unseen = self.list_unseen_pages()
        if not unseen or (self._photo is not None and self._photo.is_animation):
            return
        which = _describe_pages(unseen)
        raise NotAllowed(
            f"This file holds {self.count} pictures, and {which} not been on screen yet. "
            "Ctrl+PgDown shows the next one."
        )

    def describe_unseen_frames(self) -> str:
        """Say that frames of an animation were not all on screen; "" if they were."""
        unseen = len(self.list_unseen_pages())
        if not unseen or self._photo is None or not self._photo.is_animation:
            return ""
        return f"{unseen:,} of the {self.count:,} frames of this animation were not on screen."


def _describe_pages(pages: Sequence[int]) -> str:
    if len(pages) == 1:
        return f"number {pages[0]} has"
    if len(pages) > 5:
        return f"{len(pages)} of them have"
    return f"numbers {', '.join(str(page) for page in pages[:-1])} and {pages[-1]} have"
