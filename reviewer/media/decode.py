"""From bytes to pixels: libjpeg-turbo for JPEG, Pillow for the rest; one of them owns the pixel grid.

Runs in the worker process only. Whatever a decoder raises becomes Unusable.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import numpy as np
import pi_heif
import simplejpeg
from numpy.typing import NDArray
from PIL import AvifImagePlugin, Image, ImageFile, TiffImagePlugin

from reviewer.domain.photo import ProblemKind
from reviewer.media import formats, jpeg2000_parts, png_chunks
from reviewer.media.cut_short import is_cut
from reviewer.media.jpeg_padding import is_only_padding
from reviewer.media.jpeg_profile import profile_of
from reviewer.media.profiles import inks_to_srgb, is_other_space
from reviewer.media.trouble import Unusable, damaged, not_a_photograph, too_large, too_many_pixels, truncated

MOST_PIXELS = 300_000_000
MOST_SCANS = 500
_GROUND = (128, 128, 128)
_ORIENTATION, _TIFF_WIDTH, _TIFF_HEIGHT = 0x0112, 0x0100, 0x0101
_JPEG_END, _TAIL = b"\xff\xd9", 32
_INKS = "CMYK"
_UNUSUAL = "This JPEG is unusual; only the second decoder could read it."
_PARTS = {formats.PNG: png_chunks.damage_of, formats.JPEG_2000: jpeg2000_parts.damage_of}
INVERSE = {6: 8, 8: 6}
"""Turning by a quarter is undone by the turn the other way; the other orientations undo themselves."""

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # there are as many workers as cores
pi_heif.register_heif_opener(thumbnails=False)


@dataclass(frozen=True)
class Opened:
    """A recognised content. Width and height are of the recorded grid, in pixels; orientation is EXIF's."""

    data: memoryview
    format: str
    picture: Image.Image
    width: int
    height: int
    orientation: int


def open_content(data: memoryview) -> Opened:
    """Recognise and open without decoding; raises Unusable."""
    name = formats.recognise(bytes(data[: formats.HEAD]))
    if name is None:
        raise not_a_photograph()
    picture = _opened(data, name)
    if picture.info.get("progressive") and _scans(data) > MOST_SCANS:
        raise damaged("it is divided into more scans than any camera writes")
    width, height = _recorded_size(picture)
    if width * height > MOST_PIXELS:
        raise too_large(width, height, MOST_PIXELS)
    return Opened(data, name, picture, width, height, _orientation_of(picture, name))


def _recorded_size(picture: Image.Image) -> tuple[int, int]:
    """The size as stored. Pillow tells that of a turned TIFF as it will be after its own turning."""
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        tags = picture.tag_v2
        return int(tags[_TIFF_WIDTH]), int(tags[_TIFF_HEIGHT])
    return picture.size


def _orientation_of(picture: Image.Image, name: str) -> int:
    """The EXIF orientation, 1 if none. HEIC decoders turn the picture themselves."""
    if name == formats.HEIC:
        return 1
    try:
        found = int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:
        return 1
    return found if 1 <= found <= 8 else 1


def _opened(data: memoryview, name: str) -> Image.Image:
    Image.init()
    allowed = [each for each in (["JPEG", "MPO"] if name == formats.JPEG else [name]) if each in Image.OPEN]
    if not allowed:  # Pillow was built without its decoder
        raise not_a_photograph()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=allowed)
    except Image.DecompressionBombError as error:
        raise too_many_pixels(MOST_PIXELS) from error
    except MemoryError as error:
        raise damaged("there is not enough memory for it") from error
    except Exception as error:
        raise (truncated() if is_cut(data, name) else damaged("its header is broken")) from error
    if name == formats.JPEG and not picture.info.get("icc_profile"):
        picture.info["icc_profile"] = profile_of(data)
    return picture


def _scans(data: memoryview) -> int:
    """Start-of-scan markers in a JPEG: in a progressive one each costs a pass over the whole picture."""
    return bytes(data).count(b"\xff\xda")


def pixels(opened: Opened, at_least: tuple[int, int] | None) -> tuple[Image.Image, str]:
    """The picture in the recorded grid, and what the decoder complained of ("" if nothing).

    With `at_least` (width, height) a JPEG may be decoded at a fraction of its size that is not smaller.
    The result has mode RGB. Raises Unusable.
    """
    if opened.format == formats.JPEG and opened.picture.mode in {"RGB", "L"}:
        return _jpeg(opened, at_least)
    picture, damage = _pillow(opened)
    return picture, damage or _passed_over(opened)


def _passed_over(opened: Opened) -> str:
    """Damage that Pillow shows a picture over without a word, as far as another can be asked."""
    if opened.format in _PARTS:
        return _PARTS[opened.format](opened.data)
    if opened.format == formats.JPEG:
        return _complaint_of_inks(opened)
    return ""


