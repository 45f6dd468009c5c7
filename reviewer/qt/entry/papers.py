"""Two pages that want to be on paper: the recovery key of a new case, and the receipt of a session."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton

from reviewer.domain.ledger.receipt import Receipt
from reviewer.domain.photos.case import Examiner
from reviewer.qt.entry.printable import PrintableText, print_text, save_text
from reviewer.qt.widgets.page import Page, make_main_button, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.case.recovery_paper import format_recovery_key

_BEING_COPIED = "The second place of the receipts is being written\u2026"


class _PrintablePage(Page):
    """`done` when the person goes on."""

    done = Signal()

    def __init__(self, title: str, explanation: str, text: str, file_name: str, go_on: str) -> None:
        super().__init__(title, explanation, 640)
        self.paper = PrintableText(title)
        self.paper.setPlainText(text)
        self.go_on = make_main_button(go_on)
        self.go_on.clicked.connect(self.done)
        self.message: PlainLabel = make_text_label()
        self.message.setAccessibleName("Message")
        printed, saved = QPushButton("Print…"), QPushButton("Save as a file…")
        printed.clicked.connect(lambda: print_text(text, title, self))
        saved.clicked.connect(lambda: self.say(save_text(text, file_name, self)))
        self.column.addWidget(self.paper, 1)
        self.add_row(printed, saved)
        self.column.addWidget(self.message)
        self.setFocusProxy(self.go_on)


class RecoveryScreen(_PrintablePage):
    """The recovery key, shown once; one goes on after saying that it is written down."""

    def __init__(self, case: str, recovery_key: str, examiners: Sequence[Examiner] = ()) -> None:
        super().__init__(
            "The recovery key",
            "If every passphrase of this case is lost, only this key opens it. It is shown now and never "
            "again. Write it down or print it, and lock it away, apart from the case.",
            format_recovery_key(case, recovery_key, examiners),
            "recovery key.txt",
            "Go on",
        )
        self.written = QCheckBox("It is written down and put away")
        self.go_on.setEnabled(False)
        self.written.toggled.connect(self.go_on.setEnabled)
        self.column.addWidget(self.written)
        self.add_row(self.go_on)
        self.setFocusProxy(self.written)


class ReceiptScreen(_PrintablePage):
    """What the ledger was when the session was closed, and what could not be done with its copies.

    `is_copied` says that the second place is being written: the person goes on once that is over, and stays
    here if it could not be done.
    """

    def __init__(self, receipt: Receipt, leaving: bool, trouble: str, *, is_copied: bool = False) -> None:
        super().__init__(
            "The session is closed and saved",
            "This receipt lets anybody check later that nothing recorded so far was taken away or changed. "
            "Keep it apart from the case: on paper, or with somebody else. "
            + (trouble or "A signed copy of it is kept in this account, without names."),
            receipt.text(),
            f"receipt {receipt.at[:10]}.txt",
            "Leave the program" if leaving else "Back to the cases",
        )
        self._is_copied, self._wants_to_go = is_copied, False
        self.copied: PlainLabel = make_text_label(_BEING_COPIED if is_copied else "")
        self.copied.setAccessibleName("Second place of the receipts")
        self.column.addWidget(self.copied)
        self.add_row(self.go_on)
        self.go_on.clicked.disconnect(self.done)
        self.go_on.clicked.connect(self._on_go_on)

    def show_copied(self, trouble: str) -> None:
        """The second place was written, or could not be: say that."""
        self._is_copied = False
        self.copied.setText(trouble)
        if self._wants_to_go and not trouble:
            self.done.emit()
        self._wants_to_go = False

    def _on_go_on(self) -> None:
        if self._is_copied:
            self._wants_to_go = True
        else:
            self.done.emit()
