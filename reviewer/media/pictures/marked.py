"""Marks drawn on a small picture of our own: dark lines with a light edge for any ground, and a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import simplejpeg

_LIGHT, _DARK = (255, 255, 255), (0, 0, 0)
_FONT, _TEXT_SIZE, _DOT, _NUMBER_GAP = cv2.FONT_HERSHEY_SIMPLEX, 0.4, 3, 4


@dataclass(frozen=True)
class NumberedOutline:
    """`corners` are pixels (x, y) of the upright photograph at its full size; one is drawn as a dot, two or
    more as a line that is closed where `closed`. `number` stands beside it."""

    corners: tuple[tuple[float, float], ...]
    closed: bool
    number: str


def draw_outlines(jpeg: bytes, full: tuple[int, int], outlines: Sequence[NumberedOutline]) -> bytes:
    """The same small picture with these on it, as JPEG; `full` is the upright size (width, height) of the
    photograph it was made from."""
    pixels = np.array(simplejpeg.decode_jpeg(jpeg))
    height, width = pixels.shape[:2]
    for outline in outlines:
        across, down = width / full[0], height / full[1]
        points = [(round(x * across), round(y * down)) for x, y in outline.corners]
        for colour, thick in ((_LIGHT, 3), (_DARK, 1)):
            _draw_outline(pixels, points, outline.closed, colour, thick)
        _draw_number(pixels, points, outline.number)
    content = simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), quality=85, colorsubsampling="444")
    return bytes(content)


def _draw_outline(
    pixels: np.ndarray, points: Sequence[tuple[int, int]], closed: bool, colour: Sequence[int], thick: int
) -> None:
    if len(points) == 1:
        cv2.circle(pixels, points[0], _DOT, colour, thick, cv2.LINE_AA)
        return
    corners = np.array(points, np.int32).reshape(-1, 1, 2)
    cv2.polylines(pixels, [corners], closed, colour, thick, cv2.LINE_AA)


def _draw_number(pixels: np.ndarray, points: Sequence[tuple[int, int]], number: str) -> None:
    """Right of the mark and above it, or as near to that as lies within the picture."""
    (wide, tall), below = cv2.getTextSize(number, _FONT, _TEXT_SIZE, 1)
    height, width = pixels.shape[:2]
    x = min(max(x for x, _y in points) + _NUMBER_GAP, width - wide - 1)
    y = max(min(y for _x, y in points), tall + 1)
    place = (max(0, x), min(y, height - below - 1))
    for colour, thick in ((_LIGHT, 3), (_DARK, 1)):
        cv2.putText(pixels, number, place, _FONT, _TEXT_SIZE, colour, thick, cv2.LINE_AA)
