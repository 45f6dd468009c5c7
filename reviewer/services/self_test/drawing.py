"""Ten schematic photographs that are the same bytes everywhere: a ground, a figure, a mark on it.

Written as PNG without compression, so that no library decides on a byte of them (PNG 3rd edition, RFC 1950
and 1951: stored blocks).
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

COUNT = 10
WIDTH, HEIGHT = 96, 72
MARK = (30, 20), (60, 50)
"""Corners of what is marked on each, in pixels."""
_LONGEST_BLOCK = 65_535


def draw_photographs(folder: Path) -> list[Path]:
    """Write them; the paths, in order."""
    folder.mkdir(parents=True)
    paths = [folder / f"photograph {number:02}.png" for number in range(1, COUNT + 1)]
    for number, path in enumerate(paths):
        path.write_bytes(encode_png(WIDTH, HEIGHT, draw_pixels(number)))
    return paths


def draw_pixels(number: int) -> bytes:
    """Rows of red, green, blue: no two numbers give the same picture."""
    middle, high = WIDTH // 2, HEIGHT // 2
    ground, figure = (60, 70 + 9 * number, 90), (200 - 5 * number, 160, 120)
    wide = (20 + number) ** 2
    return bytes(
        channel
        for y in range(HEIGHT)
        for x in range(WIDTH)
        for channel in (figure if 4 * (x - middle) ** 2 + 9 * (y - high) ** 2 < 4 * wide else ground)
    )


def encode_png(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG of 8 bits a channel, red, green, blue."""
    row = 3 * width
    lines = b"".join(b"\0" + pixels[at : at + row] for at in range(0, len(pixels), row))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", _store(lines)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_make_chunk(*chunk) for chunk in chunks)


def _store(content: bytes) -> bytes:
    """A zlib stream in which nothing is compressed."""
    starts = range(0, len(content), _LONGEST_BLOCK)
    blocks = [content[at : at + _LONGEST_BLOCK] for at in starts]
    stored = [
        bytes((place == len(blocks) - 1,)) + struct.pack("<HH", len(block), 0xFFFF ^ len(block)) + block
        for place, block in enumerate(blocks)
    ]
    return b"\x78\x01" + b"".join(stored) + struct.pack(">I", zlib.adler32(content))


def _make_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
