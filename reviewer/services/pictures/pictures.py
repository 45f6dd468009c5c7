"""Pictures for the screen: decoded ahead of the reader in the worker pool, never on the face's thread.

The face says what it wants, most urgent first; each new list replaces the one before, so nothing that is
no longer wanted is decoded. Each picture is made from bytes whose SHA-256 is that of the Photo: a file
that has changed is refused, and said so.
"""

from __future__ import annotations

import logging
import os
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial

from reviewer.media.workers.evidence_file import locate_original
from reviewer.media.workers.pool import DecoderPool
from reviewer.media.workers.pool import Picture as Picture
from reviewer.media.workers.proof import FreshProcessVerifier
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import Post
from reviewer.services.pictures.photo_details import FileDetails, read_details
from reviewer.services.pictures.picture_answers import DOUBTED_PICTURE, decode_picture
from reviewer.services.pictures.picture_answers import MissingPicture as MissingPicture
from reviewer.services.pictures.picture_answers import PictureOrMissing as PictureOrMissing
from reviewer.services.pictures.picture_answers import PictureRequest as PictureRequest
from reviewer.services.pictures.resting import REST_SECONDS, PicturesOnScreen, is_decoded_otherwise
from reviewer.services.threads import BackgroundThreads
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import photos

logger = logging.getLogger(__name__)
CACHE_BYTES = 96 * 1024 * 1024
"""Twenty photographs as a screen of 1920 x 1080 shows them."""


def find_file_paths(case: OpenCase, sha256: str) -> list[bytes]:
    """Return where the files of a Photo were when they were ingested or found again, the first place
    first."""
    with case.store.read() as connection:
        roots = case_rows.load_source_roots(connection)
        return [
            locate_original(roots[source], path) for source, path in photos.load_paths(connection, sha256)
        ]


