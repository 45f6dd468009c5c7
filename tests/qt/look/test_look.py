"""The look: enough contrast, every icon there, type from 80 to 200 %."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QFontInfo, QTextLayout

from reviewer.qt.look.icons import load_icon
from reviewer.qt.look.theme import DARK, LIGHT, apply_theme, get_worn_sheet, load_theme, make_font
from reviewer.qt.look.window_settings import WindowSettings
from reviewer.qt.widgets.still_boxes import NoScrollComboBox, NoScrollSpinBox
from reviewer.system.resources import find_resource
from tests.support.windows import wear_in_test

GROUNDS = ("window", "panel", "raised", "field", "hover", "accent_fill")
PAIRS = [
    *((words, ground) for words in ("text", "quiet", "warn", "alarm") for ground in GROUNDS),
    *(("text", ground) for ground in ("pressed", "on")),
    ("main_text", "text"),
    ("main_text", "main_hover"),
    ("canvas_text", "canvas"),
]
EDGES = [
    *(("border", ground) for ground in ("window", "panel", "field")),
    *(("accent", ground) for ground in ("window", "panel", "raised", "field")),
    *(("on_edge", ground) for ground in ("window", "panel")),
    ("figure_absent", "window"),
    ("mark", "canvas"),
    ("mark_selected", "canvas"),
]


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(theme, one, other):
    light, dark = sorted((luminance(theme.colour(name)) for name in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", [DARK, LIGHT])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_has_a_contrast_of_at_least_four_and_a_half(name, text, ground):
    assert contrast(load_theme(name), text, ground) >= 4.5


@pytest.mark.parametrize("name", [DARK, LIGHT])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_an_edge_that_says_something_has_a_contrast_of_at_least_three(name, edge, ground):
    assert contrast(load_theme(name), edge, ground) >= 3


@pytest.mark.parametrize("name", [DARK, LIGHT])
def test_grounds_are_grey_and_that_of_photographs_is_the_same_in_both(name):
    theme = load_theme(name)
    for ground in ("window", "panel", "raised", "field", "canvas", "hover", "pressed", "on"):
        colour = theme.colour(ground)
        assert colour.red() == colour.green() == colour.blue(), ground
    assert theme.colours["canvas"] == load_theme(DARK).colours["canvas"]
    assert theme.colours.keys() == load_theme(DARK).colours.keys()


@pytest.mark.parametrize("path", sorted(find_resource("icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_shows_something(qapp, path):
    image = load_icon(path.stem, load_theme(DARK)).pixmap(24).toImage()
    assert any(image.pixelColor(x, y).alpha() > 0 for x in range(24) for y in range(24))


def test_type_is_scaled_within_limits(qapp):
    assert load_theme(DARK, 0.1).text_scale == 0.8
    assert load_theme(DARK, 9).text_scale == 2.0
    assert load_theme(DARK, 2).pixels("body") == 2 * load_theme(DARK, 1).pixels("body")
    assert load_theme(DARK, is_wide=True).pixels("body") == load_theme(DARK).pixels("body") + 1
    apply_theme(qapp, load_theme(LIGHT, 1.5))
    assert "@" not in get_worn_sheet()


def test_no_role_of_type_is_smaller_than_twelve_pixels(qapp):
    theme = load_theme(DARK)
    assert min(theme.pixels(role) for role in ("caption", "body", "title", "page", "huge")) == 12
    assert "font-size: 1" not in find_resource("themes", "window.qss").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("letters", "family"), [("neck, front", "Inter"), ("\u0631\u0642\u0645", "Noto Sans Arabic UI")]
)
def test_the_typefaces_that_come_with_the_program_are_those_that_are_used(qapp, letters, family):
    font = make_font(load_theme(DARK))
    assert QFontInfo(font).family() == "Inter"
    layout = QTextLayout(letters, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    assert {run.rawFont().familyName() for run in layout.glyphRuns()} <= {family, "Inter"}
    assert family in {run.rawFont().familyName() for run in layout.glyphRuns()}


@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold])
def test_each_weight_of_the_window_is_a_drawn_one(qapp, weight):
    font = make_font(load_theme(DARK))
    font.setWeight(weight)
    assert QFontInfo(font).weight() == weight


@pytest.mark.parametrize("name", [DARK, LIGHT])
def test_the_signs_of_boxes_have_the_colours_of_the_theme(qapp, name):
    theme = load_theme(name)
    wanted = {"tick": "main_text", "up": "quiet", "down": "quiet"}
    for path in find_resource("themes", name).iterdir():
        colour = "off" if path.stem.endswith("-off") else wanted[path.stem]
        assert f'stroke="{theme.colours[colour]}"' in path.read_text(encoding="utf-8"), path.stem


@pytest.mark.parametrize("name", [DARK, LIGHT])
@pytest.mark.parametrize("box", [NoScrollComboBox, NoScrollSpinBox])
def test_boxes_of_the_style_sheet_have_their_arrows(qapp, qtbot, name, box):
    """One border in a style sheet takes away what it does not name."""
    theme, made = load_theme(name), box()
    wear_in_test(qapp, theme)
    qtbot.addWidget(made)
    made.resize(120, 30)
    made.setEnabled(True)
    made.show()
    drawn = made.grab(QRect(90, 3, 26, 24)).toImage()
    field, quiet = theme.colour("field").value(), theme.colour("quiet").value()
    shades = {drawn.pixelColor(x, y).value() for x in range(drawn.width()) for y in range(drawn.height())}
    assert max(abs(shade - field) for shade in shades) > abs(quiet - field) / 2, "an arrow is seen"


def test_a_width_that_an_earlier_version_kept_by_itself_was_not_set_by_hand(qapp):
    settings = WindowSettings()
    settings._settings.setValue("side_width", "372")
    assert settings.side_width() == 0
    settings.keep_side_width(400)
    assert WindowSettings().side_width() == 400
