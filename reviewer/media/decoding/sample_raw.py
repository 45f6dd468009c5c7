"""A small camera raw file of our own, so that what decodes them is loaded before the first of evidence."""

from __future__ import annotations

import struct

TiffTag = tuple[int, int, int, bytes]
_BYTE, _ASCII, _SHORT, _LONG, _RATIO, _SIGNED_RATIO = 1, 2, 3, 4, 5, 10
_FROM_XYZ = (32406, -15372, -4986, -9689, 18758, 415, 557, -2040, 10570)
"""In ten-thousandths: the colours of this camera are those of sRGB (IEC 61966-2-1)."""


def make_dng(
    width: int, height: int, values: bytes = b"", orientation: int = 1, thumbnail: bytes = b""
) -> bytes:
    """A DNG with 16-bit values behind a pattern of red, green, green, blue (little-endian, row by row).

    Without values it is grey. With a thumbnail (RGB, 160 x 120) the raw data lie in a second folder.
    """
    values = values or struct.pack("<H", 20_000) * (width * height)
    raw = _make_raw_tags(width, height, values)
    camera = [
        (271, *_pack_text(b"Sample")),
        (274, *_pack_numbers(_SHORT, orientation)),
        (50706, _BYTE, 4, bytes((1, 4, 0, 0))),
        (50708, *_pack_text(b"Sample camera")),
        (50728, _RATIO, 3, b"".join(struct.pack("<II", 1, 1) for _ in range(3))),
        (50721, _SIGNED_RATIO, 9, b"".join(struct.pack("<ii", value, 10_000) for value in _FROM_XYZ)),
    ]
    if not thumbnail:
        return _assemble_file([[*raw, *camera]], [values])
    small = [
        (254, *_pack_numbers(_LONG, 1)),
        (256, *_pack_numbers(_SHORT, 160)),
        (257, *_pack_numbers(_SHORT, 120)),
        (258, *_pack_numbers(_SHORT, 8, 8, 8)),
        (259, *_pack_numbers(_SHORT, 1)),
        (262, *_pack_numbers(_SHORT, 2)),
        (277, *_pack_numbers(_SHORT, 3)),
        (278, *_pack_numbers(_SHORT, 120)),
        (279, *_pack_numbers(_LONG, len(thumbnail))),
    ]
    return _assemble_file([[*small, *camera], raw], [thumbnail, values])


def _make_raw_tags(width: int, height: int, values: bytes) -> list[TiffTag]:
    return [
        (254, *_pack_numbers(_LONG, 0)),
        (256, *_pack_numbers(_SHORT, width)),
        (257, *_pack_numbers(_SHORT, height)),
        (258, *_pack_numbers(_SHORT, 16)),
        (259, *_pack_numbers(_SHORT, 1)),
        (262, *_pack_numbers(_SHORT, 32803)),
        (277, *_pack_numbers(_SHORT, 1)),
        (278, *_pack_numbers(_SHORT, height)),
        (279, *_pack_numbers(_LONG, len(values))),
        (33421, *_pack_numbers(_SHORT, 2, 2)),
        (33422, _BYTE, 4, bytes((0, 1, 1, 2))),
    ]


def _pack_numbers(kind: int, *values: int) -> tuple[int, int, bytes]:
    return kind, len(values), struct.pack("<" + ("H" if kind == _SHORT else "I") * len(values), *values)


def _pack_text(value: bytes) -> tuple[int, int, bytes]:
    return _ASCII, len(value) + 1, value + b"\0"


def _assemble_file(folders: list[list[TiffTag]], strips: list[bytes]) -> bytes:
    """Strips first, then each folder with what does not fit into it; the second is a SubIFD of the first."""
    content = bytearray(b"II*\0\0\0\0\0")
    inner = 0
    for number in range(len(folders) - 1, -1, -1):
        begin = len(content)
        content += strips[number]
        tags = [*folders[number], (273, *_pack_numbers(_LONG, begin))]
        if inner:
            tags.append((330, *_pack_numbers(_LONG, inner)))
        inner = _append_directory(content, sorted(tags))
    struct.pack_into("<I", content, 4, inner)
    return bytes(content)


def _append_directory(content: bytearray, tags: list[TiffTag]) -> int:
    """Append a folder; where it begins."""
    entries = bytearray()
    for tag, kind, count, value in tags:
        if len(value) > 4:
            place = len(content)
            content += value + b"\0" * (len(value) % 2)
            value = struct.pack("<I", place)
        entries += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")
    content += b"\0" * (len(content) % 2)
    begin = len(content)
    content += struct.pack("<H", len(tags)) + entries + bytes(4)
    return begin
