"""Applying a chain of steps to pixels: rows of blue, green, red, unused; 8 bits each.

Everything is 8-bit in and 8-bit out between steps, so that the same chain on the same pixels gives the
same pixels. Steps that look at each value alone become one table.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from reviewer.domain.reading.enhancement import EnhancementChain, EnhancementStep
from reviewer.media.enhance import colour, local, tables
from reviewer.media.enhance.colour import BgrxPixels

ENGINE = f"opencv {cv2.__version__}, numpy {np.__version__}"
"""What computed; part of a display recipe."""

_WHOLE_PICTURE_STEPS: dict[str, Callable[[BgrxPixels, EnhancementStep, float], BgrxPixels]] = {
    "channel": lambda pixels, step, _scale: colour.extract_channel(pixels, step.value("channel")),
    "red-free": lambda pixels, _step, _scale: colour.apply_red_free(pixels),
    "erythema": lambda pixels, step, _scale: colour.compute_erythema_index(pixels, step.value("range")),
    "clahe": lambda pixels, step, _scale: local.apply_clahe(pixels, step.value("clip"), step.value("tiles")),
    "decorrelation": lambda pixels, step, _scale: colour.apply_decorrelation_stretch(
        pixels, step.value("spread")
    ),
    "unsharp": lambda pixels, step, scale: local.apply_unsharp_mask(
        pixels, step.value("amount"), step.value("radius") / 10 * scale
    ),
}


def apply_chain(pixels: BgrxPixels, chain: EnhancementChain, scale: float) -> BgrxPixels:
    """A new array (height, width, 4); `scale` is pixels of the array per pixel of the photograph.

    KeyError for a tool that is not known.
    """
    waiting: tables.LookupTable | None = None
    for step in chain.active:
        if step.tool in tables.CURVE_BUILDERS:
            waiting = tables.compose_tables(waiting, tables.build_table(step))
            continue
        pixels = tables.apply_table(pixels, waiting)
        waiting = None
        pixels = _WHOLE_PICTURE_STEPS[step.tool](pixels, step, scale)
    return tables.apply_table(pixels, waiting)


def soften_pixels(pixels: BgrxPixels, care: str) -> BgrxPixels:
    """What the reader asked for to be spared: "grey", "blur" (so that shapes stay and detail goes), or ""."""
    if care == "grey":
        return colour.to_grey(cv2.cvtColor(pixels, cv2.COLOR_BGRA2GRAY))  # type: ignore[arg-type]
    if care == "blur":
        across = max(3.0, max(pixels.shape[:2]) / 60)
        return cv2.GaussianBlur(pixels, (0, 0), across)  # type: ignore[return-value]
    return pixels


EQUAL_GREY = 128
"""The value of a difference where both pictures are the same."""


def subtract_pixels(one: BgrxPixels, other: BgrxPixels, gain: int) -> BgrxPixels:
    """What the second has more (above middle grey) or less (below) than the first, value by value, times
    `gain`; of the size of the first."""
    height, width = one.shape[:2]
    if other.shape[:2] != (height, width):
        other = cv2.resize(other, (width, height), interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return cv2.addWeighted(other, gain, one, -gain, EQUAL_GREY)  # type: ignore[return-value]
