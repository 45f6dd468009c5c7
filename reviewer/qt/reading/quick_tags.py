"""Quick tags: nine Terms, one key each. On means the Photo on screen has a Finding of that Term."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from reviewer.domain.reading.reading import Reading
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_grid
from reviewer.qt.widgets.plain_text import make_plain_tip

_GAP, _WIDE, _NARROW = 4, 3, 2


class QuickTags(QWidget):
    """A grid of three by three; a click does what the key does, a right click wants another Term there.

    Columns are as wide as their names need. Where type is too large for three, the names stand in two.
    """

    other_wanted = Signal(int)

    def __init__(self, terms: Sequence[str], vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._terms: list[str] = []
        self._buttons = [self._make_button(number) for number in range(1, len(terms) + 1)]
        self._columns = self._room = 0
        self._grid = make_grid(self, across=_GAP, down=_GAP)
        self.show_terms(terms)

    def use_actions(self, find: FindAction) -> None:
        for button in self._buttons:
            button.use_action(find)

    def show_terms(self, terms: Sequence[str]) -> None:
        """Other nine Terms."""
        self._terms = list(terms)
        for number, (key, button) in enumerate(zip(terms, self._buttons, strict=True), start=1):
            name, term = self._vocabulary.term_name(key), self._vocabulary.term(key)
            short = term.short if term is not None and term.short else name
            button.show_word(f"{short[:1].upper()}{short[1:]}")
            button.setAccessibleName(f"{number} {name[:1].upper()}{name[1:]}")
            told = f"{name[:1].upper()}{name[1:]} ({number})"
            meant = f": {term.definition}" if term is not None else ""
            button.show_tip(make_plain_tip(f"{told}{meant}\nA right click chooses another one."))
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Names are cut before the panel is widened."""
        return QSize(0, super().minimumSizeHint().height())

    def fit_to(self, width: int) -> None:
        """Stand in three columns where all names fit into this width, else in two."""
        self._room = width
        self._arrange()

    def _arrange(self) -> None:
        needs = _compute_widths(self._buttons, _WIDE)
        columns = _WIDE if not self._room or sum(needs) + _GAP * (_WIDE - 1) <= self._room else _NARROW
        if columns == _NARROW and max(button.sizeHint().width() for button in self._buttons) > self._room / 2:
            columns = _WIDE  # two would not help either
        if columns != self._columns:
            self._columns = columns
            for number, button in enumerate(self._buttons):
                self._grid.addWidget(button, number // columns, number % columns)
        widths = _compute_widths(self._buttons, columns)
        for column in range(_WIDE):
            self._grid.setColumnStretch(column, widths[column] if column < columns else 0)

    def show_reading(self, reading: Reading) -> None:
        there = {finding.term for finding in reading.findings}
        for term, button in zip(self._terms, self._buttons, strict=True):
            button.setChecked(term in there)

    def _make_button(self, number: int) -> KeyedButton:
        button = KeyedButton(f"finding.quick-tag-{number}", "", checkable=True, key_first=True)
        button.setObjectName("quickTag")
        button.show_key(str(number))
        button.setMinimumWidth(1)
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(lambda _at, number=number: self.other_wanted.emit(number))
        return button


def _compute_widths(buttons: Sequence[KeyedButton], columns: int) -> list[int]:
    """Pixels that the names of each column need."""
    return [max(button.sizeHint().width() for button in buttons[place::columns]) for place in range(columns)]
