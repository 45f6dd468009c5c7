"""Redacted copies of Photos: decoded whole, painted over, without anything else the file held.

The original is opened for reading only, by the one door every original goes through.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reviewer.domain.errors import KnownError
from reviewer.domain.photos.photo import Photo
from reviewer.domain.photos.redaction import Redaction
from reviewer.domain.photos.redaction_mask import find_rectangles_to_paint
from reviewer.media.pictures.redact import encode_redacted_copy, mask_small_picture
from reviewer.media.workers.pool import DecoderPool, Picture
from reviewer.services.case.open_case import OpenCase
from reviewer.services.pictures.picture_answers import PictureRequest, decode_picture
from reviewer.services.pictures.pictures import find_file_paths
from reviewer.services.pictures.resting import is_decoded_otherwise
from reviewer.storage.photos import photos
from reviewer.storage.shared import redactions


@dataclass(frozen=True)
class RedactedCopy:
    """A PNG and its SHA-256; `size` is width and height of the upright picture, in pixels."""

    content: bytes
    sha256: str
    size: tuple[int, int]
    areas: tuple[Redaction, ...]


def load_areas(case: OpenCase, photo: str) -> tuple[Redaction, ...]:
    """The areas to redact of a Photo (SHA-256), in the order in which they were drawn."""
    with case.store.read() as connection:
        return redactions.load_redactions(connection, [photo]).get(photo, ())


def load_areas_among(case: OpenCase, photos: Sequence[str]) -> dict[str, tuple[Redaction, ...]]:
    """SHA-256 -> the areas to redact, of those of these Photos that have any."""
    with case.store.read() as connection:
        return redactions.load_redactions(connection, photos)


def make_redacted_copy(
    case: OpenCase, pool: DecoderPool, photo: str, areas: Sequence[Redaction] | None = None
) -> RedactedCopy:
    """Make a copy of a Photo (SHA-256) with its areas painted over: those given, or the present ones.

    Of a file with several pictures it holds the first one only, and those areas that lie on it.
    KnownError says in one sentence why there can be none: the original cannot be read, has changed or is
    damaged, or an area reaches out of it.
    """
    with case.store.read() as connection:
        found = photos.find_photo(connection, photo)
    if found is None:
        raise _make_refusal("There is no such photograph in the case.")
    drawn = tuple(load_areas(case, photo) if areas is None else areas)
    wanted = tuple(mark for mark in drawn if mark.page == 1)
    if drawn and not wanted:
        raise _make_refusal(
            "What is to be redacted lies on other pictures of this file; a copy holds the first one."
        )
    rectangles = find_rectangles_to_paint(wanted, found.width, found.height, found.orientation)
    content = encode_redacted_copy(_decode_whole(case, pool, found), rectangles)
    return RedactedCopy(content, hashlib.sha256(content).hexdigest(), found.upright_size, wanted)


def _decode_whole(case: OpenCase, pool: DecoderPool, photo: Photo) -> Picture:
    """All pixels. What is damaged is refused: another decoder may put other pixels under the areas."""
    if photo.damage:
        raise _make_refusal(f"The photograph is damaged: {photo.damage}")
    places, whole = find_file_paths(case, photo.sha256), PictureRequest(photo.sha256, None)
    answer = decode_picture(pool, places, whole)
    if not isinstance(answer, Picture):
        raise _make_refusal(answer.reason)
    if answer.damage:
        raise _make_refusal(f"The photograph is damaged: {answer.damage}")
    if (answer.width, answer.height) != photo.upright_size:
        raise _make_refusal("It was decoded at another size than when it was ingested.")
    if pool.prover is not None and is_decoded_otherwise(pool.prover, places, whole, answer):
        pool.distrust_all()
        raise _make_refusal(
            "A process that has seen no other file decodes it otherwise: another file may have been made to "
            "falsify it."
        )
    return answer


def _make_refusal(reason: str) -> KnownError:
    return KnownError(reason, code="no-copy")


def make_thumbnail_redactor(
    case: OpenCase, small: Callable[[str], bytes | None]
) -> Callable[[str], bytes | None]:
    """Return a function from a Photo (SHA-256) to its small picture with its present areas black; None where
    no area was drawn, since then it is not known whether there is anything to redact."""
    with case.store.read() as connection:
        drawn = redactions.load_redactions(connection)
    areas = {photo: tuple(mark for mark in marks if mark.page == 1) for photo, marks in drawn.items()}

    def picture(sha256: str) -> bytes | None:
        jpeg = small(sha256) if areas.get(sha256) else None
        if jpeg is None:
            return None
        with case.store.read() as connection:
            photo = photos.find_photo(connection, sha256)
        if photo is None:
            return None
        try:
            rectangles = find_rectangles_to_paint(areas[sha256], photo.width, photo.height, photo.orientation)
        except KnownError:
            return None  # an area that reaches out of the photograph: it is not known what it was to cover
        return mask_small_picture(jpeg, photo.upright_size, rectangles)

    return picture
