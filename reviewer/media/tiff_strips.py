"""Whether the strips or tiles of a TIFF lie in the file and give as many bytes as its picture needs.

TIFF 6.0, 3, 9, 15 and 22. Where the data are packed by a method whose decoder tells of every fault, only
their place is looked at; those of deflate and JPEG are followed here: what is wrong in them is passed over.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import simplejpeg

from reviewer.media.png_stream import inflated

CUT = "This TIFF ends before its picture does; parts of it are missing."
BROKEN = "The data of this TIFF do not give its picture; parts of it may be wrong."
_WIDTH, _HEIGHT, _BITS, _HOW, _SAMPLES, _ROWS, _PLANES = 256, 257, 258, 259, 277, 278, 284
_STRIPS, _STRIP_LENGTHS, _TILES, _TILE_LENGTHS = 273, 279, 324, 325
_TILE_WIDTH, _TILE_HEIGHT, _TABLES, _COLOURS, _YCBCR = 322, 323, 347, 262, 6
_PLAIN, _JPEG, _PACKED, _DEFLATE = 1, 7, 32773, {8, 32946}


def damage_of(data: memoryview, tags: Mapping[int, Any]) -> str:
    """A sentence about the first fault of the picture that `tags` describe, "" if there is none."""
    places, lengths = _listed(tags, _TILES, _STRIPS), _listed(tags, _TILE_LENGTHS, _STRIP_LENGTHS)
    wanted = _sizes(tags)
    if not places or len(places) < len(wanted) or len(lengths) < len(wanted):
        return BROKEN
    for number, (place, length, size) in enumerate(zip(places, lengths, wanted, strict=False)):
        if place + length > len(data):
            return CUT
        is_padded = (
            0 < number == len(wanted) - 1
        )  # some write as many lines into the last strip as into others
        if not _gives(data[place : place + length], tags, size, is_padded):
            return BROKEN
    return ""


def _listed(tags: Mapping[int, Any], *names: int) -> tuple[int, ...]:
    found = next((tags[name] for name in names if name in tags), ())
    return (found,) if isinstance(found, int) else tuple(found)


def _number(tags: Mapping[int, Any], name: int, otherwise: int) -> int:
    found = tags.get(name, otherwise)
    return int(found[0] if isinstance(found, tuple) else found)


def _sizes(tags: Mapping[int, Any]) -> list[int]:
    """The bytes that each strip or tile gives, in their order."""
    width, height = int(tags[_WIDTH]), int(tags[_HEIGHT])
    samples, bits = _number(tags, _SAMPLES, 1), _number(tags, _BITS, 1)
    planes = samples if _number(tags, _PLANES, 1) == 2 else 1
    of_pixel = bits if planes > 1 else bits * samples
    if _TILES in tags:
        across, down = _number(tags, _TILE_WIDTH, 1), _number(tags, _TILE_HEIGHT, 1)
        count = -(-width // across) * -(-height // down)
        return [(across * of_pixel + 7) // 8 * down] * count * planes
    rows = min(height, _number(tags, _ROWS, height)) or height
    each = [min(rows, height - top) for top in range(0, height, rows)]
    return [(width * of_pixel + 7) // 8 * lines for lines in each] * planes


def _gives(content: memoryview, tags: Mapping[int, Any], size: int, is_padded: bool) -> bool:
    """Whether a strip gives `size` bytes, or at least so many if it may be padded."""
    how = _number(tags, _HOW, _PLAIN)
    if how == _PLAIN:
        fits = len(content) == size or (is_padded and len(content) > size)
        return fits or _number(tags, _COLOURS, 0) == _YCBCR
    if how in _DEFLATE:
        stream = zlib.decompressobj()
        try:
            found = sum(len(block) for block in inflated(stream, [content]))
        except zlib.error:
            return False
        return stream.eof and (found == size or (is_padded and found > size))
    if how == _PACKED:
        found = _unpacked(content)
        return found == size or (is_padded and found > size)
    return _is_whole_jpeg(content, tags) if how == _JPEG else len(content) > 0


def _unpacked(content: memoryview) -> int:
    """How many bytes PackBits gives; -1 if its last run is cut."""
    place = found = 0
    while place < len(content):
        code = content[place]
        run = 0 if code == 128 else 257 - code if code > 128 else code + 1
        place += 1 if code == 128 else 2 if code > 128 else code + 2
        found += run
    return found if place == len(content) else -1


def _is_whole_jpeg(content: memoryview, tags: Mapping[int, Any]) -> bool:
    """Whether the strict decoder takes a strip, put behind the tables that all strips share."""
    tables = bytes(tags.get(_TABLES, b""))
    if tables and not tables.endswith(b"\xff\xd9"):
        return False
    whole = tables[:-2] + bytes(content[2:]) if tables else bytes(content)
    try:
        colours = simplejpeg.decode_jpeg_header(whole)[2]
        asked = "CMYK" if colours in {"CMYK", "YCCK"} else "GRAY"
        simplejpeg.decode_jpeg(whole, asked, min_width=1, min_height=1)
    except ValueError:
        return False
    return True
