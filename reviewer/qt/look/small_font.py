"""The other type of what is painted: smaller, in the size of captions, or strong, as heads are."""

from __future__ import annotations

from PySide6.QtGui import QFont

_SMALLEST = 12
_MADE: dict[str, QFont] = {}
"""One for each typeface and size."""


def make_small_font(font: QFont) -> QFont:
    """Return the font in 12 pixels for each 13 it has, and in no less than 12 where it has as many."""
    if (key := font.key()) not in _MADE:
        small, pixels = QFont(font), font.pixelSize()
        small.setPixelSize(min(pixels, max(_SMALLEST, round(pixels * 12 / 13))) if pixels > 0 else _SMALLEST)
        _MADE[key] = small
    return _MADE[key]


def make_strong_font(font: QFont) -> QFont:
    """Return the font in the weight of heads and values."""
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong
