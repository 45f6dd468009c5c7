"""All that a file says of its own making, and its embedded thumbnail: one operation of the worker.

The answer: "tags" by name; "likeness" of the thumbnail to the picture; "thumb_width", "thumb_height" of the
rows of red, green, blue in the output buffer, upright, 0 if there is none; "thumb_said" for what was there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PIL import ExifTags, Image

from reviewer.domain.names import make_printable
from reviewer.domain.photos.file_tags import (
    LONGEST_SIDE,
    LONGEST_VALUE,
    MOST_TAGS,
    OF_THUMBNAIL,
    ThumbnailLikeness,
)
from reviewer.media.decoding import decode, embedded_thumbnail, opening
from reviewer.media.decoding.embedded_thumbnail import BROKEN
from reviewer.media.decoding.trouble import Unusable

_COMPARED_SIZE = (64, 64)
_RAW_THUMBNAIL_NOT_READ = "those of raw files are not read"
_MAKER_NOTE, _COMMENT = "MakerNote", "UserComment"
b"".decode("utf-16-be")  # codecs are imported when they are first used: before the confinement
_POINTERS = {"ExifOffset", "GPSInfo", "ExifInteroperabilityOffset", "JpegIFOffset", "JpegIFByteCount"}
_FOLDERS: tuple[tuple[int, str, Mapping[int, str]], ...] = (
    (ExifTags.IFD.Exif, "", ExifTags.TAGS),
    (ExifTags.IFD.GPSInfo, "", ExifTags.GPSTAGS),
    (ExifTags.IFD.Interop, "Interop: ", {1: "InteropIndex", 2: "InteropVersion"}),
    (ExifTags.IFD.IFD1, OF_THUMBNAIL, ExifTags.TAGS),
)


def answer_details(
    content: memoryview, _request: Mapping[str, Any], _room: memoryview
) -> tuple[dict[str, Any], bytes]:
    """What the worker says to {"op": "details"}; raises Unusable for what is no photograph."""
    found = opening.open_content(content)
    tags = read_tags(found.picture)
    jpeg = embedded_thumbnail.extract_thumbnail(found.picture)
    answer: dict[str, Any] = {"tags": tags, "likeness": str(ThumbnailLikeness.CANNOT_TELL), "thumb_said": ""}
    answer |= {"thumb_width": 0, "thumb_height": 0}
    if not jpeg:
        return {**answer, "thumb_said": _RAW_THUMBNAIL_NOT_READ if found.kind else ""}, b""
    thumbnail = embedded_thumbnail.decode_thumbnail(jpeg)
    if thumbnail is None:
        return {**answer, "thumb_said": f"{len(jpeg):,} bytes that cannot be decoded"}, b""
    answer["thumb_said"] = f"{thumbnail.width} x {thumbnail.height} pixels, {len(jpeg):,} bytes"
    answer["likeness"] = str(_compare_thumbnail(thumbnail, found))
    shown = decode.turn_upright(thumbnail, found.orientation)
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    answer["thumb_width"], answer["thumb_height"] = shown.size
    return answer, shown.convert("RGB").tobytes()


def _compare_thumbnail(thumbnail: Image.Image, found: opening.OpenedPicture) -> ThumbnailLikeness:
    """A damaged picture is compared with nothing."""
    try:
        picture, damage = decode.decode_pixels(found, _COMPARED_SIZE)
    except Unusable:
        return ThumbnailLikeness.CANNOT_TELL
    return (
        ThumbnailLikeness.CANNOT_TELL if damage else embedded_thumbnail.compare_pictures(thumbnail, picture)
    )


def read_tags(picture: Image.Image) -> dict[str, str]:
    """Every tag by name, as printable text; what is broken is left out."""
    tags: dict[str, str] = {}
    try:
        exif = picture.getexif()
        _collect_tags(tags, exif, "", ExifTags.TAGS)
    except BROKEN:
        return tags
    for folder, before, names in _FOLDERS:
        try:
            _collect_tags(tags, exif.get_ifd(folder), before, names)
        except BROKEN:
            continue
    return tags


def _collect_tags(tags: dict[str, str], values: Any, before: str, names: Mapping[int, str]) -> None:
    for number, value in values.items():
        name = names.get(number, f"0x{number:04x}")
        if len(tags) < MOST_TAGS and name not in _POINTERS and f"{before}{name}" not in tags:
            tags[f"{before}{name}"] = _format_value(name, value)


def _format_value(name: str, value: object) -> str:
    if isinstance(value, bytes):
        if name == _COMMENT:
            return _to_printable(_decode_comment(value))
        if name == _MAKER_NOTE or len(value) > 64:
            return f"{len(value):,} bytes, not read"
        return _to_printable(value.decode("latin-1"))
    return _to_printable(str(value))


def _decode_comment(value: bytes) -> str:
    """Eight bytes that name the encoding, then the text (Exif 2.32, 4.6.5)."""
    if value.startswith(b"JIS"):
        return f"{len(value):,} bytes of text in JIS, not read"
    return value[8:].decode("utf-16-be" if value.startswith(b"UNICODE") else "latin-1", "replace")


def _to_printable(text: str) -> str:
    return make_printable(text.replace("\0", " ").strip())[:LONGEST_VALUE]
