"""The small picture that is kept of each photograph, and what follows from it, made from a worker's pixels.

A worker hands over pixels, which are only numbers. What is stored, and decoded again by the window, is a
file of our own making: nobody who took a worker over can put a file of theirs into the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import simplejpeg
from PIL import Image

from reviewer.media.decoding.difference_hash import LARGEST_STORED, compute_difference_hash, make_fingerprint

SIDE = LARGEST_STORED
_QUALITY = 80


@dataclass(frozen=True)
class SmallPicture:
    """An upright picture, its longest side at most SIDE; `pixels` are rows of red, green, blue."""

    width: int
    height: int
    pixels: bytes | memoryview

    @cached_property
    def grey(self) -> Image.Image:
        """The picture in grey, which likeness and fingerprint are made of."""
        return Image.frombytes("RGB", (self.width, self.height), self.pixels).convert("L")


def encode_small_picture(small: SmallPicture) -> bytes:
    rows = np.frombuffer(small.pixels, np.uint8).reshape(small.height, small.width, 3)
    return bytes(simplejpeg.encode_jpeg(rows, quality=_QUALITY, colorspace="RGB", colorsubsampling="420"))


def compute_likeness(small: SmallPicture) -> str:
    """The difference hash, 16 hex digits."""
    return compute_difference_hash(small.grey)


def compute_fingerprint(small: SmallPicture) -> bytes:
    return make_fingerprint(small.grey)
