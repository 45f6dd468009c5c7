"""Which photographs the program opens, told by their content and never by their name."""

from __future__ import annotations

import struct

JPEG, PNG, TIFF, BMP, GIF, WEBP, HEIC = "JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP", "HEIF"
DIB, AVIF, JPEG_2000 = "DIB", "AVIF", "JPEG2000"
RAW = "RAW"
"""What is developed from the data of a camera's sensor (media/decoding/raw.py tells which files are such)."""
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"heif"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_GENERAL_BRANDS = frozenset({b"mif1", b"msf1"})
_SIGNATURES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0\x08\0\0\0", TIFF),
    (b"MM\0+\0\x08\0\0", TIFF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"\0\0\0\x0cjP  \r\n\x87\n", JPEG_2000),
    (b"\xff\x4f\xff\x51", JPEG_2000),
)
_BITMAP_HEADER_BYTES = frozenset({12, 40, 52, 56, 64, 108, 124})
"""How long the header of a bitmap can be: OS/2 1 and 2, Windows 3 to 5."""
_DEPTHS = frozenset({1, 2, 4, 8, 16, 24, 32})
HEAD_BYTES = 96
"""How many first bytes `recognise` looks at."""


def recognise(head: bytes) -> str | None:
    """The format of a file that begins with `head` (at least HEAD bytes if it has them), or None."""
    for start, name in _SIGNATURES:
        if head.startswith(start):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return _recognise_by_brands(head)
    # Two letters are weak evidence: what follows must be the header of a bitmap as well.
    if head[:2] == b"BM" and _is_bitmap_header(head[14:]):
        return BMP
    return DIB if _is_bitmap_header(head) else None


def _recognise_by_brands(head: bytes) -> str | None:
    """HEIC or AVIF by the brand of the file, or by its other brands where that says only "pictures"."""
    major = head[8:12]
    if major in _HEIC_BRANDS:
        return HEIC
    if major in _AVIF_BRANDS:
        return AVIF
    if major not in _GENERAL_BRANDS:
        return None
    (size,) = struct.unpack(">I", head[:4])
    others = {head[at : at + 4] for at in range(16, min(size, len(head)) - 3, 4)}
    return AVIF if others & _AVIF_BRANDS and not others & _HEIC_BRANDS else HEIC


def _is_bitmap_header(header: bytes) -> bool:
    """Whether a bitmap header begins here: its length, one plane, and a depth that there is."""
    if len(header) < 16:
        return False
    (length,) = struct.unpack("<I", header[:4])
    if length not in _BITMAP_HEADER_BYTES:
        return False
    planes, depth = struct.unpack("<HH", header[8:12] if length == 12 else header[12:16])
    return planes == 1 and depth in _DEPTHS
