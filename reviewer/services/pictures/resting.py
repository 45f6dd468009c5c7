"""What is looked at is proved: which pictures rest on screen, and whether a fresh process sees them too.

A picture that was flicked past need not be: nothing can be judged by it. One that stays is rendered again by
a process that has seen no other file (docs/decisions/0032), whichever screen shows it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from reviewer.domain.photos.photo import ProblemKind
from reviewer.media.workers.pool import Picture
from reviewer.media.workers.proof import FreshProcessVerifier
from reviewer.services.pictures.picture_answers import PictureOrMissing, PictureRequest

REST_SECONDS = 0.4
"""Seconds on screen after which a picture is taken to be looked at."""


class PicturesOnScreen:
    """The pictures on screen and since when they are there. Its owner sees to one thread at a time.

    It holds the pictures themselves: what is looked at is proved whether it is still kept or not.
    """

    def __init__(self, rest: float) -> None:
        self._rest = rest
        self._since: dict[PictureRequest, float] = {}
        self._shown: dict[PictureRequest, Picture] = {}
        self._proved: set[PictureRequest] = set()

    def show(self, answers: Mapping[PictureRequest, PictureOrMissing | None]) -> None:
        """Set what is on screen; None for what is not there yet."""
        now = time.monotonic()
        self._since = {want: self._since.get(want, now) for want in answers}
        shown = {want: self._shown.get(want, answer) for want, answer in answers.items()}
        self._shown = {want: picture for want, picture in shown.items() if isinstance(picture, Picture)}

    def shows(self, want: PictureRequest) -> bool:
        """Whether this is looked at, or will be once it is there."""
        return want in self._since

    def note_decoded(self, want: PictureRequest, answer: PictureOrMissing) -> None:
        """Note that a picture was decoded: if it is on screen, it begins to be looked at now, unproved."""
        self._proved.discard(want)
        if want in self._since and isinstance(answer, Picture):
            self._since[want] = time.monotonic()
            self._shown[want] = answer

    def take_unproved(self) -> tuple[PictureRequest, Picture] | None:
        """Return a picture that has rested and has to be proved; from here on it counts as proved."""
        now = time.monotonic()
        for want in self._list_unproved():
            if now - self._since[want] >= self._rest:
                self._proved.add(want)
                return want, self._shown[want]
        return None

    def compute_seconds_to_wait(self) -> float | None:
        """Return how long until a picture will have rested; None if no picture waits for it."""
        now = time.monotonic()
        return min((self._since[want] + self._rest - now for want in self._list_unproved()), default=None)

    def split_by_same_picture(
        self, false: PictureRequest
    ) -> tuple[list[PictureRequest], list[PictureRequest]]:
        """Split what is on screen into what shows the same picture of the same file as `false`, which comes
        first, and the rest. Nothing counts as shown or proved afterwards."""
        same = [want for want in self._since if (want.sha256, want.page) == (false.sha256, false.page)]
        beside = [want for want in self._shown if want not in same]
        self._shown.clear()
        self._proved.clear()
        return [false, *(want for want in same if want != false)], beside

    def _list_unproved(self) -> list[PictureRequest]:
        return [want for want in self._shown if want not in self._proved]


def is_decoded_otherwise(
    prover: FreshProcessVerifier, paths: Sequence[bytes], want: PictureRequest, shown: Picture
) -> bool:
    """Return whether a fresh process decodes the same content to a different picture; False if it takes too
    long."""
    for path in paths:
        fresh = prover.render(path, want.box, want.page)
        if fresh.sha256 == want.sha256:
            late = fresh.problem is not None and fresh.problem.kind is ProblemKind.TIMED_OUT
            return fresh.picture != shown and not late
    return False
