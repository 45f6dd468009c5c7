"""Photographs for demonstration: a mannequin from the body map on plain grounds, flat signs for injuries.

They are diagrams in the size and dress of photographs, and say so on their face.
"""

from __future__ import annotations

import functools
import io
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import simplejpeg
from PIL import Image, ImageDraw, ImageFont

from reviewer.media.decoding import decode
from reviewer.media.demo.demo_digits import DIGITS

FigurePoint = tuple[float, float]
FigurePolygon = Sequence[FigurePoint]
_FIGURE = (178, 173, 166)
_FIGURE_EDGE = (126, 122, 117)
_BACKGROUND_COLOURS = {"tile": (150, 158, 156), "cloth": (104, 112, 122), "concrete": (134, 130, 122)}
_SIGN_COLOURS = {
    "band": (60, 92, 128),
    "lines": (128, 84, 44),
    "dots": (70, 108, 72),
    "hatch": (108, 72, 112),
}
_TILES = 4
SignBox = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class DemoSign:
    """A flat sign in a region: `kind` is "band", "lines", "dots" or "hatch"."""

    kind: str
    region: FigurePolygon


@dataclass(frozen=True)
class DemoShot:
    """One photograph to draw. `frame` is (centre x, centre y, height) in the units of the figure."""

    size: tuple[int, int]
    ground: str
    figure: Sequence[FigurePolygon]
    signs: Sequence[DemoSign]
    frame: tuple[float, float, float]
    tilt: float
    card: tuple[str, str, str]
    arabic: bool
    orientation: int
    taken_at: str
    camera: tuple[str, str]
    seed: int


