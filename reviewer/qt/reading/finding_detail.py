"""The selected Finding in short: how sure, which answer, and the keys to say more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from reviewer.domain.reading.look_alikes import (
    list_excluded_look_alikes,
    list_look_alikes,
    name_excluded_look_alikes,
)
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.qt.widgets.buttons import make_choice_button
from reviewer.qt.widgets.elided_label import ClickedLabel, ElidedLabel
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import make_plain_tip

_CERTAINTIES = ((Certainty.DEFINITE, "Q"), (Certainty.PROBABLE, "W"), (Certainty.POSSIBLE, "E"))
NUMBERED_LOOK_ALIKES = 9
"""So many look-alikes have a key of their own."""
_MORE = (
    ("finding.answer", "T  Answer"),
    ("finding.regions", "H  Region"),
    ("finding.qualifiers", "Y  Qualify"),
)


def _make_small_button(text: str, tip: str, checkable: bool) -> QPushButton:
    button = make_choice_button(text, checkable=checkable)
    button.setToolTip(tip)
    button.setMinimumHeight(26)
    button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return button


class FindingDetail(QWidget):
    """Two rows of small buttons; each does what its key does. Below them what the sign was called when the
    Finding was made, if that or its meaning is another now; what it meant then is told by Y too."""

    certainty_chosen = Signal(object)
    action_wanted = Signal(str)

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        meanings = {step.key: step.definition for step in vocabulary.certainties}
        column = make_column(self, spacing=4, margins=(12, 6, 12, 6))
        first, second = QHBoxLayout(), QHBoxLayout()
        self._certainties: dict[Certainty, QPushButton] = {}
        for certainty, key in _CERTAINTIES:
            tip = f"{certainty} ({key}): {meanings[str(certainty)]}"
            button = _make_small_button(f"{key}  {str(certainty).capitalize()}", tip, True)
            button.clicked.connect(lambda _on, chosen=certainty: self.certainty_chosen.emit(chosen))
            self._certainties[certainty] = button
            first.addWidget(button)
        for id_, text in _MORE:
            button = _make_small_button(text, text, False)
            button.clicked.connect(lambda _on, id_=id_: self.action_wanted.emit(id_))
            second.addWidget(button)
        for row in (first, second):
            row.setSpacing(4)
            column.addLayout(row)
        self.then = ElidedLabel("then", kind="quiet")
        self.then.hide()
        column.addWidget(self.then)
        self.look_alikes = ClickedLabel("lookAlikes", kind="quiet")
        self.look_alikes.setAccessibleName("Look-alikes that were excluded")
        self.look_alikes.clicked.connect(lambda: self.action_wanted.emit("finding.look-alikes"))
        self.look_alikes.hide()
        column.addWidget(self.look_alikes)

    def show_finding(self, finding: Finding | None) -> None:
        """Show the certainty that was stated; a default is not shown as a choice."""
        self.setEnabled(finding is not None)
        for certainty, button in self._certainties.items():
            stated = finding is not None and finding.certainty_stated and finding.certainty is certainty
            button.setChecked(stated)
        then = self._vocabulary.earlier_meaning_in_words(finding.term, finding.vocabulary) if finding else ""
        self.then.setText(then)
        self.then.setToolTip(make_plain_tip(then))
        self.then.setVisible(bool(then))
        self._show_look_alikes(finding)

    def _show_look_alikes(self, finding: Finding | None) -> None:
        """Which were excluded; pointing at the line tells all of them with their keys."""
        term = self._vocabulary.term(finding.term) if finding else None
        there = list_look_alikes(self._vocabulary, term)
        gone = list_excluded_look_alikes(finding) if finding else ()
        self.look_alikes.setVisible(bool(there or gone))
        if finding is None:
            return
        names = ", ".join(name_excluded_look_alikes(self._vocabulary, finding))
        self.look_alikes.setText(f"Excluded: {names}" if names else "No look-alike excluded yet (Shift+Y)")
        lines = [
            f"{f'Alt+{number}' if number <= NUMBERED_LOOK_ALIKES else ''}  {choice.name}"
            f"{'  (excluded)' if choice.key in gone else ''}"
            for number, choice in enumerate(there, start=1)
        ]
        self.look_alikes.setToolTip(make_plain_tip("\n".join(("Which look-alikes were excluded?", *lines))))
