"""Whether the lines of a bitmap are all there, as its header says they are stored."""

from __future__ import annotations

import struct

CUT = "This bitmap ends before its picture does; parts of it are missing."
BROKEN = "The lines of this bitmap do not end as they should; parts of the picture may be wrong."
LENGTH = "This bitmap is not as long as it says; parts of the picture may be wrong."
_MOST_FILLED = 3
"""Bytes that some write behind the end."""
_OS2_HEADER_BYTES, _HEADER_BYTES = 12, {16, 40, 52, 56, 64, 108, 124}
_UNCOMPRESSED, _RUN_LENGTH_ENCODED = {0, 3, 6}, {1, 2}
_END_OF_PICTURE, _DELTA = 1, 2


def describe_damage(data: memoryview) -> str:
    """Describe the first fault in a sentence, "" if none is found or the way lines are stored is not
    known."""
    try:
        (begin,) = struct.unpack_from("<I", data, 10)
        (size,) = struct.unpack_from("<I", data, 14)
        how = 0
        if size == _OS2_HEADER_BYTES:
            width, height, _planes, bits = struct.unpack_from("<HHHH", data, 18)
        elif size in _HEADER_BYTES:
            width, height, _planes, bits = struct.unpack_from("<iiHH", data, 18)
            how = struct.unpack_from("<I", data, 30)[0] if size > 16 else 0
        else:
            return ""
    except struct.error:
        return CUT
    if how in _UNCOMPRESSED:
        is_cut = begin + (width * bits + 31) // 32 * 4 * abs(height) > len(data)
        return CUT if is_cut else _check_length(data, begin)
    if how in _RUN_LENGTH_ENCODED:
        return BROKEN if height < 0 else _check_runs(data[begin:], width, height, bits)
    return ""


def _check_length(data: memoryview, begin: int) -> str:
    """Lines that were put in or taken out move all that follow. Some programs write no length, or only that
    of the headers."""
    (stated,) = struct.unpack_from("<I", data, 2)
    return "" if stated <= begin or 0 <= len(data) - stated <= _MOST_FILLED else LENGTH


def _check_runs(data: memoryview, width: int, height: int, bits: int) -> str:
    """Follow the runs to the end of the picture; they must not leave it."""
    place = x = y = 0
    try:
        while True:
            count, value = data[place], data[place + 1]
            place += 2
            if count:
                x += count
            elif value == _END_OF_PICTURE:
                return "" if y >= height - 1 else BROKEN
            elif value == 0:
                x, y = 0, y + 1
            elif value == _DELTA:
                x, y, place = x + data[place], y + data[place + 1], place + 2
            else:
                x += value
                place += (value * bits // 8 + 1) // 2 * 2 if bits == 8 else (value + 3) // 4 * 2
            if x > width + 1 or y > height:
                return BROKEN
    except IndexError:
        return CUT
