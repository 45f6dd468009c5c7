"""A TIFF that was cut, shown as far as it goes: what lies in the file, described as a picture of fewer lines.

The strips, or rows of tiles, that are whole come first; of the one in which the file ends as many lines as
its decoder gives. Runs in the worker process only.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from reviewer.media.decoding import tiff_folders, tiff_strips
from reviewer.media.decoding.missing import measure_missing_share
from reviewer.media.decoding.trouble import DECODERS_RAISE

_WIDTH, _HEIGHT, _COMPRESSION, _ROWS, _PLANES = 256, 257, 259, 278, 284
_STRIPS, _STRIP_LENGTHS, _TILES, _TILE_LENGTHS, _TILE_WIDTH, _TILE_HEIGHT = 273, 279, 324, 325, 322, 323
_COPIED_TAGS = frozenset(
    {256, 258, 259, 262, 266, 277, 278, 284, 292, 293, 317, 320, 322, 323, 338, 339, 347, 529, 530, 532}
)
"""What says how the values lie in a strip and what they mean; nothing of which way up the picture is."""
_SEPARATE, _JPEG = 2, 7


@dataclass(frozen=True)
class TruncatedTiff:
    """A TIFF that was cut: all of it, where the folder of its picture begins, and what that says."""

    data: memoryview
    place: int
    tags: Mapping[int, Any]


def decode_remaining_lines(cut: TruncatedTiff) -> Image.Image | None:
    """The lines from the top that the file holds, in the recorded grid; None if there are none.

    Whatever the decoder raises of a line that is there but broken comes out.
    """
    data, tags = cut.data, cut.tags
    if tags.get(_PLANES, 1) == _SEPARATE:  # what was cut off are colours, not lines
        return None
    places, lengths = tiff_strips.read_strip_offsets(tags)
    across = -(-tags[_WIDTH] // tags[_TILE_WIDTH]) if _TILES in tags else 1
    strip_height = (
        tags[_TILE_HEIGHT] if _TILES in tags else min(tags.get(_ROWS, tags[_HEIGHT]), tags[_HEIGHT])
    )
    whole = 0
    while whole < len(places) and places[whole] + lengths[whole] <= len(data):
        whole += 1
    whole = whole // across * across
    parts = []
    if whole:
        lines = min(tags[_HEIGHT], whole // across * strip_height)
        parts.append(_decode_strips(cut, lines, range(whole)))
    if across == 1 and _TILES not in tags and whole < len(places) and places[whole] < len(data):
        most = min(strip_height, tags[_HEIGHT] - whole * strip_height)
        most = tiff_strips.count_lines(data[places[whole] :], tags, most)
        parts += _decode_last_strip(cut, whole, most)
    return _stack_parts(parts) if parts else None


def _decode_last_strip(cut: TruncatedTiff, strip: int, most: int) -> Iterator[Image.Image]:
    """As many lines as can be decoded of the strip in which the file ends, or nothing."""
    least, found = 0, None
    while least < most:
        middle = (least + most + 1) // 2
        try:
            found, least = _decode_strips(cut, middle, range(strip, strip + 1)), middle
        except DECODERS_RAISE:
            most = middle - 1
    if (
        found is not None and cut.tags.get(_COMPRESSION) == _JPEG
    ):  # its decoder gives lines that are not there, of one colour
        lines = round(found.height * (1 - measure_missing_share(np.asarray(found))))
        found = found.crop((0, 0, found.width, lines)) if lines else None
    if found is not None:
        yield found


def _decode_strips(cut: TruncatedTiff, lines: int, strips: range) -> Image.Image:
    """The picture of `lines` lines that these strips or tiles hold."""
    places, lengths = tiff_strips.read_strip_offsets(cut.tags)
    names = (_TILES, _TILE_LENGTHS) if _TILES in cut.tags else (_STRIPS, _STRIP_LENGTHS)
    changed = {
        _HEIGHT: [lines],
        names[0]: [places[strip] for strip in strips],
        names[1]: [min(lengths[strip], len(cut.data) - places[strip]) for strip in strips],
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = Image.open(
            tiff_folders.append_changed_directory(cut.data, cut.place, _COPIED_TAGS, changed),
            formats=["TIFF"],
        )
        picture.load()
    return picture


def _stack_parts(parts: list[Image.Image]) -> Image.Image:
    first = parts[0]
    if len(parts) == 1:
        return first
    whole = Image.new(first.mode, (first.width, sum(part.height for part in parts)))
    if first.mode == "P" and first.palette is not None:
        whole.putpalette(first.palette)
    top = 0
    for part in parts:
        whole.paste(part, (0, top))
        top += part.height
    whole.info = first.info
    return whole
