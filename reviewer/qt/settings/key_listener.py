"""A place that hears which key is pressed, and lets none of it do anything."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel

from reviewer.qt.actions.key_places import read_place_sequence
from reviewer.qt.layers import MODIFIER_KEYS

_NO_KEYS = MODIFIER_KEYS | {Qt.Key.Key_unknown}
"""Keys that begin a chord, and those that cannot be told."""
_LEVEL_3 = Qt.KeyboardModifier.GroupSwitchModifier | Qt.KeyboardModifier.KeypadModifier


def read_pressed_key(event: QKeyEvent) -> str:
    """The key as a keymap names it, "Ctrl+Shift+F" or "?"; "" while the chord is not complete."""
    if event.key() in _NO_KEYS:
        return ""
    if by_place := read_place_sequence(event):
        return by_place
    held, key = event.modifiers() & ~_LEVEL_3, Qt.Key(event.key())
    if held & Qt.KeyboardModifier.ShiftModifier and _is_sign(int(key)):
        held &= ~Qt.KeyboardModifier.ShiftModifier  # keys are named by what they write
    return QKeySequence(int(key) | held.value).toString()


def _is_sign(key: int) -> bool:
    return 0x20 < key < 0x7F and not chr(key).isalnum()


class KeyListener(QLabel):
    """While it has the keyboard each key is heard: `heard` carries it, `given_up` comes with Escape."""

    heard, given_up = Signal(str), Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("keyListener")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName("Press the new key")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._hear(event)
            return True
        return super().event(event)

    def _hear(self, event: QKeyEvent) -> None:
        event.accept()
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif key := read_pressed_key(event):
            self.heard.emit(key)
