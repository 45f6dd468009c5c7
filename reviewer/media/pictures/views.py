"""Pictures made from pictures: enhanced, softened, subtracted. The only door to the arrays behind them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reviewer.domain.reading.enhancement import Chain
from reviewer.media.enhance import chain as chains
from reviewer.media.enhance import deep
from reviewer.media.enhance.tables import neutral_gains
from reviewer.media.workers.pool import Picture

ENGINE = chains.ENGINE


def shown(picture: Picture, chain: Chain, care: str, photo_width: int) -> Picture:
    """The picture after `chain` and then after what the reader is spared; itself if there is neither.

    The steps of `chain` work on its 16 bits where it has them.
    """
    if not chain.active and not care:
        return picture
    scale = picture.width / max(1, photo_width)
    if picture.deep and chain.active:
        pixels = deep.enhanced(_plane(picture), chain, scale)
    else:
        pixels = chains.enhanced(_array(picture), chain, scale)
    return _picture(chains.softened(pixels, care), picture)


def difference(one: Picture, other: Picture, gain: int) -> Picture:
    """How far two pictures are apart, times `gain`; of the size of the first."""
    return _picture(chains.difference(_array(one), _array(other), gain), one)


def gains_at(picture: Picture, x: float, y: float) -> dict[str, int]:
    """White balance that makes the surroundings of (`x`, `y`; shares of the width and height) grey.

    The mean of a square of about half a hundredth of the picture's width.
    """
    array = _array(picture)
    reach = max(1, picture.width // 200)
    across, down = int(x * picture.width), int(y * picture.height)
    square = array[max(0, down - reach) : down + reach + 1, max(0, across - reach) : across + reach + 1, :3]
    blue, green, red = square.reshape(-1, 3).mean(axis=0)
    return neutral_gains(float(red), float(green), float(blue))


def _array(picture: Picture) -> NDArray[np.uint8]:
    rows = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.stride)
    return np.ascontiguousarray(rows[:, : 4 * picture.width]).reshape(picture.height, picture.width, 4)


def _plane(picture: Picture) -> NDArray[np.uint16]:
    values = np.frombuffer(picture.deep, np.uint16)
    shape = (picture.height, picture.width, 3)
    return values.reshape(shape if picture.channels == 3 else shape[:2])


def _picture(array: NDArray[np.uint8], like: Picture) -> Picture:
    height, width = array.shape[:2]
    content = np.ascontiguousarray(array).tobytes()
    return Picture(width, height, 4 * width, content, like.profile, like.origin, like.damage, like.shown_as)
