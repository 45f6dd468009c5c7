"""A button with a word and, quiet behind it, the key that does the same."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from reviewer.qt.actions.key_words import format_key
from reviewer.qt.look.theme import get_worn_theme
from reviewer.qt.widgets.action_button import FindAction, stand_for

_GAP, _TALL, _LOW = 6, 28, 24
_PAD, _LEAST_PAD, _LOW_PAD = 12, 8, 6
_QUIET_ON_MAIN = 0.75


class KeyedButton(QPushButton):
    """Stands for an action of the window, does it on a click, and shows its key and its help.

    It is enabled as the action is, and never takes the keyboard. Where there is too little room the key goes
    first, never the word. `word` is "" for the words of the action. With `key_first` the key stands before
    the word and stays; with `is_keyless` it is told only by the help. `is_low` makes a button for a head,
    `is_quiet` one without a frame there, `is_main` the one button of a screen for what comes next. Whether a
    `checkable` one is on is set by whoever knows, never by the click.
    """

    def __init__(
        self,
        action_id: str,
        word: str = "",
        *,
        is_main: bool = False,
        is_low: bool = False,
        is_quiet: bool = False,
        checkable: bool = False,
        key_first: bool = False,
        is_keyless: bool = False,
    ) -> None:
        super().__init__(word.replace("&", "&&"))
        is_low = is_low or is_quiet
        self.setObjectName("quietKeyed" if is_quiet else "choice" if is_low or key_first else "keyed")
        self.action_id, self.word, self.key = action_id, word, ""
        self._own_word, self._tip, self._refusal = bool(word), "", ""
        self._key_first, self._is_keyless, self._is_low = key_first, is_keyless, is_low
        self._is_main = is_main
        self._action: QAction | None = None
        if is_main:
            self.setProperty("kind", "main")
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)

    def use_action(self, find: FindAction) -> None:
        """From now on do what the window's action does, and be enabled when it is."""
        self._action = find(self.action_id)
        stand_for(self, self._action, self._follow_action)

    def _follow_action(self) -> None:
        action = self._action
        if action is None:
            return
        self.setEnabled(action.isEnabled() and not self._refusal)
        if not action.isVisible():  # a window for viewing only does not offer it
            self.hide()
        tip = self._tip if self._tip and action.isEnabled() else action.toolTip()
        self.setToolTip(f"{tip}\n{self._refusal}" if self._refusal and action.isEnabled() else tip)
        if not self._own_word:
            self._write(action.text().replace("&&", "&"))
        if not self._is_keyless:
            key = format_key(action.shortcut())
            self.show_key(key.replace("Return", "Enter"))  # as it stands on the key and in the manual

    def show_tip(self, tip: str) -> None:
        """Explain with words of its own instead of the action's, as long as the action can be done."""
        self._tip = tip
        if self._action is None:
            self.setToolTip(tip)
        self._follow_action()

    def refuse(self, reason: str) -> None:
        """Be off, and say why, as long as there is a reason; "" to be enabled as the action is."""
        self._refusal = reason
        self._follow_action()

    def show_key(self, key: str) -> None:
        if key != self.key:
            self.key = key
            self.updateGeometry()
            self.update()

    def show_word(self, word: str) -> None:
        """Another word of its own."""
        self._own_word = True
        self._write(word)

    def _write(self, word: str) -> None:
        if word != self.word:
            self.word = word
            self.setText(word.replace("&", "&&"))
            self.setAccessibleName(word)
            self.updateGeometry()
            self.update()

    def nextCheckState(self) -> None:
        """What is shown follows what is, not the click."""

    @property
    def is_cut(self) -> bool:
        """Whether there is no room for all of the word."""
        return self._measure_word() + 2 * self._least_pad > self.width()

    @property
    def _least_pad(self) -> int:
        return _LOW_PAD if self._is_low or self._key_first else _LEAST_PAD

    def _measure_word(self) -> int:
        """Pixels of the word, with the key where that stays."""
        across = self.fontMetrics().horizontalAdvance
        return across(self.word) + (across(self.key) + _GAP if self._key_first and self.key else 0)

    def sizeHint(self) -> QSize:
        key = self.fontMetrics().horizontalAdvance(self.key) + _GAP if self.key and not self._key_first else 0
        pad = self._least_pad if self._least_pad == _LOW_PAD else _PAD
        return QSize(self._measure_word() + key + 2 * pad, self._compute_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._measure_word() + 2 * self._least_pad, self._compute_height())

    def _compute_height(self) -> int:
        line = self.fontMetrics().height()
        return max(_LOW, line + 8) if self._is_low else max(_TALL, line + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        across, pad = self.fontMetrics().horizontalAdvance, self._least_pad
        room = self.rect().adjusted(pad, 0, -pad, 0)
        word_colour, key_colour = self._choose_colours()
        word = across(self.word)
        key = across(self.key) + _GAP if self.key else 0
        if not self._key_first and key + word > room.width():
            key = 0
        if self._key_first:
            parts = ((self.key, key_colour, 0), (self.word, word_colour, key))
        else:
            left = max(0, (room.width() - word - key) // 2)
            parts = (
                (self.word, word_colour, left),
                (self.key if key else "", key_colour, left + word + _GAP),
            )
        for text, colour, at in parts:
            place = QRect(room.left() + at, room.top(), room.width() - at, room.height())
            shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 1)
            painter.setPen(colour)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()

    def _choose_colours(self) -> tuple[QColor, QColor]:
        """Colours of the word and of the key; the widget's own palette has those of the style sheet."""
        theme = get_worn_theme()
        if not self.isEnabled():
            return theme.colour("off"), theme.colour("off")
        if self._is_main:
            word, key = theme.colour("main_text"), theme.colour("main_text")
            key.setAlphaF(_QUIET_ON_MAIN)
            return word, key
        if self.property("kind") == "warning":
            return theme.colour("warn"), theme.colour("quiet")
        word = theme.colour("text")
        return word, word if self.isChecked() else theme.colour("quiet")
