"""The ICC profile of a JPEG wherever its segments stand: Pillow takes only those before the frame header.

ICC.1:2022, B.4: APP2, "ICC_PROFILE", number of the piece, how many there are.
"""

from __future__ import annotations

import struct

_START, _APP2, _SCAN = 2, 0xE2, 0xDA
_NAME = b"ICC_PROFILE\0"
_MOST_SEGMENTS = 2000


def read_profile(data: memoryview) -> bytes | None:
    """The profile put together from all pieces before the first scan; None unless they are complete."""
    pieces: dict[int, bytes] = {}
    stated = 0
    for marker, content in _read_segments(data):
        if marker == _APP2 and content[: len(_NAME)] == _NAME and len(content) > len(_NAME) + 2:
            number, stated = content[len(_NAME)], content[len(_NAME) + 1]
            pieces.setdefault(number, content[len(_NAME) + 2 :])
    if not stated or sorted(pieces) != list(range(1, stated + 1)):
        return None
    return b"".join(pieces[number] for number in sorted(pieces))


def _read_segments(data: memoryview) -> list[tuple[int, bytes]]:
    """Markers with their content up to the first scan; contents are kept of those named APP2 alone."""
    found: list[tuple[int, bytes]] = []
    place = _START
    while place + 4 <= len(data) and len(found) < _MOST_SEGMENTS:
        if data[place] != 0xFF:
            break
        marker = data[place + 1]
        if marker == 0xFF:  # padding before a marker
            place += 1
            continue
        if marker == _SCAN:
            break
        (length,) = struct.unpack_from(">H", data, place + 2)
        end = place + 2 + length
        found.append((marker, bytes(data[place + 4 : end]) if marker == _APP2 else b""))
        place = end
    return found
