"""Whether the strips or tiles of a TIFF lie in the file and give as many bytes as its picture needs.

TIFF 6.0, 3, 9, 15 and 22. Where the data are packed by a method whose decoder tells of every fault, only
their place is looked at; those of deflate, JPEG and facsimile are followed here: what is wrong in them is
passed over.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import simplejpeg

from reviewer.media.decoding import fax_lines
from reviewer.media.decoding.png_stream import inflate

CUT = "This TIFF ends before its picture does; parts of it are missing."
BROKEN = "The data of this TIFF do not give its picture; parts of it may be wrong."
NOT_FOLLOWED = (
    "The facsimile data of this TIFF are too many to be checked; whether its picture is right is not known."
)
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _SAMPLES, _ROWS, _PLANES = 256, 257, 258, 259, 277, 278, 284
_STRIPS, _STRIP_LENGTHS, _TILES, _TILE_LENGTHS = 273, 279, 324, 325
_TILE_WIDTH, _TILE_HEIGHT, _TABLES, _COLOURS, _YCBCR = 322, 323, 347, 262, 6
_FAX_OPTIONS, _BIT_ORDER = 292, 266
_UNCOMPRESSED, _JPEG, _PACK_BITS, _DEFLATE = 1, 7, 32773, {8, 32946}
_TWO_DIMENSIONS, _LEAST_BIT_FIRST, _SEPARATE = 1, 2, 2
_MOST_FAX = 500_000
"""Bytes. More take longer to follow than a file may take; a page of text has a tenth of that."""


def describe_damage(data: memoryview, tags: Mapping[int, Any]) -> str:
    """Describe the first fault of the picture of `tags` in a sentence, "" if none is found."""
    places, lengths = read_strip_offsets(tags)
    wanted = _compute_strip_sizes(tags)
    if not places or len(places) < len(wanted) or len(lengths) < len(wanted):
        return BROKEN
    if _get_number(tags, _COMPRESSION, _UNCOMPRESSED) in fax_lines.METHODS and sum(lengths) > _MOST_FAX:
        return NOT_FOLLOWED
    for number, (place, length, size) in enumerate(zip(places, lengths, wanted, strict=False)):
        if place + length > len(data):
            return CUT
        is_padded = (
            0 < number == len(wanted) - 1
        )  # some write as many lines into the last strip as into others
        if not _gives_bytes(data[place : place + length], tags, size, is_padded):
            return BROKEN
    return ""


def are_truncated(data: memoryview, tags: Mapping[int, Any]) -> bool:
    """Whether a strip or tile lies behind the end of the file, in part or in whole."""
    return any(place + length > len(data) for place, length in zip(*read_strip_offsets(tags), strict=False))


def count_lines(content: memoryview, tags: Mapping[int, Any], most: int) -> int:
    """How many lines a strip gives whose decoder would make up those that are missing; else `most`."""
    how = _get_number(tags, _COMPRESSION, _UNCOMPRESSED)
    if how == _UNCOMPRESSED:
        return min(most, len(content) // _compute_line_bytes(tags, _get_number(tags, _WIDTH, 1)))
    if how not in fax_lines.METHODS:
        return most
    return fax_lines.count_lines(content, _fax_encoding_from_tags(tags), _get_number(tags, _WIDTH, 1), most)


def read_strip_offsets(tags: Mapping[int, Any]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where the strips or tiles begin, and how many bytes each has."""
    return _read_numbers(tags, _TILES, _STRIPS), _read_numbers(tags, _TILE_LENGTHS, _STRIP_LENGTHS)


def _read_numbers(tags: Mapping[int, Any], *names: int) -> tuple[int, ...]:
    found = next((tags[name] for name in names if name in tags), ())
    return (found,) if isinstance(found, int) else tuple(found)


def _get_number(tags: Mapping[int, Any], name: int, otherwise: int) -> int:
    found = tags.get(name, otherwise)
    return int(found[0] if isinstance(found, tuple) else found)


def _compute_strip_sizes(tags: Mapping[int, Any]) -> list[int]:
    """The bytes that each strip or tile gives, in their order."""
    width, height = int(tags[_WIDTH]), int(tags[_HEIGHT])
    planes = _get_number(tags, _SAMPLES, 1) if _get_number(tags, _PLANES, 1) == _SEPARATE else 1
    if _TILES in tags:
        across, down = _get_number(tags, _TILE_WIDTH, 1), _get_number(tags, _TILE_HEIGHT, 1)
        count = -(-width // across) * -(-height // down)
        return [_compute_line_bytes(tags, across) * down] * count * planes
    rows = min(height, _get_number(tags, _ROWS, height)) or height
    heights = [min(rows, height - top) for top in range(0, height, rows)]
    return [_compute_line_bytes(tags, width) * lines for lines in heights] * planes


def _compute_line_bytes(tags: Mapping[int, Any], columns: int) -> int:
    samples = 1 if _get_number(tags, _PLANES, 1) == _SEPARATE else _get_number(tags, _SAMPLES, 1)
    return max(1, (columns * samples * _get_number(tags, _BITS, 1) + 7) // 8)


def _gives_bytes(content: memoryview, tags: Mapping[int, Any], size: int, is_padded: bool) -> bool:
    """Whether a strip gives `size` bytes, or at least so many if it may be padded."""
    how = _get_number(tags, _COMPRESSION, _UNCOMPRESSED)
    if how == _UNCOMPRESSED:
        fits = len(content) == size or (is_padded and len(content) > size)
        return fits or _get_number(tags, _COLOURS, 0) == _YCBCR
    if how in _DEFLATE:
        stream = zlib.decompressobj()
        try:
            found = sum(len(block) for block in inflate(stream, [content]))
        except zlib.error:
            return False
        return stream.eof and (found == size or (is_padded and found > size))
    if how == _PACK_BITS:
        found = _count_unpacked(content)
        return found == size or (is_padded and found > size)
    if how in fax_lines.METHODS:
        return _is_whole_fax(content, tags, size)
    return _is_whole_jpeg(content, tags) if how == _JPEG else len(content) > 0


def _is_whole_fax(content: memoryview, tags: Mapping[int, Any], size: int) -> bool:
    columns = _get_number(tags, _TILE_WIDTH if _TILES in tags else _WIDTH, 1)
    return fax_lines.has_all_lines(
        content, _fax_encoding_from_tags(tags), columns, size // ((columns + 7) // 8)
    )


def _fax_encoding_from_tags(tags: Mapping[int, Any]) -> fax_lines.FaxEncoding:
    in_two = bool(_get_number(tags, _FAX_OPTIONS, 0) & _TWO_DIMENSIONS)
    reversed_bits = _get_number(tags, _BIT_ORDER, 1) == _LEAST_BIT_FIRST
    return fax_lines.FaxEncoding(_get_number(tags, _COMPRESSION, _UNCOMPRESSED), in_two, reversed_bits)


def _count_unpacked(content: memoryview) -> int:
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
