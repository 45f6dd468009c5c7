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
from reviewer.media.duplicates.candidates import apply_transform

MAX_DIFFERENCE, MAX_DIFFERENCE_OF_CROP = 11.5, 11.0
"""Grey levels of 255; the second for pictures of different size, which are softened a little more. Drawn
copies of one size differed by at most 11.1, of half the size by 11.7 softened; cards whose digits are 2 %
of the picture's height by at least 12.8 (of half the size 6.6; of 3 %: 37), marks of 1 % of its width and 30
grey levels by at least 17 (softened: 15; docs/decisions/0034)."""
INCOMPARABLE = 255.0

_BLUR, _BLUR_OF_CROP = 0.65, 0.8
_DARK, _BRIGHT = 6, 249
_LEAST_CONTRAST, _LEAST_COMPARABLE = 1.0, 0.3
_EDGE_TOLERANCE = 0.03
"""The share of what its neighbours differ by that a pixel may differ: edges are drawn a little otherwise."""
_BORDER_PIXELS = 2
_MOST_STRETCH, _MOST_SHEAR, _MOST_SHIFT = 0.06, 0.02, 12.0
_LEAST_ASPECT_RATIO = 0.9
_ALIGNMENT_ROUNDS = 40
_NEIGHBOURS = np.ones((3, 3), np.uint8)

GreyImage = NDArray[np.float32]


def load_grey_image(jpeg: bytes) -> GreyImage | None:
    """The greys of a stored small picture; None if it is not one the program made."""
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
            if max(picture.size) > LARGEST_STORED:
                return None
            grey = picture.convert("L")
    except (OSError, ValueError, SyntaxError):
        return None
    return np.asarray(grey, np.float32)


def is_same_image(one: GreyImage, other: GreyImage, transform: int, may_be_cut: bool) -> bool:
    """Whether two small pictures show one picture; `transform` turns `other` as `one` is (see alike)."""
    same = _resize_to_match(one, np.ascontiguousarray(apply_transform(other, transform), np.float32))
    if same is None:
        return False
    if measure_difference(one, same) <= MAX_DIFFERENCE:
        return True
    if not may_be_cut:
        return False
    if measure_difference(one, same, _BLUR_OF_CROP) <= MAX_DIFFERENCE_OF_CROP:
        return True
    laid = _align(one, same)
    return laid is not None and measure_difference(one, laid, _BLUR_OF_CROP) <= MAX_DIFFERENCE_OF_CROP


def measure_difference(one: GreyImage, other: GreyImage, soft: float = _BLUR) -> float:
    """How far the most different pixel is apart, in grey levels of the picture with more contrast.

    Both of one size, softened by `soft` pixels; NOTHING_ALIKE for pictures that cannot be compared.
    """
    seen = (np.minimum(one, other) > _DARK) & (np.maximum(one, other) < _BRIGHT)
    if seen.mean() < _LEAST_COMPARABLE:
        return INCOMPARABLE
    a, b = one[seen], other[seen]
    if float(a.std()) < _LEAST_CONTRAST or float(b.std()) < _LEAST_CONTRAST:
        return INCOMPARABLE
    gain = float(((a - a.mean()) * (b - b.mean())).mean() / a.var())
    if gain <= 0:
        return INCOMPARABLE
    apart = np.abs(_blur(np.asarray((one - a.mean()) - (other - b.mean()) / gain, np.float32), soft))
    edges = np.minimum(_measure_local_range(one), _measure_local_range(other) / gain)
    rest = np.maximum(0, apart - _EDGE_TOLERANCE * edges)
    rest[cv2.erode(seen.astype(np.uint8), _NEIGHBOURS) == 0] = 0
    cut = _BORDER_PIXELS
    rest[:cut] = rest[-cut:] = rest[:, :cut] = rest[:, -cut:] = 0  # edges are cut by a pixel
    return float(rest.max()) * max(1.0, gain)


def _blur(picture: GreyImage, by: float) -> GreyImage:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), by), np.float32)


def _measure_local_range(picture: GreyImage) -> GreyImage:
    """How far the neighbours of each pixel, and itself, differ."""
    return np.asarray(cv2.dilate(picture, _NEIGHBOURS) - cv2.erode(picture, _NEIGHBOURS), np.float32)


def _resize_to_match(one: GreyImage, other: GreyImage) -> GreyImage | None:
    """Resize `other` to the size of `one`; None if its shape differs altogether."""
    if one.shape == other.shape:
        return other
    share = (one.shape[0] * other.shape[1]) / (one.shape[1] * other.shape[0])
    if not _LEAST_ASPECT_RATIO <= share <= 1 / _LEAST_ASPECT_RATIO:
        return None
    return np.asarray(cv2.resize(other, one.shape[::-1], interpolation=cv2.INTER_AREA), np.float32)


def _align(one: GreyImage, other: GreyImage) -> GreyImage | None:
    """`other` shifted and stretched a little so that it fits `one`; None if that takes more than a little."""
    warp = np.eye(2, 3, dtype=np.float32)
    ends = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _ALIGNMENT_ROUNDS, 1e-5)
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
