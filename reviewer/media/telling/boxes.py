"""Files made of boxes (ISO/IEC 14496-12, QuickTime): videos, sounds and pictures, told by their brands."""

from __future__ import annotations

import struct

from reviewer.domain.photos.content_kind import Content, ContentKind

_MP4 = Content(ContentKind.VIDEO, "video/mp4", "MP4")
_MOV = Content(ContentKind.VIDEO, "video/quicktime", "MOV")
_3GP = Content(ContentKind.VIDEO, "video/3gpp", "3GP")
_BRANDS = {
    b"qt  ": _MOV,
    b"avif": Content(ContentKind.OTHER_PICTURE, "image/avif", "AVIF"),
    b"avis": Content(ContentKind.OTHER_PICTURE, "image/avif", "AVIF"),
    b"mif1": Content(ContentKind.OTHER_PICTURE, "image/heif", "HEIF"),
    b"msf1": Content(ContentKind.OTHER_PICTURE, "image/heif", "HEIF"),
    b"crx ": Content(ContentKind.RAW, "image/x-canon-cr3", "CR3"),
    b"M4A ": Content(ContentKind.AUDIO, "audio/mp4", "M4A"),
    b"M4B ": Content(ContentKind.AUDIO, "audio/mp4", "M4B"),
    b"M4P ": Content(ContentKind.AUDIO, "audio/mp4", "M4P"),
    b"F4A ": Content(ContentKind.AUDIO, "audio/mp4", "F4A"),
    b"f4v ": Content(ContentKind.VIDEO, "video/mp4", "F4V"),
    b"mjp2": Content(ContentKind.VIDEO, "video/mj2", "MJ2"),
    b"jp2 ": Content(ContentKind.OTHER_PICTURE, "image/jp2", "JPEG 2000"),
    b"jpx ": Content(ContentKind.OTHER_PICTURE, "image/jpx", "JPEG 2000"),
    b"jxl ": Content(ContentKind.OTHER_PICTURE, "image/jxl", "JPEG XL"),
}
_HEIF = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"heif"})
_GENERAL = frozenset({b"mif1", b"msf1"})
_FIRST = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_MOST_BRANDS = 64


def brands_of(head: bytes) -> list[bytes]:
    """The brands a file of boxes names, the major one first; [] if it names none."""
    if head[4:8] != b"ftyp":
        return []
    (size,) = struct.unpack(">I", head[:4])
    end = min(size, len(head), 16 + 4 * _MOST_BRANDS)
    return [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]


def by_boxes(head: bytes) -> Content | None:
    """What a file of boxes is; None for one that is none."""
    brands = brands_of(head)
    if not brands:
        return _MOV if _is_old_movie(head) else None
    major = brands[0]
    if major in _HEIF:
        return Content(ContentKind.OTHER_PICTURE, "image/heic", "HEIC")
    if major in _GENERAL:  # says only that it is pictures: which ones, the others say
        told = next((_BRANDS[each] for each in brands if each in _BRANDS and each not in _GENERAL), None)
        return told or _BRANDS[major]
    if major[:2] == b"3g":
        return _3GP
    return _BRANDS.get(major, _MP4)


def _is_old_movie(head: bytes) -> bool:
    """A QuickTime movie from before brands: a box that only movies begin with."""
    return len(head) >= 8 and head[4:8] in _FIRST and (head[:4] == b"\0\0\0\1" or head[:4] >= b"\0\0\0\x08")
