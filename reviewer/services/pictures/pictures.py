"""Pictures for the screen: decoded ahead of the reader in the worker pool, never on the face's thread.

The face says what it wants, most urgent first; each new list replaces the one before, so nothing that is
no longer wanted is decoded. Each picture is made from bytes whose SHA-256 is that of the Photo: a file
that has changed is refused, and said so.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial

from reviewer.media.workers.pool import DecoderPool
from reviewer.media.workers.pool import Picture as Picture
from reviewer.media.workers.proof import Prover
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import Post
from reviewer.services.pictures.photo_details import FileDetails, details
from reviewer.services.pictures.picture_answers import DOUBTED, decoded
from reviewer.services.pictures.picture_answers import Answer as Answer
from reviewer.services.pictures.picture_answers import Missing as Missing
from reviewer.services.pictures.picture_answers import Want as Want
from reviewer.services.pictures.resting import REST, OnScreen, is_false
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import photos

logger = logging.getLogger(__name__)
CACHE_BYTES = 160 * 1024 * 1024


def places_of(case: OpenCase, sha256: str) -> list[bytes]:
    """Where the files of a Photo were when they were ingested or found again, the first place first."""
    with case.store.read() as connection:
        roots = case_rows.source_roots(connection)
        return [os.path.join(roots[source], path) for source, path in photos.paths_of(connection, sha256)]


class Pictures:
    """Keeps the latest pictures up to CACHE_BYTES; `on_ready` is called on the face's thread."""

    def __init__(
        self,
        case: OpenCase,
        pool: DecoderPool,
        post: Post,
        on_ready: Callable[[Want, Answer], None],
        rest: float = REST,
    ) -> None:
        self._case, self._pool, self._post, self._on_ready = case, pool, post, on_ready
        self._wanted: list[Want] = []
        self._making: set[Want] = set()
        self._kept: OrderedDict[Want, Answer] = OrderedDict()
        self._roots: dict[str, bytes] = {}
        self._changed = threading.Condition()
        self._closing = False
        self._on_screen = OnScreen(rest)
        pool.stand_by()
        self._threads = [
            threading.Thread(target=self._run, name=f"pictures {number}", daemon=True)
            for number in range(pool.workers)
        ]
        if pool.prover is not None:
            prove = partial(self._run_proofs, pool.prover)
            self._threads.append(threading.Thread(target=prove, name="proofs of pictures", daemon=True))
        for thread in self._threads:
            thread.start()

    def want(self, wanted: Sequence[Want], *, on_screen: Sequence[Want]) -> None:
        """Replace what is wanted. What is there already is not announced again: ask `get` first.

        `on_screen` are those that are looked at, whether they are wanted still or not. What stays there is
        made again by a process that has seen nothing else; what comes out otherwise is taken away, and
        announced as Missing.
        """
        with self._changed:
            self._wanted = [each for each in wanted if each not in self._kept]
            for each in reversed(wanted):
                if each in self._kept:
                    self._kept.move_to_end(each)
            self._on_screen.show({each: self._kept.get(each) for each in on_screen})
            self._changed.notify_all()

    def get(self, want: Want) -> Answer | None:
        """The picture if it is there now."""
        with self._changed:
            return self._kept.get(want)

    def made(self, want: Want) -> Answer:
        """The picture, made now if it is not there, for a thread that can wait; it is not kept."""
        return self.get(want) or self._made(want)

    def details(self, sha256: str) -> FileDetails:
        """What the file says of its own making, read now, for a thread that can wait."""
        return details(self._pool, self._paths(sha256), sha256)

    def forget_failures(self) -> None:
        """Try again what could not be shown: the drive may be back, or in another place."""
        with self._changed:
            self._roots = {}
            for want in [w for w, answer in self._kept.items() if isinstance(answer, Missing)]:
                del self._kept[want]

    def thumbnail(self, sha256: str) -> bytes | None:
        """The stored small picture as JPEG bytes made by ingest."""
        return self._case.previews.get(sha256)

    def close(self) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while (want := self._take()) is not None:
            answer = self._made(want)
            with self._changed:
                self._making.discard(want)
                self._keep(want, answer)
                self._on_screen.arrived(want, answer)
                self._changed.notify_all()
            self._post(lambda want=want, answer=answer: self._on_ready(want, answer))  # type: ignore[misc]

    def _take(self) -> Want | None:
        with self._changed:
            while not self._closing:
                for want in self._wanted:
                    if want not in self._making and want not in self._kept:
                        self._wanted.remove(want)
                        self._making.add(want)
                        return want
                self._changed.wait()
            return None

    def _run_proofs(self, prover: Prover) -> None:
        while (found := self._take_unproved()) is not None:
            want, shown = found
            if self._is_false(prover, want, shown):
                self._take_away(want)

    def _take_unproved(self) -> tuple[Want, Picture] | None:
        with self._changed:
            while not self._closing:
                found = self._on_screen.taken()
                if found is not None:
                    return found
                self._changed.wait(self._on_screen.seconds_to_wait())
            return None

    def _is_false(self, prover: Prover, want: Want, shown: Picture) -> bool:
        try:
            return is_false(prover, self._paths(want.sha256), want, shown)
        except Exception:
            logger.exception("a picture could not be proved")
            return False

    def _take_away(self, false: Want) -> None:
        """Show nothing more of this photograph, and make anew what else is on screen or kept."""
        logger.warning("a picture on screen was not what a fresh process decodes")
        self._pool.distrust_all()
        with self._changed:
            gone, beside = self._on_screen.parted(false)
            self._kept = OrderedDict.fromkeys(gone, DOUBTED)
            self._wanted = [*beside, *(each for each in self._wanted if each not in beside)]
            self._changed.notify_all()
        for want in gone:
            self._post(lambda want=want: self._on_ready(want, DOUBTED))  # type: ignore[misc]

    def _made(self, want: Want) -> Answer:
        try:
            return decoded(self._pool, self._paths(want.sha256), want)
        except Exception:
            logger.exception("a picture could not be made")
            return Missing("unreadable", "A fault of the program kept this photograph from being shown.")

    def _paths(self, sha256: str) -> list[bytes]:
        with self._case.store.read() as connection:
            places = photos.paths_of(connection, sha256)
            roots = self._roots  # another thread may forget them meanwhile
            if any(source not in roots for source, _path in places):
                self._roots = roots = case_rows.source_roots(connection)
        return [os.path.join(roots[source], path) for source, path in places]

    def _keep(self, want: Want, answer: Answer) -> None:
        self._kept[want] = answer
        while self._weight() > CACHE_BYTES and len(self._kept) > 1:
            self._kept.popitem(last=False)

    def _weight(self) -> int:
        return sum(
            len(each.pixels) + len(each.deep) for each in self._kept.values() if isinstance(each, Picture)
        )
