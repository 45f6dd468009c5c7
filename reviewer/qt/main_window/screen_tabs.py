"""Tabs of the pages that share one entry of the rail: of the people, and of the case."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton

from reviewer.qt.actions.keymap import Keymap
from reviewer.qt.main_window.screens import SCREENS
from reviewer.qt.widgets.plain_text import PlainLabel


class ScreenTabs(QFrame):
    """`chosen` carries the id of the action that brings a page on. Hidden where a screen stands alone."""

    chosen = Signal(str)

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self.setObjectName("screenTabs")
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 16, 0)
        row.setSpacing(4)
        for spec in SCREENS:
            if not spec.group:
                continue
            button = QToolButton()
            button.setText(spec.words)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            action = f"window.{spec.name}"
            button.clicked.connect(lambda _checked, action=action: self.chosen.emit(action))
            self._group.addButton(button)
            self._buttons[spec.name] = button
            row.addWidget(button)
        row.addStretch(1)
        self.open_to_all = PlainLabel("Not encrypted")
        self.open_to_all.setProperty("kind", "warning")
        self.open_to_all.setToolTip("Whoever has the folder of this case can read and change it.")
        self._is_open_to_all = False
        self.use_keymap(keymap)
        row.addWidget(self.open_to_all)

    def use_keymap(self, keymap: Keymap) -> None:
        """Say other keys in the tooltips."""
        for name, button in self._buttons.items():
            keys = keymap.format_keys(f"window.{name}")
            button.setToolTip(f"{button.text()} ({keys})" if keys else button.text())

    def show_screen(self, name: str) -> None:
        """Show the tabs beside that of a screen, none if it has none."""
        group = next(spec.group for spec in SCREENS if spec.name == name)
        for spec in SCREENS:
            if spec.group:
                self._buttons[spec.name].setVisible(spec.group == group)
        if group:
            self._buttons[name].setChecked(True)
        self.open_to_all.setVisible(self._is_open_to_all and group == "Case")
        self.setVisible(bool(group))

    def show_encryption(self, open_to_all: bool) -> None:
        """Whether the Case can be read by whoever has its folder: said on its pages as long as it is open."""
        self._is_open_to_all = open_to_all
