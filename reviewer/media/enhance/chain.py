"""Applying a chain of steps to pixels: rows of blue, green, red, unused; 8 bits each.

Everything is 8-bit in and 8-bit out between steps, so that the same chain on the same pixels gives the
same pixels. Steps that look at each value alone become one table.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from reviewer.domain.reading.enhancement import Chain, Step
from reviewer.media.enhance import colour, local, tables

Pixels = NDArray[np.uint8]
ENGINE = f"opencv {cv2.__version__}, numpy {np.__version__}"
"""What computed; part of a display recipe."""

_WHOLE: dict[str, Callable[[Pixels, Step, float], Pixels]] = {
    "channel": lambda pixels, step, _scale: colour.channel(pixels, step.value("channel")),
    "red-free": lambda pixels, _step, _scale: colour.red_free(pixels),
    "erythema": lambda pixels, step, _scale: colour.erythema(pixels, step.value("range")),
    "clahe": lambda pixels, step, _scale: local.clahe(pixels, step.value("clip"), step.value("tiles")),
    "decorrelation": lambda pixels, step, _scale: colour.decorrelated(pixels, step.value("spread")),
    "unsharp": lambda pixels, step, scale: local.unsharp(
        pixels, step.value("amount"), step.value("radius") / 10 * scale
    ),
}


def enhanced(pixels: Pixels, chain: Chain, scale: float) -> Pixels:
    """A new array (height, width, 4); `scale` is pixels of the array per pixel of the photograph.

    KeyError for a tool that is not known.
    """
    waiting: tables.Table | None = None
    for step in chain.active:
        if step.tool in tables.CURVES:
            waiting = tables.after(waiting, tables.table_of(step))
            continue
        pixels = tables.applied(pixels, waiting)
        waiting = None
        pixels = _WHOLE[step.tool](pixels, step, scale)
    return tables.applied(pixels, waiting)


def softened(pixels: Pixels, care: str) -> Pixels:
    """What the reader asked for to be spared: "grey", "blur" (so that shapes stay and detail goes), or ""."""
    if care == "grey":
        return colour.grey(cv2.cvtColor(pixels, cv2.COLOR_BGRA2GRAY))  # type: ignore[arg-type]
    if care == "blur":
        across = max(3.0, max(pixels.shape[:2]) / 60)
        return cv2.GaussianBlur(pixels, (0, 0), across)  # type: ignore[return-value]
    return pixels


def difference(one: Pixels, other: Pixels, gain: int) -> Pixels:
    """How far two pictures are apart, value by value, times `gain`; of the size of the first."""
    height, width = one.shape[:2]
    if other.shape[:2] != (height, width):
        other = cv2.resize(other, (width, height), interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return cv2.convertScaleAbs(cv2.absdiff(one, other), alpha=gain)  # type: ignore[return-value]
