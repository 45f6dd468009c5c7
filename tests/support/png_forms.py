"""PNG files of every kind of pixel, drawn as PngSuite is made up: colour types, depths, passes, odd sizes."""

import struct
import zlib

PASSES = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
SIZES = ((1, 1), (7, 3), (32, 32), (33, 17), (5, 40))


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(header, rows, before=()):
    """A file of these parts: the content of IHDR, lines with their filters, and chunks before the picture."""
    parts = chunk(b"IHDR", header), *before, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def drawn(rng, colour, depth, interlaced, size):
    """Pixels at random, each line behind a filter at random; some with transparency or a gamma."""
    width, height = size
    rows = b""
    for x, y, across, down in PASSES if interlaced else ((0, 0, 1, 1),):
        columns, lines = -((x - width) // across), -((y - height) // down)
        if columns > 0 and lines > 0:
            length = (columns * depth * CHANNELS[colour] + 7) // 8
            rows += b"".join(bytes([rng.randrange(5)]) + rng.randbytes(length) for _line in range(lines))
    before = [chunk(b"gAMA", struct.pack(">I", 45_455))] if rng.random() < 0.5 else []
    if colour == 3:
        before.append(chunk(b"PLTE", rng.randbytes(3 << depth)))
    if colour in {0, 2, 3} and rng.random() < 0.5:
        clear = rng.randbytes(1 << depth) if colour == 3 else bytes(2 * CHANNELS[colour])
        before.append(chunk(b"tRNS", clear))
    return png(struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced), rows, before)


def all_forms(rng):
    """Every colour type, depth, and way of passes, each in one of the sizes."""
    for colour, depths in DEPTHS.items():
        for number, depth in enumerate(depths):
            for interlaced in (0, 1):
                size = SIZES[(number + colour + interlaced) % len(SIZES)]
                yield f"{colour} {depth} {interlaced} {size}", drawn(rng, colour, depth, interlaced, size)
