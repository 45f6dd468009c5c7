"""Damage in a PNG that a decoder passes over: every chunk has a checksum, and somebody has to look at it.

PNG (Third Edition), 5.3: length, type, data, CRC-32 over type and data; the last chunk is IEND.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from reviewer.media.decoding import png_stream

_SIGNATURE, _HEADER = 8, 13
_FAULT = "A checksum in this PNG is wrong; parts of the picture may be wrong."
_CUT = "This PNG does not end as it should; parts of the picture may be wrong."


def describe_damage(data: memoryview) -> str:
    """A sentence about the first fault, "" if every chunk is sound up to IEND, and so is the picture."""
    fault = _check_chunks(data)
    if fault:
        return fault
    header = next((bytes(content) for kind, content in _iterate_chunks(data) if kind == b"IHDR"), b"")
    if len(header) != _HEADER:
        return _CUT
    return png_stream.describe_damage(
        header, (content for kind, content in _iterate_chunks(data) if kind == b"IDAT")
    )


def find_late_exif(data: memoryview) -> bytes:
    """What a PNG says of its making behind its picture, b"" if nothing; read without decoding the picture."""
    return next((bytes(content) for kind, content in _iterate_chunks(data) if kind == b"eXIf"), b"")


def _iterate_chunks(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """Kind and content of each chunk that is there in full."""
    place = _SIGNATURE
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        if place + 12 + length > len(data):
            return
        yield bytes(data[place + 4 : place + 8]), data[place + 8 : place + 8 + length]
        place += 12 + length


def _check_chunks(data: memoryview) -> str:
    place = _SIGNATURE
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        end = place + 8 + length
        if end + 4 > len(data):
            return _CUT
        (stated,) = struct.unpack_from(">I", data, end)
        if zlib.crc32(data[place + 4 : end]) != stated:
            return _FAULT
        if bytes(data[place + 4 : place + 8]) == b"IEND":
            return ""
        place = end + 4
    return _CUT
