"""The originals on the integrity screen: compare them, find a source that lies elsewhere now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QPushButton, QWidget

from reviewer.domain.errors import KnownError
from reviewer.domain.names import path_to_text
from reviewer.domain.photos.case import Examiner, Source
from reviewer.qt.case.notice_line import ALARM, CALM, WARNING, NoticeLine
from reviewer.qt.case.short_table import fit_to_rows
from reviewer.qt.widgets.choosing_files import ask_folder
from reviewer.qt.widgets.layouts import make_column
from reviewer.services.case.open_case import OpenCase
from reviewer.services.evidence.integrity_facts import OriginalsFound, sum_up_audits
from reviewer.services.evidence.relocate import move_source, relocate_missing_sources
from reviewer.services.evidence.verify_originals import SourceAudit, deviations_to_body, verify_evidence
from reviewer.services.jobs import JobControl, JobProgress, LatestJob, Post

_MOST_SHOWN = 500


class EvidencePanel(QWidget):
    """One job at a time; a comparison that was stopped goes on where it was. `over` after each job,
    `progressed` while it runs. `found` is what comparing found since the Case was opened, None before."""

    over, progressed = Signal(), Signal(JobProgress)

    def __init__(self, case: OpenCase, examiner: Examiner, post: Post) -> None:
        super().__init__()
        self._case, self._examiner, self._post = case, examiner, post
        self._job = LatestJob(case.jobs)
        self._lost: Sequence[Source] = ()
        self.found: OriginalsFound | None = None
        self.verify = QPushButton("Compare")
        self.pause, self.cancel = QPushButton("Pause"), QPushButton("Stop")
        self.look, self.name = QPushButton("Look for it"), QPushButton("Name its place…")
        self.listed = QPushButton("List them")
        self.line = NoticeLine("Originals", self.look, self.name, self.listed, self.pause, self.cancel)
        self.deviations = QListWidget()
        self.deviations.setAccessibleName("Originals that are not as they were")
        column = make_column(self, spacing=8)
        column.addWidget(self.line)
        column.addWidget(self.deviations)
        self.deviations.hide()
        self.verify.setToolTip("Hashes every original again and compares it with what was ingested.")
        self.verify.clicked.connect(self.start)
        self.pause.clicked.connect(self.toggle_pause)
        self.cancel.clicked.connect(self._job.cancel)
        self.look.clicked.connect(self.look_for_lost)
        self.name.clicked.connect(self._choose_place)
        self.listed.clicked.connect(self.deviations.show)
        self._show_running(False)

    @property
    def is_running(self) -> bool:
        return self._job.is_busy

    @property
    def said(self) -> str:
        return self.line.text()

    def show_lost(self, lost: Sequence[Source]) -> None:
        """Offer to look for Sources only where one is not where it was."""
        self._lost = lost
        if self.is_running:
            return
        self._offer()
        if lost and not self.said:
            names = ", ".join(source.path for source in lost)
            self.line.say(
                f"{names} is not where it was. Connect its drive, look for it, or name its place; until then "
                "its originals count as not compared.",
                WARNING,
            )
        elif not self.said:
            self.line.say("")

    def start(self) -> None:
        self.deviations.hide()
        author = self._examiner.id
        self._start_job(
            lambda control: verify_evidence(self._case, author, control),
            self._on_verified,
            "Stopped. Comparing again goes on from here.",
        )

    def look_for_lost(self) -> None:
        """On the drives that are connected now."""
        author = self._examiner.id
        self._start_job(
            lambda control: relocate_missing_sources(self._case, author, control), self._on_found, "Stopped."
        )

    def set_source_folder(self, source: Source, folder: Path) -> None:
        """Take a folder as the place of a Source, if its content is that of the Source."""
        author = self._examiner.id
        self._start_job(
            lambda _control: move_source(self._case, source.id, folder, author),
            lambda looked: self.line.say(
                f"{source.path} is now {folder}: {looked.checked:,} files looked at, all the same."
            ),
            "Stopped.",
        )

    def toggle_pause(self) -> None:
        self.pause.setText("Resume" if self._job.toggle_pause() else "Pause")

    def _choose_place(self) -> None:
        if self._lost:
            folder = ask_folder(self, f"Where is {self._lost[0].path} now?", self._lost[0].path)
            if folder:
                self.set_source_folder(self._lost[0], Path(folder))

    def _start_job(
        self, work: Callable[[JobControl], object], done: Callable[..., None], stopped: str
    ) -> None:
        if self._job.is_busy:
            return
        self.line.say("The originals are being looked at.")

        def end(then: Callable[[], None]) -> None:
            self._show_running(False)
            then()
            self.over.emit()

        def fail(error: KnownError) -> None:
            gone = error.code in {"source-gone", "no-source"}
            end(lambda: self.line.say(str(error), WARNING if gone else ALARM))

        self._job.start(
            "originals",
            work,
            self._post,
            on_progress=self.progressed.emit,
            on_done=lambda result: end(lambda: done(result)),
            on_failed=fail,
            on_cancelled=lambda: end(lambda: self.line.say(stopped)),
        )
        self._show_running(True)

    def _on_verified(self, audits: list[SourceAudit]) -> None:
        self.found = sum_up_audits(audits)
        rows = [
            f"{row['outcome']}   {row['path']}" + (f"   now {row['now']}" if row["now"] else "")
            for audit in audits
            if audit.connected
            for row in deviations_to_body(audit.deviations)
        ]
        self.deviations.clear()
        self.deviations.addItems(rows[:_MOST_SHOWN])
        fit_to_rows(self.deviations)
        self.deviations.setVisible(self.found.is_altered)
        self.line.say(*_describe_found(self.found))
        self._offer()

    def _on_found(self, found: list[tuple[Source, bytes]]) -> None:
        told = "\n".join(
            f"{source.path} is now {path_to_text(place)}, by its content" for source, place in found
        )
        self.line.say(told or "None of the connected drives holds it.", CALM if told else WARNING)

    def _offer(self) -> None:
        """The buttons that fit what is known."""
        is_lost = bool(self._lost) and not self._case.read_only
        self.look.setVisible(is_lost)
        self.name.setVisible(is_lost)
        self.listed.setVisible(self.deviations.count() > 0 and self.deviations.isHidden())

    def _show_running(self, running: bool) -> None:
        for widget in (self.pause, self.cancel):
            widget.setVisible(running)
        self.verify.setEnabled(not running)
        self.pause.setText("Pause")
        if running:
            for widget in (self.look, self.name, self.listed):
                widget.hide()


def _describe_found(found: OriginalsFound) -> tuple[str, str]:
    """What is to be done about it, and how loud that is said; "" where nothing is."""
    if found.is_altered:
        return (
            "Some originals are not what was ingested. Keep the drive as it is, and compare with another "
            "copy of it. What was read stays with the content that was read.",
            ALARM,
        )
    if found.away:
        return (
            f"{found.not_compared:,} originals are on a drive that is not here. Connect it and compare them; "
            "until then they count as not compared.",
            WARNING,
        )
    if found.not_compared:
        return f"{found.not_compared:,} originals could not be read, so they are not compared.", WARNING
    if found.new:
        return "There are names that were not met before. Add the folder again to take them in.", WARNING
    return "", CALM
