"""The self-test in the window: its lines as they come, and the one to compare with the printed sheet."""

from __future__ import annotations

from PySide6.QtCore import Signal

from reviewer.domain.errors import KnownError
from reviewer.qt.entry.printable import PrintableText
from reviewer.qt.widgets.page import Page, make_main_button, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.jobs import LatestJob, Post
from reviewer.services.self_test.apart import SelfTestProcess

_ABOUT = (
    "Whether this copy of the program works on this machine. It takes some 15 seconds, in a process of its "
    "own, and touches no case. Compare the last line with the printed sheet."
)
_WELL = "All is well. Compare the last line with the printed sheet."
_NOT_WELL = "NOT WELL: below stands what is wrong and what to do. Do not open a case with this copy before."


class SelfTestScreen(Page):
    """`left` when the person goes back. The test begins at once, and ends with the page."""

    left = Signal()

    def __init__(self, post: Post, testing: LatestJob, process: SelfTestProcess | None = None) -> None:
        super().__init__("Test of this copy", _ABOUT)
        self._process = process or SelfTestProcess()
        self.verdict: PlainLabel = make_text_label("Testing\u2026", "strong")
        self.verdict.setAccessibleName("Verdict")
        self.lines = PrintableText("What was tried")
        self.lines.setMinimumHeight(280)
        back = make_main_button("Back")
        back.clicked.connect(self.left)
        self.column.addWidget(self.verdict)
        self.column.addWidget(self.lines, 1)
        self.add_row(back)
        self.setFocusProxy(back)
        self._job = testing.start(
            "self-test",
            lambda _control: self._process.run(lambda line: post(lambda: self._add_line(line))),
            post,
            on_done=lambda is_well: self.verdict.setText(_WELL if is_well else _NOT_WELL),
            on_failed=self._show_refusal,
        )

    def leave(self) -> None:
        self._process.stop()
        self._job.abandon()

    def _add_line(self, line: str) -> None:
        if self._job.is_awaited or line.strip():
            self.lines.appendPlainText(line)

    def _show_refusal(self, error: KnownError) -> None:
        self.verdict.setText(str(error))
