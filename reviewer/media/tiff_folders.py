"""The image folders (IFDs) of a TIFF: which of them is a picture, and which a smaller one or a mask of it.

TIFF 6.0, section 8 (NewSubfileType); TIFF Technical Note 1 (SubIFDs); BigTIFF has wider numbers.
"""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass
from typing import Any

from PIL import TiffImagePlugin

MOST_FOLDERS = 1000
_SUBFILE, _OLD_SUBFILE, _WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC = 254, 255, 256, 257, 258, 259, 262
_MAKE, _ORIENTATION, _SUB_FOLDERS, _DNG_VERSION = 271, 274, 330, 50706
_REDUCED, _MASK = 1, 4
_OLD_REDUCED = 2
_BROKEN = (SyntaxError, OSError, ValueError, KeyError, IndexError, TypeError, OverflowError, struct.error)
"""What the reader of tags raises where they are broken; such a folder ends the list."""


@dataclass(frozen=True)
class Folder:
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


def folders_of(data: memoryview, most: int = MOST_FOLDERS) -> tuple[Folder, ...]:
    """The folders in order, each followed by those within it, as far as they can be read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _chained(io.BytesIO(data), bytes(data[:16]), most)


def beginning_at(data: memoryview, place: int) -> io.BytesIO:
    """The file with another folder as its first, so that any reader opens this one."""
    content = io.BytesIO(data)
    order = "<" if data[0] == 0x49 else ">"
    big = data[2 if order == "<" else 3] == 43
    content.seek(8 if big else 4)
    content.write(struct.pack(order + ("Q" if big else "L"), place))
    content.seek(0)
    return content


def _chained(content: io.BytesIO, head: bytes, most: int) -> tuple[Folder, ...]:
    found: list[Folder] = []
    seen: set[int] = set()
    try:
        first = TiffImagePlugin.ImageFileDirectory_v2(head if head[2:4].strip(b"\0") == b"\x2b" else head[:8])
    except _BROKEN:
        return ()
    waiting = [_whole(first.next)]
    while waiting and len(found) < most:
        place = waiting.pop()
        if place <= 0 or place in seen:
            continue
        seen.add(place)
        try:
            tags = TiffImagePlugin.ImageFileDirectory_v2(head if first._bigtiff else head[:8])
            content.seek(place)
            tags.load(content)
            found.append(_folder(place, tags))
            inner = [_whole(each) for each in _several(tags.get(_SUB_FOLDERS))]
        except _BROKEN:
            continue
        waiting.append(_whole(tags.next))
        waiting.extend(reversed(inner[:most]))
    return tuple(found)


def _folder(place: int, tags: Any) -> Folder:
    kind = _number(tags, _SUBFILE, 0)
    return Folder(
        place,
        _number(tags, _WIDTH, 0),
        _number(tags, _HEIGHT, 0),
        _number(tags, _BITS, 1),
        _number(tags, _COMPRESSION, 1),
        _number(tags, _PHOTOMETRIC, -1),
        _number(tags, _ORIENTATION, 1),
        bool(kind & _REDUCED) or _number(tags, _OLD_SUBFILE, 0) == _OLD_REDUCED,
        bool(kind & _MASK),
        _DNG_VERSION in tags,
        str(tags.get(_MAKE) or "").strip("\0 "),
    )


def _number(tags: Any, tag: int, otherwise: int) -> int:
    values = _several(tags.get(tag))
    return _whole(values[0]) if values else otherwise


def _several(value: Any) -> tuple[Any, ...]:
    return () if value is None else value if isinstance(value, tuple) else (value,)


def _whole(value: Any) -> int:
    return int(value)
