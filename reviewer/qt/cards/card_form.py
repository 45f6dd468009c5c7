"""The fields that a card is typed into, and what the two passes said where a person has to decide."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from reviewer.domain.commands.card_commands import LEGIBLE
from reviewer.domain.people.individual import Transcription, TranscriptionPass
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel

_FIELDS = (
    ("branch", "Branch", "as it stands on the card"),
    ("detainee", "Detainee", "? for a digit that cannot be read"),
    ("examination", "Examination", "with its letter, if it has one"),
    ("date", "Date on the card", "as it is written"),
    ("note", "Note", "crossed out, two cards, ..."),
)
_PASS_NAMES = {
    TranscriptionPass.FIRST: "First pass",
    TranscriptionPass.SECOND: "Second pass",
    TranscriptionPass.RESOLVED: "Decided",
}


class _CardField(QLineEdit):
    """A field that lets undo through to the program when there is no typing of its own to undo."""

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


class CardForm(QWidget):
    """Keeps what is typed until it is asked for it."""

    def __init__(self, order: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("keepsItself")
        self._order: tuple[str, ...] = tuple(order)
        self._fields: dict[str, QLineEdit] = {}
        self.legible = LEGIBLE[0]
        self._legible = PlainLabel()
        form = self._form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._labels: dict[str, PlainLabel] = {}
        for name, words, hint in _FIELDS:
            field = _CardField(self)
            field.setPlaceholderText(hint)
            field.setAccessibleName(words)
            self._fields[name], self._labels[name] = field, PlainLabel(words, self)
        self.set_order(order)
        self.passes = PlainLabel()
        self.passes.setWordWrap(True)
        self.passes.setAccessibleName("What the two passes said")
        self.passes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = make_column(self, spacing=8)
        column.addLayout(form)
        column.addWidget(self._legible)
        column.addWidget(self.passes)

    def set_order(self, order: Sequence[str]) -> None:
        """Put the numbers in the order in which they stand on the cards; Tab goes through them so."""
        self._order = tuple(order)
        while self._form.rowCount():
            self._form.takeRow(0)
        names = [*self._order, *(name for name in self._fields if name not in self._order)]
        for name in names:
            self._form.addRow(self._labels[name], self._fields[name])
        for before, after in pairwise(names):
            QWidget.setTabOrder(self._fields[before], self._fields[after])

    def clear(self) -> None:
        for field in self._fields.values():
            field.setText("")  # `clear` could be undone by key, and would come between undo and the acts
        self.set_legible(LEGIBLE[0])
        self.passes.setText("")

    def fill(self, card: Transcription) -> None:
        """Put what was read into the fields."""
        for name, field in self._fields.items():
            field.setText(getattr(card, name))
        self.set_legible(card.legible)

    def show_passes(self, passes: tuple[Transcription, ...]) -> None:
        """What the two passes said, one under the other: only for who decides between them."""
        self.passes.setText(
            "\n".join(f"{_PASS_NAMES[card.number]}: {describe_card(card)}" for card in passes)
        )

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
        self._legible.setText(f"Legible: {legible}")

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
