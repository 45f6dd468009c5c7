"""After opening with the recovery key: who is it, and with which passphrase from now on."""

from __future__ import annotations

from PySide6.QtCore import Signal

from reviewer.domain.errors import KnownError
from reviewer.qt.entry.who import make_examiner_list
from reviewer.qt.widgets.page import Page, make_main_button, make_text_label
from reviewer.qt.widgets.secret_field import SecretField
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
        self.people = make_examiner_list(self._people, 160)
        self.new, self.again = SecretField("New passphrase"), SecretField("The same again")
        self.go_on = make_main_button("Set it and begin")
        self.go_on.clicked.connect(self._on_go)
        self.again.entered.connect(self._on_go)
        self._said = make_text_label()
        self.column.addWidget(self.people)
        for words, field in (("New passphrase", self.new), ("The same again", self.again)):
            self.column.addWidget(make_text_label(words))
            self.column.addWidget(field)
        self.add_row(self.go_on)
        self.column.addWidget(self._said)
        self.column.addStretch(1)
        self.setFocusProxy(self.people)

    def _on_go(self) -> None:
        if self.people.currentRow() < 0 or not self.go_on.isEnabled():
            return
        if self.new.text() != self.again.text():
            self._said.setText("The two passphrases are not the same.")
            return
        examiner = self._people[self.people.currentRow()]
        words = self.new.text()
        self.go_on.setEnabled(False)
        self._said.setText("One moment…")
        self._case.jobs.start(
            "renew",
            lambda control: replace_lost_passphrase(self._case, examiner, words, control.check),
            self._post,
            on_done=lambda _none: self.chosen.emit(self._case, examiner),
            on_failed=self._on_failed,
        )

    def _on_failed(self, error: KnownError) -> None:
        self.go_on.setEnabled(True)
        self._said.setText(str(error))
