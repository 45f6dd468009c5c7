"""A passphrase of random words, shown large enough to be copied by hand before it is used."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page import make_button_row, make_main_button, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.secret_field import SecretField
from reviewer.services.case.passphrases import SuggestedPassphrase, suggest_passphrase

_WIDTH = 560
_WORDS_IN_A_LINE = 3


class SuggestedWordsDialog(QDialog):
    """`chosen` carries the words; nothing is put on the clipboard, where other programs could read it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("A passphrase of random words")
        self.setModal(True)
        self.setMinimumWidth(_WIDTH)
        self.words = PlainLabel("", kind="page")
        self.words.setAccessibleName("Suggested passphrase")
        self.strength = make_text_label("", "quiet")
        self.use, self.another, self.leave = (
            make_main_button("Use these words"),
            QPushButton("Other words"),
            QPushButton("Cancel"),
        )
        self.use.clicked.connect(self._on_use)
        self.another.clicked.connect(self.draw)
        self.leave.clicked.connect(self.reject)
        column = make_column(self, spacing=12, margins=(24, 20, 24, 20))
        column.addWidget(
            make_text_label(
                "Copy the words by hand, with single spaces between them, and keep the paper apart from the "
                "machine until you know them. They go into the first field; type them again in the second."
            )
        )
        for widget in (self.words, self.strength):
            column.addWidget(widget)
        column.addLayout(make_button_row(self.use, self.another, self.leave))
        self.draw()

    def draw(self) -> None:
        """Draw other words, and show them."""
        self._suggested = suggest_passphrase()
        self.words.setText(_break_into_lines(self._suggested.text))
        self.strength.setText(_describe_strength(self._suggested))

    def _on_use(self) -> None:
        self.chosen.emit(self._suggested.text)
        self.accept()


def make_suggest_button(field: SecretField) -> QPushButton:
    """A button that suggests a passphrase for a field. Typing it again is left to the person."""
    button = QPushButton("Suggest words…")
    button.setAutoDefault(False)

    def show() -> None:
        dialog = SuggestedWordsDialog(button.window())
        dialog.chosen.connect(field.set_text)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    button.clicked.connect(show)
    return button


def _break_into_lines(text: str) -> str:
    words = text.split(" ")
    lines = [words[at : at + _WORDS_IN_A_LINE] for at in range(0, len(words), _WORDS_IN_A_LINE)]
    return "\n".join(" ".join(line) for line in lines)


def _describe_strength(suggested: SuggestedPassphrase) -> str:
    words = len(suggested.text.split(" "))
    return (
        f"{words} words, drawn by chance from 7,776: one of 2^{suggested.bits:.0f} passphrases, each "
        "as likely. Whoever has the list and tries a million of them a second needs over a million years."
    )
