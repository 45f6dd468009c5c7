"""The frame of every dialog of handing over: questions at the left, what one will get at the right, the foot.

What stands in it is counted in a job while it is changed. Make, Ctrl+Enter or Enter takes it once it is
counted; what is wrong stands at its field. Nothing is written before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QPushButton, QToolButton, QWidget
from shiboken6 import isValid

from reviewer.domain.errors import KnownError
from reviewer.domain.search.completion import Completions
from reviewer.domain.search.tokens import QueryError
from reviewer.qt.handing_over.fields import (
    FormRow,
    LineField,
    make_quiet_label,
    say_at_field,
)
from reviewer.qt.handing_over.parts import HandOverParts
from reviewer.qt.handing_over.photograph_choice import PhotographChoice
from reviewer.qt.handing_over.summary import SummaryPanel, SummaryRows
from reviewer.qt.handing_over.wording import describe_choice, format_size
from reviewer.qt.layers import WindowLayer
from reviewer.qt.look.type_scale import compute_type_scale
from reviewer.qt.widgets.buttons import make_key_button
from reviewer.qt.widgets.choosing_files import ask_folder
from reviewer.qt.widgets.fitting import make_scroll_area
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.handing_over.forecast import Forecast, HandedWish, forecast
from reviewer.services.handing_over.places import (
    NO_PLACE,
    PlaceCheck,
    check_place,
    load_last_folder,
    read_folder,
)
from reviewer.services.jobs import JobControl, LatestJob
from reviewer.services.search import search

_WIDE, _HIGH, _SUMMARY_WIDE = 920, 616, 320
_EDGE, _REST_MS = 16, 150
_BESIDE_FROM, _SUMMARY_BESIDE_FROM = 400, 640
"""Widths at 100 % from which labels stand beside their fields, and the summary beside the questions."""
_SCRIM = QColor(0, 0, 0, 110)
_ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_NONE_FOUND = "No photograph is found: nothing would be made."


@dataclass(frozen=True)
class DialogInput:
    """What stands in the dialog at a moment; `further` is what only one kind of thing asks."""

    wish: HandedWish
    as_of: str
    folder: str
    name: str
    further: tuple[str, ...] = ()


@dataclass(frozen=True)
class DialogFeedback:
    """The answer to that: what will be in it, or what is wrong, by the name of the field."""

    of: DialogInput
    found: Forecast | None = None
    place: PlaceCheck = NO_PLACE
    fits: Completions | None = None
    wrong: tuple[str, str] = ("", "")


class HandOverDialog(WindowLayer):
    """A dialog over the window; it is deleted when it is closed. `take` gets nothing: `make` begins the work.

    A kind of thing gives its rows, its wish, its name and its summary.
    """

    title, make_words = "", ""
    nothing = ""
    further_buttons: Sequence[QPushButton] = ()
    """What stands at the left of the foot."""

    def __init__(self, parts: HandOverParts, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("scrim")
        self.parts, self._over = parts, over
        self._stem = parts.name_output()
        self._counting = LatestJob(parts.case.jobs)
        self._feedback: DialogFeedback | None = None
        self._goes_on = False
        self._rest = make_single_shot_timer(self, _REST_MS, self._start_counting)
        self._rows: list[FormRow] = []
        self.summary = SummaryPanel()
        self.photographs = PhotographChoice(parts.find_shown_query(), self.on_changed, self.nothing)
        self.photographs.key = self._on_key
        self.as_of, self.as_of_told = LineField(), make_quiet_label()
        self.folder, self.folder_told = LineField(), make_quiet_label()
        self.folder.setText(str(load_last_folder(parts.case, parts.examiner.id)))
        self.choose_button = QPushButton("Choose\u2026")
        self.make_button = make_key_button(self.make_words, "Ctrl+Enter", is_main=True)
        self.cancel_button = make_key_button("Cancel", "Esc")
        self.close_button = QToolButton()
        self._arrange()
        self._connect()
        over.installEventFilter(self)
        self.hide()

    # what a kind of thing says

    def make_rows(self) -> Sequence[FormRow]:
        """The questions of this kind of thing, in the order of reading."""
        raise NotImplementedError

    def read_wish(self, entries: int | None) -> HandedWish:
        raise NotImplementedError

    def list_pages(self) -> Sequence[QWidget]:
        """What can stand in the place of the questions."""
        return ()

    def turn_to(self, page: QWidget | None) -> None:
        """Show a page in the place of the questions; None shows these again."""
        for other in self.list_pages():
            other.setVisible(other is page)
        self._form_area.setVisible(page is None)

    def read_further(self) -> tuple[str, ...]:
        """What else stands in the dialog, as far as it changes what is counted."""
        return ()

    def name_made(self) -> str:
        """The name of the file or folder that is made."""
        raise NotImplementedError

    def estimate_size(self, _found: Forecast, _further: Sequence[str]) -> int:
        """About how many bytes it will have, 0 where that is not known; `further` as `read_further` read it.

        Asked in a job, which may not look into a field: the dialog may be gone by then.
        """
        return 0

    def find_fault(self, found: Forecast) -> tuple[str, str]:
        """The field with which something is wrong, and what; ("", "") if nothing is."""
        return ("query", _NONE_FOUND) if found.canonical and not found.hits else ("", "")

    def describe(self, found: Forecast) -> tuple[SummaryRows, Sequence[str], Sequence[str]]:
        """Rows, notes and warnings of the summary."""
        raise NotImplementedError

    def begin(self, out: Path, found: Forecast, entries: int | None) -> None:
        """Begin to make it."""
        raise NotImplementedError

    # what is in it

    def _arrange(self) -> None:
        self._panel = QFrame(self)
        self._panel.setObjectName("handedPanel")
        self._form = QWidget()
        self._questions = make_column(self._form, spacing=16, margins=(24, 16, 24, 16))
        self._rows = [*self.make_rows(), self._make_as_of_row(), self._make_place_row()]
        for row in self._rows:
            self._questions.addWidget(row)
        self._questions.addStretch(1)
        self._form_area, self._summary_area = make_scroll_area(self._form), make_scroll_area(QWidget())
        self._summary_area.setWidget(self.summary)
        for area in (self._form_area, self._summary_area):
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._form_area.viewport().setAutoFillBackground(False)
        self._form.setAutoFillBackground(False)
        self._body = make_row(spacing=0)
        self._body.addWidget(self._form_area, 1)
        for page in self.list_pages():
            self._body.addWidget(page, 1)
            page.hide()
        self._body.addWidget(self._summary_area)
        column = make_column(self._panel, spacing=0)
        column.addWidget(self._make_head())
        column.addLayout(self._body, 1)
        column.addWidget(self._make_foot())

    def _make_head(self) -> QFrame:
        head = QFrame()
        head.setObjectName("handedHead")
        row = make_row(head, spacing=8, margins=(24, 12, 16, 12))
        row.addWidget(PlainLabel(self.title, kind="page"), 1)
        self.close_button.setText("\u00d7")
        self.close_button.setObjectName("quietTool")
        self.close_button.setAccessibleName("Close: nothing is made")
        self.close_button.setToolTip("Close: nothing is made (Esc)")
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(self.close_button)
        return head

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("handedFoot")
        row = make_row(foot, spacing=8, margins=(24, 12, 24, 12))
        self.told = make_quiet_label()
        for button in self.further_buttons:
            row.addWidget(button)
        row.addWidget(self.told, 1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.make_button)
        return foot

    def _make_as_of_row(self) -> FormRow:
        self.as_of.setAccessibleName("As of which entry of the ledger; empty: as the case stands")
        self.as_of.setPlaceholderText("as the case stands")
        return FormRow("As of entry", self.as_of, self.as_of_told)

    def _make_place_row(self) -> FormRow:
        self.folder.setAccessibleName("The folder in which it is made")
        beside = QWidget()
        row = make_row(beside, spacing=8)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose_button)
        return FormRow("Where", beside, self.folder_told)

    def _connect(self) -> None:
        self.as_of.textEdited.connect(lambda _text: self.on_changed())
        self.folder.textEdited.connect(lambda _text: self.on_changed())
        self.choose_button.clicked.connect(self.choose_folder)
        self.make_button.clicked.connect(self.go_on)
        self.cancel_button.clicked.connect(self.dismiss)
        self.close_button.clicked.connect(self.dismiss)

    # where it lies

    def open(self) -> None:
        self.setGeometry(self._over.rect())
        self.ensurePolished()
        self.show()
        self.raise_()
        self._place_panel()
        self.home().setFocus()
        self._start_counting()
        self.parts.case.jobs.start(
            "lists",
            lambda _control: [found.name for found in search.load_lists(self.parts.case)],
            self._post_to_open,
            on_done=self.photographs.offer_lists,
        )

    def _place_panel(self) -> None:
        """In the middle of the window and within it; with large type or little room things stand below one
        another, and scroll."""
        scale, room = compute_type_scale(), self.size() - QSize(2 * _EDGE, 2 * _EDGE)
        size = QSize(round(_WIDE * scale), round(_HIGH * scale)).boundedTo(room)
        place = QPoint((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)
        self._panel.setGeometry(place.x(), place.y(), size.width(), size.height())
        is_beside = size.width() >= _SUMMARY_BESIDE_FROM * scale
        summary_width = round(_SUMMARY_WIDE * scale)
        self._summary_area.setVisible(is_beside)
        if is_beside:
            self._summary_area.setFixedWidth(summary_width)
            if self._summary_area.widget() is not self.summary:
                self._summary_area.setWidget(self.summary)
        elif self._summary_area.widget() is self.summary:
            self._questions.insertWidget(len(self._rows), self._summary_area.takeWidget())
        self.summary.show()
        form_width = size.width() - (summary_width if is_beside else 0)
        for row in self._rows:
            row.stand(scale, beside=form_width >= _BESIDE_FROM * scale)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
            self._place_panel()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _SCRIM)
        painter.end()

    # the keyboard

    def home(self) -> QWidget:
        now = self.window().focusWidget()
        return now if now is not None and self.isAncestorOf(now) else self.list_fields()[0]

    def list_fields(self) -> list[QWidget]:
        """The fields in the order of Tab, which is that of reading; of several answers the one chosen."""
        for widget in (self._form, *self._rows, self.photographs):
            layout = widget.layout()
            if layout is not None:
                layout.activate()  # what just came on screen has no place before
        found = [
            widget
            for widget in self._panel.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisibleTo(self)
            and widget.isEnabled()
            and not _is_other_answer(widget)
        ]
        return sorted(found, key=lambda widget: self._find_reading_place(widget))

    def _find_reading_place(self, widget: QWidget) -> tuple[bool, int, int]:
        middle = widget.mapTo(self, widget.rect().center())
        is_foot = widget in {self.cancel_button, self.make_button}
        row = middle.y() // max(8, widget.fontMetrics().height() // 2)
        return is_foot, row, middle.x()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        fields, now = self.list_fields(), self.window().focusWidget()
        by = 1 if forwards else -1
        place = fields.index(now) if now in fields else -by
        reason = Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason
        chosen = fields[(place + by) % len(fields)]
        chosen.setFocus(reason)
        self._form_area.ensureWidgetVisible(chosen)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle keys that no field wanted."""
        self._on_key(event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        event.accept()

    def _on_key(self, key: int, control: bool) -> None:
        now = self.window().focusWidget()
        if key in _ENTER_KEYS:
            others = (self.cancel_button, self.choose_button, *self.further_buttons)
            pressed = next((button for button in others if button is now), None)
            if pressed is not None and not control:
                pressed.click()
            else:
                self.go_on()
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key == Qt.Key.Key_Tab:
            self.focusNextPrevChild(True)

    def dismiss(self) -> None:
        self._rest.stop()
        self._counting.drop()
        self._over.removeEventFilter(self)
        self.put_away()
        self.deleteLater()

    # where it is made

    def choose_folder(self) -> None:
        chosen = ask_folder(self, "In which folder?", self._find_known_folder())
        if chosen and isValid(self):
            self.folder.setText(chosen)
            self.on_changed()
            self.make_button.setFocus()

    def _find_known_folder(self) -> Path:
        """The folder typed, for the dialog to begin in."""
        try:
            return read_folder(self.folder.text())
        except KnownError:
            return Path.home()

    # what it comes to

    def read(self) -> DialogInput:
        text = self.as_of.text().strip()
        entries = int(text) if text.isascii() and text.isdecimal() else None
        return DialogInput(
            self.read_wish(entries), text, self.folder.text(), self.name_made(), self.read_further()
        )

    @property
    def is_counted(self) -> bool:
        """Whether what stands in the dialog was counted."""
        return self._feedback is not None and self._feedback.of == self.read()

    def on_changed(self) -> None:
        self._goes_on, self._feedback = False, None
        self._rest.start()

    def go_on(self) -> None:
        """Make it if what stands in the dialog was counted; else as soon as it is."""
        feedback = self._feedback
        if feedback is None or not self.is_counted:
            self._goes_on = True
            self.told.setText("Counting\u2026")
            self._start_counting()
            return
        self._goes_on = False
        name = feedback.wrong[0]
        if name or feedback.place.wrong or feedback.found is None:
            self._show_sentences(feedback, is_asked=True)
            self._find_field(name or "folder").setFocus()
            self._form_area.ensureWidgetVisible(self._find_field(name or "folder"))
            return
        out = read_folder(feedback.of.folder) / feedback.of.name
        self.begin(out, feedback.found, feedback.of.wish.entries)
        self.dismiss()

    def _find_field(self, name: str) -> QWidget:
        fields: dict[str, QWidget] = {"as of": self.as_of, "folder": self.folder}
        query = self.photographs.edit if self.photographs.is_query else self.list_fields()[0]
        return fields.get(name, query)

    def _start_counting(self) -> None:
        """Count what the dialog asks for, in a job; give up an earlier count."""
        self._rest.stop()
        asked = self.read()
        if asked.as_of and asked.wish.entries is None:
            sentence = "An entry is a whole number, counted from 1."
            self._show(DialogFeedback(asked, wrong=("as of", sentence)))
            return
        edit = self.photographs.edit
        text, cursor = edit.text(), edit.cursorPosition()
        self._counting.start(
            "look",
            lambda control: self._count(asked, text, cursor, control),
            self._post_to_open,
            on_done=self._show,
            on_failed=lambda error: self._show(DialogFeedback(asked, wrong=("query", str(error)))),
        )

    def _post_to_open(self, work: Callable[[], None]) -> None:
        self.parts.post(lambda: work() if isValid(self) and self.isVisible() else None)

    def _count(self, asked: DialogInput, text: str, cursor: int, control: JobControl) -> DialogFeedback:
        """In a job: what it comes to and what is wrong with it."""
        case = self.parts.case
        fits = search.suggest_completions(case, text, cursor)
        try:
            found = forecast(case, asked.wish, control)
        except QueryError as error:
            return DialogFeedback(asked, fits=fits, wrong=("query", str(error)))
        except KnownError as error:
            return DialogFeedback(asked, fits=fits, wrong=("as of", str(error)))
        place = check_place(case, asked.folder, asked.name, self.estimate_size(found, asked.further))
        return DialogFeedback(asked, found, place, fits)

    def _show(self, feedback: DialogFeedback) -> None:
        if feedback.of != self.read():
            self._rest.start()
            return
        if feedback.found is not None and not feedback.wrong[0]:
            fault = self.find_fault(feedback.found)
            feedback = DialogFeedback(feedback.of, feedback.found, feedback.place, feedback.fits, fault)
        self._feedback = feedback
        if feedback.fits is not None:
            self.photographs.show_fitting(feedback.fits)
        self.told.setText("")
        self._show_sentences(feedback)
        if feedback.found is None:
            self.summary.show_rows([("Not known", "Something in the form does not fit.")], (), ())
        else:
            self.summary.show_rows(*self.describe(feedback.found))
        if self._goes_on:
            self.go_on()

    def _show_sentences(self, feedback: DialogFeedback, *, is_asked: bool = False) -> None:
        """What each field comes to, or what is wrong with it, at the field. That nothing would be made is no
        mistake before it `is_asked` for: an answer may be half given."""
        name, sentence = feedback.wrong
        if name == "query":
            say_at_field(self.photographs.told, sentence, wrong=is_asked or feedback.found is None)
        elif feedback.found is not None:
            say_at_field(self.photographs.told, describe_choice(feedback.found, feedback.of.wish.query))
        as_of = "Empty: as the case stands."
        if feedback.found is not None and feedback.of.as_of:
            as_of = f"The case as it was after {feedback.found.entries:,} entries of its ledger."
        say_at_field(self.as_of_told, sentence if name == "as of" else as_of, wrong=name == "as of")
        place = feedback.place
        free = f" {format_size(place.free)} are free." if place.free else ""
        here = f"Made there: {feedback.of.name}.{free}"
        say_at_field(self.folder_told, place.wrong or here, wrong=bool(place.wrong))
        if name not in {"", "query", "as of"}:
            self.say_wrong(name, sentence)

    def say_wrong(self, _field: str, _sentence: str) -> None:
        """Say what is wrong with a field that only this kind of thing has."""


def _is_other_answer(widget: QWidget) -> bool:
    """Whether it is one of several answers, and another is chosen: the arrow keys lead to it."""
    if not isinstance(widget, QAbstractButton):
        return False
    group = widget.group()
    return group is not None and group.exclusive() and not widget.isChecked()


def find_dialog(window: QWidget) -> HandOverDialog | None:
    """The dialog that is up in a window."""
    found = [dialog for dialog in window.findChildren(HandOverDialog) if dialog.isVisible()]
    return found[0] if found else None
