"""The panel beside the card: the fields, what this pass is, what OCR read, and the answers."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.qt.cards.card_form import CardForm
from reviewer.qt.cards.suggestion_line import SuggestionLine
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_hairline, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.side_panel import InfoPanel
from reviewer.services.cards.transcription import CardTask

_WIDTH = 392
_PASS_WORDS = {
    CardTask.FIRST: (
        "First pass",
        "Each card is read twice. Who reads it the second time sees nothing of what you type.",
    ),
    CardTask.SECOND: (
        "Second pass, blind",
        "What the first pass read is shown nowhere until yours is kept. Then the program compares both.",
    ),
    CardTask.MISMATCHES: ("", "Take one, or type it. All three stay on record."),
}
_ANSWERS = (
    ("cards.in-part", "In part"),
    ("cards.unreadable", "Unreadable"),
    ("cards.no-card", "No card"),
)


class CardPanel(InfoPanel):
    """`act_buttons` has the buttons by the actions they stand for."""

    def __init__(self, form: CardForm, suggestion: SuggestionLine) -> None:
        super().__init__(_WIDTH)
        order = KeyedButton("cards.order", "Order of the fields…", is_low=True)
        answers = [KeyedButton(id_, word, checkable=id_ == "cards.in-part") for id_, word in _ANSWERS]
        keep = KeyedButton("cards.keep", "Keep, next card", is_main=True)
        self.act_buttons = {button.action_id: button for button in (order, *answers, keep)}
        self._pass, self._about = PlainLabel(kind="strong"), PlainLabel(kind="quiet")
        self._about.setWordWrap(True)
        head = make_row(spacing=8)
        head.addWidget(PlainLabel("What the card says", kind="strong"), 1)
        head.addWidget(order)
        self.column.addLayout(head)
        line = PlainLabel("In the order of the cards of this case, from the top.", kind="quiet")
        line.setWordWrap(True)
        self.column.addWidget(line)
        for widget in (form, make_hairline(), self._pass, self._about, form.passes, suggestion):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.add_foot(_make_foot(answers, keep))

    def use_actions(self, find: FindAction) -> None:
        for button in self.act_buttons.values():
            button.use_action(find)

    def show_pass(self, work: CardTask | None) -> None:
        """Say what this pass is for; nothing while no card is on screen."""
        for label, words in zip(
            (self._pass, self._about), _PASS_WORDS[work] if work else ("", ""), strict=True
        ):
            label.setText(words)
            label.setVisible(bool(words))

    def show_legible(self, legible: str) -> None:
        self.act_buttons["cards.in-part"].setChecked(legible == "in part")


def _make_foot(answers: list[KeyedButton], keep: KeyedButton) -> QWidget:
    """What is said of the card as a whole, always at the same place."""
    foot = QWidget()
    column = make_column(foot, spacing=8)
    row = make_row(spacing=8)
    for button in (*answers, keep):
        button.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
    for button in answers:
        row.addWidget(button, 1)
    column.addLayout(row)
    column.addWidget(keep)
    return foot
