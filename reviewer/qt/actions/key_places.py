"""What the places of the keys mean on layouts that write something else there than a US keyboard does.

Digits go by place everywhere: layouts that need Shift for digits (French, Czech, Lithuanian ...) write "&" or
"ě" where the person sees a 1. Letters go by what they write where that is Latin; where it is not (Arabic,
Cyrillic, Greek ...) all keys go by the place, whose Latin letter is printed on the key as well.

Which number a place has, differs between systems. Tried: X11, by keycode with `setxkbmap`.
Not tried: Windows (scan codes of set 1), macOS (virtual keys of an ANSI keyboard), Wayland (as X11).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from reviewer.qt.event_listening import listen_to_events

_ROWS = ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
_FIRST_SCAN_CODES = (2, 16, 30, 44)
_MAC = {
    **dict(zip("1234567890-=", (18, 19, 20, 21, 23, 22, 26, 28, 25, 29, 27, 24), strict=True)),
    **dict(zip("qwertyuiop[]", (12, 13, 14, 15, 17, 16, 32, 34, 31, 35, 33, 30), strict=True)),
    **dict(zip("asdfghjkl;'", (0, 1, 2, 3, 5, 4, 38, 40, 37, 41, 39), strict=True)),
    **dict(zip("zxcvbnm,./", (6, 7, 8, 9, 11, 45, 46, 43, 47, 44), strict=True)),
}
_SCAN_CODES = {
    first + at: written
    for first, row in zip(_FIRST_SCAN_CODES, _ROWS, strict=True)
    for at, written in enumerate(row)
}
_KEYCODES = {code + 8: written for code, written in _SCAN_CODES.items()}
_VIRTUAL_KEYS = {code: written for written, code in _MAC.items()}
_SHIFTED = dict(zip("-=[];',./", '_+{}:"<>?', strict=True))
_MOD_5, _ALT_RIGHT = 0x80, 0x20
_HEARD = frozenset({QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress})
_LAST_CHARACTER = 0x10FFFF
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CHORD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def read_place(event: QKeyEvent, system: str | None = None) -> str:
    """What the key writes on a US keyboard without Shift, "q" or "1" or "["; "" for keys that write nothing.

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


def read_digit_key(event: QKeyEvent, system: str | None = None) -> str:
    """The digit that is printed on the key of the top row, whatever it writes; "" for every other key."""
    place = read_place(event, system)
    return place if place.isdecimal() else ""


def read_digit_sequence(event: QKeyEvent) -> str:
    """What the key would be with the digit on it, in portable text ("3", "Shift+3"); "" where Qt sees that by
    itself, and for every other key."""
    return read_place_sequence(event) if read_digit_key(event) else ""


def read_place_sequence(event: QKeyEvent, is_latin: bool = True) -> str:
    """What the key would be on the keyboard that the window speaks of, in portable text; "" where Qt sees
    that by itself. `is_latin`: whether the letters of the layout are."""
    meant = _find_meaning(event, is_latin)
    return "" if meant is None else QKeySequence(meant).toString()


def _find_meaning(event: QKeyEvent, is_latin: bool) -> QKeyCombination | None:
    place, held = read_place(event), event.modifiers() & (_CHORD | _SHIFT)
    if not place or not (place.isdecimal() or not is_latin or _writes_foreign_letter(event)):
        return None
    if held & _SHIFT and place in _SHIFTED:
        place, held = _SHIFTED[place], held & ~_SHIFT  # keys are named by what they write: "?"
    meant = QKeyCombination(held, Qt.Key(ord(place.upper())))
    if event.keyCombination() == meant and not (place.isdecimal() and held & _SHIFT):
        return None
    return meant


def _read_letter(event: QKeyEvent) -> str:
    key = int(event.key())
    letter = chr(key) if 0 < key <= _LAST_CHARACTER else ""
    return letter if letter.isalpha() else ""


def _writes_foreign_letter(event: QKeyEvent) -> bool:
    letter = _read_letter(event)
    return bool(letter) and not unicodedata.name(letter, "").startswith("LATIN ")


class KeyPlaces(QObject):
    """Runs what the place of a key is a shortcut of when it is pressed in `window` and writes something else.

    `act` takes the key meant and what it writes, in portable text, whether it repeats, and whether it is
    only asked; it tells whether the key means anything now. A widget that takes the key as typing keeps it.
    """

    def __init__(self, window: QWidget, act: Callable[[str, str, bool, bool], bool]) -> None:
        super().__init__(window)
        self._window, self._act = window, act
        self._is_asking = False
        self.is_latin = True
        listen_to_events(self)

    def read_sequence(self, event: QKeyEvent) -> str:
        """What the key means by its place, in portable text; "" where that is what it writes."""
        return read_place_sequence(event, self.is_latin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            not isinstance(event, QKeyEvent) or self._is_asking
        ):  # asked of every event: the cheap question first
            return False
        if event.type() not in _HEARD or not read_place(event) or not isinstance(watched, QWidget):
            return False
        self._learn(event)
        sequence = self.read_sequence(event)
        if not sequence or watched.window() is not self._window or self._wants_key(watched, event):
            return False
        return self._translate(watched, event, sequence)

    def _learn(self, event: QKeyEvent) -> None:
        """A letter tells whether the layout is Latin; with Ctrl and its like Qt may have translated it."""
        if read_place(event).isalpha() and not event.modifiers() & _CHORD and _read_letter(event):
            self.is_latin = not _writes_foreign_letter(event)

    def _translate(self, watched: QWidget, event: QKeyEvent, sequence: str) -> bool:
        only_asks = event.type() == QEvent.Type.ShortcutOverride
        meant = _find_meaning(event, self.is_latin)
        pressed = _make_press(event, meant) if meant is not None else event
        if self._wants_key(watched, pressed):  # Ctrl+C in a field, written by an Arabic keyboard
            if not only_asks:
                self._send(watched, pressed)
        elif not self._act(
            sequence, QKeySequence(event.keyCombination()).toString(), event.isAutoRepeat(), only_asks
        ):
            return False
        event.accept()  # so that the character of the key is no shortcut as well
        return True

    def _wants_key(self, widget: QWidget, event: QKeyEvent) -> bool:
        """Whether the widget wants the key for itself, asked as Qt asks before a shortcut."""
        asked = _copy_key(event, QEvent.Type.ShortcutOverride)
        asked.ignore()
        self._send(widget, asked)
        return asked.isAccepted()

    def _send(self, widget: QWidget, event: QKeyEvent) -> None:
        self._is_asking = True
        try:
            QCoreApplication.sendEvent(widget, event)
        finally:
            self._is_asking = False


def _copy_key(event: QKeyEvent, kind: QEvent.Type) -> QKeyEvent:
    return QKeyEvent(
        kind,
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
    )


def _make_press(event: QKeyEvent, meant: QKeyCombination) -> QKeyEvent:
    """The key press that a Latin keyboard would have sent; it has no place, so that nobody translates it."""
    held = meant.keyboardModifiers()
    written = "" if held & _CHORD else chr(int(meant.key()))
    text = written if held & _SHIFT else written.lower()
    return QKeyEvent(QEvent.Type.KeyPress, int(meant.key()), held, text, event.isAutoRepeat())
