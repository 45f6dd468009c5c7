"""A redacted copy as a file: painted over, and nothing in it but pixels."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from reviewer.domain.burning import Rectangle
from reviewer.media.pool import Picture

_LEVEL = 3
"""Of zlib. Higher ones take three times as long for 3 % less (measured on photographs of 5 megapixels)."""


def burnt(picture: Picture, covered: Iterable[Rectangle]) -> bytes:
    """A PNG of the picture (8-bit sRGB, upright) in which every pixel of these rectangles is black.

    Only what a PNG must have is in it: header, pixels, end. It is made from pixels, so nothing else of the
    file they came from can be in it. The same pixels give the same bytes.
    """
    rows = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.stride)
    pixels = rows[:, : 4 * picture.width].reshape(picture.height, picture.width, 4)[:, :, :3].copy()
    for left, top, right, bottom in covered:
        pixels[top:bottom, left:right] = 0
    done, content = cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, _LEVEL])
    if not done:
        raise ValueError("the copy could not be encoded")
    return content.tobytes()
