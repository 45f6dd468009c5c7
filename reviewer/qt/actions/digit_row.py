"""The digit row by the place of its keys: layouts that need Shift for digits (French, Czech, Lithuanian ...)
write "&" or "ě" where the person sees a 1, and a shortcut 1 would hear nothing.

Which number a place has, differs between systems. Tried: X11, by keycode with `setxkbmap fr`.
Not tried: Windows (scan codes of set 1), macOS (virtual keys of an ANSI keyboard), Wayland (as X11).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

_DIGITS = "1234567890"
_KEYCODES = dict(zip(range(10, 20), _DIGITS, strict=True))
_SCAN_CODES = dict(zip(range(2, 12), _DIGITS, strict=True))
_VIRTUAL_KEYS = dict(zip((18, 19, 20, 21, 23, 22, 26, 28, 25, 29), _DIGITS, strict=True))
_MOD_5, _ALT_RIGHT = 0x80, 0x20
_MODIFIERS = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def read_digit_key(event: QKeyEvent, system: str | None = None) -> str:
    """The digit that is printed on the key of the top row, whatever it writes; "" for every other key.

    `system` is the name Qt has for the window system.
    """
    system = QGuiApplication.platformName() if system is None else system
    level_3 = event.nativeModifiers() & (_ALT_RIGHT if system == "windows" else _MOD_5)
    if level_3 or event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
        return ""  # AltGr: it is about the third character of the key, "[" on a French keyboard
    if system == "windows":
        return _SCAN_CODES.get(event.nativeScanCode(), "")
    if system == "cocoa":
        return _VIRTUAL_KEYS.get(event.nativeVirtualKey(), "") if event.nativeScanCode() <= 1 else ""
    return _KEYCODES.get(event.nativeScanCode(), "")


def read_digit_sequence(event: QKeyEvent) -> str:
    """What the key would be with the digit on it, in portable text ("3", "Shift+3"); "" where Qt sees that by
    itself, and for every other key."""
    digit = read_digit_key(event)
    shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    if not digit or (event.key() == ord(digit) and not shift):
        return ""
    held = event.modifiers() & _MODIFIERS
    return QKeySequence(QKeyCombination(held, Qt.Key(ord(digit)))).toString()


class DigitRow(QObject):
    """Runs what a digit is a shortcut of when its key is pressed in `window` and writes something else.

    `act` takes the digit and what the key writes, in portable text, whether it repeats, and whether it is
    only asked; it tells whether the digit means anything now. A widget that takes the key as typing keeps it.
    """

    def __init__(self, window: QWidget, act: Callable[[str, str, bool, bool], bool]) -> None:
        super().__init__(window)
        self._window, self._act = window, act
        self._is_asking = False
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress} or self._is_asking:
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        sequence = read_digit_sequence(event)
        if not sequence or watched.window() is not self._window or self._wants_key(watched, event):
            return False
        only_asks = event.type() == QEvent.Type.ShortcutOverride
        written = QKeySequence(event.keyCombination()).toString()
        if not self._act(sequence, written, event.isAutoRepeat(), only_asks):
            return False
        event.accept()  # so that the character of the key is no shortcut as well
        return True

    def _wants_key(self, widget: QWidget, event: QKeyEvent) -> bool:
        """Whether the widget wants the key for itself, asked as Qt asks before a shortcut."""
        asked = QKeyEvent(
            QEvent.Type.ShortcutOverride,
            event.key(),
            event.modifiers(),
            event.nativeScanCode(),
            event.nativeVirtualKey(),
            event.nativeModifiers(),
            event.text(),
        )
        asked.ignore()
        self._is_asking = True
        try:
            QCoreApplication.sendEvent(widget, asked)
        finally:
            self._is_asking = False
        return asked.isAccepted()
