"""What does not fit of one person: each question with its answers, one reason for all, one button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from reviewer.domain.names import LONGEST_FEW_WORDS
from reviewer.qt.look.signs import SIGN_SIDE, paint_sign_icon
from reviewer.qt.look.theme import get_worn_theme
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.choice_list import ChoiceList
from reviewer.qt.widgets.flow_row import make_flow_row
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.people.questions import PersonQuestion

_NO_ANSWER = "Choose an answer first."
_NO_REASON = "Say in a few words why: the reason is kept with the decision."


class SignLabel(QWidget):
    """One icon in a colour of the theme, as high as a line beside it."""

    def __init__(self, icon: str, colour: str) -> None:
        super().__init__()
        self._icon, self._colour = icon, colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(SIGN_SIDE, max(SIGN_SIDE, self.fontMetrics().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = QRect(0, (self.height() - SIGN_SIDE) // 2, SIGN_SIDE, SIGN_SIDE)
        paint_sign_icon(painter, self._icon, place, get_worn_theme().colour(self._colour))
        painter.end()


class QuestionList(QWidget):
    """`seen` carries a PersonQuestion whose photographs are to be shown, `left` when all is left open.

    With `framed` each question is a box of its own. Answers are numbered through, so that a digit means one.
    """

    seen, left = Signal(object), Signal()

    def __init__(self, *, framed: bool = False) -> None:
        super().__init__()
        self._framed = framed
        self._shown: tuple[PersonQuestion, ...] = ()
        self._individual = ""
        self.lists: list[ChoiceList] = []
        self._questions = make_column(spacing=12)
        self.why = QLineEdit()
        self.why.setAccessibleName("Why it is decided so")
        self.why.setPlaceholderText("In a few words")
        self.why.setMaxLength(LONGEST_FEW_WORDS)
        self.why.textChanged.connect(lambda _text: self._explain_record())
        self.record = KeyedButton("individuals.sign", "Record the decision", is_main=True)
        self.leave = QPushButton("Leave open")
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self._leave_open)
        self._arrange()

    def _arrange(self) -> None:
        head = make_row(spacing=8)
        head.addWidget(PlainLabel("Why", kind="strong"))
        head.addStretch(1)
        head.addWidget(PlainLabel("kept with the decision", kind="caption"))
        column = make_column(self, spacing=12)
        column.addLayout(self._questions)
        deciding = make_column(spacing=8)
        deciding.addLayout(head)
        deciding.addWidget(self.why)
        deciding.addLayout(make_flow_row(self.record, self.leave, spacing=8))
        column.addLayout(deciding)

    def use_actions(self, find: FindAction) -> None:
        self.record.use_action(find)
        self._explain_record()

    def show_questions(self, individual: str, questions: Sequence[PersonQuestion]) -> None:
        """Ask these of an Individual (an id); what was chosen stays chosen where the question is the same."""
        if (individual, tuple(questions)) == (self._individual, self._shown):
            return
        kept = {question.key: answer for question, answer in self.list_answers()}
        if individual != self._individual:
            kept = {}
            self.why.clear()
        self._individual, self._shown = individual, tuple(questions)
        self._clear()
        for question in questions:
            self._add_question(question, kept.get(question.key, -1))
        self._explain_record()

    def _clear(self) -> None:
        self.lists = []
        while (item := self._questions.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _add_question(self, question: PersonQuestion, answer: int) -> None:
        box, column = self._make_box()
        head = make_row(spacing=8)
        head.addWidget(SignLabel("problems", "warn"))
        title = PlainLabel(question.title, kind="strong")
        title.setWordWrap(True)
        head.addWidget(title, 1)
        look = QPushButton("Photographs")
        look.setObjectName("quietButton")
        look.setToolTip("Show the photographs that this is about")
        look.setAutoDefault(False)
        look.clicked.connect(lambda: self.seen.emit(question))
        head.addWidget(look)
        column.addLayout(head)
        sentence = PlainLabel(question.sentence, kind="quiet")
        sentence.setWordWrap(True)
        column.addWidget(sentence)
        first = 1 + sum(len(found.rows) for found in self.lists)
        choices = ChoiceList(question.title, first=first)
        choices.show_choices(question.answers)
        choices.select(answer)
        choices.chosen.connect(lambda _place: self._explain_record())
        column.addWidget(choices)
        self.lists.append(choices)
        self._questions.addWidget(box)

    def _make_box(self) -> tuple[QWidget, QVBoxLayout]:
        if self._framed:
            box = FramedBox()
            return box, box.column
        plain = QWidget()
        return plain, make_column(plain, spacing=8)

    def list_answers(self) -> list[tuple[PersonQuestion, int]]:
        """The questions that are answered, each with the place of its answer."""
        found = zip(self._shown, self.lists, strict=True)
        return [(question, choices.selected) for question, choices in found if choices.selected >= 0]

    def press_digit(self, digit: int) -> bool:
        """Choose the answer of that number; whether there is one."""
        for choices in self.lists:
            if choices.first <= digit < choices.first + len(choices.rows):
                choices.choose(digit - choices.first)
                return True
        return False

    def explain_refusal(self) -> str:
        """Why nothing can be recorded yet, "" if it can."""
        if not self.list_answers():
            return _NO_ANSWER
        return "" if self.why.text().strip() else _NO_REASON

    def _explain_record(self) -> None:
        self.record.refuse(self.explain_refusal())

    def forget_answers(self) -> None:
        """Nothing is chosen, and no reason is given."""
        for choices in self.lists:
            choices.select(-1)
        self.why.clear()
        self._explain_record()

    def _leave_open(self) -> None:
        self.forget_answers()
        self.left.emit()
