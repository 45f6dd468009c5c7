"""Small pictures for a view that scrolls: read by one thread, most urgent first, dropped once out of view.

Only bytes come from here. The face decodes them, as many as it has time for between two frames.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence

from reviewer.services.jobs import Post
from reviewer.services.threads import BackgroundThreads

logger = logging.getLogger(__name__)
_MOST_READY = 64
"""Pictures read and not yet decoded; more of them would only be late."""


class ThumbnailLoader(BackgroundThreads):
    """`fetch` gives the bytes of a Photo's small picture, None if there is none.

    `on_ready` is called on the face's thread when there is something to take; not again until it is taken.
    """

    def __init__(
        self, fetch: Callable[[str], bytes | None], post: Post, on_ready: Callable[[], None]
    ) -> None:
        super().__init__()
        self._fetch, self._post, self._on_ready = fetch, post, on_ready
        self._wanted: list[str] = []
        self._ready: deque[tuple[str, bytes]] = deque()
        self._reading = ""
        self._is_announced = False
        self._start_thread("thumbnails", self._run)

    def request(self, photos: Sequence[str]) -> None:
        """Replace what is wanted, most urgent first; pictures read but not wanted any longer are dropped."""
        with self._condition:
            wanted = set(photos)
            self._ready = deque(thumbnail for thumbnail in self._ready if thumbnail[0] in wanted)
            there = {name for name, _content in self._ready} | {self._reading}
            self._wanted = [photo for photo in reversed(photos) if photo not in there]
            self._condition.notify_all()

    def take(self) -> tuple[str, bytes] | None:
        """Return a picture that was read (no bytes if the Photo has none), None if nothing is ready."""
        with self._condition:
            self._is_announced = bool(self._ready)
            if not self._ready:
                return None
            found = self._ready.popleft()
            self._condition.notify_all()
            return found

    def _run(self) -> None:
        while (photo := self._take_next()) is not None:
            content = self._read(photo)
            with self._condition:
                self._reading = ""
                self._ready.append((photo, content))
                tell, self._is_announced = not self._is_announced, True
            if tell:
                self._post(self._on_ready)

    def _take_next(self) -> str | None:
        with self._condition:
            while not self._closing:
                if self._wanted and len(self._ready) < _MOST_READY:
                    self._reading = self._wanted.pop()
                    return self._reading
                self._condition.wait()
            return None

    def _read(self, photo: str) -> bytes:
        try:
            return self._fetch(photo) or b""
        except Exception:
            logger.exception("a small picture could not be read")
            return b""
