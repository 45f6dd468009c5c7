"""Whether a file ends early, for formats whose decoders only say that they cannot read it."""

from __future__ import annotations

import struct

from reviewer.media.decoding import formats, jpeg2000_parts, webp_chunks

_MOST_BOXES = 1000
_CLASSIC = 42
_BYTES_OF_TYPE = {3: 2, 4: 4, 5: 8, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_INLINE_VALUE_BYTES = 4
"""Bytes of a value that stand in the directory itself."""


def is_truncated(data: memoryview, name: str) -> bool:
    """Whether a content of the format `name` is only the beginning of a file; False if that is not known."""
    if name == formats.JPEG_2000:
        return jpeg2000_parts.describe_damage(data) == jpeg2000_parts.CUT
    if name == formats.WEBP:
        return webp_chunks.describe_damage(data) == webp_chunks.CUT
    if name == formats.TIFF:
        return _is_directory_truncated(data)
    return name in {formats.HEIC, formats.AVIF} and _is_last_box_truncated(data)


def _is_directory_truncated(data: memoryview) -> bool:
    """Whether what a TIFF says of its picture would stand behind the end of the file (TIFF 6.0, 2)."""
    if len(data) < 8:
        return True
    order = ">" if bytes(data[:2]) == b"MM" else "<"
    (version, place) = struct.unpack_from(f"{order}HI", data, 2)
    if place + 2 > len(data) or version != _CLASSIC:
        return bool(version == _CLASSIC)
    (count,) = struct.unpack_from(f"{order}H", data, place)
    if place + 2 + 12 * count > len(data):
        return True
    entries = struct.iter_unpack(f"{order}HHII", data[place + 2 : place + 2 + 12 * count])
    sizes = ((values * _BYTES_OF_TYPE.get(kind, 1), at) for _tag, kind, values, at in entries)
    return any(size > _INLINE_VALUE_BYTES and at + size > len(data) for size, at in sizes)


def _is_last_box_truncated(data: memoryview) -> bool:
    """Whether a box at the outermost level reaches beyond the end of the file (ISO/IEC 14496-12, 4.2)."""
    place = 0
    for _box in range(_MOST_BOXES):
        if place == len(data):
            return False
        if place + 8 > len(data):
            return True
        (length,) = struct.unpack_from(">I", data, place)
        if length == 1:
            if place + 16 > len(data):
                return True
            (length,) = struct.unpack_from(">Q", data, place + 8)
        if length < 8:  # 0: to the end of the file; less is no box
            return False
        place += length
        if place > len(data):
            return True
    return False
