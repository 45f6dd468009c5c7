"""The look of the window as data: colours by what they are for, five roles of type, steps of spacing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from reviewer.system.resources import find_resource

DARK, LIGHT = "dark", "light"
SMALLEST_SCALE, LARGEST_SCALE = 0.8, 2.0
WIDE_FROM = 1920
"""From this width of the window on, in logical pixels, type is one step larger."""
_SIZES = {
    "caption": (12, 13),
    "body": (13, 14),
    "title": (16, 18),
    "page": (22, 24),
    "huge": (30, 32),
}
_BOX = 16
"""Side of a box to tick, and of an arrow, in pixels; they grow half as fast as type."""
TYPEFACE = "Inter"
FAMILIES = (TYPEFACE, "Noto Sans Arabic UI")
"""The typefaces that the program brings: Latin, and Arabic where the first has no letter."""
_TABULAR = "tnum"
"""Figures of equal width, so that times and columns do not tremble as they change."""


@dataclass(frozen=True)
class Theme:
    """Colours by name ("window", "panel", "canvas", "text" ...), the scale of type, and whether the window
    is wide enough for type one step larger."""

    name: str
    colours: dict[str, str]
    text_scale: float
    is_wide: bool = False

    def colour(self, name: str) -> QColor:
        return QColor(self.colours[name])

    def pixels(self, role: str) -> int:
        """Height of type in pixels for "caption", "body", "title", "page" or "huge"."""
        narrow, wide = _SIZES[role]
        return round((wide if self.is_wide else narrow) * self.text_scale)


def load_theme(name: str, text_scale: float = 1.0, *, is_wide: bool = False) -> Theme:
    """Read a theme ("dark" or "light"); the scale is kept between 0.8 and 2."""
    text = find_resource("themes", f"{name}.toml").read_text(encoding="utf-8")
    scale = min(LARGEST_SCALE, max(SMALLEST_SCALE, text_scale))
    return Theme(name, tomllib.loads(text), scale, is_wide)


_worn: list[Theme] = []
"""The theme of the application, once it has one."""


def get_worn_theme() -> Theme:
    """Return the theme the application is dressed in, for what is painted and not styled."""
    return _worn[0] if _worn else load_theme(DARK)


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Style, colours and type of the whole application. Its style sheet is on the parts of the window
    (`dressing`), never on the application."""
    _worn[:] = [theme]
    if application.style().name() != "fusion":
        application.setStyle("Fusion")
    application.setPalette(_make_palette(theme))
    application.setFont(make_font(theme))
    for window in application.topLevelWidgets():  # or they hear of it with the next turn of the event loop
        for kind in (QEvent.Type.ApplicationPaletteChange, QEvent.Type.ApplicationFontChange):
            QCoreApplication.sendEvent(window, QEvent(kind))


def get_worn_sheet() -> str:
    """Return the style sheet of the theme the application is dressed in."""
    theme = get_worn_theme()
    return _make_style_sheet(theme.name, theme.text_scale, theme.is_wide)


def make_font(theme: Theme, role: str = "body") -> QFont:
    """The typeface of the window in the size of a role."""
    _load_typefaces()
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(theme.pixels(role))
    font.setFeature(QFont.Tag(_TABULAR), 1)
    return font


@cache
def _load_typefaces() -> None:
    """Once for the application, and before its first widget is painted."""
    for path in sorted(find_resource("window_fonts").iterdir()):
        if path.suffix in {".otf", ".ttf"}:
            QFontDatabase.addApplicationFont(str(path))


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
        QPalette.ColorRole.PlaceholderText: "quiet",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "field",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "canvas",
        QPalette.ColorRole.Link: "accent",
    }
    palette = QPalette()
    for role, name in roles.items():
        palette.setColor(role, theme.colour(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("off"))
    return palette


@lru_cache(maxsize=4)
def _make_style_sheet(name: str, text_scale: float, is_wide: bool) -> str:
    """The template with names filled in, longest first so that no name is cut by a shorter one."""
    theme = load_theme(name, text_scale, is_wide=is_wide)
    sheet = find_resource("themes", "window.qss").read_text(encoding="utf-8")
    values = {**theme.colours, **{f"{role}px": f"{theme.pixels(role)}px" for role in _SIZES}}
    box = round(_BOX * max(1.0, (theme.text_scale + 1) / 2))
    values |= {"boxpx": f"{box}px", "inner_boxpx": f"{box - 2}px", "roundpx": f"{box // 2 + 1}px"}
    for path in find_resource("themes", theme.name).iterdir():
        values[f"picture_{path.stem}"] = path.as_posix()
    for word in sorted(values, key=len, reverse=True):
        sheet = sheet.replace(f"@{word}", values[word])
    return sheet
