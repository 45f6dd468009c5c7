"""How far two colours are apart for the eye, by WCAG 2."""

from __future__ import annotations

from PySide6.QtGui import QColor

_DARKEST, _FOOT, _EXPONENT = 0.04045, 12.92, 2.4
_WEIGHTS = (0.2126, 0.7152, 0.0722)
_FLARE = 0.05


def compute_contrast(one: QColor, other: QColor) -> float:
    """Return a ratio from 1 (the same) to 21 (black on white), whichever of the two is lighter."""
    light, dark = sorted((_compute_luminance(one), _compute_luminance(other)), reverse=True)
    return (light + _FLARE) / (dark + _FLARE)


def _compute_luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / _FOOT if part <= _DARKEST else ((part + 0.055) / 1.055) ** _EXPONENT for part in parts]
    return sum(weight * part for weight, part in zip(_WEIGHTS, linear, strict=True))
