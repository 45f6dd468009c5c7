"""Everything ingest wants to know of a content, from one look at its bytes. Runs in the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from reviewer.domain.photos.photo import Capture
from reviewer.media.decoding import decode, opening, profiles
from reviewer.media.decoding.exif import read_capture
from reviewer.media.decoding.missing import measure_missing_share
from reviewer.media.decoding.small_picture import SIDE
from reviewer.media.decoding.trouble import make_truncated_error

_MOST_MISSING = 0.95
"""Of what is left of a file then, nothing can be judged; and a header may claim any size."""


@dataclass(frozen=True)
class Examination:
    """`pixels` are the upright picture as rows of red, green, blue; its longest side has SIDE pixels.

    `pictures` are [width, height, orientation, words] of each picture of the file if there are several or
    something is to be said of them; `shown_as` as in Photo.
    """

    format: str
    width: int
    height: int
    orientation: int
    capture: Capture
    damage: str
    small_width: int
    small_height: int
    pixels: bytes
    pictures: list[list[int | str]]
    shown_as: str


def examine(data: memoryview) -> Examination:
    """Examine one content; raises Unusable for what is no photograph."""
    opened = opening.open_content(data)
    capture = read_capture(opened.picture)
    orientation = opened.orientation
    longest = max(opened.width, opened.height)
    scale = min(1.0, SIDE / longest)
    wanted = max(1, round(opened.width * scale)), max(1, round(opened.height * scale))
    rows, damage = decode.decode_rows(opened, wanted)
    if damage and measure_missing_share(rows) > _MOST_MISSING:
        raise make_truncated_error()
    small = _average_down(rows, (opened.width, opened.height), wanted)
    small = _show_as_seen(small, opened.picture.info.get("icc_profile"), orientation)
    return Examination(
        format=opened.kind or opened.format,
        width=opened.width,
        height=opened.height,
        orientation=orientation,
        capture=capture,
        damage=damage,
        small_width=small.shape[1],
        small_height=small.shape[0],
        pixels=small.tobytes(),
        pictures=[[inner.width, inner.height, inner.orientation, inner.words] for inner in opened.pictures],
        shown_as=opened.shown_as,
    )


def _average_down(
    rows: NDArray[np.uint8], whole: tuple[int, int], wanted: tuple[int, int]
) -> NDArray[np.uint8]:
    """The picture as small as `wanted`, each pixel the mean of the area it stands for, to parts of a pixel.

    `whole` is its size in the file. A JPEG decoded at eighths of that has up to a pixel more than its share
    at the right and below, which is not to be squeezed in: the small pictures of a photograph, of a copy of
    half its size and of one on its head are to be the same (see close_look).
    """
    exact: NDArray[Any] = rows
    size = rows.shape[1], rows.shape[0]
    share = [part * max(1, have * 8 // part) / 8 for part, have in zip(whole, size, strict=True)]
    across, down = (min(1.0, part / have) for part, have in zip(share, size, strict=True))
    if (across, down) != (1.0, 1.0):
        stretch = np.array([[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2]], np.float32)
        how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        exact = cv2.warpAffine(rows, stretch, size, flags=how, borderMode=cv2.BORDER_REPLICATE)
    return cv2.resize(exact, wanted, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def _show_as_seen(rows: NDArray[np.uint8], profile: bytes | None, orientation: int) -> NDArray[np.uint8]:
    """The picture in sRGB and upright; most photographs are so already."""
    if not profile and orientation == 1:
        return rows
    picture, _name = profiles.convert_to_srgb(Image.fromarray(rows), profile)
    return np.asarray(decode.turn_upright(picture, orientation).convert("RGB"))
