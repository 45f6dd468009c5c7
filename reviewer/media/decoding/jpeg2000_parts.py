"""Whether the parts of a JPEG 2000 are all there: its decoder shows what it has, and says nothing.

ISO/IEC 15444-1: boxes (annex I), markers and tile-parts with their lengths (annex A).
"""

from __future__ import annotations

import struct

_CODESTREAM, _START_OF_TILE, _END = b"\xff\x4f\xff\x51", 0xFF90, 0xFFD9
_MOST_BOXES, _MOST_PARTS = 1000, 100_000
CUT = "The file ends early: detail or a part of the picture is missing."
_FAULT = "The parts of this JPEG 2000 do not follow each other; parts of the picture may be wrong."


def describe_damage(data: memoryview) -> str:
    """A sentence about what is missing, "" if every tile-part is there and the end is marked."""
    start = _find_codestream(data)
    place = None if start is None else _find_first_tile_part(data, start)
    for _part in range(_MOST_PARTS):
        if place is None or place + 2 > len(data):
            return CUT
        (marker,) = struct.unpack_from(">H", data, place)
        if marker != _START_OF_TILE:
            return "" if marker == _END else _FAULT
        place = _find_next_part(data, place)
    return _FAULT


def _find_next_part(data: memoryview, place: int) -> int | None:
    """Where the marker behind a tile-part has to be; None if the file does not reach as far."""
    if place + 12 > len(data):
        return None
    (length,) = struct.unpack_from(">I", data, place + 6)
    # the last one may go to the end without saying how far
    return place + max(length, 12) if length else len(data) - 2


def _find_codestream(data: memoryview) -> int | None:
    """Where the codestream begins; None if it is not there."""
    if bytes(data[:4]) == _CODESTREAM:
        return 0
    place = 0
    for _box in range(_MOST_BOXES):
        if place + 8 > len(data):
            return None
        length, kind, header = *struct.unpack_from(">I4s", data, place), 8
        if length == 1 and place + 16 <= len(data):
            (length,), header = struct.unpack_from(">Q", data, place + 8), 16
        if kind == b"jp2c":
            return place + header
        if length < header:
            return None
        place += length
    return None


def _find_first_tile_part(data: memoryview, place: int) -> int | None:
    """Where the first tile-part begins, after the main header."""
    place += 2
    while place + 4 <= len(data):
        marker, length = struct.unpack_from(">HH", data, place)
        if marker == _START_OF_TILE:
            return place
        place += 2 + max(length, 2)
    return None
