"""Computing views beside the window: the latest request for each purpose, small pictures first."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from reviewer.domain.reading.enhancement import EnhancementChain
from reviewer.media.pictures import views
from reviewer.media.workers.pool import Picture
from reviewer.services.jobs import Post
from reviewer.services.threads import BackgroundThreads

logger = logging.getLogger(__name__)


def describe_engine(picture: Picture) -> str:
    """Describe what computes views of a picture: part of a display recipe."""
    return f"{views.ENGINE}, 16 bits" if picture.deep else views.ENGINE


def count_brightness(picture: Picture) -> tuple[int, ...]:
    """Return how many pixels are of each class of brightness, from black to white."""
    return views.count_brightness(picture)


@dataclass(frozen=True)
class ViewRequest:
    """A picture to be shown through `chain` and `care`; `photo_width`: pixels of the upright photograph.

    With `other` that picture less this one, times `gain`, is computed instead.
    """

    photo: str
    picture: Picture
    photo_width: int
    chain: EnhancementChain
    care: str = ""
    other: Picture | None = None
    gain: int = 1

    def compute(self) -> Picture:
        """Compute the view now. It is a pure function of the request."""
        if self.other is not None:
            return views.subtract_pictures(self.picture, self.other, self.gain)
        return views.apply_view(self.picture, self.chain, self.care, self.photo_width)


ViewCallback = Callable[[ViewRequest, Picture | None], None]


class Enhancer(BackgroundThreads):
    """One thread. A newer request for the same purpose replaces one that waits; smaller numbers go first."""

    def __init__(self, post: Post) -> None:
        super().__init__()
        self._post = post
        self._waiting: dict[int, tuple[ViewRequest, ViewCallback]] = {}
        self._start_thread("enhancer", self._run)

    def request_view(self, purpose: int, request: ViewRequest, done: ViewCallback) -> None:
        """Request a view; `done` is called on the face's thread with the request and its view, None if that
        failed."""
        with self._condition:
            self._waiting[purpose] = (request, done)
            self._condition.notify_all()

    def forget(self) -> None:
        """Drop all requests that wait."""
        with self._condition:
            self._waiting.clear()

    def _run(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._closing or bool(self._waiting))
                if self._closing:
                    return
                request, done = self._waiting.pop(min(self._waiting))
            view = self._compute(request)
            self._post(lambda done=done, request=request, view=view: done(request, view))  # type: ignore[misc]
            del request, done, view  # what belongs to the face is not let go by this thread

    def _compute(self, request: ViewRequest) -> Picture | None:
        try:
            return request.compute()
        except Exception:
            logger.exception("a view could not be computed")
            return None


def compute_white_balance_gains(picture: Picture, x: float, y: float) -> dict[str, int]:
    """White balance gains (thousandths) from a spot; `x`, `y`: shares of the picture's width and height."""
    return views.compute_gains_at(picture, x, y)
