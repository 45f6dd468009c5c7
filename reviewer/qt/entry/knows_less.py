"""A case knows less than a receipt of it: said before anything of the case is shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton

from reviewer.domain.acts import acts
from reviewer.domain.names import make_printable
from reviewer.qt.widgets.page import Page, make_main_button, make_text_label
from reviewer.services.case.open_case import KnowsLess, OpenCase

_LONGEST_REASON = 1000
_OLDER = (
    "An older copy of its folder was put back, a backup perhaps. Then what was recorded since is not in it: "
    "look for the newer folder before anybody goes on in this one."
)
_ANEW = (
    "Its history was written anew by somebody who has its key. Then what is in it is not what was recorded. "
    "Keep this folder as it is, and compare it with a backup or a court pack."
)


def _may_judge(case: OpenCase) -> bool:
    return case.roles.may(case.keys.examiner, acts.RECEIPT_JUDGED)


class KnowsLessScreen(Page):
    """`read_wanted` comes for reading only, `judged` with the reason that was typed, `left` to leave it.

    Nothing is written until an examiner gave a reason. Nobody can in a case that is open for reading only,
    nor can an observer.
    """

    read_wanted = Signal()
    judged = Signal(str)
    left = Signal()

    def __init__(self, case: OpenCase, lack: KnowsLess) -> None:
        super().__init__("This case is not what a receipt of it says", "", 640)
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST_REASON)
        self.reason.setAccessibleName("Why it is opened all the same")
        self.judge = make_main_button("Record this and open")
        self.read, self._leave = QPushButton("Open for reading only"), QPushButton("Leave it closed")
        self._arrange(lack)
        if case.read_only or (case.keys.examiner and not _may_judge(case)):
            for widget in (self._why, self.reason, self.judge):
                widget.hide()
        self.judge.setEnabled(False)
        self.reason.textChanged.connect(lambda words: self.judge.setEnabled(bool(words.strip())))
        self.reason.returnPressed.connect(self._on_judge)
        self.judge.clicked.connect(self._on_judge)
        self.read.clicked.connect(self.read_wanted)
        self._leave.clicked.connect(self.left)
        self.setFocusProxy(self._leave)

    def _arrange(self, lack: KnowsLess) -> None:
        self.column.addWidget(make_text_label(lack.message))
        for said in lack.judged:
            self.column.addWidget(make_text_label(f"{make_printable(said)}."))
        self.column.addWidget(make_text_label("What it can mean", "strong"))
        self.column.addWidget(make_text_label(_OLDER))
        self.column.addWidget(make_text_label(_ANEW))
        self.column.addWidget(make_text_label("Nothing of the case was shown or changed so far.", "quiet"))
        self.add_row(self.read, self._leave)
        self.column.addSpacing(12)
        self._why = make_text_label(
            "To write in it, say why that is right. It stands in the ledger under your name, and this "
            "receipt does not ask you again."
        )
        for widget in (self._why, self.reason):
            self.column.addWidget(widget)
        self.add_row(self.judge)
        self.column.addStretch(1)

    def _on_judge(self) -> None:
        if self.judge.isEnabled():
            for widget in (self.judge, self.reason, self.read):
                widget.setEnabled(False)
            self.judged.emit(self.reason.text().strip())
