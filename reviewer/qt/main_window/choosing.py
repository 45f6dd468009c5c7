"""The form that asks of what something is written: which photographs, whose readings, as of which entry.

Exports, redacted copies, court packs and reports ask it alike. What a choice comes to is counted while it is
made and told before a folder is asked for; what is wrong with an answer stands at its field. Tab goes from
field to field, in a query it takes what fits; Enter goes on, Esc writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from reviewer.domain.errors import KnownError
from reviewer.domain.photos.case import Examiner
from reviewer.domain.search.completion import Completions
from reviewer.domain.search.tokens import QueryError
from reviewer.qt.layers import WindowLayer
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.main_window.session import Session
from reviewer.qt.search.query_line import PLACEHOLDER, QueryEdit, fill_with_completions
from reviewer.qt.search.wording import format_photographs
from reviewer.qt.widgets.fitting import make_scroll_area
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.still_boxes import NoScrollComboBox
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.jobs import JobControl, LatestJob, Post
from reviewer.services.search import search
from reviewer.services.search.chosen import Chosen, count_chosen

_WIDE, _ROWS, _REST_MS = 720, 4, 150
_LONGEST_SHOWN = 48
"""Letters of a query in one answer: the line does not wrap."""
_EVERYTHING, _SHOWN, _QUERY, _NOTHING = "everything", "shown", "query", "nothing"
_NONE = "none"
_NONE_FOUND = "No photograph is found: nothing would be written."
_HINT = "Tab: next field, or take what fits a query    Up, Down: choose    Enter: go on    Esc: write nothing"


@dataclass(frozen=True)
class Form:
    """What is asked. `title` says what is to be written, `go` is the word on the button. `nothing` is the
    answer that no photograph is wanted, "" where that is none. `whose`: one Examiner may be chosen; else the
    Readings of `asked` (an id; None is everybody) are asked by a query. `adds_up`: those of several Examiners
    become one result, so that one's own are offered first. `whole` is a sentence on why no photographs can
    be chosen, "" where they can."""

    title: str
    go: str
    nothing: str = ""
    whose: bool = False
    asked: str | None = None
    adds_up: bool = False
    whole: str = ""


@dataclass(frozen=True)
class PhotographChoice:
    """The answer. `query` is canonical, "" for everything, None for no photograph; `examiners` (ids) is ()
    for everybody; `entries` None as the Case stands. `told` says what it comes to."""

    query: str | None = ""
    examiners: tuple[str, ...] = ()
    entries: int | None = None
    told: str = ""


EVERYTHING = PhotographChoice()


@dataclass(frozen=True)
class _FormInput:
    """What stands in the form at a moment; `query` is None where no photograph is wanted."""

    query: str | None
    examiner: str
    as_of: str


@dataclass(frozen=True)
class _FormFeedback:
    """The answer to that: what it comes to, or what is wrong and with which field."""

    of: _FormInput
    chosen: Chosen | None = None
    fits: Completions | None = None
    wrong: tuple[str, str] = field(default=("", ""))


def ask_choice(
    session: Session, post: Post, over: QWidget, form: Form, take: Callable[[PhotographChoice], None]
) -> None:
    """Show the form over the window; `take` gets the answer once it makes sense."""
    ChoiceForm(session, post, over, form, take).open()


class ChoiceForm(WindowLayer):
    """The form itself; it is deleted when it is closed."""

    def __init__(
        self,
        session: Session,
        post: Post,
        over: QWidget,
        form: Form,
        take: Callable[[PhotographChoice], None],
    ) -> None:
        super().__init__(over)
        self._session, self._post, self._over, self._form, self._take = session, post, over, form, take
        self._counting = LatestJob(session.case.jobs)
        self._feedback: _FormFeedback | None = None
        self._goes_on = False
        self._rest = make_single_shot_timer(self, _REST_MS, self._start_counting)
        self._whose, self._as_of = NoScrollComboBox(), _Line()
        self.told, self.as_of_told = _make_quiet_label(""), _make_quiet_label("")
        self.photographs = _Photographs(form, _get_shown_query(session), self.told)
        self._go = QPushButton(f"Enter  {form.go}")
        self._cancel = QPushButton("Esc  Cancel")
        self._arrange()
        self._connect()
        self.hide()

    # what is in it

    def _arrange(self) -> None:
        inner = QWidget()
        column = make_column(inner, spacing=6)
        if self._form.whole:
            column.addWidget(_make_quiet_label(self._form.whole))
            column.addWidget(self.told)
        else:
            column.addWidget(self.photographs)
        self._people = self._session.case.examiners()
        self._has_whose = self._form.whose and not self._form.whole and len(self._people) > 1
        for name, id_ in _list_examiner_choices(self._form, self._people, self._session.examiner):
            self._whose.addItem(name, id_)
        if self._has_whose:
            column.addLayout(_make_row("Readings of", self._whose))
        column.addLayout(_make_row("As of entry", self._as_of))
        column.addWidget(self.as_of_told)
        column.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 12, 12, 12)
        title = PlainLabel(self._form.title, kind="caption")
        buttons = QHBoxLayout()
        self._go.setProperty("kind", "main")
        buttons.addWidget(self._go)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        self._inner = inner
        self._column.addWidget(title)
        area = make_scroll_area(inner)
        for widget in (area.viewport(), inner):
            widget.setAutoFillBackground(False)
        self._column.addWidget(area, 1)
        self._column.addLayout(buttons)
        self._column.addWidget(_make_quiet_label(_HINT))

    def _connect(self) -> None:
        self._as_of.setAccessibleName("As of which entry of the ledger; empty: as the case stands")
        self._whose.setAccessibleName("Whose readings")
        self.photographs.changed = self._on_changed
        self.photographs.key = self._on_key
        self._whose.currentIndexChanged.connect(lambda _place: self._on_changed())
        self._as_of.textEdited.connect(lambda _text: self._on_changed())
        self._go.clicked.connect(self.go_on)
        self._cancel.clicked.connect(self.dismiss)

    def open(self) -> None:
        over = self._over
        width = min(_WIDE, over.width() - 48)
        self.ensurePolished()
        self.setGeometry((over.width() - width) // 2, 24, width, over.height() - 48)
        self.show()
        self._fit()
        self.raise_()
        self.home().setFocus()
        self._start_counting()

    def _fit(self) -> None:
        """As high as what is in it, and no higher than the window: then it scrolls."""
        for layout in (self._inner.layout(), self._column):
            if layout is not None:
                layout.activate()
        margins = self._column.contentsMargins()
        inner = self.width() - margins.left() - margins.right()
        wanted = max(self._inner.heightForWidth(inner), self._inner.sizeHint().height())
        around = sum(
            max(item.sizeHint().height(), item.heightForWidth(inner) if item.hasHeightForWidth() else 0)
            for place in (0, 2, 3)
            if (item := self._column.itemAt(place)) is not None
        )
        height = wanted + around + margins.top() + margins.bottom() + 4 * self._column.spacing()
        most = self._over.height() - 48
        top = 56 if height + 56 + 24 <= self._over.height() else 24
        self.setGeometry(self.x(), top, self.width(), min(height, most))

    def home(self) -> QWidget:
        fields = self._list_fields()
        now = self.window().focusWidget()
        return now if now is not None and self.isAncestorOf(now) else fields[0]

    def _list_fields(self) -> list[QWidget]:
        """The fields in the order of Tab; of the answers about photographs the one that is chosen."""
        photographs = [] if self._form.whole else self.photographs.list_fields()
        whose = [self._whose] if self._has_whose else []
        return [*photographs, *whose, self._as_of, self._go, self._cancel]

    def focusNextPrevChild(self, forwards: bool) -> bool:
        fields, now = self._list_fields(), self.window().focusWidget()
        by = 1 if forwards else -1
        place = fields.index(now) if now in fields else -by
        fields[(place + by) % len(fields)].setFocus(
            Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason
        )
        return True

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle keys that no field wanted: Enter goes on, except on a button, and Esc closes."""
        self._on_key(event.key())
        event.accept()

    def _on_key(self, key: int) -> None:
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._cancel.hasFocus():
                self.dismiss()
            else:
                self.go_on()
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key == Qt.Key.Key_Tab:
            self.focusNextPrevChild(True)

    def dismiss(self) -> None:
        self._rest.stop()
        self._counting.drop()
        self.put_away()
        self.deleteLater()

    # what it comes to

    def _read_form(self) -> _FormInput:
        query = "" if self._form.whole else self.photographs.query()
        examiner = str(self._whose.currentData() or "") if self._has_whose else (self._form.asked or "")
        return _FormInput(query, examiner, self._as_of.text().strip())

    def _on_changed(self) -> None:
        self._goes_on = False
        self._rest.start()

    def go_on(self) -> None:
        """Take the answer if what stands in the form was counted; else as soon as it is."""
        if self._feedback is None or self._feedback.of != self._read_form():
            self._goes_on = True
            self._say(self.told, "Counting…")
            self._start_counting()
            return
        self._goes_on = False
        name, _sentence = self._feedback.wrong
        if name:
            self._show_wrong(self._feedback, is_asked=True)
            (self._as_of if name == "as of" else self.photographs.edit).setFocus()
            return
        choice = self._make_choice(self._feedback)
        self.dismiss()
        self._take(choice)

    def _make_choice(self, feedback: _FormFeedback) -> PhotographChoice:
        asked, chosen = feedback.of, feedback.chosen
        query = None if asked.query is None else chosen.canonical if chosen is not None else ""
        examiners: tuple[str, ...] = (asked.examiner,) if self._has_whose and asked.examiner else ()
        if self._has_whose and self._form.adds_up and not examiners:
            examiners = tuple(examiner.id for examiner in self._people)
        entries = int(asked.as_of) if asked.as_of else None
        return PhotographChoice(query, examiners, entries, self._describe(feedback))

    def _start_counting(self) -> None:
        """Count what the form asks for, in a job; give up an earlier count."""
        self._rest.stop()
        asked = self._read_form()
        if asked.as_of and not (asked.as_of.isascii() and asked.as_of.isdecimal()):
            self._show(_FormFeedback(asked, wrong=("as of", "An entry is a whole number, counted from 1.")))
            return
        edit = self.photographs.edit
        text, cursor = edit.text(), edit.cursorPosition()
        self._counting.start(
            "look",
            lambda control: self._count(asked, text, cursor, control),
            lambda work: self._post(lambda: work() if isValid(self) and self.isVisible() else None),
            on_done=self._show,
            on_failed=lambda error: self._show(_FormFeedback(asked, wrong=("query", str(error)))),
        )

    def _count(self, asked: _FormInput, text: str, cursor: int, control: JobControl) -> _FormFeedback:
        case = self._session.case
        fits = search.suggest_completions(case, text, cursor)
        entries = int(asked.as_of) if asked.as_of else None
        try:
            chosen = count_chosen(case, asked.query or "", asked.examiner or None, entries, control)
        except QueryError as error:
            return _FormFeedback(asked, None, fits, ("query", str(error)))
        except KnownError as error:
            return _FormFeedback(asked, None, fits, ("as of", str(error)))
        if asked.query and not chosen.photos:
            return _FormFeedback(asked, chosen, fits, (_NONE, _NONE_FOUND))
        return _FormFeedback(asked, chosen, fits)

    def _show(self, feedback: _FormFeedback) -> None:
        if feedback.of != self._read_form():
            self._rest.start()
            return
        self._feedback = feedback
        if feedback.fits is not None:
            self.photographs.show_fitting(feedback.fits)
        self._say(self.told, self._describe(feedback))
        self._show_wrong(feedback)
        self._fit()
        if self._goes_on:
            self.go_on()

    def _show_wrong(self, feedback: _FormFeedback, *, is_asked: bool = False) -> None:
        """What is wrong, at its field; that nothing is found only if it `is_asked`: it may be half typed."""
        name, sentence = feedback.wrong
        if name == "query" or (name == _NONE and is_asked):
            self._say(self.told, sentence, wrong=True)
        usual = "Empty: as the case stands."
        if feedback.chosen is not None and feedback.of.as_of:
            usual = f"The case as it was after {feedback.chosen.entries:,} entries of its ledger."
        self._say(self.as_of_told, sentence if name == "as of" else usual, wrong=name == "as of")

    def _describe(self, feedback: _FormFeedback) -> str:
        """ "12 of 47 photographs", with how the query was read where that is not as it was typed."""
        chosen = feedback.chosen
        if chosen is None:
            return ""
        if self._form.whole or feedback.of.query == "":
            return f"All {format_photographs(chosen.all)}."
        if feedback.of.query is None:
            return f"{self._form.nothing}."
        read = chosen.canonical if chosen.canonical != feedback.of.query.strip() else ""
        return f"{chosen.photos:,} of {format_photographs(chosen.all)}.{f' Read as: {read}' if read else ''}"

    @staticmethod
    def _say(label: PlainLabel, sentence: str, *, wrong: bool = False) -> None:
        label.setText(sentence)
        set_style_property(label, "kind", "alarm" if wrong else "quiet")


