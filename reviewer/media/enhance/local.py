"""Steps that look at the surroundings of a pixel: local contrast, unsharp mask. Lightness only."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from reviewer.media.enhance.colour import BgrxPixels

LEAST_RADIUS = 0.3


def apply_clahe(pixels: BgrxPixels, clip: int, tiles: int) -> BgrxPixels:
    """Contrast-limited adaptive histogram equalisation of Lab L; `clip` in tenths, `tiles` along the longer
    side.

    K. Zuiderveld, Graphics Gems IV, 1994. Tiles are shares of the picture, so that the grid lies on the
    same skin at every resolution.
    """
    engine = make_equaliser(pixels.shape[:2], clip, tiles)
    return _change_lightness(pixels, lambda lightness: engine.apply(lightness))


def make_equaliser(shape: tuple[int, ...], clip: int, tiles: int) -> cv2.CLAHE:
    """What equalises lightness of 8 or 16 bits; `shape`: height and width of the picture."""
    height, width = shape
    longest = max(height, width)
    across, down = (max(1, round(tiles * side / longest)) for side in (width, height))
    return cv2.createCLAHE(clipLimit=clip / 10, tileGridSize=(min(across, width), min(down, height)))


def apply_unsharp_mask(pixels: BgrxPixels, amount: int, radius: float) -> BgrxPixels:
    """The lightness plus `amount` % of what a Gaussian of `radius` pixels of the array takes away."""
    if radius < LEAST_RADIUS or not amount:
        return pixels
    return _change_lightness(pixels, lambda lightness: sharpen_lightness(lightness, amount, radius))


def sharpen_lightness(lightness: NDArray[Any], amount: int, radius: float) -> Any:
    """The same for lightness alone, of 8 or 16 bits."""
    soft = cv2.GaussianBlur(lightness, (0, 0), radius)
    share = amount / 100
    return cv2.addWeighted(lightness, 1 + share, soft, -share, 0)


def _change_lightness(pixels: BgrxPixels, change: object) -> BgrxPixels:
    lab = cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_BGRA2BGR), cv2.COLOR_BGR2Lab)
    lab[:, :, 0] = change(np.ascontiguousarray(lab[:, :, 0]))  # type: ignore[operator]
    return cv2.cvtColor(cv2.cvtColor(lab, cv2.COLOR_Lab2BGR), cv2.COLOR_BGR2BGRA)  # type: ignore[return-value]