def is_plain_jpeg(opened: Opened) -> bool:
    """A JPEG in colour or grey whose colours are sRGB, or said to be nothing else."""
    return (
        opened.format == formats.JPEG
        and opened.picture.mode in {"RGB", "L"}
        and not is_other_space(opened.picture.info.get("icc_profile"))
    )


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
    except Exception:
        return None
    return array


def origin_of(opened: Opened) -> str:
    """What the pixels of the file are when they are not 8-bit RGB: "CMYK", "16-bit grey", "grey" ..."""
    mode, tile = opened.picture.mode, str(getattr(opened.picture, "tile", "")[:1])
    if mode.startswith("I"):
        return "16-bit grey"
    if mode == "F":
        return "floating-point grey"
    if ";16" in tile:
        return "16-bit"
    return {"CMYK": "CMYK", "L": "grey", "LA": "grey", "1": "black and white", "LAB": "Lab"}.get(mode, "")


def _jpeg(opened: Opened, at_least: tuple[int, int] | None) -> tuple[Image.Image, str]:
    width, height = at_least or (0, 0)
    try:
        array = simplejpeg.decode_jpeg(opened.data, "RGB", min_width=width, min_height=height)
        return Image.fromarray(array), ""
    except MemoryError as error:
        raise damaged("there is not enough memory for it") from error
    except Exception as error:
        return _jpeg_with_warning(opened, width, height, str(error).lower())


def _jpeg_with_warning(opened: Opened, width: int, height: int, said: str) -> tuple[Image.Image, str]:
    try:
        array = simplejpeg.decode_jpeg(opened.data, "RGB", min_width=width, min_height=height, strict=False)
    except Exception:
        picture, damage = _pillow(opened)
        return picture, damage or _UNUSUAL
    return Image.fromarray(array), _complaint(opened, said, array, "RGB", (width, height))


def _complaint_of_inks(opened: Opened) -> str:
    """What the strict decoder says of a CMYK JPEG, asked for it at an eighth of its size."""
    try:
        simplejpeg.decode_jpeg(opened.data, _INKS, min_width=1, min_height=1)
        return ""
    except Exception as error:
        said = str(error).lower()
    try:
        array = simplejpeg.decode_jpeg(opened.data, _INKS, min_width=1, min_height=1, strict=False)
    except Exception:
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
    return _end_missing(array)


def missing_share(array: NDArray[np.uint8]) -> float:
    """The share of a picture that is of one colour, from the bottom up: so decoders fill what is missing."""
    lines = (array == array[-1, -1]).all(axis=tuple(range(1, array.ndim)))
    return 1.0 if lines.all() else int(np.argmin(lines[::-1])) / len(lines)


def _end_missing(array: NDArray[np.uint8]) -> str:
    """What is said of a picture whose file ends early."""
    percent = round(100 * missing_share(array))
    what = f"about {percent} % of the picture is missing at its end" if percent else "detail is missing"
    return f"The file ends early: {what}."


def _pillow(opened: Opened) -> tuple[Image.Image, str]:
    """By Pillow; if the file ends early, as much of it as there is, and a sentence."""
    try:
        return _loaded(opened, opened.picture), ""
    except Unusable as unusable:
        if unusable.problem.kind is not ProblemKind.TRUNCATED:
            raise
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        picture = _loaded(opened, _opened(opened.data, opened.format))
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    return picture, _end_missing(np.asarray(picture))


def _loaded(opened: Opened, picture: Image.Image) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture.load()
            if opened.format == formats.TIFF:  # Pillow has turned it; the recorded grid is wanted here
                picture = upright(picture, INVERSE.get(opened.orientation, opened.orientation))
            return _as_rgb(picture)
    except MemoryError as error:
        raise damaged("there is not enough memory for it") from error
    except Unusable:
        raise
    except Exception as error:
        if any(word in str(error).lower() for word in ("truncated", "not enough", "unexpected end")):
            raise truncated() from error
        raise (truncated() if is_cut(opened.data, opened.format) else damaged()) from error


def _as_rgb(picture: Image.Image) -> Image.Image:
    """Any mode as RGB: 16 bits are scaled and not clipped, transparency lies on grey."""
    if picture.mode.startswith("I") or picture.mode == "F":
        picture = _eight_bits(picture)
    if picture.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in picture.info:
        front = picture.convert("RGBA")
        ground = Image.new("RGBA", front.size, (*_GROUND, 255))
        ground.alpha_composite(front)
        picture = ground
    if picture.mode in {"CMYK", "LAB"}:
        picture = inks_to_srgb(picture, picture.info.get("icc_profile"))
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Grey values of more than 8 bits scaled to 8: 16-bit range, or the picture's own if that is wider."""
    low, high = (float(each) for each in picture.convert("F").getextrema())  # type: ignore[arg-type]
    top = 65535.0 if picture.mode.startswith("I;16") or high > 255 else 255.0
    if low < 0 or high > top:
        top = high - low or 1.0
        return picture.convert("F").point(lambda value: (value - low) * (255.0 / top)).convert("L")
    return picture.convert("F").point(lambda value: value * (255.0 / top) + 0.0).convert("L")


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