class _Photographs(QWidget):
    """Everything, the result that is shown, or a query that is typed, with what fits it."""

    def __init__(self, form: Form, shown: str, told: PlainLabel) -> None:
        super().__init__()
        self.changed: Callable[[], None] = lambda: None
        self.key: Callable[[int], None] = lambda _key: None
        self._shown = shown
        self._fits: Completions | None = None
        self._group = QButtonGroup(self)
        self._radios: dict[str, QRadioButton] = {}
        self.edit = QueryEdit()
        self.edit.setAccessibleName("The photographs that a query finds")
        self.edit.setPlaceholderText(PLACEHOLDER)
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.hide()
        column = make_column(self, spacing=6)
        for name, text in _list_answers(form, shown):
            radio = self._radios[name] = _Radio(text)
            self._group.addButton(radio)
            column.addWidget(radio)
            radio.toggled.connect(lambda is_on: self._on_toggled() if is_on else None)
        next(iter(self._radios.values())).setChecked(True)
        column.addWidget(self.edit)
        if not form.whole:
            column.addWidget(told)
        column.addWidget(self._list)
        self.edit.textEdited.connect(lambda _text: self._on_typed())
        self.edit.cursorPositionChanged.connect(lambda _old, _new: self._on_moved())
        self.edit.key.connect(lambda key, _control: self._on_key(key))
        self._list.itemClicked.connect(lambda _item: self._take_fit())

    def query(self) -> str | None:
        if self._radios[_QUERY].isChecked():
            return self.edit.text()
        if _SHOWN in self._radios and self._radios[_SHOWN].isChecked():
            return self._shown
        return None if _NOTHING in self._radios and self._radios[_NOTHING].isChecked() else ""

    def list_fields(self) -> list[QWidget]:
        chosen = next(radio for radio in self._radios.values() if radio.isChecked())
        return [chosen, self.edit]

    def texts(self) -> list[str]:
        """The answers as they are offered."""
        return [radio.text() for radio in self._radios.values()]

    def fitting(self) -> list[str]:
        """What fits the query, as the list shows it; nothing while it is hidden."""
        return (
            [completion.text for completion in self._fits.found]
            if self._fits and not self._list.isHidden()
            else []
        )

    def show_fitting(self, fits: Completions) -> None:
        self._fits = fits
        fill_with_completions(self._list, fits)
        is_asked = self._radios[_QUERY].isChecked() and bool(fits.found)
        self._list.setVisible(is_asked)
        rows = min(_ROWS, max(1, len(fits.found)))
        self._list.setFixedHeight(rows * max(1, self._list.sizeHintForRow(0)) + 2 * self._list.frameWidth())

    def _on_typed(self) -> None:
        self._radios[_QUERY].setChecked(True)
        self.changed()

    def _on_moved(self) -> None:
        if self._radios[_QUERY].isChecked():
            self.changed()

    def _on_toggled(self) -> None:
        if not self._radios[_QUERY].isChecked():
            self._list.hide()
        self.changed()

    def _on_key(self, key: int) -> None:
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            by = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow(min(max(0, self._list.currentRow() + by), self._list.count() - 1))
        elif key != Qt.Key.Key_Tab or not (self._is_half_typed() and self._take_fit()):
            self.key(key)

    def _is_half_typed(self) -> bool:
        """Whether Tab has something to take: behind a blank it leads to the next field."""
        before = self.edit.text()[: self.edit.cursorPosition()]
        return bool(before) and not before.endswith(" ")

    def _take_fit(self) -> bool:
        """Put what fits in the place of what is typed; False if that changes nothing."""
        fits, row = self._fits, max(0, self._list.currentRow())
        if fits is None or row >= len(fits.found):
            return False
        text, cursor = fits.apply(self.edit.text(), fits.found[row])
        if text.strip() == self.edit.text().strip():
            return False
        self._fits = None
        self._radios[_QUERY].setChecked(True)
        self.edit.setText(text)
        self.edit.setCursorPosition(cursor)
        self.edit.setFocus()
        self.changed()
        return True


