"""From bytes to a picture that is recognised and not yet decoded: which one, how large, which way up.

Runs in the worker process only. Whatever a decoder raises becomes Unusable.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace

import pi_heif
from PIL import AvifImagePlugin, Image, TiffImagePlugin

from reviewer.domain.photos.photo import DEVELOPED, PREVIEW
from reviewer.media.decoding import depth, formats, pictures_in_file, pillow_decoders, raw, webp_rest
from reviewer.media.decoding.camera_raw import raw_format
from reviewer.media.decoding.cut_short import is_cut
from reviewer.media.decoding.exif import exif_of
from reviewer.media.decoding.jpeg_profile import profile_of
from reviewer.media.decoding.pictures_in_file import Inside
from reviewer.media.decoding.profiles import is_other_space
from reviewer.media.decoding.trouble import (
    DECODERS_RAISE,
    damaged,
    no_such_picture,
    not_a_photograph,
    too_large,
    too_many_pixels,
    truncated,
)

MOST_PIXELS = 300_000_000
MOST_SCANS = 500
_ORIENTATION, _TIFF_WIDTH, _TIFF_HEIGHT = 0x0112, 0x0100, 0x0101

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # there are as many workers as cores
pi_heif.register_heif_opener(thumbnails=False)


@dataclass(frozen=True)
class Opened:
    """A recognised content. Width and height are of the recorded grid, in pixels; orientation is EXIF's.

    `pictures` are all pictures of the file if there are several or something is to be said of them; `inside`
    is the one that was opened. `origin` says what its pixels are if not 8-bit RGB: "CMYK", "16-bit grey",
    "grey" ... `kind` is the kind of a camera raw file, `shown_as` how its picture was made.
    """

    data: memoryview
    format: str
    picture: Image.Image
    width: int
    height: int
    orientation: int
    origin: str = ""
    pictures: tuple[Inside, ...] = ()
    inside: Inside | None = None
    kind: str = ""
    shown_as: str = ""
    undeveloped: raw.Undeveloped | None = None


def open_content(data: memoryview, page: int = 1) -> Opened:
    """Recognise and open one picture of a content without decoding; raises Unusable."""
    kind = raw_format(data)
    if kind:
        return _open_raw(data, kind, page)
    name = formats.recognise(bytes(data[: formats.HEAD]))
    if name is None:
        raise not_a_photograph()
    picture = opened_by_pillow(data, name)
    pictures = pictures_in_file.listed(data, name, picture, _orientation_of(picture, name))
    if page > max(1, len(pictures)):
        raise no_such_picture(page)
    if not pictures:
        return _open_picture(data, name, picture)
    inside = pictures[page - 1]
    part = pictures_in_file.part_of(data, name, inside)
    one = _open_picture(part, name, opened_by_pillow(data, name, inside))
    shown_as = inside.words if inside.words == pictures_in_file.REDUCED else ""
    return replace(one, pictures=pictures, inside=inside, shown_as=shown_as)


def _open_raw(data: memoryview, kind: str, page: int) -> Opened:
    if page > 1:
        raise no_such_picture(page)
    found = raw.looked_into(data, kind)
    tags = raw.tags_of(data)
    if isinstance(found, raw.Undeveloped):
        if found.width * found.height > MOST_PIXELS:
            raise too_large(found.width, found.height, MOST_PIXELS)
        picture = raw.RawPicture(tags)
        return Opened(
            data,
            formats.RAW,
            picture,
            found.width,
            found.height,
            found.orientation,
            kind=kind,
            shown_as=DEVELOPED,
            undeveloped=found,
        )
    part = data[found.lies.start : found.lies.end]
    one = _open_picture(part, formats.JPEG, opened_by_pillow(part, formats.JPEG))
    turn = found.orientation if one.orientation == 1 else one.orientation
    return replace(one, orientation=turn, kind=kind, shown_as=PREVIEW)


def _open_picture(data: memoryview, name: str, picture: Image.Image) -> Opened:
    if picture.info.get("progressive") and _scans(data) > MOST_SCANS:
        raise damaged("it is divided into more scans than any camera writes")
    width, height = _recorded_size(picture)
    if width * height > MOST_PIXELS:
        raise too_large(width, height, MOST_PIXELS)
    turn, origin = _orientation_of(picture, name), _origin_of(picture)
    return Opened(data, name, picture, width, height, turn, origin)


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
        found = int(exif_of(picture).get(_ORIENTATION, 1))
    except DECODERS_RAISE:
        return 1
    return found if 1 <= found <= 8 else 1


def opened_by_pillow(data: memoryview, name: str, inside: Inside | None = None) -> Image.Image:
    """The picture as Pillow opens it, not yet decoded; raises Unusable."""
    wanted = ["JPEG", "MPO"] if name == formats.JPEG else [name]
    allowed = [each for each in wanted if pillow_decoders.is_there(each)]
    if not allowed:  # Pillow was built without its decoder
        raise not_a_photograph()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            content = webp_rest.filled_up(data) if name == formats.WEBP and is_cut(data, name) else data
            picture = pictures_in_file.opened(memoryview(content), name, allowed, inside)
    except Image.DecompressionBombError as error:
        raise too_many_pixels(MOST_PIXELS) from error
    except MemoryError as error:
        raise damaged("there is not enough memory for it") from error
    except DECODERS_RAISE as error:
        if "unsupported" in str(error).lower():
            raise damaged("it is stored in a way that the program does not know") from error
        raise (truncated() if is_cut(data, name) else damaged("its header is broken")) from error
    if name == formats.JPEG and not picture.info.get("icc_profile"):
        picture.info["icc_profile"] = profile_of(data)
    return picture


def _scans(data: memoryview) -> int:
    """Start-of-scan markers in a JPEG: in a progressive one each costs a pass over the whole picture."""
    return bytes(data).count(b"\xff\xda")


def is_plain_jpeg(opened: Opened) -> bool:
    """A JPEG in colour or grey whose colours are sRGB, or said to be nothing else."""
    return (
        opened.format == formats.JPEG
        and opened.picture.mode in {"RGB", "L"}
        and not is_other_space(opened.picture.info.get("icc_profile"))
    )


def _origin_of(picture: Image.Image) -> str:
    """Asked before decoding: afterwards Pillow no longer knows how the values lie in the file."""
    mode = picture.mode
    if mode.startswith("I"):
        return "16-bit grey"
    if mode == "F":
        return "floating-point grey"
    if depth.is_deep_colour(picture):
        return depth.DEEP_COLOUR
    return {"CMYK": "CMYK", "L": "grey", "LA": "grey", "1": "black and white", "LAB": "Lab"}.get(mode, "")
