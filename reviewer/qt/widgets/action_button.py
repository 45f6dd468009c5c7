"""Buttons that stand for actions of the window: enabled, explained and done as menu and key are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QToolButton

from reviewer.qt.look.icons import load_icon
from reviewer.qt.look.theme import Theme

FindAction = Callable[[str], QAction]
"""The window's one action of an id."""
ICON_SIDE = 18


class ActionButton(QToolButton):
    """Shows an icon over one word. It never takes the keyboard: what is typed goes on as before the click."""

    def __init__(self, action_id: str, word: str, icon: str, *, is_main: bool = False) -> None:
        super().__init__()
        self.action_id, self._icon = action_id, icon
        self.setText(word)
        self.setAccessibleName(word)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setIconSize(QSize(ICON_SIDE, ICON_SIDE))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self._is_main = is_main
        self._action: QAction | None = None
        if is_main:
            self.setProperty("kind", "main")

    def use_action(self, find: FindAction) -> None:
        """From now on do what the window's action does, and be enabled when it is."""
        self._action = find(self.action_id)
        self._action.changed.connect(self._follow_action)  # a method: the connection ends with the button
        self.clicked.connect(self._action.trigger)
        self._follow_action()

    def _follow_action(self) -> None:
        if self._action is not None:
            self.setEnabled(self._action.isEnabled())
            self.setToolTip(self._action.toolTip())

    def apply_theme(self, theme: Theme) -> None:
        side = round(ICON_SIDE * max(1.0, (theme.text_scale + 1) / 2))
        self.setIconSize(QSize(side, side))
        self.setIcon(load_icon(self._icon, theme, "main_text" if self._is_main else "text"))


class ActionTextButton(QPushButton):
    """Shows a word, and the first key of the action behind it. It never takes the keyboard."""

    def __init__(self, action_id: str, word: str = "", *, is_main: bool = False) -> None:
        super().__init__(word)
        self.action_id, self._word = action_id, word
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._action: QAction | None = None
        if is_main:
            self.setProperty("kind", "main")

    def use_action(self, find: FindAction) -> None:
        """From now on do what the window's action does, and be enabled when it is."""
        self._action = find(self.action_id)
        self._action.changed.connect(self._follow_action)  # a method: the connection ends with the button
        self.clicked.connect(self._action.trigger)
        self._follow_action()

    def set_word(self, word: str) -> None:
        self._word = word
        self._follow_action()

    def _follow_action(self) -> None:
        action = self._action
        if action is None:
            return
        self.setEnabled(action.isEnabled())
        self.setToolTip(action.toolTip())
        word, key = self._word or action.text(), action.shortcut()
        keys = key.toString(QKeySequence.SequenceFormat.NativeText)
        self.setText(f"{word}   {keys}" if keys else word)
        self.setAccessibleName(word)