class PictureLoader(BackgroundThreads):
    """Keeps the latest pictures up to CACHE_BYTES; `on_ready` is called on the face's thread."""

    def __init__(
        self,
        case: OpenCase,
        pool: DecoderPool,
        post: Post,
        on_ready: Callable[[PictureRequest, PictureOrMissing], None],
        rest: float = REST_SECONDS,
    ) -> None:
        super().__init__()
        self._case, self._pool, self._post, self._on_ready = case, pool, post, on_ready
        self._wanted: list[PictureRequest] = []
        self._decoding: set[PictureRequest] = set()
        self._cache: OrderedDict[PictureRequest, PictureOrMissing] = OrderedDict()
        self._roots: dict[str, bytes] = {}
        self._on_screen = PicturesOnScreen(rest)
        self._has_spare_cores = pool.workers < (os.cpu_count() or 1)
        pool.stand_by()
        for number in range(pool.workers):
            self._start_thread(f"pictures {number}", self._run)
        if pool.prover is not None:
            self._start_thread("proofs of pictures", partial(self._run_proofs, pool.prover))

    def request(self, wanted: Sequence[PictureRequest], *, on_screen: Sequence[PictureRequest]) -> None:
        """Replace what is wanted. What is already there is not announced again: ask `get` first.

        `on_screen` are those that are looked at, whether they are wanted still or not. What stays there is
        made again by a process that has seen nothing else; what comes out otherwise is taken away, and
        announced as Missing.
        """
        with self._condition:
            self._wanted = [want for want in wanted if want not in self._cache]
            for want in reversed(wanted):
                if want in self._cache:
                    self._cache.move_to_end(want)
            self._on_screen.show({want: self._cache.get(want) for want in on_screen})
            self._condition.notify_all()

    def is_decoding(self) -> bool:
        """Return whether a picture is being decoded now, wanted still or not."""
        with self._condition:
            return bool(self._decoding)

    def get(self, want: PictureRequest) -> PictureOrMissing | None:
        """Return the picture if it is there now."""
        with self._condition:
            return self._cache.get(want)

    def decode_now(self, want: PictureRequest) -> PictureOrMissing:
        """Return the picture, decoded now if need be and not kept, for a thread that can wait."""
        return self.get(want) or self._decode(want)

    def details(self, sha256: str) -> FileDetails:
        """Read what the file says of its own making, now, for a thread that can wait."""
        return read_details(self._pool, self._find_paths(sha256), sha256)

    def forget_failures(self) -> None:
        """Try again what could not be shown: the drive may be back, or in another place."""
        with self._condition:
            self._roots = {}
            for want in [w for w, answer in self._cache.items() if isinstance(answer, MissingPicture)]:
                del self._cache[want]

    def thumbnail(self, sha256: str) -> bytes | None:
        """Return the small picture stored by ingest, as JPEG bytes."""
        return self._case.previews.get(sha256)

    def _run(self) -> None:
        while (want := self._take_next()) is not None:
            answer = self._decode(want)
            with self._condition:
                self._decoding.discard(want)
                self._add_to_cache(want, answer)
                self._on_screen.note_decoded(want, answer)
                self._condition.notify_all()
            self._post(lambda want=want, answer=answer: self._on_ready(want, answer))  # type: ignore[misc]

    def _take_next(self) -> PictureRequest | None:
        with self._condition:
            while not self._closing:
                for want in self._wanted:
                    if self._may_begin(want):
                        self._wanted.remove(want)
                        self._decoding.add(want)
                        return want
                self._condition.wait()
            return None

    def _may_begin(self, want: PictureRequest) -> bool:
        """Where decoders use every core, nothing is made ahead while what is on screen is being decoded: it
        would take from it half of what the processors share, and come no earlier for it."""
        if want in self._decoding or want in self._cache:
            return False
        if self._has_spare_cores or self._on_screen.shows(want):
            return True
        return not any(map(self._on_screen.shows, self._decoding))

    def _run_proofs(self, prover: FreshProcessVerifier) -> None:
        while (found := self._take_unproved()) is not None:
            want, shown = found
            if self._is_false(prover, want, shown):
                self._withdraw_false(want)

    def _take_unproved(self) -> tuple[PictureRequest, Picture] | None:
        with self._condition:
            while not self._closing:
                found = self._on_screen.take_unproved()
                if found is not None:
                    return found
                self._condition.wait(self._on_screen.compute_seconds_to_wait())
            return None

    def _is_false(self, prover: FreshProcessVerifier, want: PictureRequest, shown: Picture) -> bool:
        try:
            return is_decoded_otherwise(prover, self._find_paths(want.sha256), want, shown)
        except Exception:
            logger.exception("a picture could not be proved")
            return False

    def _withdraw_false(self, false: PictureRequest) -> None:
        """Stop showing this photograph, and make again what else is on screen or kept."""
        logger.warning("a picture on screen was not what a fresh process decodes")
        self._pool.distrust_all()
        with self._condition:
            gone, beside = self._on_screen.split_by_same_picture(false)
            self._cache = OrderedDict.fromkeys(gone, DOUBTED_PICTURE)
            self._wanted = [*beside, *(want for want in self._wanted if want not in beside)]
            self._condition.notify_all()
        for want in gone:
            self._post(lambda want=want: self._on_ready(want, DOUBTED_PICTURE))  # type: ignore[misc]

    def _decode(self, want: PictureRequest) -> PictureOrMissing:
        try:
            expected = self._find_whole_bytes(want.sha256) if want.box is None and want.page == 1 else 0
            return decode_picture(self._pool, self._find_paths(want.sha256), want, expected)
        except Exception:
            logger.exception("a picture could not be made")
            return MissingPicture(
                "unreadable", "A fault of the program kept this photograph from being shown."
            )

    def _find_paths(self, sha256: str) -> list[bytes]:
        with self._case.store.read() as connection:
            places = photos.load_paths(connection, sha256)
            roots = self._roots  # another thread may forget them meanwhile
            if any(source not in roots for source, _path in places):
                self._roots = roots = case_rows.load_source_roots(connection)
        return [locate_original(roots[source], path) for source, path in places]

    def _find_whole_bytes(self, sha256: str) -> int:
        """How many bytes the pixels of a whole photograph take."""
        with self._case.store.read() as connection:
            photo = photos.find_photo(connection, sha256)
        return 4 * photo.width * photo.height if photo is not None else 0

    def _add_to_cache(self, want: PictureRequest, answer: PictureOrMissing) -> None:
        self._cache[want] = answer
        while self._count_cache_bytes() > CACHE_BYTES and len(self._cache) > 1:
            del self._cache[self._find_least_needed()]

    def _find_least_needed(self) -> PictureRequest:
        """The picture that was wanted the longest ago; first of all a whole photograph that was left, which
        takes the room of a dozen that are fitted to the screen."""
        left = (want for want in self._cache if want.box is None and not self._on_screen.shows(want))
        return next(left, None) or next(iter(self._cache))

    def _count_cache_bytes(self) -> int:
        return sum(
            len(picture.pixels) + len(picture.deep)
            for picture in self._cache.values()
            if isinstance(picture, Picture)
        )
