"""Camera raw files, told by what their makers write: signatures, and tags of TIFF where they are TIFF inside.

A raw file whose first picture is a small preview must never pass for that preview (TIFF/EP, DNG 1.7).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_STARTS = (
    (b"FUJIFILMCCD-RAW ", "RAF"),
    (b"IIRO", "ORF"),
    (b"IIRS", "ORF"),
    (b"MMOR", "ORF"),
    (b"IIU\0", "RW2"),
    (b"FOVb", "X3F"),
    (b"\0MRM", "MRW"),
    (b"ARRI", "ARI"),
)
_TIFF = {b"II*\0": "<", b"MM\0*": ">"}
_NEW_SUBFILE, _COMPRESSION, _PHOTOMETRIC, _MAKE, _SUBIFDS, _DNG_VERSION = 254, 259, 262, 271, 330, 50706
_RAW_PHOTOMETRIC = {32803, 34892}  # colour filter array, linear raw
_RAW_COMPRESSION = {32767, 32769, 32770, 34713, 34892, 65000, 65535}
_BY_MAKE = (
    ("nikon", "NEF"),
    ("sony", "ARW"),
    ("pentax", "PEF"),
    ("samsung", "SRW"),
    ("canon", "CR2"),
    ("olympus", "ORF"),
    ("kodak", "DCR"),
    ("epson", "ERF"),
    ("hasselblad", "3FR"),
    ("mamiya", "MEF"),
    ("leaf", "MOS"),
    ("phase one", "IIQ"),
    ("leica", "RWL"),
)
_MOST_FOLDERS, _MOST_TAGS, _MOST_VALUES = 24, 512, 16
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 13: 4}

RawTags = dict[int, tuple[int, ...] | bytes]


def find_raw_format(data: memoryview) -> str:
    """What people call the raw format of a content ("NEF", "DNG"), "" if it is none. Reads little of it."""
    head = bytes(data[:32])
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    if head[6:14] == b"HEAPCCDR":
        return "CRW"
    if head[4:12] == b"ftypcrx ":
        return "CR3"
    if head[:4] in _TIFF:
        return "CR2" if head[8:10] == b"CR" else _identify_by_tags(data, _TIFF[head[:4]])
    return ""


def _identify_by_tags(data: memoryview, order: str) -> str:
    folders = list(_iterate_directories(data, order))
    if not folders:
        return ""
    first = folders[0]
    if any(_DNG_VERSION in folder for folder in folders):
        return "DNG"
    make = first.get(_MAKE, b"")
    maker = make.decode("latin-1").lower() if isinstance(make, bytes) else ""
    name = next((name for word, name in _BY_MAKE if word in maker), "")
    if any(_is_raw(folder) for folder in folders):
        return name or "TIFF/EP"
    is_preview = bool(_get_number(first, _NEW_SUBFILE) & 1) and _SUBIFDS in first
    return name if is_preview else ""


def _is_raw(folder: RawTags) -> bool:
    return (
        _get_number(folder, _PHOTOMETRIC) in _RAW_PHOTOMETRIC
        or _get_number(folder, _COMPRESSION) in _RAW_COMPRESSION
    )


def _get_number(folder: RawTags, tag: int) -> int:
    value = folder.get(tag, ())
    return value[0] if isinstance(value, tuple) and value else 0


def _iterate_directories(data: memoryview, order: str) -> Iterator[RawTags]:
    """The first folders of tags: those in a row, then those below them; each at most once."""
    seen: set[int] = set()
    waiting = [struct.unpack_from(order + "I", data, 4)[0]] if len(data) >= 8 else []
    while waiting and len(seen) < _MOST_FOLDERS:
        place = waiting.pop(0)
        if place in seen or place < 8 or place + 2 > len(data):
            continue
        seen.add(place)
        folder, following = _read_directory(data, order, place)
        yield folder
        below = folder.get(_SUBIFDS, ())
        waiting += [following, *(below if isinstance(below, tuple) else ())]


def _read_directory(data: memoryview, order: str, place: int) -> tuple[RawTags, int]:
    """Read the tags of one directory that matter here, and where the next one lies (0 after the last)."""
    (count,) = struct.unpack_from(order + "H", data, place)
    found: RawTags = {}
    for number in range(min(count, _MOST_TAGS)):
        at = place + 2 + 12 * number
        if at + 12 > len(data):
            return found, 0
        tag, kind, values = struct.unpack_from(order + "HHI", data, at)
        if tag in {_NEW_SUBFILE, _COMPRESSION, _PHOTOMETRIC, _MAKE, _SUBIFDS, _DNG_VERSION}:
            found[tag] = _read_values(data, order, at, kind, values)
    end = place + 2 + 12 * count
    return found, struct.unpack_from(order + "I", data, end)[0] if end + 4 <= len(data) else 0


def _read_values(data: memoryview, order: str, at: int, kind: int, values: int) -> tuple[int, ...] | bytes:
    size = _SIZES.get(kind, 0)
    count = min(values, _MOST_VALUES if kind != 2 else 64)
    place = at + 8
    if size * values > 4:
        (place,) = struct.unpack_from(order + "I", data, at + 8)
    if not size or place + size * count > len(data):
        return ()
    if kind == 2:
        return bytes(data[place : place + count])
    letter = {1: "B", 2: "H", 4: "I"}[size]
    return struct.unpack_from(f"{order}{count}{letter}", data, place)
