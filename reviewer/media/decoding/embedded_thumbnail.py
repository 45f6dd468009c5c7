"""The small picture that a camera wrote into its file beside the large one, and whether both show the same.

A program that changes a photograph may leave the small picture as it was. Runs in the worker process only.
"""

from __future__ import annotations

import io
import struct

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

from reviewer.domain.photos.file_tags import ThumbnailLikeness
from reviewer.media.decoding.difference_hash import FINGERPRINT_SIDE

BROKEN = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, OverflowError, struct.error)
"""What Pillow raises over broken tags and pictures."""
MOST_PIXELS = 4_000_000
_OFFSET, _LENGTH = 0x0201, 0x0202  # JPEGInterchangeFormat and its length (Exif 2.32, 4.6.8)
_HEAD, _JPEG = b"Exif\0\0", b"\xff\xd8"
_DARK, _FLAT, _MOST_BAR = 24.0, 6.0, 0.2
_LEAST_CORRELATION_OF_SAME, _LEAST_CORRELATION_OF_SIMILAR, _MOST_BLOCK_DIFFERENCE, _BLOCK = 0.93, 0.7, 36.0, 4
GreyArray = NDArray[np.float64]


def extract_thumbnail(picture: Image.Image) -> bytes:
    """Extract the bytes of the JPEG in the second directory of the EXIF; b"" without one."""
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


def decode_thumbnail(jpeg: bytes) -> Image.Image | None:
    """Its picture in RGB, as recorded; None if it cannot be decoded."""
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            return picture.convert("RGB")
    except BROKEN:
        return None


def compare_pictures(small: Image.Image, large: Image.Image) -> ThumbnailLikeness:
    """Whether two pictures show the same, however one of them is turned; bars beside one are left out."""
    wanted = _to_greys(large)
    if wanted.std() < _FLAT:
        return ThumbnailLikeness.CANNOT_TELL
    whole = small.convert("L")
    tries = [_to_greys(greys) for greys in (whole, _crop_bars(whole))]
    if max(greys.std() for greys in tries) < _FLAT:
        return ThumbnailLikeness.CANNOT_TELL
    turned = [np.rot90(greys, quarter) for greys in tries for quarter in range(4)]
    best = max(turned, key=lambda greys: _correlate(greys, wanted))
    found = _correlate(best, wanted)
    if found < _LEAST_CORRELATION_OF_SIMILAR:
        return ThumbnailLikeness.ANOTHER
    return (
        ThumbnailLikeness.SAME
        if found >= _LEAST_CORRELATION_OF_SAME and _measure_worst_block(best, wanted) < _MOST_BLOCK_DIFFERENCE
        else ThumbnailLikeness.CANNOT_TELL
    )


def _to_greys(picture: Image.Image) -> GreyArray:
    small = picture.convert("L").resize((FINGERPRINT_SIDE, FINGERPRINT_SIDE), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float64)


def _crop_bars(picture: Image.Image) -> Image.Image:
    """Cameras put a picture of 3:2 between dark bars, to fill 4:3."""
    greys = np.asarray(picture, dtype=np.float64)
    top, bottom = _count_bar_lines(greys)
    left, right = _count_bar_lines(greys.T)
    return picture.crop((left, top, picture.width - right, picture.height - bottom))


def _count_bar_lines(lines: GreyArray) -> tuple[int, int]:
    """How many lines at the beginning and at the end are dark and say nothing."""
    dark = (lines.mean(axis=1) < _DARK) & (lines.std(axis=1) < _FLAT)
    most = int(len(lines) * _MOST_BAR)
    first = next((place for place in range(most) if not dark[place]), most)
    last = next((place for place in range(most) if not dark[-1 - place]), most)
    return first, last


def _correlate(one: GreyArray, other: GreyArray) -> float:
    spread = float(one.std() * other.std())
    return float(((one - one.mean()) * (other - other.mean())).mean()) / spread if spread else 0.0


def _measure_worst_block(one: GreyArray, other: GreyArray) -> float:
    """By how many greys the least like of 64 parts differs, brightness and contrast made the same."""
    fitted = (one - one.mean()) / one.std() * other.std() + other.mean()
    blocks = FINGERPRINT_SIDE // _BLOCK
    unlike = (fitted - other).reshape(blocks, _BLOCK, blocks, _BLOCK)
    return float(np.abs(unlike).mean(axis=(1, 3)).max())
