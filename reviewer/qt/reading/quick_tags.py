"""Quick tags: nine Terms, one key each. On means the Photo on screen has a Finding of that Term."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from reviewer.domain.reading.reading import Reading
from reviewer.domain.vocabulary.vocabulary import Vocabulary

_EDGES = 12


class QuickTags(QWidget):
    """A grid of three by three; a click does what the key does, a right click wants another Term there."""

    pressed = Signal(int)
    other_wanted = Signal(int)

    def __init__(self, terms: Sequence[str], vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._terms: list[str] = []
        self._words: list[str] = []
        self._buttons: list[QPushButton] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for number in range(1, len(terms) + 1):
            button = self._button(number)
            grid.addWidget(button, (number - 1) // 3, (number - 1) % 3)
            self._buttons.append(button)
        self.show_terms(terms)

    def show_terms(self, terms: Sequence[str]) -> None:
        """Other nine Terms."""
        self._terms, self._words = list(terms), []
        for number, (term, button) in enumerate(zip(terms, self._buttons, strict=True), start=1):
            name = self._vocabulary.term_name(term)
            known = self._vocabulary.term(term)
            short = known.short if known is not None and known.short else name
            self._words.append(f"{number} {short[:1].upper()}{short[1:]}")
            button.setToolTip(f"{name} (key {number}; right click: another one)")
            button.setAccessibleName(f"{number} {name[:1].upper()}{name[1:]}")
        self._fit_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        for words, button in zip(self._words, self._buttons, strict=True):
            room = button.width() - _EDGES
            button.setText(button.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room))

    def show_reading(self, reading: Reading) -> None:
        there = {finding.term for finding in reading.findings}
        for term, button in zip(self._terms, self._buttons, strict=True):
            button.setChecked(term in there)

    def _button(self, number: int) -> QPushButton:
        button = QPushButton()
        button.setObjectName("quickTag")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setMinimumHeight(28)
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(lambda _at, number=number: self.other_wanted.emit(number))
        button.clicked.connect(lambda _checked, number=number: self._on_clicked(number))
        return button

    def _on_clicked(self, number: int) -> None:
        button = self._buttons[number - 1]
        button.setChecked(not button.isChecked())  # what is shown follows the Reading, not the click
        self.pressed.emit(number)
