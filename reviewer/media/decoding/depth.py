"""Values of more than 8 bits: what they mean, how they are shown, and the 16 bits that enhancement works on.

A *plane* has 16 bits per value in the terms of the screen: 0 is black, 65535 white, however the file counts.
What is shown is the same plane in 8 bits. Runs in the worker process only.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

from reviewer.media.decoding import pictures_in_file
from reviewer.media.decoding.pictures_in_file import ContainedPicture

WHITE_LEVEL = 65535
DEEP_COLOUR = "16-bit"
_NARROW_RANGE = 16384
"""Values that stay below a quarter of the range, or spread over less, are stretched: 14 bits and fewer."""
_GREY_GROUND = 0x8080
_BITS, _PHOTOMETRIC = 258, 262
_MIN_IS_WHITE = 0
_BROKEN = (SyntaxError, OSError, ValueError, KeyError, IndexError, TypeError, OverflowError)

for _order, _mark in (("II", b"II"), ("MM", b"MM")):  # what Pillow can read and does not look for
    _mode = "I;16" if _order == "II" else "I;16B"
    TiffImagePlugin.OPEN_INFO.setdefault((_mark, 0, (1,), 1, (16,), ()), (_mode, _mode))
    TiffImagePlugin.OPEN_INFO.setdefault((_mark, 0, (1,), 1, (12,), ()), ("I;16", "I;12"))
    TiffImagePlugin.OPEN_INFO.setdefault((_mark, 1, (1,), 1, (12,), ()), ("I;16", "I;12"))


@dataclass(frozen=True)
class DeepPlane:
    """`plane`: rows of grey (height, width) or of blue, green, red (height, width, 3); `words` say so."""

    plane: NDArray[np.uint16]
    words: str


def is_deep_grey(picture: Image.Image) -> bool:
    """Whether a picture of Pillow's has grey values of more than 8 bits."""
    return picture.mode.startswith("I") or picture.mode == "F"


def is_deep_colour(picture: Image.Image) -> bool:
    """Whether the file has colours of 16 bits (Pillow gives their upper 8)."""
    return ";16" in str(getattr(picture, "tile", "")[:1]) and not is_deep_grey(picture)


def read_grey_plane(picture: Image.Image) -> DeepPlane:
    """The plane of a decoded picture with deep greys."""
    values = np.asarray(picture)
    tags = getattr(picture, "tag_v2", {})
    if picture.mode == "F":
        plane, words = _plane_from_floats(values)
    elif picture.mode.startswith("I;16"):
        plane, words = _plane_from_16_bits(values.astype(np.uint16, copy=False), _read_stated_bits(tags))
    else:
        plane, words = _plane_from_integers(values)
    if tags.get(_PHOTOMETRIC) == _MIN_IS_WHITE:
        plane = np.subtract(WHITE_LEVEL, plane, dtype=np.uint16)
    clear = picture.info.get("transparency")
    if isinstance(clear, int):
        plane[values == clear] = _GREY_GROUND
    return DeepPlane(plane, words)


def read_colour_plane(data: memoryview, name: str, inside: ContainedPicture | None) -> DeepPlane | None:
    """The plane of a file with 16-bit colours; None if the second decoder cannot read it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            content = np.frombuffer(pictures_in_file.move_to_front(data, name, inside), np.uint8)
            values = cv2.imdecode(content, cv2.IMREAD_UNCHANGED)
    except (cv2.error, *_BROKEN):
        return None
    if values is None or values.dtype != np.uint16 or values.ndim != 3:
        return None
    stretched, said = _stretch_range(cast(NDArray[np.uint16], values[:, :, :3]), WHITE_LEVEL)
    plane = np.ascontiguousarray(stretched)
    if values.shape[2] == 4:
        share = values[:, :, 3:].astype(np.float32) / WHITE_LEVEL
        plane = np.rint(plane * share + _GREY_GROUND * (1 - share)).astype(np.uint16)
    return DeepPlane(plane, DEEP_COLOUR + said)


def reduce_to_eight_bits(plane: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """The plane in 8 bits: 0 .. 65535 onto 0 .. 255, rounded."""
    return _TO_EIGHT_BITS[plane]


_TO_EIGHT_BITS = ((np.arange(WHITE_LEVEL + 1) + 128) // 257).astype(np.uint8)


def _read_stated_bits(tags: Any) -> int:
    stated = tags.get(_BITS)
    bits = stated[0] if isinstance(stated, tuple) and stated else stated
    return int(bits) if bits in {9, 10, 11, 12, 13, 14, 15} else 16


def _plane_from_16_bits(values: NDArray[np.uint16], bits: int) -> tuple[NDArray[np.uint16], str]:
    plane, said = _stretch_range(values, (1 << bits) - 1)
    return plane, f"{bits}-bit grey{said}"


def _stretch_range(values: NDArray[np.uint16], top: int) -> tuple[NDArray[np.uint16], str]:
    """Values of 0 .. `top` as a plane; stretched, with what is said of it, if they use little of that."""
    low, high = int(values.min()), int(values.max())
    used = max(1, round(100 * (high - low) / top))
    black, white, said = 0, top, ""
    if top == WHITE_LEVEL and 0 < high - low < _NARROW_RANGE:
        said = f", uses {used} % of its range, stretched for display"
        black, white = (0, (1 << high.bit_length()) - 1) if high < _NARROW_RANGE else (low, high)
    if (black, white) == (0, WHITE_LEVEL):
        return values.copy(), said
    onto = np.clip(
        np.rint((np.arange(WHITE_LEVEL + 1.0) - black) * (WHITE_LEVEL / (white - black))), 0, WHITE_LEVEL
    )
    return onto.astype(np.uint16)[values], said


def _plane_from_integers(values: NDArray[Any]) -> tuple[NDArray[np.uint16], str]:
    """Values of up to 32 bits with a sign."""
    low, high = int(values.min()), int(values.max())
    if low >= 0 and high <= 255:
        return (values * 257).astype(np.uint16), "grey"
    if low >= 0 and high <= WHITE_LEVEL:
        return _plane_from_16_bits(values.astype(np.uint16), 16)
    return _scale_between(values.astype(np.float64), low, high), f"grey, shown from {low:,} to {high:,}"


def _plane_from_floats(values: NDArray[Any]) -> tuple[NDArray[np.uint16], str]:
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    name = "floating-point grey"
    if low < 0 or high > WHITE_LEVEL:
        return _scale_between(values.astype(np.float64), low, high), f"{name}, shown from {low:g} to {high:g}"
    top = next(limit for limit in (1.0, 255.0, float(WHITE_LEVEL)) if high <= limit)
    return _scale_between(values.astype(np.float64), 0.0, top), name


def _scale_between(values: NDArray[np.float64], low: float, high: float) -> NDArray[np.uint16]:
    known = np.nan_to_num(values, nan=low, posinf=high, neginf=low)
    scaled = (known - low) * (WHITE_LEVEL / ((high - low) or 1.0))
    return np.clip(np.rint(scaled), 0, WHITE_LEVEL).astype(np.uint16)
