"""Above the card: the three passes with what each still has to do, and which cards are offered."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.flow_row import make_flow_row
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.segments import SegmentRow
from reviewer.services.cards.transcription import CardTask

PASSES = {
    CardTask.FIRST: ("First pass", "cards.first-pass"),
    CardTask.SECOND: ("Second pass, blind", "cards.second-pass"),
    CardTask.MISMATCHES: ("Mismatches", "cards.mismatches"),
}


class PassBar(QWidget):
    """`chosen` carries the CardTask that was clicked."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.passes = SegmentRow([words for words, _action in PASSES.values()])
        self.passes.chosen.connect(lambda place: self.chosen.emit(list(PASSES)[place]))
        self.one_for_each = KeyedButton("cards.one-for-each", "One for each individual", checkable=True)
        self._buttons = (
            self.one_for_each,
            KeyedButton("cards.whole", "Whole photo"),
            KeyedButton("cards.previous-photo", "Previous", is_keyless=True),
            KeyedButton("cards.next-photo", "Next", is_keyless=True),
        )
        self.show_one_for_each(True)
        row = make_flow_row(self.passes, *self._buttons)
        row.setContentsMargins(24, 10, 16, 10)
        self.setLayout(row)

    def use_actions(self, find: FindAction) -> None:
        for button in self._buttons:
            button.use_action(find)
        for segment, (_words, action) in zip(self.passes.buttons, PASSES.values(), strict=True):
            segment.setToolTip(find(action).toolTip())

    def show_pass(self, work: CardTask) -> None:
        self.passes.set_current(list(PASSES).index(work))

    def show_one_for_each(self, on: bool) -> None:
        self.one_for_each.setChecked(on)

    def show_counts(self, due: Mapping[CardTask, int]) -> None:
        """Say of each pass how many cards wait for it."""
        for segment, (work, (words, _action)) in zip(self.passes.buttons, PASSES.items(), strict=True):
            segment.setText(f"{words} {due[work]:,}")
