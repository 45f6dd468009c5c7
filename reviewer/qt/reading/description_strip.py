"""The strip below the photograph in which it is described: a letter chooses a question, a digit answers it.

It lies beside the photograph and not over it, so that who describes goes on seeing. While it has the
keyboard, letters and digits are its own and everything else (next photo, complete, undo) works as before.
Its height does not depend on the question, so that the photograph stays where it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from reviewer.domain.errors import KnownError
from reviewer.domain.vocabulary.vocabulary import Choice, DescriptionQuestion
from reviewer.qt.actions.key_places import read_digit_key, read_digit_sequence
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.widgets.buttons import make_choice_button
from reviewer.qt.widgets.elided_label import ElidedLabel, ShrinkingLabel
from reviewer.qt.widgets.flow_row import FlowRow
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip
from reviewer.services.reading.describing import DescriptionEditor

_MOST, _BETWEEN, _EDGE = 9, 4, 12
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Backtab: -1}
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class DescriptionStrip(QFrame):
    """`say` gets what cannot be done, `leave` gives the keyboard back to the photograph."""

    def __init__(
        self, describing: DescriptionEditor, say: Callable[[str], None], leave: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setObjectName("describe")
        self.setAccessibleName("Describe the photograph")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.describing, self._say, self._leave = describing, say, leave
        self._asked = describing.vocabulary.described
        self._place = self._begins = 0
        self.questions = [self._make_question_button(place) for place in range(len(self._asked))]
        self.answers = [self._make_button(partial(self._give_answer, number)) for number in range(_MOST)]
        self.back = self._make_button(self._undo_answer)
        self.back.setText("0 Take back")
        self.close_button = make_choice_button("Close  Esc")
        self.close_button.clicked.connect(self.close_strip)
        self._measured = self._make_button(lambda: None)
        self._measured.setParent(self)
        self._measured.setChecked(True)
        self._measured.hide()
        self._name, self._meaning = PlainLabel(), ElidedLabel("describeMeaning")
        self._meaning.setProperty("kind", "caption")
        self._arrange()
        self.hide()

    def _make_question_button(self, place: int) -> QPushButton:
        button = self._make_button(lambda: self._choose(place))
        described = self._asked[place]
        button.setToolTip(make_plain_tip(f"{described.name} (key {described.letter.upper()})"))
        return button

    def _make_button(self, work: Callable[[], None]) -> QPushButton:
        """A button that shows what is said, whatever a click does to it by itself."""
        button = make_choice_button(checkable=True)

        def clicked(_on: bool) -> None:
            work()
            self.show_reading()

        button.clicked.connect(clicked)
        return button

    def _arrange(self) -> None:
        chosen, asked = FlowRow(_BETWEEN), FlowRow(_BETWEEN)
        for button in self.questions:
            chosen.addWidget(button)
        for button in (*self.answers, self.back):
            asked.addWidget(button)
        self._above, self._below = QWidget(), QWidget()
        self._above.setLayout(chosen)
        self._below.setLayout(asked)
        hint = ShrinkingLabel()
        hint.setText("A letter chooses, a digit says it. Tab: next.")
        hint.setProperty("kind", "caption")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._name)
        line.addWidget(self._meaning, 1)
        line.addWidget(hint)
        line.addWidget(self.close_button)
        column = make_column(self, spacing=6, margins=(_EDGE, 6, _EDGE, 6))
        column.addWidget(self._above)
        column.addLayout(line)
        column.addWidget(self._below)

    # what is shown

    @property
    def asked(self) -> DescriptionQuestion:
        """The question that a digit answers now."""
        return self._asked[self._place]

    def open(self, key: str = "") -> None:
        """Show it at the question of a key, or where it was, and take the keyboard.

        NotAllowed while the photograph is not seen.
        """
        self.describing.must_see()
        if key:
            self._choose(next(place for place, question in enumerate(self._asked) if question.key == key))
        self.show()
        self.show_reading()
        self.setFocus()

    def toggle(self) -> None:
        """Open it, or take the keyboard back to it; close it where it has the keyboard."""
        if self.isVisible() and self.hasFocus():
            self.close_strip()
        else:
            self.open()

    def close_strip(self) -> None:
        if self.hasFocus():
            self._leave()
        self.hide()

    def new_photo(self) -> None:
        """Begin where the reader began on the photo before: at the question chosen last."""
        self._place = self._begins
        self.show_reading()

    def show_reading(self) -> None:
        """What is said of the photograph on screen, and what a digit would say now."""
        if self.isHidden():
            return
        for place, (button, described) in enumerate(zip(self.questions, self._asked, strict=True)):
            button.setText(
                _format_question(described, is_said=bool(self.describing.answers_of(described.key)))
            )
            button.setChecked(place == self._place)
        asked, said_now = self.asked, self.describing.answers_of(self.asked.key)
        several = " (several can be said)" if asked.kind == "several" else ""
        self._name.setText(f"{asked.name[:1].upper()}{asked.name[1:]}{several}")
        self._meaning.setText(asked.definition)
        for number, button in enumerate(self.answers):
            button.setVisible(number < len(asked.choices))
            if number < len(asked.choices):
                choice = asked.choices[number]
                button.setText(_format_answer(number, choice))
                button.setToolTip(make_plain_tip(choice.definition))
                button.setChecked(choice.key in said_now)
        self.back.setChecked(False)
        self.back.setEnabled(bool(said_now))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reserve_room()

    def changeEvent(self, event: QEvent) -> None:
        """Larger type may take more lines at the same width."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and not self.isHidden():
            self._reserve_room()

    def _reserve_room(self) -> None:
        """Room for all questions and the longest answers at this width, and for the sign of what is said."""
        for button in (*self.questions, *self.answers, self.back):
            button.setMinimumHeight(self._measure_button("").height())
        for button, described in zip(self.questions, self._asked, strict=True):
            button.setMinimumWidth(self._measure_button(_format_question(described, is_said=True)).width())
        room = self.width() - 2 * _EDGE
        last = self._measure_button(self.back.text())
        rows = _count_lines([button.minimumWidth() for button in self.questions], room)
        self._above.setMinimumHeight(rows * last.height() + (rows - 1) * _BETWEEN)
        lines = max(
            _count_lines(
                [
                    *(
                        self._measure_button(_format_answer(*choice)).width()
                        for choice in enumerate(question.choices)
                    ),
                    last.width(),
                ],
                room,
            )
            for question in self._asked
        )
        self._below.setMinimumHeight(lines * last.height() + (lines - 1) * _BETWEEN)

    def _measure_button(self, text: str) -> QSize:
        """How large a button with this text is while it is checked, which has a thicker frame."""
        self._measured.setText(text)
        return self._measured.sizeHint()

    # what is done

    def _choose(self, place: int) -> None:
        self._place = self._begins = place
        self.show_reading()

    def _step(self, by: int) -> None:
        self._choose((self._place + by) % len(self._asked))

    def _give_answer(self, number: int) -> None:
        """Say it; where one answer is all, the next question follows: all are answered by one key each."""
        described = self.asked
        if number >= len(described.choices):
            self._say(f"{described.name}: there are {len(described.choices)} answers.")
            return
        try:
            is_said = self.describing.toggle_answer(described, described.choices[number].key)
        except KnownError as error:
            self._say(str(error))
            return
        if is_said and described.kind == "choice" and self._place + 1 < len(self._asked):
            self._place += 1
        self.show_reading()

    def _undo_answer(self) -> None:
        try:
            self.describing.clear_answer(self.asked)
        except KnownError as error:
            self._say(str(error))

    def as_on_previous(self) -> None:
        """Take over what is said of the photo before; whether the strip is shown does not matter."""
        count = self.describing.copy_previous()
        self._say(f"Taken over from the previous photo: {count} {'answer' if count == 1 else 'answers'}.")

    def _choose_by_letter(self, letter: str) -> None:
        place = next((at for at, question in enumerate(self._asked) if question.letter == letter), None)
        if place is None:
            self._say(
                f"No question has the letter {letter.upper()}. Esc gives the keys back to the photograph."
            )
        else:
            self._choose(place)

    # keys

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _is_own(event):
            super().keyPressEvent(event)
            return
        if event.isAutoRepeat() and event.key() not in _STEPS:
            return
        digit = _read_digit(event)
        if digit == "0":
            self._undo_answer()
            self.show_reading()
        elif digit:
            self._give_answer(int(digit) - 1)
        elif event.key() in _STEPS:
            self._step(_STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.close_strip()
        else:
            self._choose_by_letter(chr(event.key()).lower())

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes to the next question."""
        self._step(1 if forwards else -1)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark_focus(has_keys=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark_focus(has_keys=False)

    def _mark_focus(self, *, has_keys: bool) -> None:
        set_style_property(self, "active", has_keys)


def _format_question(described: DescriptionQuestion, *, is_said: bool) -> str:
    return f"{'✓ ' if is_said else ''}{described.letter.upper()} {described.short}"


def _format_answer(number: int, choice: Choice) -> str:
    return f"{number + 1} {choice.name}"


def _count_lines(widths: Sequence[int], room: int) -> int:
    """How many lines boxes of these widths take side by side."""
    lines, used = 1, 0
    for wide in widths:
        if used and used + wide > room:
            lines, used = lines + 1, 0
        used += wide + _BETWEEN
    return lines


def _is_own(event: QKeyEvent) -> bool:
    """Whether a key is one of the strip's: a letter or a digit by itself, and those that step and close."""
    if event.modifiers() & _MODIFIERS:
        return False
    if _read_digit(event) or event.key() in _STEPS or event.key() == Qt.Key.Key_Escape:
        return True
    plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    return plain and Qt.Key.Key_A.value <= event.key() <= Qt.Key.Key_Z.value


def _read_digit(event: QKeyEvent) -> str:
    """The digit of a key, on every layout; "" if it is none."""
    if Qt.Key.Key_0.value <= event.key() <= Qt.Key.Key_9.value:
        return chr(event.key())
    return read_digit_key(event) if len(read_digit_sequence(event)) == 1 else ""
