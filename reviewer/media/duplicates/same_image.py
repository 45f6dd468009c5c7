"""Whether two small pictures are one: laid over each other, is anything different anywhere?

A correlation over a whole picture does not see that a number on a card, or a mark on the skin, is another
one. So both are brought to the same brightness and contrast, and the one pixel that differs most decides, in
grey levels: a copy that was saved again, brightened, darkened, resized or turned differs by noise alone.

If they differ in size, one may be a cut of the other: then it is shifted and stretched a little to fit.
"""

from __future__ import annotations

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from reviewer.media.decoding.difference_hash import LARGEST_STORED
from reviewer.media.duplicates.candidates import turned

MOST_DIFFERENT, MOST_DIFFERENT_OF_CUT = 11.5, 11.0
"""Grey levels of 255; the second for pictures of different size, which are softened a little more. Drawn
copies of one size differed by at most 11.1, of half the size by 11.7 softened; cards whose digits are 2 %
of the picture's height by at least 12.8 (of half the size 6.6; of 3 %: 37), marks of 1 % of its width and 30
grey levels by at least 17 (softened: 15; docs/decisions/0034)."""
NOTHING_ALIKE = 255.0

_SOFT, _SOFT_OF_CUT = 0.65, 0.8
_DARK, _BRIGHT = 6, 249
_LEAST_CONTRAST, _LEAST_SEEN = 1.0, 0.3
_OF_THE_EDGE = 0.03
"""The share of what its neighbours differ by that a pixel may differ: edges are drawn a little otherwise."""
_EDGE_OF_THE_PICTURE = 2
_MOST_STRETCH, _MOST_SHEAR, _MOST_SHIFT = 0.06, 0.02, 12.0
_LEAST_ALIKE_IN_SHAPE = 0.9
_ROUNDS = 40
_NEIGHBOURS = np.ones((3, 3), np.uint8)

Small = NDArray[np.float32]


def opened(jpeg: bytes) -> Small | None:
    """The greys of a stored small picture; None if it is not one the program made."""
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
            if max(picture.size) > LARGEST_STORED:
                return None
            grey = picture.convert("L")
    except (OSError, ValueError, SyntaxError):
        return None
    return np.asarray(grey, np.float32)


def is_one(one: Small, other: Small, transform: int, may_be_cut: bool) -> bool:
    """Whether two small pictures show one picture; `transform` turns `other` as `one` is (see alike)."""
    same = _of_size(one, np.ascontiguousarray(turned(other, transform), np.float32))
    if same is None:
        return False
    if difference(one, same) <= MOST_DIFFERENT:
        return True
    if not may_be_cut:
        return False
    if difference(one, same, _SOFT_OF_CUT) <= MOST_DIFFERENT_OF_CUT:
        return True
    laid = _laid_over(one, same)
    return laid is not None and difference(one, laid, _SOFT_OF_CUT) <= MOST_DIFFERENT_OF_CUT


def difference(one: Small, other: Small, soft: float = _SOFT) -> float:
    """How far the most different pixel is apart, in grey levels of the picture with more contrast.

    Both of one size, softened by `soft` pixels; NOTHING_ALIKE for pictures that cannot be compared.
    """
    seen = (np.minimum(one, other) > _DARK) & (np.maximum(one, other) < _BRIGHT)
    if seen.mean() < _LEAST_SEEN:
        return NOTHING_ALIKE
    a, b = one[seen], other[seen]
    if float(a.std()) < _LEAST_CONTRAST or float(b.std()) < _LEAST_CONTRAST:
        return NOTHING_ALIKE
    gain = float(((a - a.mean()) * (b - b.mean())).mean() / a.var())
    if gain <= 0:
        return NOTHING_ALIKE
    apart = np.abs(_softened(np.asarray((one - a.mean()) - (other - b.mean()) / gain, np.float32), soft))
    edges = np.minimum(_range(one), _range(other) / gain)
    rest = np.maximum(0, apart - _OF_THE_EDGE * edges)
    rest[cv2.erode(seen.astype(np.uint8), _NEIGHBOURS) == 0] = 0
    cut = _EDGE_OF_THE_PICTURE
    rest[:cut] = rest[-cut:] = rest[:, :cut] = rest[:, -cut:] = 0  # edges are cut by a pixel
    return float(rest.max()) * max(1.0, gain)


def _softened(picture: Small, by: float) -> Small:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), by), np.float32)


def _range(picture: Small) -> Small:
    """How far the neighbours of each pixel, and itself, differ."""
    return np.asarray(cv2.dilate(picture, _NEIGHBOURS) - cv2.erode(picture, _NEIGHBOURS), np.float32)


def _of_size(one: Small, other: Small) -> Small | None:
    """`other` as large as `one`; None if it has another shape altogether."""
    if one.shape == other.shape:
        return other
    share = (one.shape[0] * other.shape[1]) / (one.shape[1] * other.shape[0])
    if not _LEAST_ALIKE_IN_SHAPE <= share <= 1 / _LEAST_ALIKE_IN_SHAPE:
        return None
    return np.asarray(cv2.resize(other, one.shape[::-1], interpolation=cv2.INTER_AREA), np.float32)


def _laid_over(one: Small, other: Small) -> Small | None:
    """`other` shifted and stretched a little so that it fits `one`; None if that takes more than a little."""
    warp = np.eye(2, 3, dtype=np.float32)
    ends = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _ROUNDS, 1e-5)
    try:
        _fit, found = cv2.findTransformECC(one, other, warp, cv2.MOTION_AFFINE, ends)
    except cv2.error:  # it does not converge: they do not fit
        return None
    warp = np.asarray(found, np.float32)
    stretch = max(abs(float(warp[0, 0]) - 1), abs(float(warp[1, 1]) - 1))
    shear = max(abs(float(warp[0, 1])), abs(float(warp[1, 0])))
    if stretch > _MOST_STRETCH or shear > _MOST_SHEAR or float(np.abs(warp[:, 2]).max()) > _MOST_SHIFT:
        return None
    how = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    laid = cv2.warpAffine(other, warp, one.shape[::-1], flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(laid, np.float32)
