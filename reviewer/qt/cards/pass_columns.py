"""What the two passes read of one card, side by side, with what differs underlined and named."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.domain.people.card_differences import describe_text_difference, find_text_difference
from reviewer.domain.people.individual import Transcription, TranscriptionPass
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_grid
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip

_NAMES = {
    "legible": "Card",
    "detainee": "Detainee",
    "branch": "Branch",
    "examination": "Examination",
    "date": "Date",
    "note": "Note",
}
_LEGIBLE_WORDS = {"yes": "readable", "in part": "in part", "no": "cannot be read", "no card": "no card"}
_ALWAYS = ("detainee", "branch", "examination")


@dataclass(frozen=True)
class ComparedValue:
    """One line of the comparison; `difference` is "" where both passes read the same."""

    name: str
    first: str
    second: str
    difference: str


class MarkedLabel(PlainLabel):
    """A short text of which some signs are underlined and strong."""

    def __init__(self, text: str, marked: Collection[int]) -> None:
        super().__init__(text or "\u2013")
        self.marked = frozenset(marked)
        self.setToolTip(make_plain_tip(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = QPainter(self), self.contentsRect()
        painter.setPen(self.palette().color(self.foregroundRole()))
        plain, strong = QFont(self.font()), QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        strong.setUnderline(True)
        left = room.left()
        for place, sign in enumerate(self.text()):
            painter.setFont(strong if place in self.marked else plain)
            wide = painter.fontMetrics().horizontalAdvance(sign)
            painter.drawText(
                QRect(left, room.top(), wide, room.height()), Qt.AlignmentFlag.AlignVCenter, sign
            )
            left += wide
        painter.end()


class PassColumns(QWidget):
    """Shown only to who decides between the passes; empty and hidden for everybody else."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("What the two passes said")
        self._order: tuple[str, ...] = _ALWAYS
        self._rows: list[QWidget] = []
        self.values: tuple[ComparedValue, ...] = ()
        self.buttons = (
            KeyedButton("cards.take-first", "Take first"),
            KeyedButton("cards.take-second", "Take second"),
        )
        for button in self.buttons:  # in large type the key gives way, and the panel stays as wide
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._grid = make_grid(self, across=8, down=2)
        for column, words in enumerate(("", "First pass", "Second pass")):
            self._grid.addWidget(PlainLabel(words, kind="strong"), 0, column)
        for column in (1, 2):
            self._grid.setColumnStretch(column, 1)
        self.hide()

    def use_actions(self, find: FindAction) -> None:
        for button in self.buttons:
            button.use_action(find)

    def set_order(self, names: Sequence[str]) -> None:
        """The order of the fields beside which this stands; it holds from the next card on."""
        self._order = tuple(names)

    def show_passes(self, passes: Sequence[Transcription]) -> None:
        """Show both passes of a card, or hide: there is nothing to decide."""
        for widget in (*self._rows, *self.buttons):
            self._grid.removeWidget(widget)
        for widget in self._rows:
            widget.setParent(None)
            widget.deleteLater()
        self._rows = []
        by_pass = {card.number: card for card in passes}
        first, second = by_pass.get(TranscriptionPass.FIRST), by_pass.get(TranscriptionPass.SECOND)
        both = first is not None and second is not None
        self.values = compare_passes(first, second, self._order) if first and second else ()
        for value in self.values:
            self._add_value(value)
        if both:
            for column, button in enumerate(self.buttons, start=1):
                self._grid.addWidget(
                    button, self._grid.rowCount() if column == 1 else self._last_row(), column
                )
        self.setVisible(both)

    def _last_row(self) -> int:
        return self._grid.rowCount() - 1

    def _add_value(self, value: ComparedValue) -> None:
        row = self._grid.rowCount()
        found = find_text_difference(value.first, value.second)
        cells: tuple[QWidget, ...] = (
            PlainLabel(value.name, kind="quiet"),
            MarkedLabel(value.first, found.in_first),
            MarkedLabel(value.second, found.in_second),
        )
        for column, widget in enumerate(cells):
            self._grid.addWidget(widget, row, column)
        self._rows.extend(cells)
        if value.difference:
            said = PlainLabel(f"\u2260 {value.difference}", kind="plain caption")
            said.setWordWrap(True)
            self._grid.addWidget(said, row + 1, 1, 1, 2)
            self._rows.append(said)


def compare_passes(
    first: Transcription, second: Transcription, order: Sequence[str]
) -> tuple[ComparedValue, ...]:
    """What each pass read, field by field; empty fields of both are left out but for the numbers."""
    found = []
    if first.legible != second.legible or first.legible != "yes":
        one, other = _LEGIBLE_WORDS[first.legible], _LEGIBLE_WORDS[second.legible]
        found.append(
            ComparedValue(_NAMES["legible"], one, other, "" if one == other else f"{one} or {other}")
        )
    for name in order:
        one, other = getattr(first, name), getattr(second, name)
        if one or other or name in _ALWAYS:
            difference = "" if name == "note" else describe_text_difference(one, other)
            found.append(ComparedValue(_NAMES[name], one, other, difference))
    return tuple(found)
