"""Whether two small pictures are one: laid over each other, is anything different anywhere?

A correlation over a whole picture does not see that a number on a card, or a mark on the skin, is another
one. So both are softened a little and brought to the same brightness; what lies beyond the range of its
neighbours in the other picture is left over; and the worst of 256 blocks decides: the root mean square of
what is left there, as a share of the contrast of the whole.

If they are of different size, one may be a cut of the other: then it is shifted and stretched to fit first,
and less may be left.
"""

from __future__ import annotations

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from reviewer.media.alike import turned
from reviewer.media.likeness import LARGEST_STORED

MOST_LEFT, MOST_LEFT_OF_CUT = 0.25, 0.15
"""On generated photographs no two different ones left less than 0.30, cards with other numbers included;
copies saved again, brightened, darkened, turned or mirrored left at most 0.20. Fitted to each other
first, two different ones left 0.16 (docs/decisions/0020)."""
NOTHING_ALIKE = 9.0

_SIDE, _BLOCK, _MARGIN = 128, 8, 4
_SOFT = 0.8
_DARK, _BRIGHT = 6, 249
_LEAST_CONTRAST, _LEAST_SEEN = 8.0, 0.3
_MOST_STRETCH, _MOST_SHEAR, _MOST_SHIFT = 0.06, 0.02, 6.0
_ROUNDS = 30
_NEIGHBOURS = np.ones((3, 3), np.uint8)

Small = NDArray[np.float32]


def opened(jpeg: bytes) -> Small | None:
    """A stored small picture as square greys; None if it is not one the program made."""
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
            if max(picture.size) > LARGEST_STORED:
                return None
            grey = picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    except (OSError, ValueError, SyntaxError):
        return None
    return np.asarray(grey, np.float32)


def is_one(one: Small, other: Small, transform: int, may_be_cut: bool) -> bool:
    """Whether two small pictures show one picture; `transform` turns `other` as `one` is (see alike)."""
    same = np.ascontiguousarray(turned(other, transform), np.float32)
    if left_over(one, same) <= MOST_LEFT:
        return True
    laid = _laid_over(one, same) if may_be_cut else None
    return laid is not None and left_over(one, laid) <= MOST_LEFT_OF_CUT


def left_over(one: Small, other: Small) -> float:
    """What is left of the worst block; NOTHING_ALIKE for pictures that cannot be compared."""
    seen = (np.minimum(one, other) > _DARK) & (np.maximum(one, other) < _BRIGHT)
    if seen.mean() < _LEAST_SEEN:
        return NOTHING_ALIKE
    one, other = _softened(one), _softened(other)
    a, b = one[seen], other[seen]
    if float(a.std()) < 1 or float(b.std()) < 1:
        return NOTHING_ALIKE
    gain = float(((a - a.mean()) * (b - b.mean())).mean() / a.var())
    if gain <= 0:
        return NOTHING_ALIKE
    fitted = np.asarray(b.mean() + gain * (one - a.mean()), np.float32)
    rest = np.where(seen, np.maximum(_beyond(fitted, other), _beyond(other, fitted)), 0.0)
    rest[:_MARGIN] = rest[-_MARGIN:] = rest[:, :_MARGIN] = rest[:, -_MARGIN:] = 0  # edges are cut by a pixel
    blocks = _SIDE // _BLOCK
    squares = (rest * rest).reshape(blocks, _BLOCK, blocks, _BLOCK).mean(axis=(1, 3))
    return float(np.sqrt(squares.max())) / max(float(b.std()), _LEAST_CONTRAST)


def _softened(picture: Small) -> Small:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), _SOFT), np.float32)


def _beyond(one: Small, other: Small) -> Small:
    """How far each pixel of `other` lies beyond what `one` has there and beside it."""
    low, high = cv2.erode(one, _NEIGHBOURS), cv2.dilate(one, _NEIGHBOURS)
    return np.asarray(np.maximum(0, np.maximum(other - high, low - other)), np.float32)


def _laid_over(one: Small, other: Small) -> Small | None:
    """`other` shifted and stretched a little so that it fits `one`; None if that takes more than a little."""
    warp = np.eye(2, 3, dtype=np.float32)
    ends = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _ROUNDS, 1e-4)
    try:
        _fit, found = cv2.findTransformECC(one, other, warp, cv2.MOTION_AFFINE, ends)
    except cv2.error:  # it does not converge: they do not fit
        return None
    warp = np.asarray(found, np.float32)
    stretch = max(abs(float(warp[0, 0]) - 1), abs(float(warp[1, 1]) - 1))
    shear = max(abs(float(warp[0, 1])), abs(float(warp[1, 0])))
    if stretch > _MOST_STRETCH or shear > _MOST_SHEAR or float(np.abs(warp[:, 2]).max()) > _MOST_SHIFT:
        return None
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpAffine(other, warp, (_SIDE, _SIDE), flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(laid, np.float32)
