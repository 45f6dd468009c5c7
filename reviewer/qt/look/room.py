"""How much room a window has for what is in it: its size as if type were as it comes.

A window of 1366 x 768 with type at 150 % has the room of one of 911 x 512.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_NARROW_BELOW, _SMALL_BELOW, _LOW_BELOW = 1100, 700, 600


def is_narrow(window: QWidget, text_scale: float) -> bool:
    """Whether tools and the rail lose their words."""
    return _measure(window, text_scale).width() < _NARROW_BELOW


def is_small(window: QWidget, text_scale: float) -> bool:
    """Whether what stands beside the photograph at the left gives way."""
    return _measure(window, text_scale).width() < _SMALL_BELOW


def is_low(window: QWidget, text_scale: float) -> bool:
    """Whether lines above and below the photograph are joined with others."""
    return _measure(window, text_scale).height() < _LOW_BELOW


def _measure(window: QWidget, text_scale: float) -> QSize:
    return window.size() / max(1.0, text_scale)
