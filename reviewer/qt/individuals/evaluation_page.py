"""Where an examiner writes the overall evaluation of one individual, with her own findings in sight.

What is written is kept under whom it is about until it is signed, also while other pages are on.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from reviewer.domain.people.evaluations import LONGEST_EVALUATION, Evaluation
from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.free_text import FreeTextField
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page_head import PageHead
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip
from reviewer.qt.widgets.whole_row import WrappedRowDelegate
from reviewer.services.people.individuals import IndividualRow
from reviewer.services.people.person_card import PersonCard

_WHAT = name_keys(
    "What all findings together amount to, in your own words: the protocol holds it to matter more than the "
    "degree of any one finding (paragraph 424). It is yours: nobody else sees it while reading, and reports "
    "name you. Name what is said to have been done, not what the law calls it. Ctrl+Enter signs, Esc leaves "
    "it as it is written."
)
_LONG = " That is too long: {:,} characters, {:,} can be signed."


class _EvaluationEdit(FreeTextField):
    """Escape gives the keyboard back and keeps what is written."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__("Overall evaluation")

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
        self.head, self._what = PageHead("Overall evaluation"), PlainLabel(_WHAT, kind="quiet")
        self._what.setWordWrap(True)
        self._acts = (
            KeyedButton("individuals.back", "Back"),
            KeyedButton("individuals.sign", "Sign", is_main=True),
        )
        for button in self._acts:
            self.head.add_act(button)
        self.text = _EvaluationEdit()
        self.text.left.connect(self.left)
        self.text.textChanged.connect(self._on_text_changed)
        self.findings, self.summary = _make_text_list("Your findings"), _make_text_list("Your summary")
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
        row.setSpacing(24)
        row.addLayout(writing, 3)
        row.addLayout(beside, 2)
        page = make_column(self, spacing=16, margins=(24, 16, 24, 16))
        page.addWidget(self.head)
        page.addWidget(self._what)
        page.addLayout(row, 1)

    def use_actions(self, find: FindAction) -> None:
        for button in self._acts:
            button.use_action(find)

    def begin(self, person: IndividualRow, card: PersonCard, signed: Evaluation | None) -> None:
        """Write of this person: go on with what is begun, or change what is signed."""
        self.person = None
        self._signed = signed.text if signed is not None else ""
        self.head.set_title(f"Overall evaluation of {person.label}")
        _fill_list(self.findings, card.findings, "You have no finding on these photographs.")
        _fill_list(self.summary, [*card.summary, *card.coverage], "")
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
    return PlainLabel(text, kind="strong")


def _make_text_list(name: str) -> QListWidget:
    """A list of texts, each in as many lines as it needs."""
    made = QListWidget()
    made.setAccessibleName(name)
    made.setWordWrap(True)
    made.setItemDelegate(WrappedRowDelegate(made))
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def _fill_list(rows: QListWidget, texts: Sequence[str], empty: str) -> None:
    """Show these texts, or `empty` if there are none."""
    rows.clear()
    for text in texts or ([empty] if empty else []):
        item = QListWidgetItem(text)
        item.setToolTip(make_plain_tip(text))
        rows.addItem(item)
