"""Whether a picture of a GIF is all there: its blocks, and as many pixels as it claims.

GIF89a, 17 to 27 and appendix F. Decoders leave what is missing in one colour and say nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

CUT = "This GIF does not end as it should; parts of the picture may be missing."
BROKEN = "The compressed data of this GIF do not give its picture; parts of it may be wrong."
NO_COLOURS = "This GIF gives no colours for its picture; what is shown is a guess."
NOT_FOLLOWED = "This GIF is too long to be checked; whether its picture is right is not known."
OUTSIDE = "The picture of this GIF reaches beyond its frame; parts of it are not shown."
_EXTENSION, _PICTURE, _TRAILER = 0x21, 0x2C, 0x3B
_MOST_CODES = 3_000_000
"""Bytes. More take longer to follow than a file may take."""
_MOST_DICTIONARY_ENTRIES = 4096


def describe_damage(data: memoryview, frame: int = 0) -> str:
    """A sentence about the first fault of the frame of this number, and of those it is laid over; or ""."""
    codes: list[tuple[int, int, int]] = []
    wrong = ""
    try:
        place = 13 + _measure_colour_table(data[10])
        while data[place] != _TRAILER:
            if data[place] == _EXTENSION:
                place = _skip_sub_blocks(data, place + 2)
            elif data[place] == _PICTURE:
                begin = place + 10 + _measure_colour_table(data[place + 9])
                area, behind = struct.unpack_from("<4H", data, place + 1), _skip_sub_blocks(data, begin + 1)
                if len(codes) <= frame:
                    wrong = wrong or _check_frame_description(data, area, data[place + 9])
                    codes.append((begin, behind, area[2] * area[3]))
                place = behind
            else:
                return BROKEN
    except (IndexError, struct.error):
        return CUT
    return wrong or _check_frames(data, codes)


def _check_frames(data: memoryview, codes: list[tuple[int, int, int]]) -> str:
    """`codes`: of each frame where its codes begin and end, and how many pixels they have to give."""
    if sum(end - begin for begin, end, _pixels in codes) > _MOST_CODES:
        return NOT_FOLLOWED
    if not codes or not all(_gives_pixels(data, *frame) for frame in codes):
        return BROKEN
    return ""


def _measure_colour_table(flags: int) -> int:
    """The bytes of a table of colours."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _check_frame_description(data: memoryview, area: tuple[int, ...], flags: int) -> str:
    """What is wrong with the description of a picture of this area: left, top, width, height."""
    left, top, width, height = area
    across, down = struct.unpack_from("<HH", data, 6)
    if left + width > across or top + height > down:
        return OUTSIDE
    return "" if flags & 0x80 or data[10] & 0x80 else NO_COLOURS


def _skip_sub_blocks(data: memoryview, place: int) -> int:
    """The place behind a run of sub-blocks that begins here."""
    while data[place]:
        place += data[place] + 1
    return place + 1


def _gives_pixels(data: memoryview, begin: int, end: int, wanted: int) -> bool:
    """Whether these codes give so many pixels."""
    least = data[begin]
    if not 1 <= least <= 11:
        return False
    content, place = bytearray(), begin + 1
    while place < end - 1:
        content += data[place + 1 : place + 1 + data[place]]
        place += data[place] + 1
    return sum(_decode_run_lengths(content, least)) == wanted


def _decode_run_lengths(content: bytearray, least: int) -> Iterator[int]:
    """How many pixels each code gives; a code that cannot be there gives more than any picture has."""
    clear = 1 << least
    known = [1] * clear + [0, 0]
    width, before, waiting, bits = least + 1, 0, 0, 0
    for byte in content:
        waiting |= byte << bits
        bits += 8
        while bits >= width:
            code = waiting & ((1 << width) - 1)
            waiting >>= width
            bits -= width
            if code == clear:
                del known[clear + 2 :]
                width, before = least + 1, 0
                continue
            if code == clear + 1:
                return
            length = known[code] if code < len(known) else before + 1
            if code > len(known) or not length or (code == len(known) and not before):
                yield 1 << 40
                return
            if before and len(known) < _MOST_DICTIONARY_ENTRIES:
                known.append(before + 1)
                width = min(12, max(width, len(known).bit_length()))
            before = length
            yield length
