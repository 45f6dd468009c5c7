"""Damage in a PNG that a decoder passes over: every chunk has a checksum, and somebody has to look at it.

PNG (Third Edition), 5.3: length, type, data, CRC-32 over type and data; the last chunk is IEND.
"""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = 8
_FAULT = "A checksum in this PNG is wrong; parts of the picture may be wrong."
_CUT = "This PNG does not end as it should; parts of the picture may be wrong."


def damage_of(data: memoryview) -> str:
    """A sentence about the first fault, "" if every chunk is sound up to IEND."""
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
