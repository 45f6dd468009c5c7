"""A small button with a word and, quiet behind it, the key that does the same."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from reviewer.qt.widgets.action_button import FindAction

_PAD, _GAP, _TALL, _LOW = 6, 5, 28, 24


class KeyedButton(QPushButton):
    """Stands for an action of the window, whose key and help it shows; it never takes the keyboard.

    It is told what to do by `clicked`. Where there is too little room the key goes first, never the word.
    With `key_first` the key stands before the word and stays; with `is_keyless` it is told only by the help.
    `is_low` makes a button for a head.
    """

    def __init__(
        self,
        action_id: str,
        word: str,
        *,
        checkable: bool = False,
        key_first: bool = False,
        is_keyless: bool = False,
        is_low: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName("choice")
        self.action_id, self.word, self.key = action_id, word, ""
        self._key_first, self._is_keyless, self._is_low = key_first, is_keyless, is_low
        self._action: QAction | None = None
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)

    def use_action(self, find: FindAction) -> None:
        """Show from now on the key and the help of the window's action."""
        self._action = find(self.action_id)
        self._action.changed.connect(self._follow_action)  # a method: the connection ends with the button
        self._follow_action()

    def _follow_action(self) -> None:
        if self._action is not None:
            self.setToolTip(self._action.toolTip())
            if not self._is_keyless:
                self.show_key(self._action.shortcut().toString())

    def show_key(self, key: str) -> None:
        if key != self.key:
            self.key = key
            self.updateGeometry()
            self.update()

    def show_word(self, word: str) -> None:
        if word != self.word:
            self.word = word
            self.setAccessibleName(word)
            self.updateGeometry()
            self.update()

    @property
    def is_cut(self) -> bool:
        """Whether there is no room for all of the word."""
        return self._measure_word() > self.width()

    def _measure_word(self) -> int:
        """Pixels that the button needs at least."""
        across = self.fontMetrics().horizontalAdvance
        key = across(self.key) + _GAP if self._key_first and self.key else 0
        return across(self.word) + key + 2 * _PAD

    def sizeHint(self) -> QSize:
        key = self.fontMetrics().horizontalAdvance(self.key) + _GAP if self.key and not self._key_first else 0
        return QSize(self._measure_word() + key, self._compute_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._measure_word(), self._compute_height())

    def _compute_height(self) -> int:
        line = self.fontMetrics().height()
        return max(_LOW, line + 8) if self._is_low else max(_TALL, line + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        across, room = self.fontMetrics().horizontalAdvance, self.rect().adjusted(_PAD, 0, -_PAD, 0)
        palette = QGuiApplication.palette()  # the widget's own has the colours of the style sheet
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        quiet = QPalette.ColorRole.ButtonText if self.isChecked() else QPalette.ColorRole.PlaceholderText
        key_colour = palette.color(group, quiet if self.isEnabled() else QPalette.ColorRole.ButtonText)
        word_colour = palette.color(group, QPalette.ColorRole.ButtonText)
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
