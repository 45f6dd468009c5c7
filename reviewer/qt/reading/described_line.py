"""What is said of the photograph on screen as a whole, in one line, with the button that opens the strip."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.qt.widgets.buttons import make_choice_button
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import make_plain_tip


class DescriptionLine(QWidget):
    """`action_wanted` carries the id of the action that the button stands for."""

    action_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._button = make_choice_button("F3 Describe")
        self._button.setToolTip("The state of the body, how it lies, the card, the scene")
        self._button.clicked.connect(lambda: self.action_wanted.emit("describe.strip"))
        self.words = ElidedLabel("described", kind="quiet")
        self.words.setAccessibleName("Description")
        row = make_row(self, spacing=8)
        row.addWidget(self._button)
        row.addWidget(self.words, 1)

    def show_words(self, words: str) -> None:
        """One line; all of it, question by question, where the mouse rests."""
        self.words.setText(words or "Nothing is described yet.")
        self.words.setToolTip(make_plain_tip(words.replace(" · ", "\n")))
