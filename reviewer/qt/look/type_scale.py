"""How large type is, for what is measured in pixels at 100 %."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

_USUAL_TYPE = 13


def compute_type_scale() -> float:
    """How much larger type is than at 100 % in a narrow window."""
    return max(0.8, QApplication.font().pixelSize() / _USUAL_TYPE)
