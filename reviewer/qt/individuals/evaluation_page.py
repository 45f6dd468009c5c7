"""Where an examiner writes the overall evaluation of one individual, with her own findings in sight.

What is written is kept under whom it is about until it is signed, also while other pages are on.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from reviewer.domain.people.evaluations import LONGEST_EVALUATION, Evaluation
from reviewer.qt.individuals.card_page import fill_list, make_text_list
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.people.individuals import IndividualRow
from reviewer.services.people.person_card import PersonCard

_WHAT = (
    "What all findings together amount to, in your own words: the protocol holds it to matter more than the "
    "degree of any one finding (paragraph 424). It is yours: nobody else sees it while reading, and reports "
    "name you. Name what is said to have been done, not what the law calls it. Ctrl+Enter signs, Esc leaves "
    "it as it is written."
)
_LONG = " That is too long: {:,} characters, {:,} can be signed."


class _EvaluationEdit(QPlainTextEdit):
    """Escape gives the keyboard back and keeps what is written; Tab goes on."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Overall evaluation")
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
                return True
        return super().event(event)


class EvaluationPage(QWidget):
    """`left` when the page is to be closed; `person` is the one it is about."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.person: IndividualRow | None = None
        self._signed = ""
        self._begun: dict[str, str] = {}
        self._title, self._what = PlainLabel(), PlainLabel(_WHAT)
        self._title.setProperty("kind", "page")
        self._what.setProperty("kind", "quiet")
        self._what.setWordWrap(True)
        self.text = _EvaluationEdit()
        self.text.left.connect(self.left)
        self.text.textChanged.connect(self._on_text_changed)
        self.findings, self.summary = make_text_list("Your findings"), make_text_list("Your summary")
        self._arrange()

    def _arrange(self) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(4)
        for widget, title in ((self.findings, "Your findings"), (self.summary, "Your summary and coverage")):
            beside.addWidget(_make_caption(title))
            beside.addWidget(widget, 1)
        writing = QVBoxLayout()
        writing.setSpacing(4)
        writing.addWidget(_make_caption("Your overall evaluation"))
        writing.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(writing, 3)
        row.addLayout(beside, 2)
        page = make_column(self, spacing=6, margins=(16, 8, 16, 8))
        page.addWidget(self._title)
        page.addWidget(self._what)
        page.addLayout(row, 1)

    def begin(self, person: IndividualRow, card: PersonCard, signed: Evaluation | None) -> None:
        """Write of this person: go on with what is begun, or change what is signed."""
        self.person = None
        self._signed = signed.text if signed is not None else ""
        self._title.setText(f"Overall evaluation of {person.label}")
        fill_list(self.findings, card.findings, "You have no finding on these photographs.")
        fill_list(self.summary, [*card.summary, *card.coverage], "")
        self.text.setPlainText(self._begun.get(person.id, self._signed))
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.person = person
        self._on_text_changed()

    def get_text(self) -> str:
        return self.text.toPlainText()

    def note_signed(self, id_: str) -> None:
        """What was begun of that Individual is an act now."""
        self._begun.pop(id_, None)

    @property
    def is_begun(self) -> bool:
        """Whether what is written of the person that was on last is not signed."""
        return self.person is not None and self.person.id in self._begun

    @property
    def begun(self) -> dict[str, str]:
        """Id of an Individual -> what is written of it and not signed."""
        return dict(self._begun)

    def restore_input(self, begun: dict[str, str]) -> None:
        self._begun |= begun

    def _on_text_changed(self) -> None:
        if self.person is None:
            return
        text = self.get_text()
        if text == self._signed:
            self._begun.pop(self.person.id, None)
        else:
            self._begun[self.person.id] = text
        over = _LONG.format(len(text), LONGEST_EVALUATION) if len(text) > LONGEST_EVALUATION else ""
        self._what.setText(_WHAT + over)


def _make_caption(text: str) -> QWidget:
    made = PlainLabel(text, kind="caption")
    return made
