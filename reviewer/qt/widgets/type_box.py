"""A box to type into and a list that answers: Terms, Regions, qualifiers, reasons, commands.

It lies over the window and is no dialog: Escape closes it, Enter takes the answer that is marked, digits take
theirs. Where several answers have the same claim to what is typed none is marked, and Enter takes none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)
from shiboken6 import isValid

from reviewer.domain.vocabulary.type_ahead import find_text_meant
from reviewer.qt.actions.key_places import read_digit_key, read_digit_sequence
from reviewer.qt.layers import WindowLayer
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel

_NARROW, _WIDE, _HIGH, _HIGHER, _HIGHEST, _ROWS = 460, 680, 430, 560, 720, 9
_EDGE = 8
_TOLD, _BORDER = 52, 6
_NO_LIMIT = 16_777_215  # QWIDGETSIZE_MAX
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

    `said` is what has to be typed for it where that is not its text.
    """

    key: str
    text: str
    detail: str = ""
    enabled: bool = True
    said: str = ""


@dataclass(frozen=True)
class Question:
    """What is asked. `find` gives the answers for what is typed; `take` gets the chosen one's key.

    `free` takes the typed text itself when no answer is chosen. With `digits` a typed number chooses.
    `above` is shown above the line while it is asked, and stays its owner's.
    `explains`: the details are long; they get the room that the list does not need. `ahead`: a list of things
    and no menu, so that none of them is meant before something is typed or chosen. `instead`: what stands
    below the list for what is typed while no answer is marked, "" for what stands there otherwise. `aside`:
    the box lies at the right, so that the photograph that is asked about is seen beside it. `letters`: one
    for each answer, which takes it at once.
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
        self._prompt, self.detail = PlainLabel(), PlainLabel()
        self._prompt.setProperty("kind", "caption")
        for label in (self._prompt, self.detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.detail.setProperty("kind", "quiet")
        self.detail.setMinimumHeight(_TOLD)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._line = _AnswerEdit()
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = self._column = make_column(self, spacing=8, margins=(12, 12, 12, 12))
        for widget in (self._prompt, self._line, self._list, self.detail):
            column.addWidget(widget)
        self._line.textEdited.connect(self._on_typed)
        self._line.key.connect(self._on_key)
        self._list.itemClicked.connect(lambda _item: self._take_answer())
        self._list.currentRowChanged.connect(self._on_row)
        self.hide()

    def ask(self, question: Question) -> None:
        """Show the box, empty, with the keyboard in it."""
        self._question = question
        self._prompt.setText(question.prompt)
        self._put_above(question.above)
        self._line.setText(self.begun.pop(question.prompt, "") if question.free is not None else "")
        self._line.by_number = question.digits
        self._line.setAccessibleName(question.prompt)
        self._update_options(self._line.text())
        self._place_over()
        self.show()
        self.raise_()
        self._line.setFocus()

    def _put_above(self, widget: QWidget | None) -> None:
        """Show a widget above the line; remove that of the last question without destroying it."""
        if self._above is not None and isValid(self._above):
            self._column.removeWidget(self._above)
            self._above.hide()
        self._above = widget
        if widget is not None:
            self._column.insertWidget(1, widget)
            widget.show()

    def close_box(self) -> None:
        if self._question is not None:
            self._question = None
            self.put_away()
            self.closed.emit()

    def dismiss(self) -> None:
        self.close_box()

    def home(self) -> QWidget:
        return self._line

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

    def _place_over(self) -> None:
        parent = self._over
        explains = self._question is not None and self._question.explains
        aside = self._question is not None and self._question.aside
        wide = explains or (self._above is not None and not aside)
        width = min(_WIDE if wide else _NARROW, parent.width() - 48)
        height = min(_HIGHEST if aside else _HIGHER if wide else _HIGH, parent.height() - 80)
        rows = self._list.count() * self._list.sizeHintForRow(0) + 2 * self._list.frameWidth()
        self._list.setMaximumHeight(rows if explains else _NO_LIMIT)
        self._column.setStretchFactor(self.detail, int(explains))
        left = parent.width() - width - _EDGE if aside else (parent.width() - width) // 2
        if self._question is not None and self._question.letters:
            self.setGeometry(*self._compute_foot_geometry(left, width, rows + _BORDER))
            return
        self.setGeometry(left, 56, width, height)

    def _compute_foot_geometry(self, left: int, width: int, rows: int) -> tuple[int, int, int, int]:
        """No higher than a few answers need, and low: what was found stays in sight above it."""
        self._list.setMaximumHeight(rows)
        margins = self._column.contentsMargins()
        inner = width - margins.left() - margins.right()
        told = self._prompt.heightForWidth(inner) + max(_TOLD, self.detail.heightForWidth(inner))
        around = margins.top() + margins.bottom() + 3 * self._column.spacing()
        height = min(told + self._line.sizeHint().height() + rows + around, self._over.height() - 80)
        return left, self._over.height() - height - _EDGE, width, height

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
        self._update_options(text)

    def _update_options(self, typed: str) -> None:
        if self._question is None:
            return
        self._options = list(self._question.find(typed))
        self._list.clear()
        for place, option in enumerate(self._options):
            item = QListWidgetItem(self._question.with_key(place, option.text))
            if not option.enabled:
                item.setForeground(self.palette().placeholderText())
            self._list.addItem(item)
        row = self._find_meant_row(typed)
        self._list.setCurrentRow(row)
        self._on_row(row)

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
            shown = "Enter takes the text as it is." if free else "Nothing fits."
        self.detail.setText(shown)

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
