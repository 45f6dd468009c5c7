"""A box to type into and a list that answers: Terms, Regions, qualifiers, reasons, commands.

It lies over the window and is no dialog: Escape closes it, Enter takes the answer that is marked, digits take
theirs. Where several answers have the same claim to what is typed none is marked, and Enter takes none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from shiboken6 import isValid

from reviewer.domain.vocabulary.type_ahead import find_text_meant
from reviewer.qt.actions.key_places import read_digit_key, read_digit_sequence
from reviewer.qt.layers import WindowLayer
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.widgets.answer_list import AnswerList, ShownAnswer
from reviewer.qt.widgets.box_place import WantedPlace, place_box, place_in_corner
from reviewer.qt.widgets.buttons import make_choice_button
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel

_NARROW, _WIDE, _ROWS = 460, 680, 9
_AROUND, _ABOVE_BELOW = 48, 80
_MOST_ROWS, _MOST_ROWS_ASIDE, _FEWEST_ROWS = 10, 16, 3
_TOLD_LINES, _TALL = 2, 1 << 16
_CHOOSE = "Type the beginnings of its words, or choose with the arrow keys."
_UNCLEAR = "{} fit what is typed: one more letter tells which, or choose with the arrow keys."
_NOTHING = "Nothing was taken. "
_OWN_KEYS = frozenset(
    {
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Escape,
    }
)


@dataclass(frozen=True)
class Option:
    """One answer: `detail` explains it below the list while it is the current one.

    `said` is what has to be typed for it where that is not its text; `keys` are those of a command.
    """

    key: str
    text: str
    detail: str = ""
    enabled: bool = True
    said: str = ""
    keys: str = ""


@dataclass(frozen=True)
class Question:
    """What is asked. `find` gives the answers for what is typed; `take` gets the chosen one's key.

    `free` takes the typed text itself when no answer is chosen. With `digits` a typed number chooses.
    `above` is shown above the line while it is asked, and stays its owner's.
    `explains`: the details are long; they get the room that the list does not need. `ahead`: a list of things
    and no menu, so that none of them is meant before something is typed or chosen. `instead`: what stands
    below the list for what is typed while no answer is marked, "" for what stands there otherwise. `aside`:
    the box lies at the right, so that the photograph that is asked about is seen beside it. `letters`: one
    for each answer, which takes it at once. `clear_of` is what should be seen beside the box, in pixels of
    the desktop. `wide`: the answers need more room than usual. `within`: the box lies at the right foot of
    this place, in pixels of the desktop, and is as large as `above`, which gives way to the list as soon as
    something is typed or walked to. `hint` stands in the empty line. `is_choice`: typing tells nothing
    apart, so that no line is seen; keys that choose still do.
    """

    prompt: str
    find: Callable[[str], Sequence[Option]]
    take: Callable[[str], object]
    free: Callable[[str], object] | None = None
    digits: bool = False
    stays: bool = False
    explains: bool = False
    above: QWidget | None = None
    ahead: bool = False
    aside: bool = False
    instead: Callable[[str], str] | None = None
    letters: str = ""
    clear_of: QRect | None = None
    wide: bool = False
    within: QRect | None = None
    hint: str = ""
    is_choice: bool = False

    def find_letter(self, typed: str) -> int:
        """The answer (from 0) that `typed` takes at once; -1 if it is not a letter of one."""
        return self.letters.find(typed.upper()) if len(typed) == 1 else -1

    def with_key(self, place: int, text: str) -> str:
        """`text` of the answer at `place` (from 0) behind the key that takes it at once.

        That is one letter or one digit, so that those behind the ninth have none.
        """
        if place < len(self.letters):
            return f"{self.letters[place]}  {text}"
        if not self.digits:
            return text
        return f"{place + 1}  {text}" if place < _ROWS else f"     {text}"


AskQuestion = Callable[[Question], None]


def make_choice_question(
    prompt: str, options: Sequence[Option], take: Callable[[str], object], *, digits: bool = True
) -> Question:
    """Return a question with these options, narrowed by what is typed."""
    return Question(prompt, lambda typed: narrow_options(options, typed), take, digits=digits)


def make_text_question(prompt: str, take: Callable[[str], object]) -> Question:
    """Return a question that is answered in words of one's own."""
    return Question(prompt, lambda _typed: (), lambda _key: None, free=take)


