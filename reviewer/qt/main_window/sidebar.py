"""The rail at the left: where one can go; pages of one subject share an entry and have tabs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout

from reviewer.qt.actions.keymap import Keymap
from reviewer.qt.look.icons import load_icon
from reviewer.qt.look.room import is_narrow
from reviewer.qt.look.theme import Theme
from reviewer.qt.main_window.screens import SCREENS, ScreenSpec

_ACTIONS_BELOW = (("cover", "Cover", "view.cover"), ("lock", "Lock", "case.lock"))
WIDTH, _WIDTH_OF_WIDE, _WIDTH_OF_ICONS = 68, 72, 58
_ICON, _SMALLER_ICON, _LEAST_TARGET = 20, 16, 40


class Sidebar(QFrame):
    """`chosen` carries the id of an action: to another screen, or one of those at the foot."""

    chosen = Signal(str)

    def __init__(self, keymap: Keymap, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._theme = theme
        self._buttons: dict[str, QToolButton] = {}
        self._icons: dict[str, str] = {}
        self._tips: dict[str, tuple[str, str]] = {}
        self._last_of_group: dict[str, str] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(0)
        on_rail = [spec for spec in SCREENS if spec.make is not None and _is_first_of_group(spec)]
        for spec in on_rail:
            if spec.at_foot:
                continue
            column.addWidget(self._make_screen_button(spec))
        column.addStretch(1)
        for spec in on_rail:
            if spec.at_foot:
                column.addWidget(self._make_screen_button(spec))
        for name, words, action in _ACTIONS_BELOW:
            button = self._make_button(name, words, action)
            button.clicked.connect(lambda _checked, action=action: self.chosen.emit(action))
            column.addWidget(button)
        self.use_keymap(keymap)
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        for name, button in self._buttons.items():
            button.setIcon(load_icon(self._icons[name], theme))
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Icons over words; where there is no room for both, icons alone: the word is in the tooltip."""
        if is_narrow(self.window(), self._theme.text_scale):
            self._set_style(Qt.ToolButtonStyle.ToolButtonIconOnly, _ICON)
            self.setFixedWidth(_WIDTH_OF_ICONS)
            return
        width = _WIDTH_OF_WIDE if self._theme.is_wide else WIDTH
        room = self.height() - 12
        for words, side in ((True, _ICON), (True, _SMALLER_ICON), (False, _ICON)):
            style = (
                Qt.ToolButtonStyle.ToolButtonTextUnderIcon if words else Qt.ToolButtonStyle.ToolButtonIconOnly
            )
            self._set_style(style, side)
            if self._fits(room, round(width * max(1.0, self._theme.text_scale))):
                break
        self.setFixedWidth(round(width * max(1.0, self._theme.text_scale)) if words else width)

    def _set_style(self, style: Qt.ToolButtonStyle, side: int) -> None:
        for button in self._buttons.values():
            button.setToolButtonStyle(style)
            button.setIconSize(QSize(side, side))
            button.setMinimumHeight(_LEAST_TARGET)

    def _fits(self, room: int, width: int) -> bool:
        hints = [button.sizeHint() for button in self._buttons.values()]
        return sum(hint.height() for hint in hints) <= room and all(hint.width() <= width for hint in hints)

    def show_screen(self, name: str) -> None:
        """Mark the entry of the screen that is on; next time the entry leads there again."""
        spec = next(spec for spec in SCREENS if spec.name == name)
        if spec.make is None:
            self._mark_none()
            return
        entry = _get_first_of_group(spec)
        self._last_of_group[entry.name] = name
        self._buttons[entry.name].setChecked(True)

    def _mark_none(self) -> None:
        """The start page has no entry: none is where one is."""
        checked = self._group.checkedButton()
        if checked is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)

    def _make_screen_button(self, spec: ScreenSpec) -> QToolButton:
        button = self._make_button(spec.name, spec.group or spec.words, f"window.{spec.name}")
        button.setCheckable(True)
        self._icons[spec.name] = spec.group.lower() or spec.name
        self._group.addButton(button)
        button.clicked.connect(lambda: self._choose_screen(spec.name))
        return button

    def _choose_screen(self, entry: str) -> None:
        self.chosen.emit(f"window.{self._last_of_group.get(entry, entry)}")

    def use_keymap(self, keymap: Keymap) -> None:
        """Say other keys in the tooltips."""
        for name, button in self._buttons.items():
            words, action = self._tips[name]
            keys = keymap.format_keys(action)
            button.setToolTip(f"{words} ({keys})" if keys else words)

    def _make_button(self, name: str, words: str, action: str) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._buttons[name], self._icons[name] = button, name
        self._tips[name] = words, action
        return button


def _get_first_of_group(spec: ScreenSpec) -> ScreenSpec:
    return next(other for other in SCREENS if other.group == spec.group) if spec.group else spec


def _is_first_of_group(spec: ScreenSpec) -> bool:
    return _get_first_of_group(spec) is spec
