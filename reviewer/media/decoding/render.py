"""A photograph as pixels for the screen: upright, sRGB, scaled once with care. Runs in the worker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from reviewer.domain.geometry import orientation as turn
from reviewer.media.decoding import decode, depth, opening, profiles

cv2.setNumThreads(1)  # there are as many workers as cores
PixelValues = TypeVar("PixelValues", NDArray[np.uint8], NDArray[np.uint16])
_AVERAGE_BELOW_SCALE = 0.6
"""Below this scale a linear filter would skip pixels; then areas are averaged."""


@dataclass(frozen=True)
class RenderedPixels:
    """`pixels` are rows of blue, green, red, unused; `stride` bytes each.

    `profile` names the ICC profile ("" if none); `origin` what the file holds if it is not 8-bit RGB.
    `deep` are the same pixels in 16 bits where the file has more than 8: rows of grey, or of blue, green, red
    (`channels` 1 or 3), without gaps.
    """

    width: int
    height: int
    stride: int
    pixels: memoryview
    profile: str
    origin: str
    damage: str
    shown_as: str = ""
    channels: int = 0
    deep: bytes = b""


def render(
    data: memoryview, box: tuple[int, int] | None, room: memoryview | None = None, page: int = 1
) -> RenderedPixels:
    """The upright picture fitted into `box` (width, height in pixels; never enlarged), or whole.

    `page` is the number of the picture in the file, from 1. The pixels may lie in `room` already, from its
    beginning. Raises Unusable.
    """
    opened = opening.open_content(data, page)
    wanted = _fit_into_box(opened, opened.orientation, box)
    array, profile, damage = _decode(opened, wanted if box else None, wanted, room)
    array = _scale(array, wanted)
    array = np.ascontiguousarray(_turn_upright(array, opened.orientation))
    height, width = array.shape[:2]
    content = memoryview(array.data).cast("B")
    made = RenderedPixels(width, height, 4 * width, content, profile, opened.origin, damage, opened.shown_as)
    deep = None if damage else decode.decode_deep_plane(opened)
    return made if deep is None else _attach_deep_plane(made, deep, wanted, opened.orientation)


def _attach_deep_plane(
    made: RenderedPixels, deep: depth.DeepPlane, wanted: tuple[int, int], orientation: int
) -> RenderedPixels:
    """The picture with its values in 16 bits; what is shown is made of them."""
    plane = np.ascontiguousarray(_turn_upright(_scale(deep.plane, wanted), orientation))
    grey = plane.ndim == 2
    eight = depth.reduce_to_eight_bits(plane)
    shown = cv2.cvtColor(eight, cv2.COLOR_GRAY2BGRA if grey else cv2.COLOR_BGR2BGRA)
    return replace(
        made,
        pixels=memoryview(np.ascontiguousarray(shown).data).cast("B"),
        origin=deep.words,
        channels=1 if grey else 3,
        deep=plane.tobytes(),
    )


def _decode(
    opened: opening.OpenedPicture,
    at_least: tuple[int, int] | None,
    wanted: tuple[int, int],
    room: memoryview | None,
) -> tuple[NDArray[np.uint8], str, str]:
    """Pixels of the recorded grid as BGRX, the profile's name, and what the decoder complained of."""
    profile = opened.picture.info.get("icc_profile")
    if opening.is_plain_jpeg(opened):
        array = decode.decode_jpeg_as_bgrx(opened, at_least, room)
        if array is not None:
            return array, profiles.read_profile_name(profile), ""
    picture, damage = decode.decode_pixels(opened, at_least)
    if picture.width * picture.height > 2 * wanted[0] * wanted[1]:
        picture.thumbnail(wanted, reducing_gap=None)  # colours are converted on fewer pixels
    picture, name = profiles.convert_to_srgb(picture, profile)
    return cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2BGRA), name, damage  # type: ignore[return-value]


def _scale(array: PixelValues, wanted: tuple[int, int]) -> PixelValues:
    height, width = array.shape[:2]
    if (width, height) == wanted:
        return array
    strong = wanted[0] < _AVERAGE_BELOW_SCALE * width or wanted[1] < _AVERAGE_BELOW_SCALE * height
    how = cv2.INTER_AREA if strong else cv2.INTER_LINEAR
    return cv2.resize(array, wanted, interpolation=how)  # type: ignore[return-value]


def _turn_upright(array: PixelValues, orientation: int) -> PixelValues:
    """Turn the recorded grid upright: axes are swapped first, then mirrored, as domain.orientation says."""
    if turn.swaps_axes(orientation):
        array = array.swapaxes(0, 1)
    if turn.mirrors_x(orientation):
        array = array[:, ::-1]
    return array[::-1] if turn.mirrors_y(orientation) else array


def _fit_into_box(
    opened: opening.OpenedPicture, orientation: int, box: tuple[int, int] | None
) -> tuple[int, int]:
    """The size in the recorded grid whose upright view fits the box."""
    if box is None:
        return opened.width, opened.height
    across, down = (box[1], box[0]) if turn.swaps_axes(orientation) else box
    scale = min(1.0, across / opened.width, down / opened.height)
    return max(1, round(opened.width * scale)), max(1, round(opened.height * scale))
