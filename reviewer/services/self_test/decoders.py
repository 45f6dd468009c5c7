"""Whether every format is decoded rightly, by the confined processes that decode evidence."""

from __future__ import annotations

from pathlib import Path

from reviewer.media.workers.decoded import Picture
from reviewer.media.workers.pool import DecoderPool
from reviewer.services.jobs import JobControl
from reviewer.services.self_test.part import REINSTALL, PartFailed, PartResult
from reviewer.system.resources import find_resource

FORMATS = {
    "jpeg.jpg": "JPEG",
    "progressive.jpg": "JPEG, progressive",
    "png.png": "PNG",
    "tiff.tif": "TIFF",
    "bmp.bmp": "BMP",
    "gif.gif": "GIF",
    "webp.webp": "WebP",
    "heif.heic": "HEIF",
    "avif.avif": "AVIF",
    "jpeg2000.jp2": "JPEG 2000",
    "raw.dng": "RAW (DNG)",
}
SIZE = 64, 48
QUARTERS = ((200, 40, 40), (40, 180, 60), (50, 70, 210), (128, 128, 128))
"""Red, green, blue of the quarters of each file: top left, top right, bottom left, bottom right."""
TOLERANCE = 16
"""Levels of 255 by which the middle of a quarter may be off: formats that lose something differ by 2, the
development of raw files by 5."""
_EDGE = 6  # pixels at the edges of a quarter that formats may smear


def check_decoders(pool: DecoderPool, control: JobControl, folder: Path | None = None) -> PartResult:
    """Decode one small file of each format that the program carries (in `folder`, if another is named)."""
    files = folder or find_resource("self_test")
    wrong = []
    for done, (name, kind) in enumerate(FORMATS.items(), start=1):
        rendered = pool.render_file(files / name, None)
        fault = rendered.problem.reason if rendered.problem else _find_fault(rendered.picture)
        if fault:
            wrong.append(f"{kind} ({fault})")
        control.advance(done, len(FORMATS))
    if wrong:
        raise PartFailed(f"not decoded rightly: {'; '.join(wrong)}.", REINSTALL)
    return PartResult(f"{', '.join(FORMATS.values())} decoded as they were drawn", ",".join(FORMATS))


def _find_fault(picture: Picture | None) -> str:
    """What is wrong with a picture of the four quarters; "" if nothing is."""
    if picture is None:
        return "no picture"
    if (picture.width, picture.height) != SIZE:
        return f"{picture.width} x {picture.height} pixels"
    if picture.damage:
        return picture.damage
    off = max(
        abs(channel - right)
        for place, colour in enumerate(QUARTERS)
        for channel, right in zip(_average(picture, place), colour, strict=True)
    )
    return f"colours are off by {off:.0f} levels" if off > TOLERANCE else ""


def _average(picture: Picture, quarter: int) -> tuple[float, float, float]:
    """Red, green, blue of the middle of a quarter."""
    across, down = SIZE[0] // 2, SIZE[1] // 2
    left, top = (quarter % 2) * across + _EDGE, (quarter // 2) * down + _EDGE
    width = across - 2 * _EDGE
    rows = [
        picture.pixels[y * picture.stride + 4 * left : y * picture.stride + 4 * (left + width)]
        for y in range(top, top + down - 2 * _EDGE)
    ]
    blue, green, red = (
        sum(sum(row[channel::4]) for row in rows) / (width * len(rows)) for channel in range(3)
    )
    return red, green, blue