def draw_photograph(shot: DemoShot) -> bytes:
    """A JPEG with EXIF, its pixels stored turned against the orientation it states."""
    rng = random.Random(shot.seed)  # noqa: S311 (a drawing, not a secret)
    width, height = shot.size
    picture = _make_background(shot.ground, (width // 2, height // 2)).copy()
    _draw_picture(picture, shot, rng)
    picture = decode.turn_upright(picture, decode.INVERSE_ORIENTATION.get(shot.orientation, shot.orientation))
    across, down = (height, width) if shot.orientation >= 5 else (width, height)
    pixels = np.asarray(picture.resize((across, down), Image.Resampling.BILINEAR))
    noise = _make_noise((across, down), rng.randrange(_TILES))
    encoded = simplejpeg.encode_jpeg(pixels + noise, quality=88, colorsubsampling="420")
    return _insert_exif(encoded, _make_exif(shot))


def find_sign_boxes(shot: DemoShot) -> list[SignBox | None]:
    """Find where each sign lies in the upright picture; None for one that is out of the frame."""
    place, found = _make_projection(shot, shot.size), list[SignBox | None]()
    for sign in shot.signs:
        points = [place(point) for point in sign.region]
        across, down = [x for x, _y in points], [y for _x, y in points]
        middle = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
        seen = 0 < middle[0] < shot.size[0] and 0 < middle[1] < shot.size[1]
        box = (
            max(0.0, min(across)),
            max(0.0, min(down)),
            min(shot.size[0] - 1.0, max(across)),
            min(shot.size[1] - 1.0, max(down)),
        )
        found.append(box if seen else None)
    return found


def find_card_box(shot: DemoShot) -> SignBox:
    """Find where the card lies in the upright picture."""
    small = shot.size[0] // 2, shot.size[1] // 2  # it is drawn at half the size
    across, down = shot.size[0] / small[0], shot.size[1] / small[1]
    left, top, wide, tall = _place_card(small, shot)
    return left * across, top * down, (left + wide) * across, (top + tall) * down


def _draw_picture(picture: Image.Image, shot: DemoShot, rng: random.Random) -> None:
    pen = ImageDraw.Draw(picture)
    place = _make_projection(shot, picture.size)
    for polygon in shot.figure:
        pen.polygon([place(point) for point in polygon], fill=_FIGURE, outline=_FIGURE_EDGE)
    for sign in shot.signs:
        _draw_sign(picture, [place(point) for point in sign.region], sign.kind, rng)
    _draw_card(pen, picture.size, shot)
    pen.text((12, picture.height - 24), "DEMONSTRATION", fill=(60, 60, 60), font=_load_font(14))


def _make_projection(shot: DemoShot, size: tuple[int, int]) -> Callable[[FigurePoint], FigurePoint]:
    """The map from units of the figure to pixels of the picture."""
    centre_x, centre_y, tall = shot.frame
    scale = size[1] / tall
    cos, sin = math.cos(shot.tilt), math.sin(shot.tilt)

    def place(point: FigurePoint) -> FigurePoint:
        x, y = (point[0] - centre_x) * scale, (point[1] - centre_y) * scale
        return size[0] / 2 + x * cos - y * sin, size[1] / 2 + x * sin + y * cos

    return place


def _draw_sign(picture: Image.Image, region: list[FigurePoint], kind: str, rng: random.Random) -> None:
    """Draw within the region only: a sign on a mask that is cut to it."""
    left, top = min(x for x, _y in region), min(y for _x, y in region)
    right, bottom = max(x for x, _y in region), max(y for _x, y in region)
    cut = Image.new("L", picture.size, 0)
    ImageDraw.Draw(cut).polygon(region, fill=255)
    drawn = Image.new("L", picture.size, 0)
    pen = ImageDraw.Draw(drawn)
    thick = max(2, round((right - left) / 24))
    _PATTERNS[kind](pen, (left, top, right, bottom), thick, rng)
    mask = Image.composite(drawn, Image.new("L", picture.size, 0), cut)
    picture.paste(Image.new("RGB", picture.size, _SIGN_COLOURS[kind]), mask=mask)


def _draw_band(pen: ImageDraw.ImageDraw, box: SignBox, thick: int, rng: random.Random) -> None:
    middle = box[1] + (box[3] - box[1]) * rng.uniform(0.4, 0.6)
    half = max(2.0, (box[3] - box[1]) * 0.12)
    pen.rectangle((box[0], middle - half, box[2], middle + half), fill=235)


def _draw_lines(pen: ImageDraw.ImageDraw, box: SignBox, thick: int, rng: random.Random) -> None:
    for _number in range(rng.randint(1, 3)):
        y = rng.uniform(box[1], box[3])
        slope = rng.uniform(-0.3, 0.3) * (box[2] - box[0])
        for shift in (-1.5 * thick, 1.5 * thick):
            pen.line((box[0], y + shift, box[2], y + slope + shift), fill=220, width=thick)


def _draw_dots(pen: ImageDraw.ImageDraw, box: SignBox, thick: int, rng: random.Random) -> None:
    for _number in range(rng.randint(3, 7)):
        x, y = rng.uniform(box[0], box[2]), rng.uniform(box[1], box[3])
        pen.ellipse((x - thick, y - thick, x + thick, y + thick), outline=230, width=max(1, thick // 2))


def _draw_hatch(pen: ImageDraw.ImageDraw, box: SignBox, thick: int, rng: random.Random) -> None:
    step = 4 * thick
    for start in range(int(box[0] - (box[3] - box[1])), int(box[2]), step):
        pen.line((start, box[3], start + box[3] - box[1], box[1]), fill=200, width=max(1, thick // 2))


_PATTERNS = {"band": _draw_band, "lines": _draw_lines, "dots": _draw_dots, "hatch": _draw_hatch}


def _draw_card(pen: ImageDraw.ImageDraw, size: tuple[int, int], shot: DemoShot) -> None:
    """A white card with the three numbers."""
    left, top, wide, tall = _place_card(size, shot)
    pen.rectangle((left, top, left + wide, top + tall), fill=(238, 236, 228), outline=(150, 148, 142))
    for row, number in enumerate(shot.card):
        y = top + tall * (0.08 + 0.3 * row)
        if shot.arabic:
            _write_arabic(pen, number, left + wide * 0.12, y, tall * 0.24)
        else:
            pen.text((left + wide * 0.12, y), number, fill=(30, 30, 36), font=_load_font(int(tall * 0.24)))


def _place_card(size: tuple[int, int], shot: DemoShot) -> tuple[float, float, float, float]:
    """Left, top, width and height: in the corner or, for the card's own photograph, in the middle."""
    own = not shot.figure
    tall = size[1] * (0.5 if own else 0.16)
    wide = tall * 1.7
    left, top = ((size[0] - wide) / 2, (size[1] - tall) / 2) if own else (size[0] - wide - 18, 18)
    return left, top, wide, tall


def _write_arabic(pen: ImageDraw.ImageDraw, number: str, left: float, top: float, tall: float) -> None:
    for place, digit in enumerate(c for c in number if c.isdigit()):
        for stroke in DIGITS[int(digit)]:
            points = [(left + (place * 0.7 + x * 0.7) * tall, top + y * tall) for x, y in stroke]
            pen.line(points, fill=(30, 30, 36), width=max(2, int(tall / 12)), joint="curve")


@functools.cache
def _load_font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


@functools.cache
def _make_background(kind: str, size: tuple[int, int]) -> Image.Image:
    """A plain ground with a little structure, never darker than 16 nor lighter than 232."""
    rng = np.random.default_rng(sum(map(ord, kind)) + size[0])
    base = np.full((size[1], size[0], 3), _BACKGROUND_COLOURS[kind], np.float32)
    for cells, strength in ((6, 10.0), (40, 5.0)):
        coarse = rng.normal(0, strength, (cells, cells)).astype(np.float32)
        fine = Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)
        base += np.asarray(fine)[..., None]
    if kind == "tile":
        step = size[1] // 5
        base[::step, :] -= 26
        base[:, ::step] -= 26
    return Image.fromarray(np.clip(base, 16, 232).astype(np.uint8))


@functools.cache
def _make_noise(size: tuple[int, int], number: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Sensor noise from 0 to 11, the same for all colours; small enough never to overflow a ground."""
    rng = np.random.default_rng(number)
    grain = rng.integers(0, 12, (size[1], size[0], 1), dtype=np.uint8)
    return np.ascontiguousarray(np.broadcast_to(grain, (size[1], size[0], 3)))


def _make_exif(shot: DemoShot) -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = shot.camera
    exif[0x0112] = shot.orientation
    exif[0x0132] = shot.taken_at
    exif.get_ifd(0x8769)[0x9003] = shot.taken_at
    return exif.tobytes()


def _insert_exif(jpeg: bytes, exif: bytes) -> bytes:
    """Put an APP1 segment behind the start of the image (Exif 2.32, 4.5.5)."""
    body = exif if exif.startswith(b"Exif\0\0") else b"Exif\0\0" + exif
    return jpeg[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + jpeg[2:]


def convert_to_format(jpeg: bytes, name: str) -> bytes:
    """Convert a picture to a different format ("PNG", "TIFF", "BMP", "WEBP"), at a quarter of its size."""
    written = io.BytesIO()
    picture = Image.open(io.BytesIO(jpeg), formats=["JPEG"])
    picture.draft("RGB", (picture.width // 4, picture.height // 4))
    picture.convert("RGB").save(written, name)
    return written.getvalue()
