"""How the person likes the window: theme, size of type, where it stood. Nothing of any case."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QGuiApplication

from reviewer.qt.look.theme import DARK, LIGHT, Theme, load_theme
from reviewer.services.account.account_file import read_account_file
from reviewer.system.files import make_private_folder, read_at_most, write_atomically
from reviewer.system.paths import data_folder

SYSTEM = ""
"""The choice to look as the desktop does."""


class WindowSettings:
    """Reads and keeps the settings file of the window."""

    def __init__(self) -> None:
        make_private_folder(data_folder())
        self._settings = QSettings(_find_settings_file(), QSettings.Format.IniFormat)

    def theme(self) -> Theme:
        """The chosen theme; that of the system, dark if it says nothing, until one is chosen."""
        name = self.theme_choice() or find_system_theme()
        try:
            scale = float(str(self._settings.value("text_scale", "1.0")))
        except ValueError:
            scale = 1.0
        return load_theme(LIGHT if name == LIGHT else DARK, scale)

    def theme_choice(self) -> str:
        """DARK or LIGHT, or SYSTEM where nothing else was chosen."""
        name = str(self._settings.value("theme", ""))
        return name if name in {DARK, LIGHT} else SYSTEM

    def keep_theme(self, choice: str, text_scale: float) -> None:
        """Keep SYSTEM, DARK or LIGHT, and the size of type."""
        self._settings.setValue("theme", choice)
        self._settings.setValue("text_scale", str(text_scale))

    def hidden_parts(self) -> frozenset[str]:
        """The parts of the reading screen that are not wanted, by name."""
        return frozenset(str(self._settings.value("hidden_parts", "")).split(" ")) - {""}

    def keep_hidden_parts(self, names: Iterable[str]) -> None:
        self._settings.setValue("hidden_parts", " ".join(sorted(names)))

    def geometry(self) -> QByteArray:
        found = self._settings.value("geometry")
        return found if isinstance(found, QByteArray) else QByteArray()

    def keep_geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)
        self._settings.sync()

    def side_width(self) -> int:
        """How wide the panel of findings was made by hand, 0 if it never was."""
        try:
            return min(_MOST_SIDE_WIDTH, max(0, int(str(self._settings.value(_SIDE_BY_HAND, "0")))))
        except ValueError:
            return 0

    def keep_side_width(self, width: int) -> None:
        self._settings.setValue(_SIDE_BY_HAND, str(width))

    def columns(self, table: str) -> list[str]:
        """Return the chosen columns of a table, none if no choice was made."""
        return [name for name in str(self._settings.value(f"columns/{table}", "")).split(" ") if name]

    def keep_columns(self, table: str, keys: Sequence[str]) -> None:
        self._settings.setValue(f"columns/{table}", " ".join(keys))

    def folds(self) -> list[str]:
        """Return which facets of the gallery are folded; nothing if none was ever folded or unfolded."""
        return [name for name in str(self._settings.value("folds", "")).split(" ") if name]

    def keep_folds(self, names: Sequence[str]) -> None:
        self._settings.setValue("folds", " ".join(names))

    def keymap_text(self) -> str:
        """Return the text of the person's own keymap file, "" if it does not exist."""
        try:
            return (read_account_file(_KEYMAP, _LARGEST_KEYMAP) or b"").decode("utf-8")
        except ValueError:
            return ""

    def keep_keymap_text(self, text: str) -> None:
        """Write the keymap file anew. OSError if that fails."""
        write_atomically(data_folder() / _KEYMAP, text.encode("utf-8"))


_KEYMAP = "keymap.toml"
_SIDE_BY_HAND = "side_width_by_hand"
"""Earlier versions kept "side_width" also where nobody had moved the edge; it says nothing."""
_LARGEST_KEYMAP = _LARGEST_SETTINGS = 1 << 20
_MOST_SIDE_WIDTH = 10_000


def _find_settings_file() -> str:
    """Where the settings are; nowhere if somebody put there what has no end or is no file."""
    path = data_folder() / "window.ini"
    try:
        read_at_most(path, _LARGEST_SETTINGS)
    except FileNotFoundError:
        return str(path)
    except (OSError, ValueError):
        return os.devnull
    return str(path)


def find_system_theme() -> str:
    """LIGHT if the desktop is light, DARK if it is dark or does not say."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return LIGHT if scheme == Qt.ColorScheme.Light else DARK
