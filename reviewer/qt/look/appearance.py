"""How the window looks: the theme that is on, and changing it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from reviewer.qt.look.dressing import wear_theme
from reviewer.qt.look.theme import DARK, LIGHT, WIDE_FROM, Theme, load_theme
from reviewer.qt.look.window_settings import SYSTEM, WindowSettings, find_system_theme


class Appearance(QObject):
    """Applies a theme and keeps the choice. `on_changed` gets each new theme, once the application has it;
    `changed` follows. `is_put_off` tells which parts of the window are dressed when they come on, not now.
    `choice` is SYSTEM, DARK or LIGHT."""

    changed = Signal()

    def __init__(
        self,
        taste: WindowSettings,
        on_changed: Callable[[Theme], None],
        is_put_off: Callable[[QWidget], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._is_put_off = is_put_off
        self.theme, self.choice = taste.theme(), taste.theme_choice()
        self._taste, self._on_changed = taste, on_changed
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def toggle(self) -> None:
        """Dark or light."""
        self.choose(LIGHT if self.theme.name == DARK else DARK)

    def choose(self, choice: str) -> None:
        """DARK, LIGHT, or SYSTEM: what the desktop says, also when that changes."""
        self.choice = choice
        self._apply(self._load(find_system_theme() if choice == SYSTEM else choice, self.theme.text_scale))

    def scale_text(self, by: float) -> None:
        self.set_text_scale(self.theme.text_scale + by)

    def set_text_scale(self, scale: float) -> None:
        """1.0 is 100 %; it is kept between 80 and 200 %."""
        self._apply(self._load(self.theme.name, round(scale, 2)))

    def wear(self, name: str, text_scale: float) -> None:
        """Show a theme ("dark" or "light") with a scale of type."""
        self.choice = name
        self._apply(self._load(name, text_scale))

    def fit_width(self, width: int) -> None:
        """Use type one step larger in a wide window (logical pixels), the usual in a narrow one."""
        if (width >= WIDE_FROM) != self.theme.is_wide:
            self._apply(load_theme(self.theme.name, self.theme.text_scale, is_wide=width >= WIDE_FROM))

    def _follow_system(self) -> None:
        wanted = find_system_theme()
        if self.choice == SYSTEM and wanted != self.theme.name:
            self._apply(self._load(wanted, self.theme.text_scale))

    def _load(self, name: str, text_scale: float) -> Theme:
        return load_theme(name, text_scale, is_wide=self.theme.is_wide)

    def _apply(self, theme: Theme) -> None:
        self._taste.keep_theme(self.choice, theme.text_scale)
        if theme == self.theme:
            self.changed.emit()
            return  # nothing to paint anew
        self.theme = theme
        application = QApplication.instance()
        if isinstance(application, QApplication):
            wear_theme(application, theme, self._is_put_off)
        self._on_changed(theme)
        self.changed.emit()
