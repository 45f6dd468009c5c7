"""The rules of reading on the settings screen: what holds in this case, and what its lead can set."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from reviewer.domain.acts.roles import Role
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.case import Examiner
from reviewer.domain.worklist.reading_order import ReadingRules, masking_in_words, reading_order_in_words
from reviewer.qt.widgets.field_message import FieldMessage
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page import make_text_label
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.reading_rules import load_lead, load_rules, make_masking_act, make_order_act
from reviewer.services.jobs import LatestJob, Post

_DRAWING = (
    "A new order is drawn from a seed that the ledger keeps. What was read stays read; the photographs still "
    "to be read come person by person in the new order, whole bodies first, cards last."
)


class ReadingRulesPanel(QWidget):
    """`changed` carries the ReadingRules that the lead has set; the ledger already holds them."""

    changed = Signal(object)

    def __init__(self, case: OpenCase, examiner: Examiner, post: Post) -> None:
        super().__init__()
        self._case, self._examiner, self._post = case, examiner, post
        self._recording, self._reading = LatestJob(case.jobs), LatestJob(case.jobs)
        self.rules = ReadingRules()
        self._order, self._masking = make_text_label(""), make_text_label("", "quiet")
        self.who, self._said = make_text_label("", "quiet"), FieldMessage()
        self.draw = QPushButton("Draw a new order of reading")
        self.masks = QCheckBox("Mask card, file name, date, branch and numbers until a reading is complete")
        column = make_column(self, spacing=6)
        for widget in (
            make_text_label("Rules of reading in this case", "title"),
            self._order,
            self.draw,
            make_text_label(_DRAWING, "quiet"),
            self.masks,
            self._masking,
            self.who,
            self._said,
        ):
            column.addWidget(widget)
        column.setAlignment(self.draw, Qt.AlignmentFlag.AlignLeft)
        for button in (self.draw, self.masks):
            button.setEnabled(False)  # until it is read who may
        self.draw.clicked.connect(lambda: self._record_rules(lambda: make_order_act(case, examiner)))
        self.masks.clicked.connect(
            lambda on: self._record_rules(lambda: make_masking_act(case, examiner, on))
        )

    def refresh(self) -> None:
        """Show the present rules, once they are read; those that are being recorded are shown anyway."""
        if not self._recording.is_busy:
            self._reading.start(
                "rules of reading",
                lambda _control: self._load(),
                self._post,
                on_done=lambda found: self._show(*found),
                on_failed=self._on_failed,
            )

    def _load(self) -> tuple[ReadingRules, str, bool]:
        """In a job: the rules, the name of who made the Case, and whether the Examiner leads it."""
        case, made = self._case, load_lead(self._case)
        name = next((examiner.name for examiner in case.examiners() if examiner.id == made), "nobody")
        return load_rules(case), name, case.roles.find_role(self._examiner.id) is Role.LEAD

    def _show(self, rules: ReadingRules, name: str, is_lead: bool) -> None:
        self.rules = rules
        mine = is_lead and not self._case.read_only
        self._order.setText(reading_order_in_words(rules))
        self._masking.setText(masking_in_words(rules))
        self.who.setText(f"Set by {name}, who made this case, and written into its ledger.")
        self.masks.setChecked(rules.masked)
        for button in (self.draw, self.masks):
            button.setEnabled(mine)

    def _record_rules(self, draft: Callable[[], Draft]) -> None:
        """Record what the lead wishes, beside the window."""
        if self._recording.is_busy:
            self.masks.setChecked(self.rules.masked)
            return

        def work(_control: object) -> tuple[ReadingRules, str, bool]:
            self._case.record(draft(), self._examiner.id)
            return self._load()

        self._reading.drop()
        self._said.say("")
        self._recording.start(
            "rules of reading", work, self._post, on_done=self._on_done, on_failed=self._on_failed
        )

    def _on_done(self, found: tuple[ReadingRules, str, bool]) -> None:
        self._show(*found)
        self.changed.emit(self.rules)

    def _on_failed(self, error: KnownError) -> None:
        self._said.say_wrong(str(error))
        self.masks.setChecked(self.rules.masked)
