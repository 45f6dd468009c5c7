"""From bytes to a picture that is recognised and not yet decoded: which one, how large, which way up.

Runs in the worker process only. Whatever a decoder raises becomes Unusable.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace

import pi_heif
from PIL import AvifImagePlugin, Image, TiffImagePlugin

from reviewer.domain.photos.photo import SHOWN_AS_DEVELOPED, SHOWN_AS_PREVIEW
from reviewer.media.decoding import depth, formats, pictures_in_file, pillow_decoders, raw, webp_rest
from reviewer.media.decoding.camera_raw import find_raw_format
from reviewer.media.decoding.cut_short import is_truncated
from reviewer.media.decoding.exif import read_exif
from reviewer.media.decoding.jpeg_profile import read_profile
from reviewer.media.decoding.pictures_in_file import ContainedPicture
from reviewer.media.decoding.profiles import needs_conversion
from reviewer.media.decoding.trouble import (
    DECODERS_RAISE,
    make_damaged_error,
    make_no_such_picture_error,
    make_not_a_photograph_error,
    make_too_large_picture_error,
    make_too_many_pixels_error,
    make_truncated_error,
)

MOST_PIXELS = 300_000_000
MOST_SCANS = 500
_ORIENTATION, _TIFF_WIDTH, _TIFF_HEIGHT = 0x0112, 0x0100, 0x0101

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # there are as many workers as cores
pi_heif.register_heif_opener(thumbnails=False)


@dataclass(frozen=True)
class OpenedPicture:
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
    pictures: tuple[ContainedPicture, ...] = ()
    inside: ContainedPicture | None = None
    kind: str = ""
    shown_as: str = ""
    undeveloped: raw.DevelopableRaw | None = None


def open_content(data: memoryview, page: int = 1) -> OpenedPicture:
    """Recognise and open one picture of a content without decoding; raises Unusable."""
    kind = find_raw_format(data)
    if kind:
        return _open_raw(data, kind, page)
    name = formats.recognise(bytes(data[: formats.HEAD_BYTES]))
    if name is None:
        raise make_not_a_photograph_error()
    picture = open_with_pillow(data, name)
    pictures = pictures_in_file.list_pictures(data, name, picture, _read_orientation(picture, name))
    if page > max(1, len(pictures)):
        raise make_no_such_picture_error(page)
    if not pictures:
        return _open_picture(data, name, picture)
    inside = pictures[page - 1]
    part = pictures_in_file.extract_part(data, name, inside)
    one = _open_picture(part, name, open_with_pillow(data, name, inside))
    shown_as = inside.words if inside.words == pictures_in_file.REDUCED else ""
    return replace(one, pictures=pictures, inside=inside, shown_as=shown_as)


def _open_raw(data: memoryview, kind: str, page: int) -> OpenedPicture:
    if page > 1:
        raise make_no_such_picture_error(page)
    found = raw.inspect_raw(data, kind)
    tags = raw.read_tags(data)
    if isinstance(found, raw.DevelopableRaw):
        if found.width * found.height > MOST_PIXELS:
            raise make_too_large_picture_error(found.width, found.height, MOST_PIXELS)
        picture = raw.RawPicture(tags)
        return OpenedPicture(
            data,
            formats.RAW,
            picture,
            found.width,
            found.height,
            found.orientation,
            kind=kind,
            shown_as=SHOWN_AS_DEVELOPED,
            undeveloped=found,
        )
    part = data[found.lies.start : found.lies.end]
    one = _open_picture(part, formats.JPEG, open_with_pillow(part, formats.JPEG))
    turn = found.orientation if one.orientation == 1 else one.orientation
    return replace(one, orientation=turn, kind=kind, shown_as=SHOWN_AS_PREVIEW)


def _open_picture(data: memoryview, name: str, picture: Image.Image) -> OpenedPicture:
    if picture.info.get("progressive") and _count_scans(data) > MOST_SCANS:
        raise make_damaged_error("it is divided into more scans than any camera writes")
    width, height = _read_recorded_size(picture)
    if width * height > MOST_PIXELS:
        raise make_too_large_picture_error(width, height, MOST_PIXELS)
    turn, origin = _read_orientation(picture, name), _describe_origin(picture)
    return OpenedPicture(data, name, picture, width, height, turn, origin)


def _read_recorded_size(picture: Image.Image) -> tuple[int, int]:
    """The size as stored. Pillow tells that of a turned TIFF as it will be after its own turning."""
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        tags = picture.tag_v2
        return int(tags[_TIFF_WIDTH]), int(tags[_TIFF_HEIGHT])
    return picture.size


def _read_orientation(picture: Image.Image, name: str) -> int:
    """The EXIF orientation, 1 if none. HEIC decoders turn the picture themselves."""
    if name == formats.HEIC:
        return 1
    try:
        found = int(read_exif(picture).get(_ORIENTATION, 1))
    except DECODERS_RAISE:
        return 1
    return found if 1 <= found <= 8 else 1


def open_with_pillow(data: memoryview, name: str, inside: ContainedPicture | None = None) -> Image.Image:
    """The picture as Pillow opens it, not yet decoded; raises Unusable."""
    wanted = ["JPEG", "MPO"] if name == formats.JPEG else [name]
    allowed = [decoder for decoder in wanted if pillow_decoders.can_open(decoder)]
    if not allowed:  # Pillow was built without its decoder
        raise make_not_a_photograph_error()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            content = (
                webp_rest.fill_missing_bytes(data)
                if name == formats.WEBP and is_truncated(data, name)
                else data
            )
            picture = pictures_in_file.open_picture(memoryview(content), name, allowed, inside)
    except Image.DecompressionBombError as error:
        raise make_too_many_pixels_error(MOST_PIXELS) from error
    except MemoryError as error:
        raise make_damaged_error("there is not enough memory for it") from error
    except DECODERS_RAISE as error:
        if "unsupported" in str(error).lower():
            raise make_damaged_error("it is stored in a way that the program does not know") from error
        raise (
            make_truncated_error() if is_truncated(data, name) else make_damaged_error("its header is broken")
        ) from error
    if name == formats.JPEG and not picture.info.get("icc_profile"):
        picture.info["icc_profile"] = read_profile(data)
    return picture


def _count_scans(data: memoryview) -> int:
    """Start-of-scan markers in a JPEG: in a progressive one each costs a pass over the whole picture."""
    return bytes(data).count(b"\xff\xda")


def is_plain_jpeg(opened: OpenedPicture) -> bool:
    """A JPEG in colour or grey whose colours are sRGB, or said to be nothing else."""
    return (
        opened.format == formats.JPEG
        and opened.picture.mode in {"RGB", "L"}
        and not needs_conversion(opened.picture.info.get("icc_profile"))
    )


def _describe_origin(picture: Image.Image) -> str:
    """Asked before decoding: afterwards Pillow no longer knows how the values lie in the file."""
    mode = picture.mode
    if mode.startswith("I"):
        return "16-bit grey"
    if mode == "F":
        return "floating-point grey"
    if depth.is_deep_colour(picture):
        return depth.DEEP_COLOUR
    return {"CMYK": "CMYK", "L": "grey", "LA": "grey", "1": "black and white", "LAB": "Lab"}.get(mode, "")
