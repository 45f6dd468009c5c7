"""Pictures made from pictures: enhanced, softened, subtracted. The only door to the arrays behind them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from reviewer.domain.reading.enhancement import EnhancementChain
from reviewer.media.enhance import chain as chains
from reviewer.media.enhance import deep
from reviewer.media.enhance.tables import compute_neutral_gains
from reviewer.media.workers.pool import Picture

ENGINE = chains.ENGINE
BRIGHTNESS_CLASSES = 64


def apply_view(picture: Picture, chain: EnhancementChain, care: str, photo_width: int) -> Picture:
    """The picture after `chain` and then after what the reader is spared; itself if there is neither.

    The steps of `chain` work on its 16 bits where it has them.
    """
    if not chain.active and not care:
        return picture
    scale = picture.width / max(1, photo_width)
    if picture.deep and chain.active:
        pixels = deep.apply_chain_in_16_bits(_to_plane(picture), chain, scale)
    else:
        pixels = chains.apply_chain(_to_array(picture), chain, scale)
    return _picture_from_array(chains.soften_pixels(pixels, care), picture)


def subtract_pictures(one: Picture, other: Picture, gain: int) -> Picture:
    """The second less the first, times `gain`, around middle grey; of the size of the first."""
    return _picture_from_array(chains.subtract_pixels(_to_array(one), _to_array(other), gain), one)


def compute_gains_at(picture: Picture, x: float, y: float) -> dict[str, int]:
    """White balance that makes the surroundings of (`x`, `y`; shares of the width and height) grey.

    The mean of a square of about half a hundredth of the picture's width.
    """
    array = _to_array(picture)
    reach = max(1, picture.width // 200)
    across, down = int(x * picture.width), int(y * picture.height)
    square = array[max(0, down - reach) : down + reach + 1, max(0, across - reach) : across + reach + 1, :3]
    blue, green, red = square.reshape(-1, 3).mean(axis=0)
    return compute_neutral_gains(float(red), float(green), float(blue))


def count_brightness(picture: Picture) -> tuple[int, ...]:
    """How many pixels are of each of BRIGHTNESS_CLASSES classes of brightness, from black to white.

    Brightness is that of ITU-R BT.601 on the 8-bit values as they are shown (0.299 R + 0.587 G + 0.114 B).
    """
    grey = cv2.cvtColor(_to_array(picture), cv2.COLOR_BGRA2GRAY)
    counts = np.bincount(grey.ravel() // (256 // BRIGHTNESS_CLASSES), minlength=BRIGHTNESS_CLASSES)
    return tuple(int(count) for count in counts)


def _to_array(picture: Picture) -> NDArray[np.uint8]:
    rows = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.stride)
    return np.ascontiguousarray(rows[:, : 4 * picture.width]).reshape(picture.height, picture.width, 4)


def _to_plane(picture: Picture) -> NDArray[np.uint16]:
    values = np.frombuffer(picture.deep, np.uint16)
    shape = (picture.height, picture.width, 3)
    return values.reshape(shape if picture.channels == 3 else shape[:2])


def _picture_from_array(array: NDArray[np.uint8], like: Picture) -> Picture:
    height, width = array.shape[:2]
    content = np.ascontiguousarray(array).tobytes()
    return Picture(width, height, 4 * width, content, like.profile, like.origin, like.damage, like.shown_as)
