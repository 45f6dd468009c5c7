"""After opening with the recovery key: who is it, and with which passphrase from now on."""

from __future__ import annotations

from PySide6.QtCore import Signal

from reviewer.domain.errors import KnownError
from reviewer.qt.entry.who import ExaminerList
from reviewer.qt.widgets.field_message import FieldMessage
from reviewer.qt.widgets.page import Page, make_main_button, make_text_label
from reviewer.qt.widgets.secret_field import SecretField
from reviewer.qt.widgets.suggested_words import make_suggest_button
from reviewer.services.case.enrolment import replace_lost_passphrase
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import Post


class RecoverAccessScreen(Page):
    """`chosen` carries the Case and the Examiner, who has a new passphrase and a new signing key by then."""

    chosen = Signal(object, object)

    def __init__(self, case: OpenCase, post: Post) -> None:
        super().__init__(
            case.name,
            "The recovery key opened the case. Choose your name and a new passphrase. Your old signing key "
            "is lost with the old passphrase: the ledger will say that you sign with a new one from here on.",
            560,
        )
        self._case, self._post = case, post
        self._people = case.examiners()
        self.people = ExaminerList(self._people, 160)
        self.new, self.again = SecretField("New passphrase"), SecretField("Repeat the passphrase")
        self.go_on = make_main_button("Set it and begin")
        self.go_on.clicked.connect(self._on_go)
        self.again.entered.connect(self._on_go)
        self._of_new, self._of_again = FieldMessage(self.new), FieldMessage(self.again)
        self.column.setSpacing(4)
        self.column.addWidget(self.people)
        self.column.addSpacing(8)
        for words, field, said in (
            ("New passphrase, 12 characters or more", self.new, self._of_new),
            ("Repeat the passphrase", self.again, self._of_again),
        ):
            for widget in (make_text_label(words), field, said):
                self.column.addWidget(widget)
        self.suggest = make_suggest_button(self.new)
        self.add_row(self.go_on, self.suggest)
        self.column.addStretch(1)
        self.setFocusProxy(self.people)

    @property
    def said(self) -> str:
        """What is said of a field just now, "" for nothing."""
        return self._of_new.text() or self._of_again.text()

    def _on_go(self) -> None:
        if self.people.currentRow() < 0 or not self.go_on.isEnabled():
            return
        self._of_new.say("")
        self._of_again.say("")
        if self.new.text() != self.again.text():
            self._of_again.say_wrong("The two passphrases are not the same.")
            self.again.setFocus()
            return
        examiner = self._people[self.people.currentRow()]
        words = self.new.text()
        self.go_on.setEnabled(False)
        self._of_again.say("One moment…")
        self._case.jobs.start(
            "renew",
            lambda control: replace_lost_passphrase(self._case, examiner, words, control.check),
            self._post,
            on_done=lambda _none: self.chosen.emit(self._case, examiner),
            on_failed=self._on_failed,
        )

    def _on_failed(self, error: KnownError) -> None:
        self.go_on.setEnabled(True)
        self._of_again.say("")
        self._of_new.say_wrong(str(error))
        self.new.setFocus()
