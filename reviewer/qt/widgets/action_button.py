"""Buttons that stand for actions of the window: enabled, explained and done as menu and key are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QToolButton

from reviewer.qt.look.icons import load_icon
from reviewer.qt.look.theme import Theme

FindAction = Callable[[str], QAction]
"""The window's one action of an id."""
ICON_SIDE = 18


def stand_for(button: QAbstractButton, action: QAction, follow: Callable[[], None]) -> None:
    """Let a click on the button do the action, and call `follow` now and whenever the action changes.

    `follow` is a method of the button: the connection ends with it.
    """
    action.changed.connect(follow)
    button.clicked.connect(action.trigger)
    follow()


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
        stand_for(self, self._action, self._follow_action)

    def _follow_action(self) -> None:
        if self._action is not None:
            self.setEnabled(self._action.isEnabled())
            self.setToolTip(self._action.toolTip())
            if not self._action.isVisible():
                self.hide()

    def apply_theme(self, theme: Theme) -> None:
        side = round(ICON_SIDE * max(1.0, (theme.text_scale + 1) / 2))
        self.setIconSize(QSize(side, side))
        self.setIcon(load_icon(self._icon, theme, "main_text" if self._is_main else "text"))
