"""What stands in place of the card when none is left in this pass: what else waits, and the way there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from reviewer.qt.cards.pass_bar import PASSES
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.empty_state import EmptyState
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column
from reviewer.services.cards.transcription import CardTask

_DONE = {
    CardTask.FIRST: "Every individual has a card that was read.",
    CardTask.SECOND: "Every card of the first pass was read a second time.",
    CardTask.MISMATCHES: "No card waits to be decided.",
}
_WAITING = {
    CardTask.FIRST: (
        "1 individual waits for the first pass.",
        "{count:,} individuals wait for the first pass.",
    ),
    CardTask.SECOND: ("1 card waits for the second pass.", "{count:,} cards wait for the second pass."),
    CardTask.MISMATCHES: ("1 mismatch waits for a decision.", "{count:,} mismatches wait for a decision."),
}


class NothingDue(QWidget):
    """The frame that all screens have for a place with nothing in it."""

    def __init__(self) -> None:
        super().__init__()
        self.state = EmptyState("cards")
        self.ways = {work: KeyedButton(action, words) for work, (words, action) in PASSES.items()}
        self.every = KeyedButton("cards.one-for-each", "Every photograph")
        for button in (*self.ways.values(), self.every):
            self.state.add_act(button)
        column = make_column(self, spacing=0, margins=(24, 16, 24, 16))
        column.addWidget(self.state)
        column.addStretch(1)

    def use_actions(self, find: FindAction) -> None:
        for button in (*self.ways.values(), self.every):
            button.use_action(find)

    def show_counts(self, work: CardTask, due: Mapping[CardTask, int]) -> None:
        """Say what is done, and what waits in the other passes."""
        others = [other for other in PASSES if other is not work and due[other]]
        waiting = " ".join(
            _WAITING[other][0] if due[other] == 1 else _WAITING[other][1].format(count=due[other])
            for other in others
        )
        self.state.show_state("No card waits for this pass", f"{_DONE[work]} {waiting}".strip())
        for other, button in self.ways.items():
            button.setVisible(other in others)
        self.every.setVisible(work is CardTask.FIRST)
