"""From bytes to pixels: libjpeg-turbo for JPEG, Pillow for the rest; one of them owns the pixel grid.

Runs in the worker process only. Whatever a decoder raises becomes Unusable.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image, ImageFile, TiffImagePlugin

from reviewer.domain.photos.photo import ProblemKind
from reviewer.media.decoding import (
    bmp_rows,
    depth,
    formats,
    gif_blocks,
    jpeg2000_parts,
    palette,
    png_chunks,
    raw,
    tiff_folders,
    tiff_rest,
    tiff_strips,
    webp_chunks,
    webp_rest,
)
from reviewer.media.decoding.cut_short import is_cut
from reviewer.media.decoding.jpeg_padding import is_only_padding
from reviewer.media.decoding.missing import GROUND, ends_early, filled_up, missing_share
from reviewer.media.decoding.opening import Opened, opened_by_pillow
from reviewer.media.decoding.profiles import inks_to_srgb, is_other_space
from reviewer.media.decoding.trouble import DECODERS_RAISE, Unusable, damaged, truncated

_JPEG_END, _TAIL = b"\xff\xd9", 32
_INKS = "CMYK"
_UNUSUAL = "This JPEG is unusual; only the second decoder could read it."
_PARTS = {
    formats.PNG: png_chunks.damage_of,
    formats.JPEG_2000: jpeg2000_parts.damage_of,
    formats.BMP: bmp_rows.damage_of,
    formats.WEBP: webp_chunks.damage_of,
}
INVERSE = {6: 8, 8: 6}
"""Turning by a quarter is undone by the turn the other way; the other orientations undo themselves."""


def pixels(opened: Opened, at_least: tuple[int, int] | None) -> tuple[Image.Image, str]:
    """The picture in the recorded grid, and what the decoder complained of ("" if nothing).

    With `at_least` (width, height) a JPEG may be decoded at a fraction of its size that is not smaller.
    The result has mode RGB. Raises Unusable.
    """
    if opened.undeveloped is not None:
        return Image.fromarray(raw.developed(opened.data, opened.undeveloped, at_least)), ""
    if opened.format == formats.JPEG and opened.picture.mode in {"RGB", "L"}:
        return _jpeg(opened, at_least)
    picture, damage = _pillow(opened)
    return picture, damage or _passed_over(opened)


def _passed_over(opened: Opened) -> str:
    """Damage that Pillow shows a picture over without a word, as far as another can be asked."""
    if opened.format == formats.GIF:
        frame = opened.inside.place if opened.inside else 0
        return gif_blocks.damage_of(opened.data, frame) or palette.damage_of(opened.picture)
    if opened.format in _PARTS:
        return _PARTS[opened.format](opened.data) or palette.damage_of(opened.picture)
    if isinstance(opened.picture, TiffImagePlugin.TiffImageFile):
        damage = tiff_strips.damage_of(opened.data, opened.picture.tag_v2)
        if not damage and tiff_folders.leads_nowhere(opened.data, _folder_of(opened)):
            damage = tiff_strips.BROKEN
        return damage or palette.damage_of(opened.picture)
    if opened.format == formats.JPEG:
        return _complaint_of_inks(opened)
    return ""


def jpeg_as_bgrx(
    opened: Opened, at_least: tuple[int, int] | None, room: memoryview | None = None
) -> NDArray[np.uint8] | None:
    """A plain JPEG as rows of blue, green, red, unused, in `room` if it fits there; None if the decoder
    complains: then `pixels` has to find out what is wrong."""
    width, height = at_least or (0, 0)
    fits = room is not None and at_least is None and len(room) >= 4 * opened.width * opened.height
    try:
        array: NDArray[np.uint8] = simplejpeg.decode_jpeg(
            opened.data, "BGRX", min_width=width, min_height=height, buffer=room if fits else None
        )
    except DECODERS_RAISE:
        return None
    return array


def _jpeg(opened: Opened, at_least: tuple[int, int] | None) -> tuple[Image.Image, str]:
    width, height = at_least or (0, 0)
    try:
        array = simplejpeg.decode_jpeg(opened.data, "RGB", min_width=width, min_height=height)
        return Image.fromarray(array), ""
    except MemoryError as error:
        raise damaged("there is not enough memory for it") from error
    except DECODERS_RAISE as error:
        return _jpeg_with_warning(opened, width, height, str(error).lower())


def _jpeg_with_warning(opened: Opened, width: int, height: int, said: str) -> tuple[Image.Image, str]:
    try:
        array = simplejpeg.decode_jpeg(opened.data, "RGB", min_width=width, min_height=height, strict=False)
    except DECODERS_RAISE:
        picture, damage = _pillow(opened)
        return picture, damage or _UNUSUAL
    return Image.fromarray(array), _complaint(opened, said, array, "RGB", (width, height))


def _complaint_of_inks(opened: Opened) -> str:
    """What the strict decoder says of a CMYK JPEG, asked for it at an eighth of its size."""
    try:
        simplejpeg.decode_jpeg(opened.data, _INKS, min_width=1, min_height=1)
        return ""
    except DECODERS_RAISE as error:
        said = str(error).lower()
    try:
        array = simplejpeg.decode_jpeg(opened.data, _INKS, min_width=1, min_height=1, strict=False)
    except DECODERS_RAISE:
        return _UNUSUAL
    return _complaint(opened, said, array, _INKS, (1, 1))


def _complaint(
    opened: Opened, said: str, array: NDArray[np.uint8], colours: str, at_least: tuple[int, int]
) -> str:
    """What is said of a JPEG that the decoder showed with a warning; "" if it was only about padding."""
    extraneous = "extraneous bytes" in said
    if extraneous and is_only_padding(bytes(opened.data), array, colours, at_least):
        return ""
    if extraneous or _JPEG_END in bytes(opened.data[-_TAIL:]):
        return "The decoder found errors in this file; parts of the picture may be wrong."
    return ends_early(missing_share(array))


def _pillow(opened: Opened) -> tuple[Image.Image, str]:
    """By Pillow; if the file ends early, as much of it as there is, and a sentence."""
    rest = _rest_of(opened)
    if rest is not None:
        return _upper_lines(opened, rest)
    try:
        return _loaded(opened, opened.picture), ""
    except Unusable as unusable:
        if unusable.problem.kind is not ProblemKind.TRUNCATED:
            raise
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        part_of_several = opened.format == formats.JPEG  # its bytes have been cut out already
        inside = None if part_of_several else opened.inside
        picture = _loaded(opened, opened_by_pillow(opened.data, opened.format, inside))
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    return picture, ends_early(missing_share(np.asarray(picture)))


def _rest_of(opened: Opened) -> Callable[[], Image.Image | None] | None:
    """What finds the upper lines of a file that was cut and that Pillow gives nothing of; else None."""
    if opened.format == formats.WEBP and is_cut(opened.data, opened.format):
        return lambda: webp_rest.lines_there(opened.data, opened.picture.size)
    if not isinstance(opened.picture, TiffImagePlugin.TiffImageFile):
        return None
    tags = opened.picture.tag_v2
    if not tiff_strips.are_cut(opened.data, tags):
        return None
    return lambda: tiff_rest.lines_there(tiff_rest.Cut(opened.data, _folder_of(opened), tags))


def _folder_of(opened: Opened) -> int:
    """Where the folder of the picture in a TIFF begins."""
    return opened.inside.place if opened.inside else tiff_folders.first_place(opened.data)


def _upper_lines(opened: Opened, found: Callable[[], Image.Image | None]) -> tuple[Image.Image, str]:
    """The upper lines of a file that was cut, in the recorded grid, with grey below them."""
    try:
        there = found()
        if there is None:
            raise truncated()
        return filled_up(_as_rgb(there), opened.height)
    except MemoryError as error:
        raise damaged("there is not enough memory for it") from error
    except DECODERS_RAISE as error:
        raise truncated() from error


def _loaded(opened: Opened, picture: Image.Image) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture.load()
            return _as_recorded(opened, _as_rgb(picture))
    except MemoryError as error:
        raise damaged("there is not enough memory for it") from error
    except Unusable:
        raise
    except DECODERS_RAISE as error:
        if any(word in str(error).lower() for word in ("truncated", "not enough", "unexpected end")):
            raise truncated() from error
        raise (truncated() if is_cut(opened.data, opened.format) else damaged()) from error


def _as_recorded(opened: Opened, picture: Image.Image) -> Image.Image:
    """Pillow has turned a TIFF; the recorded grid is wanted here."""
    if opened.format != formats.TIFF:
        return picture
    return upright(picture, INVERSE.get(opened.orientation, opened.orientation))


def deep_plane(opened: Opened) -> depth.Deep | None:
    """The values of a file with more than 8 bits, in the recorded grid; None for all others.

    Colours that have to be converted by a profile are there in 8 bits only. Raises Unusable.
    """
    if opened.undeveloped is not None or is_other_space(opened.picture.info.get("icc_profile")):
        return None
    if opened.origin == depth.DEEP_COLOUR:
        return depth.colour_of(opened.data, opened.format, opened.inside)
    if not depth.is_deep_grey(opened.picture):
        return None
    try:
        opened.picture.load()
        deep = depth.grey_of(opened.picture)
    except (OSError, SyntaxError, ValueError, MemoryError):
        return None  # what is damaged is shown in 8 bits, as far as it goes
    grey = _as_recorded(opened, Image.fromarray(deep.plane))
    return depth.Deep(np.asarray(grey), deep.words)


def _as_rgb(picture: Image.Image) -> Image.Image:
    """Any mode as RGB: 16 bits are scaled and not clipped, transparency lies on grey."""
    if depth.is_deep_grey(picture):
        return Image.fromarray(depth.eight_bits(depth.grey_of(picture).plane)).convert("RGB")
    if picture.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in picture.info:
        front = picture.convert("RGBA")
        ground = Image.new("RGBA", front.size, (*GROUND, 255))
        ground.alpha_composite(front)
        picture = ground
    if picture.mode in {"CMYK", "LAB"}:
        picture = inks_to_srgb(picture, picture.info.get("icc_profile"))
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def upright(picture: Image.Image, orientation: int) -> Image.Image:
    """Turn a picture of the recorded grid upright (EXIF orientation 1 .. 8)."""
    turn = _TURNS.get(orientation)
    return picture if turn is None else picture.transpose(turn)


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
