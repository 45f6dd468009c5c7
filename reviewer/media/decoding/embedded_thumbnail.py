"""The small picture that a camera wrote into its file beside the large one, and whether both show the same.

A program that changes a photograph may leave the small picture as it was. Runs in the worker process only.
"""

from __future__ import annotations

import io
import struct

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

from reviewer.domain.photos.file_tags import Likeness
from reviewer.media.decoding.difference_hash import GREYS

BROKEN = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, OverflowError, struct.error)
"""What Pillow raises over broken tags and pictures."""
MOST_PIXELS = 4_000_000
_OFFSET, _LENGTH = 0x0201, 0x0202  # JPEGInterchangeFormat and its length (Exif 2.32, 4.6.8)
_HEAD, _JPEG = b"Exif\0\0", b"\xff\xd8"
_DARK, _FLAT, _MOST_BAR = 24.0, 6.0, 0.2
_ALIKE, _UNLIKE, _MOST_APART, _BLOCK = 0.93, 0.7, 36.0, 4
Greys = NDArray[np.float64]


def embedded(picture: Image.Image) -> bytes:
    """The bytes of the JPEG in the second folder of the EXIF; b"" if there is none."""
    content = picture.info.get("exif")
    if not isinstance(content, bytes):
        return b""
    try:
        folder = picture.getexif().get_ifd(ExifTags.IFD.IFD1)
        begins, length = int(folder.get(_OFFSET, 0)), int(folder.get(_LENGTH, 0))
    except BROKEN:
        return b""
    held = content.removeprefix(_HEAD)[begins : begins + length] if begins > 0 and length > 0 else b""
    return held if held.startswith(_JPEG) else b""


def opened(jpeg: bytes) -> Image.Image | None:
    """Its picture in RGB, as recorded; None if it cannot be decoded."""
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            return picture.convert("RGB")
    except BROKEN:
        return None


def likeness(small: Image.Image, large: Image.Image) -> Likeness:
    """Whether two pictures show the same, however one of them is turned; bars beside one are left out."""
    wanted = _greys(large)
    if wanted.std() < _FLAT:
        return Likeness.CANNOT_TELL
    whole = small.convert("L")
    tries = [_greys(each) for each in (whole, _without_bars(whole))]
    if max(each.std() for each in tries) < _FLAT:
        return Likeness.CANNOT_TELL
    turned = [np.rot90(each, quarter) for each in tries for quarter in range(4)]
    best = max(turned, key=lambda each: _correlation(each, wanted))
    found = _correlation(best, wanted)
    if found < _UNLIKE:
        return Likeness.ANOTHER
    return Likeness.SAME if found >= _ALIKE and _apart(best, wanted) < _MOST_APART else Likeness.CANNOT_TELL


def _greys(picture: Image.Image) -> Greys:
    small = picture.convert("L").resize((GREYS, GREYS), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float64)


def _without_bars(picture: Image.Image) -> Image.Image:
    """Cameras put a picture of 3:2 between dark bars, to fill 4:3."""
    greys = np.asarray(picture, dtype=np.float64)
    top, bottom = _bars(greys)
    left, right = _bars(greys.T)
    return picture.crop((left, top, picture.width - right, picture.height - bottom))


def _bars(lines: Greys) -> tuple[int, int]:
    """How many lines at the beginning and at the end are dark and say nothing."""
    dark = (lines.mean(axis=1) < _DARK) & (lines.std(axis=1) < _FLAT)
    most = int(len(lines) * _MOST_BAR)
    first = next((place for place in range(most) if not dark[place]), most)
    last = next((place for place in range(most) if not dark[-1 - place]), most)
    return first, last


def _correlation(one: Greys, other: Greys) -> float:
    spread = float(one.std() * other.std())
    return float(((one - one.mean()) * (other - other.mean())).mean()) / spread if spread else 0.0


def _apart(one: Greys, other: Greys) -> float:
    """By how many greys the least like of 64 parts differs, brightness and contrast made the same."""
    fitted = (one - one.mean()) / one.std() * other.std() + other.mean()
    blocks = GREYS // _BLOCK
    unlike = (fitted - other).reshape(blocks, _BLOCK, blocks, _BLOCK)
    return float(np.abs(unlike).mean(axis=(1, 3)).max())
