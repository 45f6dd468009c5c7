"""What a file says of its own making, as printable text: recorded, not verified."""

from __future__ import annotations

import contextlib
import io
from typing import Any

from PIL import ExifTags, Image, PngImagePlugin

from reviewer.domain.names import make_printable
from reviewer.domain.photos.capture_dates import find_capture_date
from reviewer.domain.photos.photo import Capture
from reviewer.media.decoding import png_chunks
from reviewer.media.decoding.trouble import DECODERS_RAISE

MOST_TAGS = 200
LONGEST_VALUE = 200
_SUB_FOLDERS = (0x8769, 0x8825)  # Exif and GPS (Exif 2.32, 4.6.3)


def read_capture(picture: Image.Image) -> Capture:
    """All EXIF tags that can be read, by name. Whatever is broken in them is left out."""
    tags: dict[str, str] = {}
    try:
        exif = read_exif(picture)
        _collect_tags(tags, exif, ExifTags.TAGS)
    except DECODERS_RAISE:
        return Capture()
    for folder in _SUB_FOLDERS:
        names: dict[int, str] = ExifTags.GPSTAGS if folder == 0x8825 else ExifTags.TAGS
        with contextlib.suppress(*DECODERS_RAISE):
            _collect_tags(tags, exif.get_ifd(folder), names)
    taken = find_capture_date(tags)
    return Capture(
        taken_at=taken.at,
        make=tags.get("Make", ""),
        model=tags.get("Model", ""),
        tags=tags,
        taken_from=taken.source,
        taken_doubt=taken.doubt,
    )


def read_exif(picture: Image.Image) -> Image.Exif:
    """What a file says of itself, without decoding its picture: an error of that would be lost here.

    Pillow decodes a PNG to look for what may stand behind the picture.
    """
    if not isinstance(picture, PngImagePlugin.PngImageFile):
        return picture.getexif()
    if "exif" not in picture.info and isinstance(picture.fp, io.BytesIO):
        late = png_chunks.find_late_exif(picture.fp.getbuffer())
        if late:
            picture.info["exif"] = late
    return Image.Image.getexif(picture)


def _collect_tags(tags: dict[str, str], values: Any, names: dict[int, str]) -> None:
    for number, value in values.items():
        if len(tags) >= MOST_TAGS:
            return
        name = names.get(number, f"0x{number:04x}")
        if name not in {"MakerNote", "ExifOffset", "GPSInfo", "UserComment", "PrintImageMatching"}:
            tags[name] = _format_value(value)


def _format_value(value: object) -> str:
    if isinstance(value, bytes):
        if len(value) > 64:
            return f"{len(value)} bytes"
        value = value.decode("latin-1")
    return make_printable(str(value).replace("\0", " ").strip())[:LONGEST_VALUE]
