"""A perceptual hash, near for near pictures, and the small greys that finding near-duplicates works on.

The difference hash: the upright picture as 9 x 8 greys, one bit for each pair of neighbours in a row, set
where the left is brighter (N. Krawetz, "Kind of Like That", 2013). Distance is the number of unlike bits.
"""

from __future__ import annotations

import io

from PIL import Image

FINGERPRINT_SIDE = 32
LARGEST_STORED = 256


def make_fingerprint(picture: Image.Image) -> bytes:
    """GREYS x GREYS greys, row by row; `picture` is upright, of any size and mode."""
    return picture.convert("L").resize((FINGERPRINT_SIDE, FINGERPRINT_SIDE), Image.Resampling.BOX).tobytes()


def fingerprint_from_jpeg(jpeg: bytes) -> bytes:
    """The same from a small picture the program has stored; b"" if it is none."""
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
            return make_fingerprint(picture) if max(picture.size) <= LARGEST_STORED else b""
    except (OSError, ValueError, SyntaxError):
        return b""


def compute_difference_hash(picture: Image.Image) -> str:
    """64 bits as 16 hex digits; `picture` is upright, of any size and mode."""
    small = picture.convert("L").resize((9, 8), Image.Resampling.BOX)
    greys = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            place = row * 9 + column
            bits = (bits << 1) | (greys[place] > greys[place + 1])
    return f"{bits:016x}"
