"""How the window looks: the theme that is on, and changing it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from reviewer.qt.look.theme import DARK, LIGHT, WIDE_FROM, Theme, apply_theme, load_theme
from reviewer.qt.look.window_settings import WindowSettings


class Appearance:
    """`changed` carries each new theme, once the application has it."""

    def __init__(self, taste: WindowSettings, changed: Callable[[Theme], None]) -> None:
        self.theme = taste.theme()
        self._taste, self._changed = taste, changed

    def toggle(self) -> None:
        """Dark or light."""
        self.wear(LIGHT if self.theme.name == DARK else DARK, self.theme.text_scale)

    def scale_text(self, by: float) -> None:
        self.wear(self.theme.name, round(self.theme.text_scale + by, 2))

    def wear(self, name: str, text_scale: float) -> None:
        """Show a theme ("dark" or "light") with a scale of type."""
        self._apply(load_theme(name, text_scale, is_wide=self.theme.is_wide))

    def fit_width(self, width: int) -> None:
        """Use type one step larger in a wide window (logical pixels), the usual in a narrow one."""
        if (width >= WIDE_FROM) != self.theme.is_wide:
            self._apply(load_theme(self.theme.name, self.theme.text_scale, is_wide=width >= WIDE_FROM))

    def _apply(self, theme: Theme) -> None:
        self.theme = theme
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, theme)
        self._changed(theme)
        self._taste.keep_theme(theme)
