"""The line above the individuals: how many there are; on a card, which of them it is, and the way back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.people.individuals import IndividualRow, IndividualTable


class PeopleHeadline(QWidget):
    """`show_counts` for the table, `show_person` for the card of one."""

    def __init__(self) -> None:
        super().__init__()
        self._title = PlainLabel("People", kind="title")
        self._back = KeyedButton("individuals.back", "Individuals")
        self.words = ElidedLabel("peopleCounts")
        row = make_row(self, spacing=16)
        for widget in (self._title, self._back):
            row.addWidget(widget)
        self._label = ElidedLabel("peopleLabel", kind="quiet")
        row.addWidget(self.words, 1)
        row.addWidget(self._label, 1)
        self.show_counts(IndividualTable())

    def use_actions(self, find: FindAction) -> None:
        self._back.use_action(find)

    def show_counts(self, people: IndividualTable) -> None:
        self._show(on_card=False)
        photos = sum(len(person.photos) for person in people.persons)
        loose = "" if not people.loose else f", {people.loose:,} of nobody yet"
        self.words.setText(f"{len(people.persons):,} individuals, {photos:,} photographs{loose}")

    def show_person(self, person: IndividualRow, people: IndividualTable) -> None:
        self._show(on_card=True)
        self._label.setText(f"{person.neutral} where context is masked" if person.neutral else "")
        self.words.setText(f"individual {person.number:,} of {len(people.persons):,}")

    def _show(self, *, on_card: bool) -> None:
        self._title.setVisible(not on_card)
        self._back.setVisible(on_card)
        self._label.setVisible(on_card)
