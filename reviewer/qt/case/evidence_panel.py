"""The originals on the integrity screen: verify them, find a source that lies elsewhere now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QProgressBar, QPushButton, QWidget

from reviewer.domain.errors import KnownError
from reviewer.domain.names import path_to_text
from reviewer.domain.photos.case import Examiner, Source
from reviewer.qt.widgets.choosing_files import ask_folder
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page import make_button_row, make_text_label
from reviewer.services.case.open_case import OpenCase
from reviewer.services.evidence.relocate import find_missing_sources, move_source, relocate_missing_sources
from reviewer.services.evidence.verify_originals import SourceAudit, deviations_to_body, verify_evidence
from reviewer.services.jobs import JobControl, JobProgress, LatestJob, Post

_MOST_SHOWN = 500


class EvidencePanel(QWidget):
    """One job at a time; a verification that was stopped goes on where it was. `over` after each job."""

    over = Signal()

    def __init__(self, case: OpenCase, examiner: Examiner, post: Post) -> None:
        super().__init__()
        self._case, self._examiner, self._post = case, examiner, post
        self._job = LatestJob(case.jobs)
        self.verify, self.pause, self.cancel = (
            QPushButton(words) for words in ("Verify the originals", "Pause", "Stop")
        )
        self.look, self.name = QPushButton("Look for lost sources"), QPushButton("Name the place of one…")
        self._bar, self.said = QProgressBar(), make_text_label()
        self.said.setAccessibleName("Originals")
        self.deviations = QListWidget()
        self.deviations.setAccessibleName("Originals that deviate")
        self.deviations.setMaximumHeight(160)
        column = make_column(self, spacing=12)
        column.addLayout(make_button_row(self.verify, self.look, self.name, self.pause, self.cancel))
        for widget in (self._bar, self.said, self.deviations):
            column.addWidget(widget)
        self.deviations.hide()
        self.verify.clicked.connect(self.start)
        self.pause.clicked.connect(self.toggle_pause)
        self.cancel.clicked.connect(self._job.cancel)
        self.look.clicked.connect(self.look_for_lost)
        self.name.clicked.connect(self._choose_place)
        self._show_running(False)

    def refresh(self) -> None:
        """Offer to look for Sources only where one is lost."""
        lost = bool(find_missing_sources(self._case))
        self.look.setVisible(lost and not self._case.read_only)
        self.name.setVisible(lost and not self._case.read_only)
        if lost and not self.said.text():
            names = ", ".join(source.path for source in find_missing_sources(self._case))
            self.said.setText(f"Not where it was ingested from: {names}")

    def start(self) -> None:
        self.deviations.hide()
        author = self._examiner.id
        self._start_job(
            lambda control: verify_evidence(self._case, author, control),
            self._on_verified,
            "Stopped. Verifying again goes on from here.",
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
            lambda looked: self.said.setText(
                f"{source.path} is now {folder}: {looked.checked:,} files looked at, all the same."
            ),
            "Stopped.",
        )

    def toggle_pause(self) -> None:
        self.pause.setText("Resume" if self._job.toggle_pause() else "Pause")

    def _choose_place(self) -> None:
        lost = find_missing_sources(self._case)
        if lost:
            folder = ask_folder(self, f"Where is {lost[0].path} now?", lost[0].path)
            if folder:
                self.set_source_folder(lost[0], Path(folder))

    def _start_job(
        self, work: Callable[[JobControl], object], done: Callable[..., None], stopped: str
    ) -> None:
        if self._job.is_busy:
            return
        self.said.setText("")

        def end(then: Callable[[], None]) -> None:
            self._show_running(False)
            then()
            self.over.emit()
            self.refresh()

        def failed(error: KnownError) -> None:
            end(lambda: self.said.setText(str(error)))

        self._show_running(True)
        self._job.start(
            "originals",
            work,
            self._post,
            on_progress=self._on_progress,
            on_done=lambda result: end(lambda: done(result)),
            on_failed=failed,
            on_cancelled=lambda: end(lambda: self.said.setText(stopped)),
        )

    def _on_verified(self, results: list[SourceAudit]) -> None:
        lines = []
        for audit in results:
            classes = ", ".join(f"{count:,} {name}" for name, count in audit.counts.items() if count)
            state = "" if audit.connected else " (not connected: nothing was verified)"
            lines.append(f"{audit.source.path}{state}: {audit.names:,} names: {classes}")
        self.said.setText("\n".join(lines) or "There is no source yet.")
        rows = [
            f"{row['outcome']}   {row['path']}" + (f"   now {row['now']}" if row["now"] else "")
            for audit in results
            if audit.connected
            for row in deviations_to_body(audit.deviations)
        ]
        self.deviations.clear()
        self.deviations.addItems(rows[:_MOST_SHOWN])
        self.deviations.setVisible(bool(rows))

    def _on_found(self, found: list[tuple[Source, bytes]]) -> None:
        told = "\n".join(
            f"{source.path} is now {path_to_text(place)}, by its content" for source, place in found
        )
        self.said.setText(told or "None of the connected drives holds it.")

    def _on_progress(self, progress: JobProgress) -> None:
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(progress.done)
        self.said.setText(f"{progress.done:,} of {progress.total:,} files, {progress.rate:,.0f} per second")

    def _show_running(self, running: bool) -> None:
        self._bar.setRange(0, 0)
        for widget in (self._bar, self.pause, self.cancel):
            widget.setVisible(running)
        for widget in (self.verify, self.look, self.name):
            widget.setEnabled(not running)
        self.pause.setText("Pause")
