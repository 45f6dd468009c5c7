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
from reviewer.media.decoding.cut_short import is_truncated
from reviewer.media.decoding.jpeg_padding import is_only_padding
from reviewer.media.decoding.missing import (
    MISSING_GREY,
    describe_missing,
    fill_missing_lines,
    measure_missing_share,
)
from reviewer.media.decoding.opening import OpenedPicture, open_with_pillow
from reviewer.media.decoding.profiles import convert_inks_to_srgb, needs_conversion
from reviewer.media.decoding.trouble import DECODERS_RAISE, Unusable, make_damaged_error, make_truncated_error

_JPEG_END, _TAIL = b"\xff\xd9", 32
_CMYK = "CMYK"
_UNUSUAL_JPEG = "This JPEG is unusual; only the second decoder could read it."
_DAMAGE_CHECKS = {
    formats.PNG: png_chunks.describe_damage,
    formats.JPEG_2000: jpeg2000_parts.describe_damage,
    formats.BMP: bmp_rows.describe_damage,
    formats.WEBP: webp_chunks.describe_damage,
}
INVERSE_ORIENTATION = {6: 8, 8: 6}
"""Turning by a quarter is undone by the turn the other way; the other orientations undo themselves."""


def decode_pixels(opened: OpenedPicture, at_least: tuple[int, int] | None) -> tuple[Image.Image, str]:
    """The picture in the recorded grid, and what the decoder complained of ("" if nothing).

    With `at_least` (width, height) a JPEG may be decoded at a fraction of its size that is not smaller.
    The result has mode RGB. Raises Unusable.
    """
    if opened.undeveloped is not None:
        return Image.fromarray(raw.develop(opened.data, opened.undeveloped, at_least)), ""
    if _is_common_jpeg(opened):
        found, damage = _decode_jpeg(opened, at_least)
        return found if isinstance(found, Image.Image) else Image.fromarray(found), damage
    picture, damage = _decode_with_pillow(opened)
    return picture, damage or _describe_silent_damage(opened)


def decode_rows(opened: OpenedPicture, at_least: tuple[int, int] | None) -> tuple[NDArray[np.uint8], str]:
    """The same as rows of red, green, blue, without a copy of them for a JPEG."""
    found, damage = (
        _decode_jpeg(opened, at_least) if _is_common_jpeg(opened) else decode_pixels(opened, at_least)
    )
    return np.asarray(found), damage


def _is_common_jpeg(opened: OpenedPicture) -> bool:
    """Return whether libjpeg-turbo alone decodes it, in colour or grey."""
    is_developed = opened.undeveloped is not None
    return not is_developed and opened.format == formats.JPEG and opened.picture.mode in {"RGB", "L"}


def _describe_silent_damage(opened: OpenedPicture) -> str:
    """Describe damage that Pillow does not report, as far as a different decoder can be asked."""
    if opened.format == formats.GIF:
        frame = opened.inside.place if opened.inside else 0
        return gif_blocks.describe_damage(opened.data, frame) or palette.describe_damage(opened.picture)
    if opened.format in _DAMAGE_CHECKS:
        return _DAMAGE_CHECKS[opened.format](opened.data) or palette.describe_damage(opened.picture)
    if isinstance(opened.picture, TiffImagePlugin.TiffImageFile):
        damage = tiff_strips.describe_damage(opened.data, opened.picture.tag_v2)
        if not damage and tiff_folders.has_dangling_next(opened.data, _find_directory_offset(opened)):
            damage = tiff_strips.BROKEN
        return damage or palette.describe_damage(opened.picture)
    if opened.format == formats.JPEG:
        return _describe_cmyk_damage(opened)
    return ""


