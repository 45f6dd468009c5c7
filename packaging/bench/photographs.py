"""Photographs for measuring: of the entropy of a compact camera's, any number, any size, seconds to make.

A few pictures are rendered and encoded; further files are the same with another comment segment, so that
each is a content of its own. Neighbours and those seven apart are different pictures.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import simplejpeg

DIFFERENT = 11
SIZES = {0.2: (512, 384), 2: (1600, 1200), 12: (4000, 3000), 24: (6000, 4000)}
"""Width and height by megapixels."""
_QUALITY = 90


def make_photographs(folder: Path, count: int, width: int, height: int, group: int = 0) -> None:
    """`count` JPEGs of `width` x `height` pixels; in folders of `group` if that is not 0."""
    contents = [content(width, height, seed) for seed in range(min(count, DIFFERENT))]
    for number in range(count):
        place = folder / f"body {number // group + 1:03}" if group else folder
        place.mkdir(parents=True, exist_ok=True)
        comment = f"number {number}".encode("ascii")
        segment = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
        data = contents[number % len(contents)]
        (place / f"IMG_{number:04}.JPG").write_bytes(data[:2] + segment + data[2:])


def content(width: int, height: int, seed: int) -> bytes:
    """Soft colours, edges, and sensor noise that survives a JPEG of quality 90."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(30, 225, (9, 12, 3), dtype=np.uint8)
    soft = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.int16)
    for _shape in range(40):
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        radius = int(rng.integers(20, max(21, width // 12)))
        colour = [int(each) for each in rng.integers(20, 235, 3)]
        cv2.circle(soft, (x, y), radius, colour, -1)
    fine = rng.normal(0, 6, (height, width, 1))
    middle = cv2.resize(rng.normal(0, 14, (height // 4, width // 4)), (width, height))
    made = np.clip(soft + fine + middle[:, :, None], 0, 255).astype(np.uint8)
    return bytes(simplejpeg.encode_jpeg(np.ascontiguousarray(made), quality=_QUALITY, colorspace="RGB"))
