"""The selected Finding in short: how sure, where, which answer, and what look-alikes were excluded."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.domain.reading.look_alikes import (
    list_excluded_look_alikes,
    list_look_alikes,
    name_excluded_look_alikes,
)
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.qt.actions.worn_keys import add_key, name_key
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.elided_label import ClickedLabel, ElidedLabel
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import make_plain_tip

_CERTAINTIES = (Certainty.DEFINITE, Certainty.PROBABLE, Certainty.POSSIBLE)
NUMBERED_LOOK_ALIKES = 9
"""So many look-alikes have a key of their own."""
_MORE = (
    ("finding.regions", "Region"),
    ("finding.answer", "Answer"),
    ("finding.qualifiers", "Qualify"),
)


class FindingDetail(QWidget):
    """How sure in one joined row, and below it what else is said of a Finding; buttons that do what their
    keys do. `then` and `look_alikes` are placed by whoever has room for them: what the sign meant when the
    Finding was made, if that is another now, and which look-alikes were excluded."""

    action_wanted = Signal(str)

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._meanings = {step.key: step.definition for step in vocabulary.certainties}
        column = make_column(self, spacing=4)
        first, second = make_row(spacing=0), make_row(spacing=4)
        self._certainties: dict[Certainty, KeyedButton] = {}
        for certainty, end in zip(_CERTAINTIES, ("first", "middle", "last"), strict=True):
            button = KeyedButton(f"finding.{certainty}", str(certainty).capitalize(), checkable=True)
            button.setProperty("segment", end)
            self._certainties[certainty] = button
            first.addWidget(button, 1)
        self._more = [KeyedButton(id_, word) for id_, word in _MORE]
        for button in self._more:
            second.addWidget(button, 1)
        column.addLayout(first)
        column.addLayout(second)
        self.then = ElidedLabel("then", kind="caption")
        self.look_alikes = ClickedLabel("lookAlikes", kind="caption")
        self.look_alikes.setAccessibleName("Look-alikes that were excluded")
        self.look_alikes.clicked.connect(lambda: self.action_wanted.emit("finding.look-alikes"))
        for label in (self.then, self.look_alikes):
            label.hide()

    def use_actions(self, find: FindAction) -> None:
        for button in (*self._certainties.values(), *self._more):
            button.use_action(find)
        for certainty, button in self._certainties.items():
            tip = f"{str(certainty).capitalize()} ({button.key}): {self._meanings[str(certainty)]}"
            button.show_tip(make_plain_tip(tip))

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
        self.look_alikes.setText(
            f"Excluded: {names}" if names else add_key("No look-alike excluded yet", "finding.look-alikes")
        )
        lines = [
            f"{_name_key_of(number)}  {choice.name}{'  (excluded)' if choice.key in gone else ''}"
            for number, choice in enumerate(there, start=1)
        ]
        self.look_alikes.setToolTip(make_plain_tip("\n".join(("Which look-alikes were excluded?", *lines))))


def _name_key_of(number: int) -> str:
    """The key that excludes the look-alike with this number, from 1 on."""
    return name_key(f"finding.exclude-{number}") if number <= NUMBERED_LOOK_ALIKES else ""
