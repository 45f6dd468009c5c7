"""The look: enough contrast, every icon there, type from 80 to 200 %."""

import pytest
from PySide6.QtGui import QColor

from reviewer.qt.look.icons import load_icon
from reviewer.qt.look.theme import DARK, LIGHT, apply_theme, load_theme
from reviewer.system.resources import find_resource

PAIRS = [
    (text, ground) for text in ("text", "text_quiet", "alarm") for ground in ("window", "panel", "raised")
] + [("accent_text", "accent"), ("canvas_text", "canvas")]


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


@pytest.mark.parametrize("name", [DARK, LIGHT])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_has_a_contrast_of_at_least_four_and_a_half(name, text, ground):
    theme = load_theme(name)
    light, dark = sorted((luminance(theme.colour(each)) for each in (text, ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("path", sorted(find_resource("icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_shows_something(qapp, path):
    image = load_icon(path.stem, load_theme(DARK)).pixmap(24).toImage()
    assert any(image.pixelColor(x, y).alpha() > 0 for x in range(24) for y in range(24))


def test_type_is_scaled_within_limits(qapp):
    assert load_theme(DARK, 0.1).text_scale == 0.8
    assert load_theme(DARK, 9).text_scale == 2.0
    assert load_theme(DARK, 2).pixels("body") == 2 * load_theme(DARK, 1).pixels("body")
    before = qapp.styleSheet()
    apply_theme(qapp, load_theme(LIGHT, 1.5))
    assert "@" not in qapp.styleSheet()
    qapp.setStyleSheet(before)
