"""Whether the first picture of a GIF is all there: its blocks, and as many pixels as it claims.

GIF89a, 17 to 27 and appendix F. Decoders leave what is missing in one colour and say nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

CUT = "This GIF does not end as it should; parts of the picture may be missing."
BROKEN = "The compressed data of this GIF do not give its picture; parts of it may be wrong."
_EXTENSION, _PICTURE, _TRAILER = 0x21, 0x2C, 0x3B
_MOST_CODES = 3_000_000
"""More take longer to follow than a file may take; such a GIF is judged by its blocks."""
_MOST_KNOWN = 4096


def damage_of(data: memoryview) -> str:
    """A sentence about the first fault, "" if there is none."""
    first: tuple[int, int, int] | None = None
    try:
        place = 13 + _table(data[10])
        while data[place] != _TRAILER:
            if data[place] == _EXTENSION:
                place = _behind(data, place + 2)
            elif data[place] == _PICTURE:
                begin = place + 10 + _table(data[place + 9])
                width, height = struct.unpack_from("<HH", data, place + 5)
                place = _behind(data, begin + 1)
                first = first or (begin, place, width * height)
            else:
                return BROKEN
    except (IndexError, struct.error):
        return CUT
    return BROKEN if first is None else _damage_of_codes(data, *first)


def _table(flags: int) -> int:
    """The bytes of a table of colours."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _behind(data: memoryview, place: int) -> int:
    """The place behind a run of sub-blocks that begins here."""
    while data[place]:
        place += data[place] + 1
    return place + 1


def _damage_of_codes(data: memoryview, begin: int, end: int, wanted: int) -> str:
    least = data[begin]
    if not 1 <= least <= 11:
        return BROKEN
    content, place = bytearray(), begin + 1
    while place < end - 1:
        content += data[place + 1 : place + 1 + data[place]]
        place += data[place] + 1
    found = sum(_lengths(content, least))
    return "" if found == wanted or len(content) > _MOST_CODES else BROKEN


def _lengths(content: bytearray, least: int) -> Iterator[int]:
    """How many pixels each code gives; a code that cannot be there gives more than any picture has."""
    clear = 1 << least
    known = [1] * clear + [0, 0]
    width, before, waiting, bits = least + 1, 0, 0, 0
    for byte in content[:_MOST_CODES]:
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
            if before and len(known) < _MOST_KNOWN:
                known.append(before + 1)
                width = min(12, max(width, len(known).bit_length()))
            before = length
            yield length
