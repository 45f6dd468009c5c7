"""Whether a WebP is as long as it says, and each of its chunks lies within it (RFC 9649, 2.3)."""

from __future__ import annotations

import struct

CUT = "This WebP ends before its picture does; parts of it are missing."
BROKEN = "The parts of this WebP do not fit into it; parts of the picture may be wrong."
_PICTURES = {b"VP8 ", b"VP8L", b"ANMF"}


def describe_damage(data: memoryview) -> str:
    """Describe the first fault in a sentence, "" if none is found."""
    if len(data) < 20:
        return CUT
    end = struct.unpack_from("<I", data, 4)[0] + 8
    if end > len(data):
        return CUT
    place, has_picture = 12, False
    while place + 8 <= end:
        kind, (length,) = bytes(data[place : place + 4]), struct.unpack_from("<I", data, place + 4)
        has_picture = has_picture or kind in _PICTURES
        place += 8 + length + (length & 1)
    return "" if (has_picture and end <= place <= end + 1) or place == end else BROKEN
