"""A court pack is checked and looked at, without any case: the verdict, its own words, its files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.receipt import format_hash_in_groups
from reviewer.domain.names import make_printable
from reviewer.qt.entry.printable import PrintableText
from reviewer.qt.widgets.page import Page, make_main_button, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.system_viewer import open_in_system
from reviewer.services.jobs import JobControl, JobProgress, LatestJob, Post
from reviewer.services.pack.check import PackVerdict
from reviewer.services.pack.viewing import PackFile, PackView, look_into_pack

_MOST_SHOWN = 50


class PackCheckScreen(Page):
    """`left` when the person goes back. Checking begins at once, and ends with the page."""

    left = Signal()

    def __init__(self, folder: Path, post: Post, checking: LatestJob) -> None:
        super().__init__("Court pack", make_printable(str(folder)))
        self._post = post
        self.verdict: PlainLabel = make_text_label("Checking…", "strong")
        self.verdict.setAccessibleName("Verdict")
        self.details: PlainLabel = make_text_label()
        self.details.setAccessibleName("What the check says")
        self.method = _make_text_box("What the pack says of itself (METHOD.txt)")
        self.files = _make_text_box("Files of the pack")
        self.back = make_main_button("Back")
        self.back.clicked.connect(self.left)
        self.message: PlainLabel = make_text_label()
        self.message.setAccessibleName("Message")
        self._reports = QHBoxLayout()
        self._arrange()
        self.setFocusProxy(self.back)
        self._job = checking.start(
            "check pack",
            lambda control: look_into_pack(folder, JobControl(lambda at: self._tell(control, at))),
            post,
            on_done=self._show,
            on_failed=self._show_refusal,
        )

    def _arrange(self) -> None:
        self.column.addWidget(self.verdict)
        self.column.addWidget(self.details)
        self.column.addLayout(self._reports)
        self._headings = [
            make_text_label(box.accessibleName(), "strong") for box in (self.method, self.files)
        ]
        for heading, box in zip(self._headings, (self.method, self.files), strict=True):
            self.column.addWidget(heading)
            self.column.addWidget(box, 1)
            heading.hide()
            box.hide()
        self.column.addWidget(self.message)
        self.add_row(self.back)

    def _tell(self, control: JobControl, progress: JobProgress) -> None:
        """Say how far the check is; in the thread of the job."""
        control.check()
        said = f"Checking: {progress.done:,} of {progress.total:,}"
        self._post(lambda: self._say_progress(said))

    def _say_progress(self, said: str) -> None:
        if self._job.is_awaited:
            self.verdict.setText(said)

    def leave(self) -> None:
        self._job.abandon()

    def _show(self, view: PackView) -> None:
        self.verdict.setText(describe_verdict(view.verdict))
        self.details.setText("\n".join(describe_details(view.verdict)))
        self.method.setPlainText(view.method)
        self.files.setPlainText("\n".join(_describe_files(view.files, view.file_count)))
        for widget in (*self._headings, self.method, self.files):
            widget.show()
        for report in view.reports[:3]:
            button = QPushButton(f"Open {make_printable(report.name)}")
            button.clicked.connect(lambda _on=False, path=report: self.say(open_in_system(path)))
            self._reports.addWidget(button)
        self._reports.addStretch(1)

    def _show_refusal(self, error: KnownError) -> None:
        self.verdict.setText("This could not be checked.")
        self.details.setText(str(error))


def describe_verdict(verdict: PackVerdict) -> str:
    """The verdict in one sentence."""
    if verdict.sound:
        return (
            f"The pack is sound: {verdict.entries:,} entries of the ledger and all its files hold together."
        )
    count = len(verdict.faults)
    faults = "1 fault" if count == 1 else f"{count:,} faults"
    return f"The pack is NOT SOUND: {faults} found."


def describe_details(verdict: PackVerdict) -> list[str]:
    """The faults, and the two lines to compare with what whoever made the pack has told by another way."""
    said = list(verdict.faults[:_MOST_SHOWN])
    if len(verdict.faults) > _MOST_SHOWN:
        said.append(f"{len(verdict.faults) - _MOST_SHOWN:,} further faults are not shown here.")
    if verdict.later:
        said.append(f"An earlier state: {verdict.later:,} entries had followed that are not in the pack.")
    said.append(f"Head of the ledger: {format_hash_in_groups(verdict.head)}")
    said.append(f"The pack as a whole: {format_hash_in_groups(verdict.sha256)}")
    return said


def _describe_files(files: tuple[PackFile, ...], count: int) -> list[str]:
    said = [f"{file.size:>14,}  {file.path}" for file in files]
    return [*said, f"{count - len(files):,} further files"] if count > len(files) else said


def _make_text_box(name: str) -> PrintableText:
    box = PrintableText(name)
    box.setMinimumHeight(140)
    return box
