"""The fields that a card is typed into, in the order of the card, each with a line for help or a mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from reviewer.domain.commands.card_commands import LEGIBLE
from reviewer.domain.people.individual import Transcription, TranscriptionPass
from reviewer.qt.cards.pass_columns import PassColumns
from reviewer.qt.widgets.field_message import FieldMessage
from reviewer.qt.widgets.layouts import make_column, make_grid
from reviewer.qt.widgets.plain_text import PlainLabel

FIELD_WORDS = {
    "branch": ("Branch", "as it stands on the card"),
    "detainee": ("Detainee", "? for a digit that cannot be read"),
    "examination": ("Examination", "with its letter, if it has one"),
    "date": ("Date", "as the card writes it, with / - or . between"),
    "note": ("Note", "crossed out, two cards, ..."),
}
_UNNUMBERED = frozenset({"note"})
_FIELD_HEIGHT, _NUMBER_WIDTH, _LABEL_WIDTH = 40, 16, 84


class _CardField(QLineEdit):
    """A field that lets undo through to the program when there is no typing of its own to undo."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setMinimumHeight(_FIELD_HEIGHT)

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.isUndoAvailable()
        ):
            event.ignore()
            return False
        return super().event(event)


class _FieldRow:
    """The widgets of one field: its number on the card, its name, the field, and what is said of it."""

    def __init__(self, name: str) -> None:
        words, self._help = FIELD_WORDS[name]
        self.field = _CardField(words)
        self.number, self.label = PlainLabel(kind="quiet"), PlainLabel(words)
        self.number.setMinimumWidth(_NUMBER_WIDTH)
        self.label.setMinimumWidth(_LABEL_WIDTH)
        self.label.setBuddy(self.field)
        self.message = FieldMessage(self.field)
        self.field.textEdited.connect(lambda _text: self.say_help())
        self.say_help()

    def say_help(self) -> None:
        self.message.say(self._help)

    def place_in(self, grid: QGridLayout, row: int) -> None:
        for column, widget in enumerate((self.number, self.label, self.field)):
            grid.addWidget(widget, 2 * row, column)
        grid.addWidget(self.message, 2 * row + 1, 2, Qt.AlignmentFlag.AlignTop)


class CardForm(QWidget):
    """Keeps what is typed until it is asked for it."""

    def __init__(self, order: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("keepsItself")
        self._order: tuple[str, ...] = tuple(order)
        self._rows = {name: _FieldRow(name) for name in FIELD_WORDS}
        self._fields: dict[str, QLineEdit] = {name: row.field for name, row in self._rows.items()}
        self.legible = LEGIBLE[0]
        self.passes = PassColumns()
        self._grid = make_grid(across=8, down=4)
        self._grid.setColumnStretch(2, 1)
        column = make_column(self, spacing=8)
        column.addLayout(self._grid)
        self.set_order(order)

    def set_order(self, order: Sequence[str]) -> None:
        """Put the numbers in the order in which they stand on the cards; Tab goes through them so."""
        self._order = tuple(order)
        while self._grid.count():
            self._grid.takeAt(0)
        names = [*self._order, *(name for name in self._rows if name not in self._order)]
        for place, name in enumerate(names):
            self._rows[name].number.setText("" if name in _UNNUMBERED else str(place + 1))
            self._rows[name].place_in(self._grid, place)
        for before, after in pairwise(names):
            QWidget.setTabOrder(self._fields[before], self._fields[after])
        self.passes.set_order(names)

    def clear(self) -> None:
        for field in self._fields.values():
            field.setText("")  # `clear` could be undone by key, and would come between undo and the acts
        self.show_mistakes({})
        self.set_legible(LEGIBLE[0])
        self.passes.show_passes(())

    def fill(self, card: Transcription) -> None:
        """Put what was read into the fields."""
        for name, field in self._fields.items():
            field.setText(getattr(card, name))
        self.set_legible(card.legible)

    @property
    def first(self) -> QLineEdit:
        return self._fields[self._order[0]]

    @property
    def current(self) -> QLineEdit:
        """The field that has the keyboard, or the first one."""
        return next((field for field in self._fields.values() if field.hasFocus()), self.first)

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        self.first.setFocus()
        self.first.selectAll()

    def set_legible(self, legible: str) -> None:
        self.legible = legible

    def show_mistakes(self, mistakes: Mapping[str, str]) -> None:
        """Say at each field what is wrong with it, and go to the first of them."""
        for name, row in self._rows.items():
            if name in mistakes:
                row.message.say_wrong(mistakes[name])
            else:
                row.say_help()
        wrong = [field for name, field in self._fields.items() if name in mistakes]
        if wrong and self.current not in wrong:
            wrong[0].setFocus()

    def list_mistakes(self) -> dict[str, str]:
        """What is said to be wrong now, by the names of the fields."""
        return {name: row.message.text() for name, row in self._rows.items() if row.message.is_wrong}

    def read_typed(self, number: TranscriptionPass, box: tuple[int, int, int, int] | None) -> Transcription:
        """What is in the fields now, as this pass read it."""
        values = {name: field.text() for name, field in self._fields.items()}
        return Transcription(number, legible=self.legible, box=box, **values)

    def set_read_only(self, read_only: bool) -> None:
        for field in self._fields.values():
            field.setReadOnly(read_only)


def describe_card(card: Transcription) -> str:
    """ "branch 215, detainee 1234, examination 5678" """
    if card.legible in {"no", "no card"}:
        return "no card on it" if card.legible == "no card" else "cannot be read"
    named = (("branch", card.branch), ("detainee", card.detainee), ("examination", card.examination))
    parts = [f"{name} {value}" for name, value in (*named, ("date", card.date)) if value]
    return ", ".join(parts) + (" (in part)" if card.legible == "in part" else "")
