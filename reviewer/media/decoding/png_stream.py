"""Whether the compressed data of a PNG are all there and nothing but its picture.

A decoder shows what it could make of a broken stream. So the stream is inflated here once more, to its end,
and its bytes are counted: every line of every pass, each behind a filter that exists (PNG, Third Edition, 7
to 10).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of each pass: first column, first line, step across, step down."""
_LAST_FILTER = 4
_AT_ONCE = 1 << 20
_BROKEN = "The compressed data of this PNG are broken; parts of the picture may be wrong."
_MISSING = "The compressed data of this PNG end before the picture does; parts of it are missing."
_BEYOND = "This PNG holds more data than its picture needs; parts of the picture may be wrong."


def describe_damage(header: bytes, pieces: Iterable[memoryview]) -> str:
    """Describe the first fault in a sentence, "" if none is found. `header` is the content of IHDR,
    `pieces` are those of IDAT in their order."""
    runs = _list_line_runs(header)
    if runs is None:
        return _BROKEN
    wanted = sum(length * count for length, count in runs)
    stream, found = zlib.decompressobj(), 0
    try:
        for block in inflate(stream, pieces):
            if found + len(block) > wanted:
                return _BEYOND
            if not _has_valid_filters(runs, found, block):
                return _BROKEN
            found += len(block)
    except zlib.error:
        return _BROKEN
    if found < wanted or not stream.eof:
        return _MISSING
    return _BEYOND if stream.unused_data else ""


def _list_line_runs(header: bytes) -> list[tuple[int, int]] | None:
    """The length of a line in bytes, with its filter, and the number of such lines, pass after pass."""
    width, height, depth, colour, _how, _filter, interlaced = struct.unpack(">IIBBBBB", header)
    if colour not in _CHANNELS:
        return None
    bits = depth * _CHANNELS[colour]
    passes = _ADAM7 if interlaced else ((0, 0, 1, 1),)
    sizes = [(-((x - width) // across), -((y - height) // down)) for x, y, across, down in passes]
    return [(1 + (bits * columns + 7) // 8, lines) for columns, lines in sizes if columns > 0 and lines > 0]


def inflate(stream: zlib._Decompress, pieces: Iterable[memoryview]) -> Iterator[bytes]:
    """What comes out, in blocks of a size that can be held."""
    for piece in pieces:
        rest: bytes | memoryview = piece
        while True:
            block = stream.decompress(rest, _AT_ONCE)
            if block:
                yield block
            rest = stream.unconsumed_tail
            if not rest and len(block) < _AT_ONCE:
                break
    yield stream.flush()


def _has_valid_filters(runs: list[tuple[int, int]], place: int, block: bytes) -> bool:
    """Whether the first byte of each line that begins in this block names a filter."""
    start = 0
    for length, count in runs:
        end = start + length * count
        if start < place + len(block) and end > place:
            first = max(0, -((start - place) // length)) * length + start - place
            if max(block[first : end - place : length], default=0) > _LAST_FILTER:
                return False
        start = end
    return True
