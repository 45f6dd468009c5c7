"""JPEG pictures that lie whole within a larger file: previews of raw files, and what follows a first picture.

ITU-T T.81, annex B: markers and segments. Only those that every decoder shows: lossless ones are raw data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_START = b"\xff\xd8\xff"
_SHOWABLE_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STANDALONE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})
_SCAN, _END = 0xDA, 0xD9
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
MOST_CANDIDATES = 64
"""How many beginnings of JPEGs are looked at; bytes that look like one are found by chance in raw data."""


@dataclass(frozen=True)
class EmbeddedJpeg:
    """From `start` to `end` in bytes, both in the larger file; sizes in pixels."""

    start: int
    end: int
    width: int
    height: int


def find_jpegs(data: memoryview) -> Iterator[EmbeddedJpeg]:
    """Find the whole JPEGs in the order of the file, without those that lie within one of them (its
    thumbnail)."""
    content, place = bytes(data), 0
    for _ in range(MOST_CANDIDATES):
        place = content.find(_START, place)
        if place < 0:
            return
        found = _parse_jpeg_at(content, place)
        if found is None:
            place += 2
        else:
            yield found
            place = found.end


def find_jpeg_end(data: memoryview) -> int:
    """Where the JPEG that the file begins with ends, in bytes; the length of the file if it has no end."""
    found = _parse_jpeg_at(bytes(data), 0)
    return found.end if found else len(data)


def _parse_jpeg_at(content: bytes, start: int) -> EmbeddedJpeg | None:
    width = height = 0
    place = start + 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == _END:
            return EmbeddedJpeg(start, place + 2, width, height) if width and height else None
        if marker in _STANDALONE_MARKERS:
            place += 2
            continue
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        if marker in _FRAME_MARKERS:
            if marker not in _SHOWABLE_FRAMES or length < 8:
                return None
            height = int.from_bytes(content[place + 5 : place + 7], "big")
            width = int.from_bytes(content[place + 7 : place + 9], "big")
        place += 2 + length
        if marker == _SCAN:
            following = _AFTER_SCAN.search(content, place)
            if following is None:
                return None
            place = following.start()
    if content[place : place + 2] == b"\xff\xd9" and width and height:
        return EmbeddedJpeg(start, place + 2, width, height)
    return None
