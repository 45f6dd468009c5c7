"""Bytes in a JPEG that belong to nothing: padding that some cameras write, or the trace of damage.

The decoder names them with one sentence in both cases, and only its first sentence is heard. So the question
is put to it again: without the padding the same file must decode without a word to the very same pixels.
"""

from __future__ import annotations

import re

import numpy as np
import simplejpeg
from numpy.typing import NDArray

from reviewer.media.decoding.trouble import DECODERS_RAISE

_END, _SCAN = 0xD9, 0xDA
_PADDING = re.compile(rb"[\x00\xff]*(?=\xff[^\x00\xff])")
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""The first marker after the data of a scan; restart markers are part of the data."""


def is_only_padding(
    data: bytes, shown: NDArray[np.uint8], colours: str, at_least: tuple[int, int] = (0, 0)
) -> bool:
    """Whether all that the decoder complained of is padding; `shown` is what it made of `data`."""
    healed = strip_padding(data)
    if len(healed) == len(data):
        return False
    try:
        again = simplejpeg.decode_jpeg(healed, colours, min_width=at_least[0], min_height=at_least[1])
    except DECODERS_RAISE:
        return False
    return bool(np.array_equal(again, shown))


def strip_padding(data: bytes) -> bytes:
    """The file without runs of 00 and FF before its markers; as it is where anything else lies there.

    Whole runs are taken away, not as many bytes as the decoder found too many: where zeros lie in the place
    of a picture's last lines, the decoder takes some of them for the picture.
    """
    parts, place = [data[:2]], 2
    while (padding := _PADDING.match(data, place)) is not None:
        start = padding.end()
        if data[start + 1] == _END:
            return b"".join([*parts, data[start:]])
        end = start + 2 + int.from_bytes(data[start + 2 : start + 4], "big")
        parts.append(data[start:end])
        place = end
        if data[start + 1] == _SCAN:
            marker = _MARKER.search(data, end)
            if marker is None:
                break
            parts.append(_strip_tail(data[end : marker.start()]))
            place = marker.start()
    return data


def _strip_tail(scan: bytes) -> bytes:
    """The data of a scan without a tail of 00 and FF; FF 00 as its first two bytes is a byte of data."""
    kept = len(scan.rstrip(b"\x00\xff"))
    return scan[: kept + 2] if scan.startswith(b"\xff\x00", kept) else scan[:kept]
