"""Files made of boxes (ISO/IEC 14496-12, QuickTime): videos, sounds and pictures, told by their brands."""

from __future__ import annotations

import struct

from reviewer.domain.photos.content_kind import ContentKind, ContentType

_MP4 = ContentType(ContentKind.VIDEO, "video/mp4", "MP4")
_MOV = ContentType(ContentKind.VIDEO, "video/quicktime", "MOV")
_3GP = ContentType(ContentKind.VIDEO, "video/3gpp", "3GP")
_BRANDS = {
    b"qt  ": _MOV,
    b"avif": ContentType(ContentKind.OTHER_PICTURE, "image/avif", "AVIF"),
    b"avis": ContentType(ContentKind.OTHER_PICTURE, "image/avif", "AVIF"),
    b"mif1": ContentType(ContentKind.OTHER_PICTURE, "image/heif", "HEIF"),
    b"msf1": ContentType(ContentKind.OTHER_PICTURE, "image/heif", "HEIF"),
    b"crx ": ContentType(ContentKind.RAW, "image/x-canon-cr3", "CR3"),
    b"M4A ": ContentType(ContentKind.AUDIO, "audio/mp4", "M4A"),
    b"M4B ": ContentType(ContentKind.AUDIO, "audio/mp4", "M4B"),
    b"M4P ": ContentType(ContentKind.AUDIO, "audio/mp4", "M4P"),
    b"F4A ": ContentType(ContentKind.AUDIO, "audio/mp4", "F4A"),
    b"f4v ": ContentType(ContentKind.VIDEO, "video/mp4", "F4V"),
    b"mjp2": ContentType(ContentKind.VIDEO, "video/mj2", "MJ2"),
    b"jp2 ": ContentType(ContentKind.OTHER_PICTURE, "image/jp2", "JPEG 2000"),
    b"jpx ": ContentType(ContentKind.OTHER_PICTURE, "image/jpx", "JPEG 2000"),
    b"jxl ": ContentType(ContentKind.OTHER_PICTURE, "image/jxl", "JPEG XL"),
}
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"heif"})
_GENERAL_BRANDS = frozenset({b"mif1", b"msf1"})
_FIRST_MOVIE_BOXES = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_MOST_BRANDS = 64


def read_brands(head: bytes) -> list[bytes]:
    """The brands a file of boxes names, the major one first; [] if it names none."""
    if head[4:8] != b"ftyp":
        return []
    (size,) = struct.unpack(">I", head[:4])
    end = min(size, len(head), 16 + 4 * _MOST_BRANDS)
    return [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]


def identify_boxes(head: bytes) -> ContentType | None:
    """What a file of boxes is; None for one that is none."""
    brands = read_brands(head)
    if not brands:
        return _MOV if _is_old_movie(head) else None
    major = brands[0]
    if major in _HEIF_BRANDS:
        return ContentType(ContentKind.OTHER_PICTURE, "image/heic", "HEIC")
    if major in _GENERAL_BRANDS:  # says only that it is pictures: which ones, the others say
        content = next(
            (_BRANDS[brand] for brand in brands if brand in _BRANDS and brand not in _GENERAL_BRANDS), None
        )
        return content or _BRANDS[major]
    if major[:2] == b"3g":
        return _3GP
    return _BRANDS.get(major, _MP4)


def _is_old_movie(head: bytes) -> bool:
    """A QuickTime movie from before brands: a box that only movies begin with."""
    return (
        len(head) >= 8
        and head[4:8] in _FIRST_MOVIE_BOXES
        and (head[:4] == b"\0\0\0\1" or head[:4] >= b"\0\0\0\x08")
    )