def decode_jpeg_as_bgrx(
    opened: OpenedPicture, at_least: tuple[int, int] | None, room: memoryview | None = None
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


def _decode_jpeg(
    opened: OpenedPicture, at_least: tuple[int, int] | None
) -> tuple[NDArray[np.uint8] | Image.Image, str]:
    width, height = at_least or (0, 0)
    try:
        return simplejpeg.decode_jpeg(opened.data, "RGB", min_width=width, min_height=height), ""
    except MemoryError as error:
        raise make_damaged_error("there is not enough memory for it") from error
    except DECODERS_RAISE as error:
        return _decode_jpeg_leniently(opened, width, height, str(error).lower())


def _decode_jpeg_leniently(
    opened: OpenedPicture, width: int, height: int, said: str
) -> tuple[NDArray[np.uint8] | Image.Image, str]:
    try:
        array = simplejpeg.decode_jpeg(opened.data, "RGB", min_width=width, min_height=height, strict=False)
    except DECODERS_RAISE:
        picture, damage = _decode_with_pillow(opened)
        return picture, damage or _UNUSUAL_JPEG
    return array, _describe_jpeg_damage(opened, said, array, "RGB", (width, height))


def _describe_cmyk_damage(opened: OpenedPicture) -> str:
    """What the strict decoder says of a CMYK JPEG, asked for it at an eighth of its size."""
    try:
        simplejpeg.decode_jpeg(opened.data, _CMYK, min_width=1, min_height=1)
        return ""
    except DECODERS_RAISE as error:
        said = str(error).lower()
    try:
        array = simplejpeg.decode_jpeg(opened.data, _CMYK, min_width=1, min_height=1, strict=False)
    except DECODERS_RAISE:
        return _UNUSUAL_JPEG
    return _describe_jpeg_damage(opened, said, array, _CMYK, (1, 1))


def _describe_jpeg_damage(
    opened: OpenedPicture, said: str, array: NDArray[np.uint8], colours: str, at_least: tuple[int, int]
) -> str:
    """What is said of a JPEG that the decoder showed with a warning; "" if it was only about padding."""
    extraneous = "extraneous bytes" in said
    if extraneous and is_only_padding(bytes(opened.data), array, colours, at_least):
        return ""
    if extraneous or _JPEG_END in bytes(opened.data[-_TAIL:]):
        return "The decoder found errors in this file; parts of the picture may be wrong."
    return describe_missing(measure_missing_share(array))


def _decode_with_pillow(opened: OpenedPicture) -> tuple[Image.Image, str]:
    """By Pillow; if the file ends early, as much of it as there is, and a sentence."""
    rest = _find_partial_decoder(opened)
    if rest is not None:
        return _decode_upper_lines(opened, rest)
    try:
        return _load(opened, opened.picture), ""
    except Unusable as unusable:
        if unusable.problem.kind is not ProblemKind.TRUNCATED:
            raise
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        part_of_several = opened.format == formats.JPEG  # its bytes have been cut out already
        inside = None if part_of_several else opened.inside
        picture = _load(opened, open_with_pillow(opened.data, opened.format, inside))
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    return picture, describe_missing(measure_missing_share(np.asarray(picture)))


def _find_partial_decoder(opened: OpenedPicture) -> Callable[[], Image.Image | None] | None:
    """What finds the upper lines of a file that was cut and that Pillow gives nothing of; else None."""
    if opened.format == formats.WEBP and is_truncated(opened.data, opened.format):
        return lambda: webp_rest.decode_remaining_lines(opened.data, opened.picture.size)
    if not isinstance(opened.picture, TiffImagePlugin.TiffImageFile):
        return None
    tags = opened.picture.tag_v2
    if not tiff_strips.are_truncated(opened.data, tags):
        return None
    return lambda: tiff_rest.decode_remaining_lines(
        tiff_rest.TruncatedTiff(opened.data, _find_directory_offset(opened), tags)
    )


def _find_directory_offset(opened: OpenedPicture) -> int:
    """Where the folder of the picture in a TIFF begins."""
    return opened.inside.place if opened.inside else tiff_folders.find_first_directory(opened.data)


def _decode_upper_lines(
    opened: OpenedPicture, found: Callable[[], Image.Image | None]
) -> tuple[Image.Image, str]:
    """The upper lines of a file that was cut, in the recorded grid, with grey below them."""
    try:
        there = found()
        if there is None:
            raise make_truncated_error()
        return fill_missing_lines(_convert_to_rgb(there), opened.height)
    except MemoryError as error:
        raise make_damaged_error("there is not enough memory for it") from error
    except DECODERS_RAISE as error:
        raise make_truncated_error() from error


def _load(opened: OpenedPicture, picture: Image.Image) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture.load()
            return _turn_to_recorded(opened, _convert_to_rgb(picture))
    except MemoryError as error:
        raise make_damaged_error("there is not enough memory for it") from error
    except Unusable:
        raise
    except DECODERS_RAISE as error:
        if any(word in str(error).lower() for word in ("truncated", "not enough", "unexpected end")):
            raise make_truncated_error() from error
        raise (
            make_truncated_error() if is_truncated(opened.data, opened.format) else make_damaged_error()
        ) from error


def _turn_to_recorded(opened: OpenedPicture, picture: Image.Image) -> Image.Image:
    """Pillow has turned a TIFF; the recorded grid is wanted here."""
    if opened.format != formats.TIFF:
        return picture
    return turn_upright(picture, INVERSE_ORIENTATION.get(opened.orientation, opened.orientation))


def decode_deep_plane(opened: OpenedPicture) -> depth.DeepPlane | None:
    """The values of a file with more than 8 bits, in the recorded grid; None for all others.

    Colours that have to be converted by a profile are there in 8 bits only. Raises Unusable.
    """
    if opened.undeveloped is not None or needs_conversion(opened.picture.info.get("icc_profile")):
        return None
    if opened.origin == depth.DEEP_COLOUR:
        return depth.read_colour_plane(opened.data, opened.format, opened.inside)
    if not depth.is_deep_grey(opened.picture):
        return None
    try:
        opened.picture.load()
        deep = depth.read_grey_plane(opened.picture)
    except (OSError, SyntaxError, ValueError, MemoryError):
        return None  # what is damaged is shown in 8 bits, as far as it goes
    grey = _turn_to_recorded(opened, Image.fromarray(deep.plane))
    return depth.DeepPlane(np.asarray(grey), deep.words)


def _convert_to_rgb(picture: Image.Image) -> Image.Image:
    """Any mode as RGB: 16 bits are scaled and not clipped, transparency lies on grey."""
    if depth.is_deep_grey(picture):
        return Image.fromarray(depth.reduce_to_eight_bits(depth.read_grey_plane(picture).plane)).convert(
            "RGB"
        )
    if picture.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in picture.info:
        front = picture.convert("RGBA")
        ground = Image.new("RGBA", front.size, (*MISSING_GREY, 255))
        ground.alpha_composite(front)
        picture = ground
    if picture.mode in {"CMYK", "LAB"}:
        picture = convert_inks_to_srgb(picture, picture.info.get("icc_profile"))
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def turn_upright(picture: Image.Image, orientation: int) -> Image.Image:
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
