"""Where a box lies over a screen: as tall as its content, and beside what is asked about."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

_EDGE, _TOP, _CLEAR = 8, 56, 12


@dataclass(frozen=True)
class WantedPlace:
    """`aside`: at the right; `low`: at the foot; else in the middle, near the top. `clear_of` stays in sight
    where there is room beside it."""

    aside: bool = False
    low: bool = False
    clear_of: QRect | None = None


def place_box(room: QSize, size: QSize, wanted: WantedPlace) -> QRect:
    """Where a box of `size` lies in `room`."""
    usual = _place(room, size, "right" if wanted.aside else "middle", low=wanted.low)
    if wanted.clear_of is None:
        return usual
    clear = wanted.clear_of.adjusted(-_CLEAR, -_CLEAR, _CLEAR, _CLEAR)
    places = [
        usual,
        *(_place(room, size, side, low=low) for low in (False, True) for side in ("right", "left", "middle")),
    ]
    return min(places, key=lambda place: _measure_overlap(place, clear))


def place_in_corner(room: QRect, size: QSize) -> QRect:
    """Where a box of `size` lies at the right foot of `room`; it is made smaller where that has to be."""
    wide, tall = min(size.width(), room.width() - 2 * _EDGE), min(size.height(), room.height() - 2 * _EDGE)
    return QRect(room.right() + 1 - wide - _EDGE, room.bottom() + 1 - tall - _EDGE, wide, tall)


def _place(room: QSize, size: QSize, side: str, *, low: bool) -> QRect:
    far = room.width() - size.width() - _EDGE
    left = {"middle": (room.width() - size.width()) // 2, "right": far, "left": _EDGE}[side]
    top = room.height() - size.height() - _EDGE if low else _TOP
    return QRect(left, top, size.width(), size.height())


def _measure_overlap(one: QRect, other: QRect) -> int:
    both = one.intersected(other)
    return max(0, both.width()) * max(0, both.height())
