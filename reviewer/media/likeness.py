"""A perceptual hash: near pictures get near hashes.

The difference hash: the upright picture as 9 x 8 greys, one bit for each pair of neighbours in a row, set
where the left is brighter (N. Krawetz, "Kind of Like That", 2013). Distance is the number of unlike bits.
"""

from __future__ import annotations

from PIL import Image


def difference_hash(picture: Image.Image) -> str:
    """64 bits as 16 hex digits; `picture` is upright, of any size and mode."""
    small = picture.convert("L").resize((9, 8), Image.Resampling.BOX)
    greys = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            place = row * 9 + column
            bits = (bits << 1) | (greys[place] > greys[place + 1])
    return f"{bits:016x}"
