"""A row of the line below a screen: a sentence, what can be done about it, and a button that closes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import make_plain_tip


class LineRow(QFrame):
    """`closed` when the person closes it."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("makingRow")
        self.sentence = ElidedLabel("makingSentence")
        self.close_button = QToolButton()
        self.close_button.setText("\u00d7")
        self.close_button.setObjectName("quietTool")
        self.close_button.setAccessibleName("Close this line")
        self.close_button.clicked.connect(self.closed)
        self._row = make_row(self, spacing=8, margins=(16, 4, 8, 4))
        self._row.addWidget(self.sentence, 1)
        self._row.addWidget(self.close_button)

    def place(self, *widgets: QWidget) -> None:
        """Let these stand between the sentence and the button that closes the row."""
        for widget in widgets:
            self._row.insertWidget(self._row.count() - 1, widget)

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        shown = name_keys(sentence)
        self.sentence.setText(shown)
        self.sentence.setToolTip(make_plain_tip(shown))
        set_style_property(self.sentence, "kind", "alarm" if wrong else "")
