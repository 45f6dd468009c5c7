"""Steps that mix the channels of a pixel: single channels, ratios, decorrelation."""

from __future__ import annotations

from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from reviewer.media.enhance import tables

BgrxPixels = NDArray[np.uint8]
SAMPLED_PIXELS = 200_000
"""About how many pixels the statistics of a decorrelation stretch are taken from, evenly spread."""
LOG_SCALE = 100


def _as_pixels(array: NDArray[Any]) -> BgrxPixels:
    """For the type checker: the engine says less of what it returns than is known here."""
    return cast(BgrxPixels, array)


def to_grey(values: NDArray[np.uint8]) -> BgrxPixels:
    """One value per pixel as a grey picture."""
    return _as_pixels(cv2.cvtColor(values, cv2.COLOR_GRAY2BGRA))


def extract_channel(pixels: BgrxPixels, which: int) -> BgrxPixels:
    """One of domain.enhancement.CHANNELS, as grey; a and b of Lab have their zero at 128."""
    if which < 3:
        return to_grey(np.ascontiguousarray(pixels[:, :, 2 - which]))
    bgr = cv2.cvtColor(pixels, cv2.COLOR_BGRA2BGR)
    if which < 6:
        lab = cv2.cvtColor(bgr, cv2.COLOR_BGR2Lab)
        return to_grey(np.ascontiguousarray(lab[:, :, which - 3]))
    hsv = cv2.cvtColor(bgr, cv2.COLOR_BGR2HSV_FULL)
    return to_grey(np.ascontiguousarray(hsv[:, :, which - 6]))


def apply_red_free(pixels: BgrxPixels) -> BgrxPixels:
    """The rounded mean of green and blue."""
    return to_grey(_as_pixels(cv2.addWeighted(pixels[:, :, 0].copy(), 0.5, pixels[:, :, 1].copy(), 0.5, 0)))


def compute_erythema_index(pixels: BgrxPixels, span: int) -> BgrxPixels:
    """100 log10(R / G) in linear light, from -span to +span onto black to white; grey where R equals G.

    The form of the erythema index of skin reflectance (J. B. Dawson et al., Phys. Med. Biol. 25, 1980);
    a photograph is not a reflectance measurement, so the number means nothing outside this picture.
    """
    logs = np.rint(LOG_SCALE * 10 * np.log10(np.maximum(tables.srgb_to_linear(), 1e-4))).astype(np.int16)
    difference = logs[pixels[:, :, 2]] - logs[pixels[:, :, 1]]
    steps = np.arange(-8000, 8001)
    onto = np.clip(np.rint(127.5 + steps * (127.5 / (10 * span))), 0, 255).astype(np.uint8)
    return to_grey(onto[difference.astype(np.intp) + 8000])


def apply_decorrelation_stretch(pixels: BgrxPixels, spread: int) -> BgrxPixels:
    """The principal axes of the colours stretched to one standard deviation of `spread`, about the mean.

    After A. R. Gillespie, A. B. Kahle and R. E. Walker, Remote Sensing of Environment 20, 1986.
    """
    bgr = cv2.cvtColor(pixels, cv2.COLOR_BGRA2BGR)
    stride = max(1, int((bgr.shape[0] * bgr.shape[1] / SAMPLED_PIXELS) ** 0.5))
    sample = bgr[::stride, ::stride].reshape(-1, 3).astype(np.float64)
    turn, shift = compute_decorrelation(sample, spread)
    matrix = np.hstack([turn, shift.reshape(3, 1)])
    return _as_pixels(cv2.cvtColor(cv2.transform(bgr, matrix), cv2.COLOR_BGR2BGRA))


def compute_decorrelation(sample: NDArray[np.float64], spread: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The matrix and the shift of a decorrelation stretch, from colours 0 .. 255 (rows of three)."""
    mean = sample.mean(axis=0)
    covariance = (sample - mean).T @ (sample - mean) / max(1, len(sample) - 1)
    lengths, axes = np.linalg.eigh(covariance)
    stretch = np.where(lengths > 0.01, spread / np.sqrt(np.maximum(lengths, 0.01)), 0.0)
    turn = np.rint((axes * stretch) @ axes.T * 1024) / 1024
    return turn, np.rint((np.rint(mean) - turn @ np.rint(mean)) * 1024) / 1024
