"""Before work: the key file holds another key than the ledger states, and the examiner is asked about it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QRadioButton, QWidget

from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.vouching import format_fingerprint
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner
from reviewer.qt.widgets.choosing_files import ask_file
from reviewer.qt.widgets.field_message import FieldMessage
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page import Page, make_button_row, make_main_button, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel, isolate_path
from reviewer.qt.widgets.secret_field import SecretField
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.vouching import KeyAnswer, OldKey, answer_key_question
from reviewer.services.jobs import Post

READ_ONLY = "The key of the examiner is not the one that the ledger states, and that was not answered."
_WHAT_IT_MEANS = (
    "Either the program ended while this key was set, or somebody exchanged a key and may have written "
    "entries in your name. Compare both with your paper, and look at your entries before you answer. Nothing "
    "is written until then."
)
_VOUCHED_BY_KEYS = (
    "The ledger will state it from here on, with your answer. The recovery key has to vouch for it, or your "
    "key of before. Without either, two other examiners can: on the page Access."
)
_VOUCHED_BY_NOBODY = (
    "The ledger will state it from here on, with your answer. Nobody vouches for a key in a case that is not "
    "encrypted; verify will say so."
)
_NO_FILE = "keys.json of a backup that was made while you had that passphrase"
_ANSWERS = {
    KeyAnswer.INTERRUPTED: "I set it, and the program ended before it was recorded",
    KeyAnswer.UNKNOWN: "It is mine, and I do not know why the ledger states another",
}


class KeyQuestionScreen(Page):
    """`answered` carries the Case, for reading only where nothing was answered, and the Examiner."""

    answered = Signal(object, object)

    def __init__(self, case: OpenCase, examiner: Examiner, post: Post) -> None:
        name = make_printable(examiner.name)
        super().__init__(case.name, f"The ledger states another key for {name} than the key file holds.", 720)
        self._case, self._examiner, self._post = case, examiner, post
        self._question = case.key_questions[examiner.id]
        self.read_only, self.record = make_main_button("Open for reading only"), QPushButton("Record my key")
        self.recovery_key = SecretField("Recovery key")
        self.answers = {answer: QRadioButton(words) for answer, words in _ANSWERS.items()}
        self.by_recovery_key = QRadioButton("The recovery key vouches for it")
        self.by_old_key = QRadioButton("My key of before vouches for it")
        self.choose = QPushButton("Key file of before…")
        self.old_passphrase = SecretField("Passphrase of then")
        self.old_file: Path | None = None
        self._file_name = PlainLabel(_NO_FILE, kind="caption")
        self._of_key, self._of_answer = FieldMessage(self.recovery_key), FieldMessage()
        self._of_old = FieldMessage(self.old_passphrase)
        self._show_keys()
        self.column.addWidget(make_text_label(_WHAT_IT_MEANS))
        self.add_row(self.read_only)
        self._show_answers()
        self.column.addStretch(1)
        self.read_only.clicked.connect(self._on_read_only)
        self.record.clicked.connect(self._on_record)
        self.recovery_key.entered.connect(self._on_record)
        self.setFocusProxy(self.read_only)

    def _show_keys(self) -> None:
        rows = QGridLayout()
        rows.setHorizontalSpacing(16)
        rows.setColumnStretch(1, 1)
        held = format_fingerprint(self._question.found) or "none"
        told = format_fingerprint(self._question.stated)
        opened = "Your passphrase opens" if self._case.keys.encrypted else "The key file holds"
        for row, (words, key) in enumerate((("The ledger states", told), (opened, held))):
            label = make_text_label(key, "strong")
            label.setAccessibleName(words)
            rows.addWidget(PlainLabel(words), row, 0)
            rows.addWidget(label, row, 1)
        self.column.addLayout(rows)
        if self._question.vouchers:
            by = ", ".join(map(make_printable, self._question.vouchers))
            words = f"{by} vouched for it. It counts once one more examiner has done so on the page Access."
            self.column.addWidget(make_text_label(words))

    def _show_answers(self) -> None:
        box = FramedBox("This key is mine")
        about = _VOUCHED_BY_KEYS if self._case.keys.encrypted else _VOUCHED_BY_NOBODY
        box.column.addWidget(make_text_label(about, "quiet"))
        self._groups = QButtonGroup(self), QButtonGroup(self)
        box.column.addWidget(PlainLabel("What I know of it", kind="strong"))
        for button in self.answers.values():
            self._groups[0].addButton(button)
            box.column.addWidget(button)
        if self._case.keys.encrypted:
            box.column.addWidget(self._make_vouching())
        else:
            self.recovery_key.hide()
        box.column.addLayout(make_button_row(self.record))
        box.column.addWidget(self._of_answer)
        self.column.addWidget(box)

    def _make_vouching(self) -> QWidget:
        """What vouches for the key: one of two, with what it needs."""
        part, self._old = QWidget(), QWidget()
        column, old = make_column(part, spacing=4), make_column(self._old, spacing=4)
        self._recovery = QWidget()
        recovery = make_column(self._recovery, spacing=4)
        for words, field, message, into in (
            ("Recovery key", self.recovery_key, self._of_key, recovery),
            ("Passphrase of then", self.old_passphrase, self._of_old, old),
        ):
            label = PlainLabel(words)
            label.setBuddy(field)
            for widget in (label, field, message):
                into.addWidget(widget)
        old.insertLayout(0, make_button_row(self.choose))
        old.insertWidget(1, self._file_name)
        column.addWidget(PlainLabel("What vouches for it", kind="strong"))
        for button, needs in ((self.by_recovery_key, self._recovery), (self.by_old_key, self._old)):
            self._groups[1].addButton(button)
            column.addWidget(button)
            column.addWidget(needs)
            button.toggled.connect(needs.setVisible)
        self.by_recovery_key.setChecked(True)
        self._old.hide()
        self.choose.clicked.connect(self._on_choose)
        self.old_passphrase.entered.connect(self._on_record)
        return part

    def _on_choose(self) -> None:
        chosen = ask_file(self, "Your key file of before", "Key file (*.json);;Any file (*)")
        if chosen:
            self.use_old_file(Path(chosen))

    def use_old_file(self, path: Path) -> None:
        """Let the key in this file vouch, once its passphrase is typed."""
        self.old_file = path
        self._file_name.setText(isolate_path(str(path)))
        self.old_passphrase.setFocus()

    @property
    def said(self) -> str:
        """What is said of a field just now, "" for nothing."""
        return self._of_key.text() or self._of_old.text() or self._of_answer.text()

    def _on_read_only(self) -> None:
        if self.read_only.isEnabled():
            self._enable(False)
            self._case.jobs.start(
                "read only",
                lambda _control: self._case.become_read_only(READ_ONLY),
                self._post,
                on_done=lambda _none: self.answered.emit(self._case, self._examiner),
                on_failed=self._on_failed,
            )

    def _on_record(self) -> None:
        for message in (self._of_key, self._of_old, self._of_answer):
            message.say("")
        chosen = next((answer for answer, button in self.answers.items() if button.isChecked()), None)
        if chosen is None:
            self._of_answer.say_wrong("Choose what you know of it.")
            return
        by: str | OldKey = self.recovery_key.text()
        if self.by_old_key.isChecked():
            if self.old_file is None:
                self._of_old.say_wrong("Choose the key file first.")
                return
            by = OldKey(self.old_file, self.old_passphrase.text())
        self._enable(False)
        self._of_answer.say("One moment…")
        self._case.jobs.start(
            "key question",
            lambda control: answer_key_question(self._case, self._examiner.id, chosen, by, control.check),
            self._post,
            on_done=lambda _none: self.answered.emit(self._case, self._examiner),
            on_failed=self._on_failed,
        )

    def _on_failed(self, error: KnownError) -> None:
        self._enable(True)
        self._of_answer.say("")
        place = self._of_old if self.by_old_key.isChecked() else self._of_key
        (place if self._case.keys.encrypted else self._of_answer).say_wrong(str(error))

    def _enable(self, on: bool) -> None:
        for button in (self.read_only, self.record):
            button.setEnabled(on)