class _Radio(QRadioButton):
    """An answer; Enter presses the button of the form."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
            return
        super().keyPressEvent(event)


class _Line(QLineEdit):
    """A line whose Enter is the form's; Qt would tell its own signal and pass the key on as well."""

    def event(self, event: QEvent) -> bool:
        own = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in own:
            event.ignore()
            return False
        return super().event(event)


def _list_answers(form: Form, shown: str) -> Sequence[tuple[str, str]]:
    nothing = [(_NOTHING, form.nothing)] if form.nothing else []
    short = shown if len(shown) <= _LONGEST_SHOWN else f"{shown[: _LONGEST_SHOWN - 1]}\u2026"
    result = [(_SHOWN, f"The result shown: {short}")] if shown else []
    return [
        *nothing,
        (_EVERYTHING, "All photographs of the case"),
        *result,
        (_QUERY, "What this query finds:"),
    ]


def _list_examiner_choices(form: Form, people: Sequence[Examiner], me: Examiner) -> list[tuple[str, str]]:
    """The names that are offered with their ids; "" is everybody's."""
    if not form.adds_up:
        return [("Everybody", ""), *((examiner.name, examiner.id) for examiner in people)]
    others = [(examiner.name, examiner.id) for examiner in people if examiner.id != me.id]
    return [(me.name, me.id), *others, ("Everybody, added up", "")]


def _get_shown_query(session: Session) -> str:
    """The query whose result the gallery shows, or the list that is read; "" if neither is one."""
    of_gallery = session.search.query_of(session.gallery.worklist)
    return of_gallery or session.search.query_of(session.reader.worklist)


def _make_quiet_label(text: str) -> PlainLabel:
    label = PlainLabel(text, kind="quiet")
    label.setWordWrap(True)
    return label


def _make_row(name: str, widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    label = PlainLabel(name)
    label.setBuddy(widget)
    row.addWidget(label)
    row.addWidget(widget, 1)
    return row
