"""What is known of the person on screen, in columns on top of the panel where the window is wide."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from reviewer.domain.acts.act import ThingKind
from reviewer.domain.worklist.reading_order import CARD, RECORD
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_grid, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.jobs import LatestJob
from reviewer.services.people.known_facts import KnownFact, load_known_facts
from reviewer.services.reading.act_queue import SharedChange
from reviewer.services.reading.reader import Reader

_COLUMNS, _MOST, _EDGE = 3, 6, 12
_MASKED = "Masked until the reading of this photograph is complete."
_NOBODY = "Only proposed as one individual; nothing is stated yet."
_NOTHING = "No number, date, sex or age is stated yet."


class PersonFacts(QWidget):
    """Up to six facts, each with its value and whence it is known. Room is kept for all of them, so that
    nothing below moves from one person to the next."""

    def __init__(self, reader: Reader, is_wanted: Callable[[], bool]) -> None:
        super().__init__()
        self._reader, self._is_wanted = reader, is_wanted
        self._job = LatestJob(reader.desk.case.jobs)
        self._of = ""
        self.card = KeyedButton("individual.card", "Card of the individual", is_quiet=True)
        self.said = PlainLabel(kind="quiet")
        self.said.setWordWrap(True)
        head = make_row(spacing=8)
        head.addWidget(PlainLabel("Individual", kind="strong"), 1)
        head.addWidget(self.card)
        self._facts = QWidget()
        grid = make_grid(self._facts, across=8, down=0)
        self._cells = [self._make_cell(grid, place) for place in range(_MOST)]
        for place in range(_COLUMNS):
            grid.setColumnStretch(place, 1)
        column = make_column(self, spacing=2, margins=(_EDGE, 4, _EDGE, 4))
        column.addLayout(head)
        self._room = QWidget()
        room = make_column(self._room, spacing=0)
        room.addWidget(self.said)
        room.addWidget(self._facts)
        room.addStretch(1)
        column.addWidget(self._room)
        reader.desk.on_shared.connect(self._on_shared_change)
        reader.on_moved.connect(self.update_person)
        reader.masking.on_change.connect(self.update_person)
        reader.on_reading.connect(self._update_mask)

    def _make_cell(self, grid: QGridLayout, place: int) -> tuple[ElidedLabel, ElidedLabel, ElidedLabel]:
        cell = (
            ElidedLabel("factName", kind="caption"),
            ElidedLabel("factValue"),
            ElidedLabel("factWhence", kind="caption"),
        )
        row, column = divmod(place, _COLUMNS)
        for line, label in enumerate(cell):
            grid.addWidget(label, row * 4 + line, column)
        if row:
            grid.setRowMinimumHeight(row * 4 - 1, 8)
        return cell

    def use_actions(self, find: FindAction) -> None:
        self.card.use_action(find)

    def fit(self) -> None:
        """Be as high as two rows of facts, whatever is known, and show what is."""
        name, value = self._cells[0][0].fontMetrics().lineSpacing(), self.fontMetrics().lineSpacing()
        self._room.setFixedHeight(2 * (2 * name + value) + 8)
        self.update_person()

    def list_shown(self) -> list[tuple[str, str, str]]:
        """What stands there: label, value, whence."""
        shown = ((name.text(), value.text(), whence.text()) for name, value, whence in self._cells)
        return [cell for cell in shown if cell[0]]

    def update_person(self) -> None:
        """Another photograph is on screen, or more may be told of it."""
        if self._reader.photo is None or not self._is_wanted():
            return
        photo, masking = self._reader.sha256, self._reader.masking
        if masking.hides(photo, RECORD) or masking.hides(photo, CARD):
            self._of = ""
            self._show((), _MASKED)
            return
        worklist = self._reader.worklist
        group = worklist.group_index(self._reader.position)
        of = worklist.groups[group].id if group >= 0 else ""
        if not of:
            self._of = ""
            self._show((), _NOBODY)
        elif of != self._of:
            self._of = of
            case = self._reader.desk.case
            self._job.start(
                "facts of an individual",
                lambda _control: load_known_facts(case, of),
                self._reader.desk.post,
                on_done=lambda found: self._on_facts(of, found),
            )

    def _on_shared_change(self, change: SharedChange) -> None:
        """Something is stated anew: ask again."""
        if change.how != "pending" and change.affected_ids(ThingKind.INDIVIDUAL):
            self._of = ""
            self.update_person()

    def stop(self) -> None:
        self._job.drop()

    def _update_mask(self) -> None:
        """A Reading that is complete hides nothing any more; one that is open may hide it again."""
        if self._reader.masking.is_on:
            self.update_person()

    def _on_facts(self, of: str, found: tuple[KnownFact, ...]) -> None:
        if of == self._of:
            self._show(found, "" if found else _NOTHING)

    def _show(self, facts: Sequence[KnownFact], sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        for place, (name, value, whence) in enumerate(self._cells):
            fact = facts[place] if place < len(facts) else KnownFact("", "", "")
            name.setText(fact.label)
            value.setText(fact.value)
            whence.setText(fact.whence)
        self._facts.setVisible(not sentence)
