"""The head of the individuals screen: how many there are, and what can be done, each with its key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reviewer.qt.widgets.elided_label import ElidedLabel

_BUTTONS = (
    ("individuals.open", "Enter  Open"),
    ("individuals.back", "Esc  Back"),
    ("individuals.accept", "A  Accept"),
    ("individuals.accept-all", "Shift+A  Accept all shown"),
    ("individuals.merge", "M  Merge"),
    ("individuals.proposals", "P  Proposals from"),
    ("individuals.conflicts", "K  Conflicts"),
    ("individuals.fact", "F  State a fact"),
)


class Head(QWidget):
    """`action_wanted` carries the id of an action that a button stands for."""

    action_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._counts = ElidedLabel("headerCase")
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for id_, text in _BUTTONS:
            button = QPushButton(text)
            button.setObjectName("choice")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, id_=id_: self.action_wanted.emit(id_))
            bar.addWidget(button)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 0)
        column.setSpacing(6)
        column.addWidget(self._counts)
        column.addLayout(bar)

    def say(self, counts: str) -> None:
        self._counts.setText(counts)
