"""Buttons for what a key does as well."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton


def make_choice_button(text: str = "", *, checkable: bool = False) -> QPushButton:
    """Return a small button that never takes the keyboard."""
    made = QPushButton(text)
    made.setObjectName("choice")
    made.setCheckable(checkable)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def make_key_button(words: str, keys: str, *, is_main: bool = False) -> QPushButton:
    """Return a button that says the keys which do the same."""
    made = QPushButton(f"{words}   {keys}")
    made.setAccessibleName(words)
    if is_main:
        made.setProperty("kind", "main")
    return made
