"""The mandate on the settings screen: its lead writes it, everybody reads it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from reviewer.domain.acts.roles import Role
from reviewer.domain.commands.mandate import LONGEST_MANDATE, Mandate
from reviewer.domain.errors import KnownError
from reviewer.domain.photos.case import Examiner
from reviewer.qt.widgets.field_message import FieldMessage
from reviewer.qt.widgets.free_text import FreeTextField
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page import make_text_label
from reviewer.services.case.mandate import load_mandate, make_mandate_act
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.reading_rules import load_lead
from reviewer.services.jobs import LatestJob, Post

_WHAT = (
    "Who asked for this examination and what for, and what it could not do. Both stand on page 1 of every "
    "report, in your words and not translated; each can have "
    f"{LONGEST_MANDATE:,} characters. What stood before "
    "stays in the ledger."
)
_ROWS = 6
_MANDATE, _LIMITS = "mandate", "limits"


class MandatePanel(QWidget):
    """What is typed and not written yet is kept until it is, also over a lock of the window."""

    def __init__(self, case: OpenCase, examiner: Examiner, post: Post) -> None:
        super().__init__()
        self._case, self._examiner, self._post = case, examiner, post
        self._recording, self._reading = LatestJob(case.jobs), LatestJob(case.jobs)
        self.now = Mandate()
        self.text, self.limits = _make_field("Mandate"), _make_field("Limits of the mandate")
        self.write = QPushButton("Write the mandate into the ledger")
        self._who, self._said = make_text_label("", "quiet"), FieldMessage(self.limits)
        self._of_text = FieldMessage(self.text)
        column = make_column(self, spacing=6)
        for widget in (
            make_text_label("Mandate of this case", "title"),
            make_text_label(_WHAT, "quiet"),
            make_text_label("Mandate"),
            self.text,
            self._of_text,
            make_text_label("Limits of the mandate"),
            self.limits,
            self._said,
            self.write,
            self._who,
        ):
            column.addWidget(widget)
        column.setAlignment(self.write, Qt.AlignmentFlag.AlignLeft)
        self.write.clicked.connect(self._write)
        for field in (self.text, self.limits):
            field.setReadOnly(True)  # until it is read who may
            field.textChanged.connect(self._update_button)

    @property
    def said(self) -> str:
        """Who wrote it or can, and what went wrong."""
        return "\n".join(label.text() for label in (self._who, self._of_text, self._said))

    def refresh(self) -> None:
        """Show the present mandate, once it is read; text that is being typed stays."""

        def show(found: tuple[Mandate, str, bool]) -> None:
            begun = self.get_unfinished_input()
            self._show(*found)
            self.restore_input(begun)

        if not self._recording.is_busy:
            self._reading.start(
                "mandate",
                lambda _control: self._load(),
                self._post,
                on_done=show,
                on_failed=self._on_failed,
            )

    def _load(self) -> tuple[Mandate, str, bool]:
        """In a job: the mandate, a sentence on who wrote it or can, and whether the Examiner leads."""
        case, now = self._case, load_mandate(self._case)
        names = {examiner.id: examiner.name for examiner in case.examiners()}
        made = names.get(load_lead(case), "Nobody")
        who = (
            f"Written by {names.get(now.author, now.author)} on {now.at[:10]}."
            if now.is_written
            else f"None is written. {made}, who made this case, can write it."
        )
        return now, who, case.roles.find_role(self._examiner.id) is Role.LEAD

    def get_unfinished_input(self) -> dict[str, str]:
        """What is typed and not written into the ledger."""
        typed = {
            _MANDATE: (self.text.toPlainText(), self.now.text),
            _LIMITS: (self.limits.toPlainText(), self.now.limits),
        }
        return {name: text for name, (text, stands) in typed.items() if text.strip() != stands}

    def restore_input(self, begun: dict[str, str]) -> None:
        """Go on with what was typed before."""
        for name, field in ((_MANDATE, self.text), (_LIMITS, self.limits)):
            if name in begun:
                field.setPlainText(begun[name])

    def _show(self, now: Mandate, who: str, is_lead: bool) -> None:
        self.now = now
        mine = is_lead and not self._case.read_only
        self.text.setPlainText(now.text)
        self.limits.setPlainText(now.limits)
        for field in (self.text, self.limits):
            field.setReadOnly(not mine)
        self._who.setText(who)
        self._update_button()

    def _update_button(self) -> None:
        self.write.setEnabled(not self.text.isReadOnly() and bool(self.get_unfinished_input()))

    def _write(self) -> None:
        if self._recording.is_busy:
            return
        text, limits = self.text.toPlainText(), self.limits.toPlainText()

        def work(_control: object) -> tuple[Mandate, str, bool]:
            self._case.record(make_mandate_act(self._case, self._examiner, text, limits), self._examiner.id)
            return self._load()

        self._reading.drop()
        self._of_text.say("")
        self._said.say("")
        self._recording.start(
            "mandate",
            work,
            self._post,
            on_done=lambda found: self._show(*found),
            on_failed=self._on_failed,
        )

    def _on_failed(self, error: KnownError) -> None:
        too_long = len(self.text.toPlainText().strip()) > LONGEST_MANDATE
        (self._of_text if too_long else self._said).say_wrong(str(error))


def _make_field(name: str) -> FreeTextField:
    field = FreeTextField(name)
    field.setMinimumHeight(field.fontMetrics().lineSpacing() * _ROWS)
    return field
