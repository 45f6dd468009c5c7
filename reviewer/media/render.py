"""A photograph as pixels for the screen: upright, sRGB, scaled once with care. Runs in the worker."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from reviewer.domain import orientation as turn
from reviewer.media import decode


@dataclass(frozen=True)
class Rendered:
    """`pixels` are rows of blue, green, red, unused; `stride` bytes each. `profile` names the ICC profile."""

    width: int
    height: int
    stride: int
    pixels: bytes
    profile: str
    damage: str


def render(data: memoryview, box: tuple[int, int] | None) -> Rendered:
    """The upright picture fitted into `box` (width, height in pixels; never enlarged), or whole."""
    opened = decode.open_content(data)
    orientation = opened.orientation
    wanted = _fitted(opened, orientation, box)
    picture, damage = decode.pixels(opened, wanted if box else None)
    if picture.size != wanted:
        picture = picture.resize(wanted, Image.Resampling.BILINEAR)
    picture, profile = decode.to_srgb(picture, opened.picture.info.get("icc_profile"))
    picture = decode.upright(picture, orientation)
    width, height = picture.size
    return Rendered(width, height, 4 * width, picture.tobytes("raw", "BGRX"), profile, damage)


def _fitted(opened: decode.Opened, orientation: int, box: tuple[int, int] | None) -> tuple[int, int]:
    """The size in the recorded grid whose upright view fits the box."""
    if box is None:
        return opened.width, opened.height
    across, down = (box[1], box[0]) if turn.swaps_axes(orientation) else box
    scale = min(1.0, across / opened.width, down / opened.height)
    return max(1, round(opened.width * scale)), max(1, round(opened.height * scale))
