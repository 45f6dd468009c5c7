"""The image folders (IFDs) of a TIFF: which of them is a picture, and which a smaller one or a mask of it.

TIFF 6.0, section 8 (NewSubfileType); TIFF Technical Note 1 (SubIFDs); BigTIFF has wider numbers.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import TiffImagePlugin

MOST_FOLDERS = 1000
_SUBFILE, _OLD_SUBFILE, _WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC = 254, 255, 256, 257, 258, 259, 262
_MAKE, _ORIENTATION, _SUB_FOLDERS, _DNG_VERSION = 271, 274, 330, 50706
_REDUCED, _MASK = 1, 4
_OLD_REDUCED = 2
_BIG, _LONG, _LONG8 = 43, 4, 16
_BROKEN = (SyntaxError, OSError, ValueError, KeyError, IndexError, TypeError, OverflowError, struct.error)
"""What the reader of tags raises where they are broken; such a folder ends the list."""


@dataclass(frozen=True)
class ImageDirectory:
    """One image of the file. `place` is where its folder begins, in bytes; sizes are pixels as stored."""

    place: int
    width: int
    height: int
    bits: int
    compression: int
    photometric: int
    orientation: int
    is_reduced: bool
    is_mask: bool
    is_dng: bool
    make: str

    @property
    def is_picture(self) -> bool:
        return not self.is_reduced and not self.is_mask


def read_directories(data: memoryview, most: int = MOST_FOLDERS) -> tuple[ImageDirectory, ...]:
    """The folders in order, each followed by those within it, as far as they can be read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _follow_chain(io.BytesIO(data), bytes(data[:16]), most)


def move_directory_to_front(data: memoryview, place: int) -> io.BytesIO:
    """Return the file with a different directory as its first, so that any reader opens this one."""
    content = io.BytesIO(data)
    order, big = _read_byte_order(data)
    content.seek(8 if big else 4)
    content.write(struct.pack(order + ("Q" if big else "L"), place))
    content.seek(0)
    return content


def find_first_directory(data: memoryview) -> int:
    """Where the first folder begins."""
    order, big = _read_byte_order(data)
    found: int = struct.unpack_from(order + ("Q" if big else "L"), data, 8 if big else 4)[0]
    return found


def has_dangling_next(data: memoryview, place: int) -> bool:
    """Whether the folder at `place` names a next one that does not begin in the file: its entries were
    moved, or counted wrongly. Some programs write nothing behind the last folder."""
    order, big = _read_byte_order(data)
    try:
        (count,) = struct.unpack_from(order + ("Q" if big else "H"), data, place)
        behind = place + (8 + 20 * count if big else 2 + 12 * count)
        following: int = struct.unpack_from(order + ("Q" if big else "L"), data, behind)[0]
    except (struct.error, OverflowError):
        return False
    return following + 2 > len(data)


def append_changed_directory(
    data: memoryview, place: int, kept: Collection[int], changed: Mapping[int, Sequence[int]]
) -> io.BytesIO:
    """The file with one folder, put behind it: of the one at `place` the tags `kept` as they are, and others
    with whole numbers instead of what they had. Raises struct.error where that folder is not in the file."""
    order, big = _read_byte_order(data)
    head, inside = order + ("HHQ" if big else "HHL"), 8 if big else 4
    length = struct.calcsize(head) + inside
    begin = place + (8 if big else 2)
    (count,) = struct.unpack_from(order + ("Q" if big else "H"), data, place)
    entries = {
        struct.unpack_from(order + "H", data, at)[0]: bytes(data[at : at + length])
        for at in range(begin, begin + count * length, length)
    }
    entries = {tag: entry for tag, entry in entries.items() if tag in kept}
    content = io.BytesIO(data)
    end = content.seek(0, io.SEEK_END)
    for tag, values in changed.items():
        packed = struct.pack(f"{order}{len(values)}{'Q' if big else 'L'}", *values)
        if len(packed) > inside:
            content.write(packed)
            packed = struct.pack(order + ("Q" if big else "L"), end)
            end = content.tell()
        entries[tag] = struct.pack(head, tag, _LONG8 if big else _LONG, len(values)) + packed
    content.write(struct.pack(order + ("Q" if big else "H"), len(entries)))
    content.write(b"".join(entries[tag] for tag in sorted(entries)) + bytes(inside))
    return move_directory_to_front(content.getbuffer(), end)


def _read_byte_order(data: memoryview) -> tuple[str, bool]:
    """The order of bytes, and whether numbers are wide (BigTIFF)."""
    order = "<" if data[0] == 0x49 else ">"
    return order, data[2 if order == "<" else 3] == _BIG


def _follow_chain(content: io.BytesIO, head: bytes, most: int) -> tuple[ImageDirectory, ...]:
    found: list[ImageDirectory] = []
    seen: set[int] = set()
    try:
        first = TiffImagePlugin.ImageFileDirectory_v2(head if head[2:4].strip(b"\0") == b"\x2b" else head[:8])
    except _BROKEN:
        return ()
    waiting = [int(first.next)]
    while waiting and len(found) < most:
        place = waiting.pop()
        if place <= 0 or place in seen:
            continue
        seen.add(place)
        try:
            tags = TiffImagePlugin.ImageFileDirectory_v2(head if first._bigtiff else head[:8])
            content.seek(place)
            tags.load(content)
            found.append(_make_directory(place, tags))
            inner = list(map(int, _as_tuple(tags.get(_SUB_FOLDERS))))
        except _BROKEN:
            continue
        waiting.append(int(tags.next))
        waiting.extend(reversed(inner[:most]))
    return tuple(found)


def _make_directory(place: int, tags: Any) -> ImageDirectory:
    kind = _get_number(tags, _SUBFILE, 0)
    return ImageDirectory(
        place,
        _get_number(tags, _WIDTH, 0),
        _get_number(tags, _HEIGHT, 0),
        _get_number(tags, _BITS, 1),
        _get_number(tags, _COMPRESSION, 1),
        _get_number(tags, _PHOTOMETRIC, -1),
        _get_number(tags, _ORIENTATION, 1),
        bool(kind & _REDUCED) or _get_number(tags, _OLD_SUBFILE, 0) == _OLD_REDUCED,
        bool(kind & _MASK),
        _DNG_VERSION in tags,
        str(tags.get(_MAKE) or "").strip("\0 "),
    )


def _get_number(tags: Any, tag: int, otherwise: int) -> int:
    values = _as_tuple(tags.get(tag))
    return int(values[0]) if values else otherwise


def _as_tuple(value: Any) -> tuple[Any, ...]:
    return () if value is None else value if isinstance(value, tuple) else (value,)
