"""The look of the window: one grey family, one accent, four sizes of type; values live in resources."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from reviewer.system.resources import find_resource

DARK, LIGHT = "dark", "light"
SMALLEST_SCALE, LARGEST_SCALE = 0.8, 2.0
_SIZES = {"small": 11, "body": 13, "title": 15, "large": 20, "huge": 30}


@dataclass(frozen=True)
class Theme:
    """Colours by name ("window", "panel", "canvas", "text" ...) and the scale of type."""

    name: str
    colours: dict[str, str]
    text_scale: float

    def colour(self, name: str) -> QColor:
        return QColor(self.colours[name])

    def pixels(self, size: str) -> int:
        """Height of type in pixels for "small", "body", "title" or "large"."""
        return round(_SIZES[size] * self.text_scale)


def load_theme(name: str, text_scale: float = 1.0) -> Theme:
    """Read a theme ("dark" or "light"); the scale is kept between 0.8 and 2."""
    text = find_resource("themes", f"{name}.toml").read_text(encoding="utf-8")
    scale = min(LARGEST_SCALE, max(SMALLEST_SCALE, text_scale))
    return Theme(name, tomllib.loads(text), scale)


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Dress the whole application."""
    application.setStyle("Fusion")
    application.setPalette(_make_palette(theme))
    application.setStyleSheet(_make_style_sheet(theme))


def _make_palette(theme: Theme) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "panel",
        QPalette.ColorRole.AlternateBase: "raised",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "raised",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.ToolTipBase: "raised",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.PlaceholderText: "text_quiet",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "accent_text",
        QPalette.ColorRole.Mid: "hairline",
        QPalette.ColorRole.Dark: "canvas",
        QPalette.ColorRole.Link: "accent",
    }
    palette = QPalette()
    for role, name in roles.items():
        palette.setColor(role, theme.colour(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("text_quiet"))
    return palette


def _make_style_sheet(theme: Theme) -> str:
    """The template with names filled in, longest first so that no name is cut by a shorter one."""
    sheet = find_resource("themes", "window.qss").read_text(encoding="utf-8")
    values = {**theme.colours, **{f"{size}px": f"{theme.pixels(size)}px" for size in _SIZES}}
    for name in sorted(values, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", values[name])
    return sheet
