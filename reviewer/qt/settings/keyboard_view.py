"""A drawn keyboard: which keys have an action, and which of them two actions want."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHelpEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from reviewer.qt.actions.key_words import format_key
from reviewer.qt.actions.own_keys import OwnKeys
from reviewer.qt.look.theme import Theme, get_worn_theme
from reviewer.qt.widgets.plain_text import make_plain_tip

_TALL, _GAP, _CORNER, _UNITS, _MOST = 28, 3, 4, 15.0, 12
_LAYOUTS = {
    "QWERTY": ("-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"),
    "QWERTZ": ("ß´", "qwertzuiopü+", "asdfghjklöä", "yxcvbnm,.-"),
    "AZERTY": (")=", "azertyuiop^$", "qsdfghjklmù", "wxcvbn,;:!"),
}
_LANGUAGES = {
    QLocale.Language.French: "AZERTY",
    QLocale.Language.German: "QWERTZ",
    QLocale.Language.Czech: "QWERTZ",
    QLocale.Language.Hungarian: "QWERTZ",
    QLocale.Language.Croatian: "QWERTZ",
    QLocale.Language.Slovenian: "QWERTZ",
}
_DIGITS = "1234567890"
_SHIFTED = dict(zip('!@#$%^&*()_+{}:"<>?', "1234567890-=[];',./", strict=True))
"""Signs that a key writes with Shift, by the key: "?" is on "/"."""


@dataclass(frozen=True)
class DrawnKey:
    """`key` is what a keymap calls it, `label` what is printed on it; sides in units of one letter key."""

    key: str
    label: str
    row: int
    left: float
    wide: float = 1.0


def find_layout() -> str:
    """ "QWERTY", "QWERTZ" or "AZERTY": what keyboards of the language that is typed in have."""
    return _LANGUAGES.get(QGuiApplication.inputMethod().locale().language(), "QWERTY")


def list_drawn_keys(layout: str) -> list[DrawnKey]:
    """The keys of a layout, row by row. Digits go by place, letters by what they write."""
    right, upper, middle, lower = _LAYOUTS[layout]
    made = [DrawnKey(sign, sign, 0, place + 1.0) for place, sign in enumerate(_DIGITS + right)]
    made.append(DrawnKey("Backspace", "Backspace", 0, 13.0, 2.0))
    made.append(DrawnKey("Tab", "Tab", 1, 0.0, 1.5))
    for row, (letters, first) in enumerate(((upper, 1.5), (middle, 1.75), (lower, 2.25)), start=1):
        made += [DrawnKey(sign.upper(), sign.upper(), row, first + at) for at, sign in enumerate(letters)]
    made.append(DrawnKey("Return", "Enter", 2, 12.75, 2.25))
    made.append(DrawnKey("Space", "Space", 4, 3.5, 6.0))
    return made


def find_base_key(key: str) -> str:
    """The key of the keyboard that a chord is pressed with: "Ctrl+Shift+F" -> "F", "?" -> "/"."""
    name = QKeySequence(key).toString()
    name = name if len(name) < 2 or name.endswith("++") else name.rpartition("+")[2]
    return _SHIFTED.get(name[-1:] if len(name) > 1 and name.endswith("+") else name, name)


def name_bound_keys(keys: OwnKeys) -> dict[str, list[str]]:
    """Each key of the keyboard with what it does, one line for each chord."""
    found: dict[str, list[str]] = {}
    for spec in keys.actions:
        for key in keys.keymap.of(spec.id):
            shown = format_key(key)
            found.setdefault(find_base_key(key), []).append(f"{shown}: {spec.words}")
    return found


class KeyboardView(QWidget):
    """Keys with an action are light, with what they do where the mouse rests; those in conflict are framed
    and have a sign. `pressed` carries the key that was clicked."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.layout_name = find_layout()
        self._drawn = list_drawn_keys(self.layout_name)
        self._bound: Mapping[str, list[str]] = {}
        self._clashing: Collection[str] = ()
        self._framed = ""
        self.setAccessibleName("Keyboard: which keys have an action")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_keys(self, bound: Mapping[str, list[str]], clashing: Iterable[str]) -> None:
        """What each key does, and the keys that two actions want."""
        self._bound, self._clashing = bound, {find_base_key(key) for key in clashing}
        self.update()

    def frame_key(self, key: str) -> None:
        """Show which key was pressed; "" for none."""
        self._framed = find_base_key(key)
        self.update()

    def describe(self, key: str) -> str:
        """What a key does, alone and with others held."""
        lines = self._bound.get(key, [])
        more = [f"and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
        return "\n".join((*lines[:_MOST], *more)) or f"{key} has no action."

    def sizeHint(self) -> QSize:
        return QSize(300, 5 * (self._row_height + _GAP))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def _row_height(self) -> int:
        return max(_TALL, self.fontMetrics().height() + 8)

    def place_of(self, drawn: DrawnKey) -> QRectF:
        """Where a key is drawn."""
        unit, tall = self.width() / _UNITS, self._row_height + _GAP
        return QRectF(drawn.left * unit, drawn.row * tall, drawn.wide * unit - _GAP, self._row_height)

    def find_key(self, key: str) -> DrawnKey | None:
        return next((drawn for drawn in self._drawn if drawn.key == key), None)

    def _find_at(self, event: QMouseEvent | QHelpEvent) -> str:
        at = event.position() if isinstance(event, QMouseEvent) else event.pos().toPointF()
        return next((drawn.key for drawn in self._drawn if self.place_of(drawn).contains(at)), "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if key := self._find_at(event):
            self.pressed.emit(key)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            key = self._find_at(event)
            QToolTip.showText(event.globalPos(), make_plain_tip(self.describe(key)) if key else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), get_worn_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for drawn in self._drawn:
            self._paint_key(painter, theme, drawn)
        painter.end()

    def _paint_key(self, painter: QPainter, theme: Theme, drawn: DrawnKey) -> None:
        bound, box = drawn.key in self._bound, self.place_of(drawn)
        edge, width = ("edge" if bound else "line"), 1
        if drawn.key in self._clashing:
            edge, width = "warn", 2
        elif drawn.key == self._framed:
            edge, width = "accent", 2
        painter.setPen(QPen(theme.colour(edge), width))
        painter.setBrush(theme.colour("on" if bound else "window"))
        inset = width / 2
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), _CORNER, _CORNER)
        painter.setPen(theme.colour("text" if bound else "quiet"))
        label = f"⚠ {drawn.label}" if drawn.key in self._clashing else drawn.label
        label = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, round(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)
