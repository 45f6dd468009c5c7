"""Which photographs the program opens, told by their content and never by their name."""

from __future__ import annotations

JPEG, PNG, TIFF, BMP, GIF, WEBP, HEIC = "JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP", "HEIF"
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"heif"})
_STARTS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
)
HEAD = 32
"""How many first bytes `recognise` looks at."""


def recognise(head: bytes) -> str | None:
    """The format of a file that begins with `head` (at least HEAD bytes if it has them), or None."""
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    # Two letters are weak evidence: the reserved words of a BMP header must be zero as well.
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return BMP
    return None
