"""The form of a sample: from what, what, how many, by which strata, seed and name, with what would be drawn.

Each change is counted in a job: the sample that the summary tells is the one that is kept. Nothing is kept
before it has a name.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from shiboken6 import isValid

from reviewer.domain.errors import KnownError
from reviewer.qt.layers import WindowLayer
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.search.sample_words import (
    STRATA_NAMES,
    describe_sample,
    list_sizes,
    make_request,
)
from reviewer.qt.widgets.layouts import make_column, make_grid, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.still_boxes import NoScrollComboBox
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import LatestJob, Post
from reviewer.services.search.sampling import (
    STRATUM_FIELDS,
    CaseSample,
    Population,
    SampleUnit,
    count_population,
    draw_sample,
)

_WIDE, _EDGE, _REST_MS = 600, 16, 150
_SEED = re.compile(r"[0-9]{1,15}")
_SEED_WRONG = "A seed is a whole number of at most 15 digits."


@dataclass(frozen=True)
class SampleAnswers:
    """What stands in the form, but for the name."""

    query: str
    of: SampleUnit
    size: str
    by: str
    seed: str


@dataclass(frozen=True)
class SampleForecast:
    """What would be drawn, or what is wrong with the answers."""

    answers: SampleAnswers
    there: Population | None = None
    drawn: CaseSample | None = None
    wrong: str = ""


class SampleForm(WindowLayer):
    """`keep` gets the sample that was told and its name. It is deleted when it is closed."""

    def __init__(
        self,
        case: OpenCase,
        examiner: str,
        post: Post,
        last_query: str,
        keep: Callable[[CaseSample, str], None],
    ) -> None:
        super().__init__()
        self._case, self._examiner, self._post, self._keep = case, examiner, post, keep
        self._counting = LatestJob(case.jobs)
        self._rest = make_single_shot_timer(self, _REST_MS, self._count)
        self._new_seed = str(secrets.randbelow(2**32))
        self._forecast: SampleForecast | None = None
        self._goes_on = False
        self.query, self.how_many, self.seed, self.name = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.of, self.by = NoScrollComboBox(), NoScrollComboBox()
        self.summary, self.told = PlainLabel(), PlainLabel("", kind="quiet")
        self.last = QPushButton("Last query")
        self.last.setEnabled(bool(last_query))
        self.last.setToolTip("Draw from what the last query finds")
        self.last.clicked.connect(lambda: self._use_query(last_query))
        self.draw_button, self.cancel_button = (
            QPushButton("Draw and keep  (Enter)"),
            QPushButton("Cancel  (Esc)"),
        )
        self._fill()
        self._arrange()
        self._connect()
        self.hide()

    def _fill(self) -> None:
        self.query.setPlaceholderText("all photographs of the case; or a query")
        self.how_many.setPlaceholderText("138, or 5% for \u00b15 points, or 5% 90 if about 90 %")
        self.how_many.setText("5%")
        self.seed.setPlaceholderText(f"{self._new_seed}, chosen at random")
        self.name.setPlaceholderText("the name of the list that is kept")
        self.of.addItem("Individuals: all photographs of each that are found", SampleUnit.INDIVIDUALS)
        self.of.addItem("Photographs, each by itself", SampleUnit.PHOTOS)
        self.by.addItem("Without strata: simply at random", "")
        for field in STRATUM_FIELDS:
            if field in STRATA_NAMES:
                self.by.addItem(f"By {STRATA_NAMES[field]}, in proportion", field)
                self.by.addItem(f"By {STRATA_NAMES[field]}, as many of each", f"={field}")

    def _arrange(self) -> None:
        column = make_column(self, spacing=12, margins=(24, 16, 24, 16))
        column.addWidget(PlainLabel("Draw a sample", kind="page"))
        grid = make_grid(across=16, down=8)
        rows: list[tuple[str, QWidget]] = [
            ("From", self.query),
            ("Draw", self.of),
            ("How many", self.how_many),
            ("Strata", self.by),
            ("Seed", self.seed),
            ("Name", self.name),
        ]
        for place, (words, field) in enumerate(rows):
            field.setAccessibleName(words)
            grid.addWidget(PlainLabel(words, kind="strong"), place, 0)
            grid.addWidget(field, place, 1, 1, 1 if field is self.query else 2)
        grid.addWidget(self.last, 0, 2)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        for label in (self.summary, self.told):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.summary.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        self.told.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        column.addWidget(PlainLabel("What would be drawn", kind="strong"))
        column.addWidget(self.summary)
        column.addWidget(self.told)
        foot = make_row(spacing=8)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.draw_button)
        self.draw_button.setProperty("kind", "main")
        column.addLayout(foot)

    def _connect(self) -> None:
        for line in (self.query, self.how_many, self.seed):
            line.textEdited.connect(lambda _text: self._rest.start())
        for box in (self.of, self.by):
            box.currentIndexChanged.connect(lambda _place: self._rest.start())
        self.cancel_button.clicked.connect(self.dismiss)
        self.draw_button.clicked.connect(self.go_on)

    # where it lies

    def open_over(self, window: QWidget) -> None:
        """Open in the middle of a window, with the keyboard."""
        self.setParent(window)
        self.show()
        scale = max(1.0, self.fontMetrics().height() / 16)
        width = min(round(_WIDE * scale), window.width() - 2 * _EDGE)
        height = min(self.sizeHint().height(), window.height() - 2 * _EDGE)
        self.setGeometry((window.width() - width) // 2, (window.height() - height) // 2, width, height)
        self.raise_()
        self.query.setFocus()
        self._count()

    def home(self) -> QWidget:
        now = self.window().focusWidget()
        return now if now is not None and self.isAncestorOf(now) else self.query

    def dismiss(self) -> None:
        self._rest.stop()
        self._counting.drop()
        self.put_away()
        self.deleteLater()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        fields = [self.query, self.last, self.of, self.how_many, self.by, self.seed, self.name]
        there = [*(field for field in fields if field.isEnabled()), self.cancel_button, self.draw_button]
        now, by = self.window().focusWidget(), 1 if forwards else -1
        place = next((at for at, field in enumerate(there) if field is now), -by)
        there[(place + by) % len(there)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle what no field wanted: Enter draws, Esc closes, Tab goes on."""
        key, now = event.key(), self.window().focusWidget()
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            pressed = next((button for button in (self.last, self.cancel_button) if button is now), None)
            (pressed.click if pressed is not None else self.go_on)()
        elif key == Qt.Key.Key_Tab:
            self.focusNextPrevChild(True)
        event.accept()

    # what it comes to

    def read(self) -> SampleAnswers:
        """What stands in the form now."""
        return SampleAnswers(
            self.query.text().strip(),
            SampleUnit(self.of.currentData()),
            self.how_many.text(),
            str(self.by.currentData()),
            self.seed.text().strip() or self._new_seed,
        )

    def _use_query(self, text: str) -> None:
        self.query.setText(text)
        self._count()

    def _count(self) -> None:
        answers = self.read()
        self._counting.start(
            "sample",
            lambda _control: _forecast(self._case, self._examiner, answers),
            lambda work: self._post(lambda: work() if isValid(self) and self.isVisible() else None),
            on_done=self._show,
            on_failed=lambda error: self._show(SampleForecast(answers, wrong=str(error))),
        )

    def _show(self, forecast: SampleForecast) -> None:
        if forecast.answers != self.read():
            self._rest.start()
            return
        self._forecast = forecast
        there, drawn = forecast.there, forecast.drawn
        self.summary.setText(
            describe_sample(drawn, there) if drawn is not None and there is not None else "Nothing."
        )
        self._tell(
            forecast.wrong
            or "Nothing is kept before it has a name. The seed is kept with it: the same "
            "seed draws the same sample.",
            wrong=bool(forecast.wrong),
        )
        goes_on, self._goes_on = self._goes_on, False
        if goes_on:
            self.go_on()

    def _tell(self, sentence: str, *, wrong: bool = False) -> None:
        self.told.setText(sentence)
        set_style_property(self.told, "kind", "alarm" if wrong else "quiet")

    def go_on(self) -> None:
        """Keep what is told; once it is counted, if that is still under way."""
        forecast = self._forecast
        if forecast is None or forecast.answers != self.read():
            self._goes_on = True
            self._count()
            return
        if forecast.drawn is None:
            return
        name = self.name.text().strip()
        if not name:
            self._tell("The list needs a name.", wrong=True)
            self.name.setFocus()
            return
        drawn = forecast.drawn
        self.dismiss()
        self._keep(drawn, name)


def _forecast(case: OpenCase, examiner: str, answers: SampleAnswers) -> SampleForecast:
    """In a job: draw what the answers ask for; nothing is written."""
    try:
        there = count_population(case, examiner, answers.query, answers.of)
        (size, *_others) = list_sizes(answers.size, there)
        if not size.enabled:
            return SampleForecast(answers, wrong=size.detail)
        if not _SEED.fullmatch(answers.seed):
            return SampleForecast(answers, wrong=_SEED_WRONG)
        wish = make_request(size.key, there)
        wish = replace(
            wish, by=answers.by.lstrip("="), equal=answers.by.startswith("="), seed=int(answers.seed)
        )
        return SampleForecast(answers, there, draw_sample(case, examiner, wish))
    except KnownError as error:
        return SampleForecast(answers, wrong=str(error))