def narrow_options(options: Sequence[Option], typed: str) -> list[Option]:
    """The options in whose text the typed letters occur, large or small."""
    wanted = typed.strip().casefold()
    return [option for option in options if wanted in option.text.casefold()]


class _AnswerEdit(QLineEdit):
    """A line that keeps the keys the box needs; the rest of its typing keys it keeps by itself."""

    key = Signal(int)
    by_number = False

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.key.emit(event.key())
                return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._is_number(event):
            self.setText(read_digit_key(event))
            self.textEdited.emit(self.text())
            return True
        return super().event(event)

    def _is_number(self, event: QKeyEvent) -> bool:
        """Where numbers choose, the digit row writes digits on every layout, as the first thing typed."""
        return self.by_number and not self.text() and len(read_digit_sequence(event)) == 1


def _make_foot_button(kind: str = "") -> QPushButton:
    """A button that says its key and leaves the keyboard in the line."""
    button = QPushButton("OK  Enter")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setProperty("kind", kind)
    return button


class TypeBox(WindowLayer):
    """Shown by `ask`; `closed` when it is gone, whether something was chosen or not. The keyboard is where it
    was then.

    `begun`: prompt -> what was typed for an answer in words of one's own before the window was locked. It is
    in the line when that is asked again.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._question: Question | None = None
        self._above: QWidget | None = None
        self._options: list[Option] = []
        self.begun: dict[str, str] = {}
        self._rows = self._told = 0
        self._prompt, self.detail = PlainLabel(), PlainLabel()
        self._prompt.setProperty("kind", "caption")
        for label in (self._prompt, self.detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.detail.setProperty("kind", "quiet")
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._line = _AnswerEdit()
        self._list = AnswerList()
        self.cancel_button, self.ok_button = _make_foot_button(), _make_foot_button("main")
        self.done_button = make_choice_button("Done  Esc")
        self._arrange()
        for button in (self.cancel_button, self.done_button):
            button.clicked.connect(self.close_box)
        self.ok_button.clicked.connect(self._take_answer)
        self._line.textEdited.connect(self._on_typed)
        self._line.key.connect(self._on_key)
        self._list.itemClicked.connect(lambda _item: self._take_answer())
        self._list.currentRowChanged.connect(self._on_row)
        self.hide()

    def _arrange(self) -> None:
        column = self._column = make_column(self, spacing=8, margins=(12, 12, 12, 12))
        head = make_row(spacing=8)
        head.addWidget(self._prompt, 1)
        head.addWidget(self.done_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        for widget in (self._line, self._list, self.detail):
            column.addWidget(widget)
        foot = make_row(spacing=8)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.ok_button)
        column.addLayout(foot)

    def ask(self, question: Question) -> None:
        """Show the box, empty, with the keyboard in it."""
        self._question = question
        self._prompt.setText(question.prompt)
        self._put_above(question)
        self._rows = self._told = 0
        self._line.setPlaceholderText(question.hint)
        self.cancel_button.setText("Done  Esc" if question.stays else "Cancel  Esc")
        self._line.setText(self.begun.pop(question.prompt, "") if question.free is not None else "")
        self._line.by_number = question.digits
        self._line.setMaximumHeight(0 if question.is_choice else _TALL)
        self._line.setAccessibleName(question.prompt)
        self._update_options(self._line.text())
        self.show()
        self.raise_()
        self._line.setFocus()

    def _put_above(self, question: Question) -> None:
        """Show a widget above the line; remove that of the last question without destroying it."""
        if self._above is not None and isValid(self._above):
            self._column.removeWidget(self._above)
            self._above.hide()
        widget = self._above = question.above
        if widget is not None:
            self._column.insertWidget(1, widget, 1 if question.within is not None else 0)
            widget.show()
        figures = question.within is not None
        set_style_property(self._prompt, "kind", "strong" if figures else "caption")
        self._put_list(at=2 if figures else self._column.indexOf(self._line) + 1, stretches=figures)
        self.done_button.setVisible(figures)
        for button in (self.cancel_button, self.ok_button):
            button.setVisible(not figures)

    def _put_list(self, at: int, *, stretches: bool) -> None:
        """Put list and sentence behind the line, or before it."""
        for widget in (self._list, self.detail):
            self._column.removeWidget(widget)
        at = min(at, self._column.indexOf(self._line) + 1)
        self._column.insertWidget(at, self._list, 1 if stretches else 0)
        self._column.insertWidget(at + 1, self.detail)
        if stretches:
            self._list.setMinimumHeight(0)
            self._list.setMaximumHeight(_TALL)

    def close_box(self) -> None:
        if self._question is not None:
            self._question = None
            self.put_away()
            self.closed.emit()

    def dismiss(self) -> None:
        self.close_box()

    def home(self) -> QWidget:
        return self._line

    def tell_again(self) -> None:
        """What is said of the question has changed: say it anew."""
        self._on_row(self._list.currentRow())

    @property
    def over(self) -> QWidget:
        """What the box lies over."""
        return self._over

    @property
    def is_asking(self) -> bool:
        return self._question is not None

    def get_unfinished_answer(self) -> dict[str, str]:
        """What is asked and what is typed, of an answer in words of one's own that is under way."""
        question, text = self._question, self._line.text()
        return {question.prompt: text} if question is not None and question.free and text.strip() else {}

    def texts(self) -> list[str]:
        """What the list shows now."""
        return [option.text for option in self._options]

    def _place_over(self, question: Question) -> None:
        """As tall as what is in it; while something is asked it grows where it must, and never shrinks."""
        if question.within is not None:
            self._place_within(question.within)
            return
        parent = self._over
        broad = question.explains or question.wide or (self._above is not None and not question.aside)
        width = min(_WIDE if broad else _NARROW, parent.width() - _AROUND)
        margins = self._column.contentsMargins()
        inner = width - margins.left() - margins.right()
        most = _MOST_ROWS_ASIDE if question.aside else _MOST_ROWS
        count = len(self._options)
        self._rows = max(self._rows, count if question.explains else min(count, most))
        self._told = max(self._told, self._measure_told(question, inner))
        around = self._measure_around(inner)
        room = parent.height() - _ABOVE_BELOW
        row = max(1, self._list.compute_height(1))
        rows = min(self._rows, max(_FEWEST_ROWS, (room - around - self._told) // row))
        self._list.setVisible(rows > 0)
        self._list.setFixedHeight(self._list.compute_height(rows))
        self.detail.setMaximumHeight(_TALL)
        self.detail.setMinimumHeight(self._told)
        listed = self._list.compute_height(rows) + self._column.spacing() if rows else 0
        height = min(around + self._told + listed, room)
        clear = question.clear_of
        if clear is not None:
            clear = QRect(parent.mapFromGlobal(clear.topLeft()), clear.size())
        wanted = WantedPlace(question.aside, bool(question.letters), clear)
        self.setGeometry(place_box(parent.size(), QSize(width, height), wanted))

    def _place_within(self, within: QRect) -> None:
        """At the right foot of a place, whatever is typed; figures or list have what room there is."""
        if self._above is None:
            return
        margins = self._column.contentsMargins()
        room = QRect(self._over.mapFromGlobal(within.topLeft()), within.size())
        width = self._above.sizeHint().width() + margins.left() + margins.right() + 2 * self.frameWidth()
        around = self._prompt.heightForWidth(
            self._above.sizeHint().width() - self.done_button.sizeHint().width()
        )
        tall = max(around, self.done_button.sizeHint().height()) + self._line.sizeHint().height()
        told = _TOLD_LINES * self.detail.fontMetrics().lineSpacing() + 2
        tall += told + 3 * self._column.spacing() + margins.top() + margins.bottom() + 2 * self.frameWidth()
        self.detail.setFixedHeight(told)
        size = QSize(width, tall + self._above.sizeHint().height())
        self.setGeometry(place_in_corner(room, size))
        self._show_list_or_figures()

    def _show_list_or_figures(self) -> None:
        """Show what could be taken while something is typed or walked to; else the figures."""
        if self._question is not None and self._question.within is not None and self._above is not None:
            listed = bool(self._line.text().strip()) or self._list.currentRow() >= 0
            self._above.setVisible(not listed)
            self._list.setVisible(listed)

    def _measure_told(self, question: Question, inner: int) -> int:
        """Room for the longest sentence below the list that can come without anything being typed."""
        metrics = self.detail.fontMetrics()
        sentences = [option.detail for option in self._options if option.detail] + [self.detail.text()]
        needed = max(
            metrics.boundingRect(QRect(0, 0, inner, _TALL), Qt.TextFlag.TextWordWrap, sentence).height()
            for sentence in sentences
        )
        words_only = question.free is not None and not self._options
        return max(needed, (1 if words_only else _TOLD_LINES) * metrics.lineSpacing()) + 2

    def _measure_around(self, inner: int) -> int:
        """What stands above and below list and sentence, and the room between."""
        margins, column = self._column.contentsMargins(), self._column
        parts = [
            self._prompt.heightForWidth(inner),
            min(self._line.sizeHint().height(), self._line.maximumHeight()),
            self.ok_button.sizeHint().height(),
        ]
        if self._above is not None:
            parts.append(max(self._above.minimumHeight(), self._above.sizeHint().height()))
        between = len(parts) * column.spacing()
        return sum(parts) + between + margins.top() + margins.bottom() + 2 * self.frameWidth()

    def _on_typed(self, text: str) -> None:
        question = self._question
        if question is None:
            return
        if question.digits and text.isdigit() and 1 <= int(text) <= len(self._options):
            self._list.setCurrentRow(int(text) - 1)
            self._take_answer()
            return
        if 0 <= question.find_letter(text) < len(self._options):
            self._list.setCurrentRow(question.find_letter(text))
            self._take_answer()
            return
        if question.is_choice:
            self._line.clear()  # nobody sees what stands there
            return
        self._update_options(text)

    def _update_options(self, typed: str) -> None:
        if self._question is None:
            return
        self._options = list(self._question.find(typed))
        self._list.show_answers(
            [
                ShownAnswer(self._question.with_key(place, option.text), option.keys, option.enabled)
                for place, option in enumerate(self._options)
            ]
        )
        row = self._find_meant_row(typed)
        self._list.setCurrentRow(row)
        self._on_row(row)
        self._place_over(self._question)

    def _find_meant_row(self, typed: str) -> int:
        """The row that Enter takes; -1 if that has to be said first."""
        if not typed.strip():
            ahead = self._question is None or self._question.ahead or self._question.stays
            return -1 if ahead and len(self._options) > 1 else 0
        found = find_text_meant(typed, [option.said or option.text for option in self._options])
        return -1 if found is None else found

    def _on_row(self, row: int) -> None:
        question = self._question
        if 0 <= row < len(self._options):
            shown = self._options[row].detail
        elif question is not None and question.instead and (said := question.instead(self._line.text())):
            shown = said
        elif self._options:
            shown = _CHOOSE if not self._line.text().strip() else _UNCLEAR.format(len(self._options))
        else:
            free = question is not None and question.free is not None
            nothing = "Nothing fits." if self._line.text().strip() else ""
            shown = "Enter takes the text as it is." if free else nothing
        self.detail.setText(shown)
        self.ok_button.setEnabled(self._can_take(row))
        self._show_list_or_figures()

    def _can_take(self, row: int) -> bool:
        """Whether Enter would take something now."""
        if 0 <= row < len(self._options):
            return self._options[row].enabled
        return not self._options and self._question is not None and self._question.free is not None

    def _on_key(self, key: int) -> None:
        if key == Qt.Key.Key_Escape:
            self.close_box()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take_answer()
        else:
            by = {
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_PageUp: -_ROWS,
                Qt.Key.Key_PageDown: _ROWS,
            }
            row = self._list.currentRow() + by[Qt.Key(key)]
            self._list.setCurrentRow(min(max(0, row), self._list.count() - 1))

    def _take_answer(self) -> None:
        question, row = self._question, self._list.currentRow()
        if question is None:
            return
        if row < 0 and self._options:
            self.detail.setText(_NOTHING + self.detail.text().removeprefix(_NOTHING))
            return
        if not 0 <= row < len(self._options):
            if question.free is not None:
                text = self._line.text()
                self.close_box()
                question.free(text)
            return
        option = self._options[row]
        if not option.enabled:
            return
        if question.stays:
            question.take(option.key)
            self._line.clear()
            self._update_options("")
            return
        self.close_box()
        question.take(option.key)
