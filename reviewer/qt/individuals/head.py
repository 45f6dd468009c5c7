"""The head of the individuals screen: how many there are, and what can be done, each with its key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from reviewer.qt.widgets.buttons import make_choice_button
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.flow_row import FlowRow
from reviewer.qt.widgets.layouts import make_column

TABLE, CARD, CONFLICTS, EVALUATION = "table", "card", "conflicts", "evaluation"
_EVERYWHERE = (TABLE, CARD, CONFLICTS, EVALUATION)
_BUTTONS = (
    ("individuals.open", "Enter  Open", (TABLE,)),
    ("individuals.open", "Enter  Read this photo", (CARD,)),
    ("individuals.open", "Enter  Show these individuals", (CONFLICTS,)),
    ("individuals.back", "Esc  Back", _EVERYWHERE),
    ("individuals.accept", "A  Accept", (TABLE, CARD)),
    ("individuals.accept-all", "Shift+A  Accept all shown", (TABLE,)),
    ("individuals.merge", "M  Merge", (TABLE, CONFLICTS)),
    ("individuals.note", "N  Accept as it is", (CONFLICTS,)),
    ("individuals.proposals", "P  Proposals from", (TABLE,)),
    ("individuals.conflicts", "K  Conflicts", (TABLE, CARD)),
    ("individuals.gaps", "Shift+K  Numbers not in this case", (CONFLICTS,)),
    ("individuals.sort", "S  Sort", (TABLE,)),
    ("individuals.columns", "C  Columns", (TABLE,)),
    ("individuals.fact", "F  State a fact", (TABLE, CARD)),
    ("individuals.withdraw", "W  Withdraw", (CARD,)),
    ("individuals.decide", "D  Decide", (CARD,)),
    ("individuals.evaluate", "E  Evaluate", (CARD,)),
    ("individuals.sign", "Ctrl+Enter  Sign", (EVALUATION,)),
    ("individuals.withdraw-evaluation", "Shift+E  Withdraw evaluation", (CARD,)),
    ("individuals.split", "Shift+S  Split off", (CARD,)),
    ("individuals.move", "V  Move", (CARD,)),
    ("individuals.take-out", "Del  Take out", (CARD,)),
)


class IndividualsHeader(QWidget):
    """`action_wanted` carries the id of an action that a button stands for."""

    action_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._counts = ElidedLabel("headerCase")
        bar = FlowRow()
        self._buttons: list[tuple[QPushButton, tuple[str, ...]]] = []
        for id_, text, pages in _BUTTONS:
            button = make_choice_button(text)
            button.clicked.connect(lambda _on=False, id_=id_: self.action_wanted.emit(id_))
            bar.addWidget(button)
            self._buttons.append((button, pages))
        column = make_column(self, spacing=6, margins=(16, 8, 16, 0))
        column.addWidget(self._counts)
        column.addLayout(bar)

    def show_page(self, name: str) -> None:
        """Only the buttons of what can be done on this page."""
        for button, pages in self._buttons:
            button.setVisible(name in pages)

    def say(self, counts: str) -> None:
        self._counts.setText(counts)
