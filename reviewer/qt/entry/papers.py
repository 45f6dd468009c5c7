"""Two pages that want to be on paper: the recovery key of a new case, and the receipt of a session."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton

from reviewer.domain.ledger.receipt import Receipt
from reviewer.qt.entry.printable import PrintableText, print_text, save_text
from reviewer.qt.widgets.page import Page, make_main_button, make_text_label
from reviewer.services.case.recovery_paper import format_recovery_key


class _PrintablePage(Page):
    """`done` when the person goes on."""

    done = Signal()

    def __init__(self, title: str, explanation: str, text: str, file_name: str, go_on: str) -> None:
        super().__init__(title, explanation, 640)
        self.paper = PrintableText(title)
        self.paper.setPlainText(text)
        self.go_on = make_main_button(go_on)
        self.go_on.clicked.connect(self.done)
        self._said = make_text_label()
        printed, saved = QPushButton("Print…"), QPushButton("Save as a file…")
        printed.clicked.connect(lambda: print_text(text, title, self))
        saved.clicked.connect(lambda: self._said.setText(save_text(text, file_name, self)))
        self.column.addWidget(self.paper, 1)
        self.add_row(printed, saved)
        self.column.addWidget(self._said)
        self.setFocusProxy(self.go_on)


class RecoveryScreen(_PrintablePage):
    """The recovery key, shown once; one goes on after saying that it is written down."""

    def __init__(self, case: str, recovery_key: str) -> None:
        super().__init__(
            "The recovery key",
            "If every passphrase of this case is lost, only this key opens it. It is shown now and never "
            "again. Write it down or print it, and lock it away, apart from the case.",
            format_recovery_key(case, recovery_key),
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
    """What the ledger was when the session was closed."""

    def __init__(self, receipt: Receipt, leaving: bool) -> None:
        super().__init__(
            "The session is closed and saved",
            "This receipt lets anybody check later that nothing recorded so far was taken away or changed. "
            "Keep it apart from the case: on paper, or with somebody else.",
            receipt.text(),
            f"receipt {receipt.at[:10]}.txt",
            "Leave the program" if leaving else "Back to the cases",
        )
        self.add_row(self.go_on)
