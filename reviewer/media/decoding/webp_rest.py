"""A WebP that was cut, shown as far as it goes, though its decoder gives all of a picture or nothing.

What is missing is filled up in two ways that have nothing in common. The decoder works from the top down: the
lines that come out the same both times do not depend on what is missing, so they are what the file holds.
Runs in the worker process only.
"""

from __future__ import annotations

import io
import struct

import numpy as np
from PIL import Image

from reviewer.media.decoding.trouble import DECODERS_RAISE

_FILLINGS = (b"\0", b"\xff", b"\x55", b"\xaa", b"\x33", b"\x0f")
_WANTED_PICTURES = 2
_MOST_MISSING = 400 << 20
_BLOCK_LINES = 16
"""Lines: the decoder smooths over the edges of its blocks, that is, with what is below."""
_PICTURES = {b"VP8 ", b"VP8L"}
_BYTES_PER_PIXEL = 4


def fill_missing_bytes(data: memoryview, filling: bytes = b"\0", more: int = 0) -> bytes:
    """The file with all its bytes, the missing ones made of `filling`, and `more` of them; only its header
    can be trusted. The file as it is if it is not the picture in which it ends. Raises struct.error."""
    place = 12
    while place + 8 <= len(data):
        kind, (length,) = bytes(data[place : place + 4]), struct.unpack_from("<I", data, place + 4)
        end = place + 8 + length
        if end > len(data):
            missing = end - len(data) + more + ((length + more) & 1)
            if kind not in _PICTURES or missing > _MOST_MISSING:
                break
            whole = bytearray(data) + filling * missing
            struct.pack_into("<I", whole, place + 4, length + more)
            struct.pack_into("<I", whole, 4, len(whole) - 8)
            return bytes(whole)
        place = end + (length & 1)
    return bytes(data)


def decode_remaining_lines(data: memoryview, size: tuple[int, int]) -> Image.Image | None:
    """The lines from the top that the file holds; None if there are none, or the decoder gives nothing."""
    found: list[Image.Image] = []
    for filling in _FILLINGS:
        try:
            picture = Image.open(
                io.BytesIO(fill_missing_bytes(data, filling, _BYTES_PER_PIXEL * size[0] * size[1])),
                formats=["WEBP"],
            )
            picture.load()
        except DECODERS_RAISE:  # these bytes mean nothing to it; others may
            continue
        found.append(picture)
        if len(found) == _WANTED_PICTURES:
            break
    if len(found) < _WANTED_PICTURES or found[0].size != found[1].size:
        return None
    one, other = (np.asarray(decoded.convert("RGBA")) for decoded in found)
    same = (one == other).all(axis=(1, 2))
    lines = (int(np.argmin(same)) if not same.all() else len(same)) - _BLOCK_LINES
    return found[0].crop((0, 0, size[0], lines)) if lines > 0 else None
