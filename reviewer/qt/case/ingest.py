"""The ingest screen: bring a folder or a drive into the Case, see how far it is, stop and go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QInputDialog, QProgressBar, QPushButton

from reviewer.domain.errors import KnownError, ReadOnly
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner
from reviewer.qt.widgets.choosing_files import ask_file, ask_folder
from reviewer.qt.widgets.page import Page, make_main_button, make_text_label
from reviewer.services.case.history import count_outcomes_by_source
from reviewer.services.case.open_case import OpenCase
from reviewer.services.evidence.foreign_manifests import (
    ManifestComparison,
    compare_with_manifest,
    describe_comparison,
)
from reviewer.services.evidence.verify_originals import deviations_to_body
from reviewer.services.ingest.result import IngestResult, describe_counts, describe_details
from reviewer.services.jobs import JobControl, JobProgress, LatestJob, Post

_MOST_ROWS = 20
RunIngest = Callable[[Path, JobControl], IngestResult]


class IngestScreen(Page):
    """Runs one ingest at a time. `kept`: new photographs can be read; `ended`: the job is over."""

    kept = Signal()
    ended = Signal()

    def __init__(
        self,
        case: OpenCase,
        examiner: Examiner,
        ingest: RunIngest,
        post: Post,
        choose: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(
            "Ingest",
            "Photographs are only read: nothing in the folder is changed, moved or renamed. "
            "Reading can begin while this runs.",
        )
        self._case, self._examiner, self._ingest, self._post = case, examiner, ingest, post
        self._choose = choose or (lambda title: ask_folder(self, title))
        self._job = LatestJob(case.jobs)
        self._waiting: list[Path] = []
        self._folder: Path | None = None
        self._bar = QProgressBar()
        self._words, self._said, self._sources = (
            make_text_label(),
            make_text_label(),
            make_text_label("", "quiet"),
        )
        self._said.setAccessibleName("Message")
        self._add = make_main_button("Add a folder or drive…")
        self._compare = QPushButton("Compare with a manifest…")
        self._pause, self._cancel = QPushButton("Pause"), QPushButton("Cancel")
        self._again = QPushButton("Go on")
        self._sort, self._read = QPushButton("Sort them"), QPushButton("Read them")
        self._problems = QPushButton()
        self._arrange()
        self._show_running(False)
        self.refresh()

    def _arrange(self) -> None:
        self._add.clicked.connect(self.choose_and_start)
        self._pause.clicked.connect(self.toggle_pause)
        self._cancel.clicked.connect(self.cancel)
        self._again.clicked.connect(self._on_again)
        self.add_row(self._add, self._compare)
        self._compare.clicked.connect(self._choose_manifest)
        self.column.addSpacing(8)
        self.column.addWidget(self._words)
        self.column.addWidget(self._bar)
        self.add_row(self._pause, self._cancel, self._again)
        self.column.addWidget(self._said)
        self.add_row(self._sort, self._read, self._problems)
        for button, action in (
            (self._sort, "window.sort"),
            (self._read, "window.read"),
            (self._problems, "window.problems"),
        ):
            button.setAutoDefault(True)
            button.clicked.connect(lambda _on=False, id_=action: self.action_wanted.emit(id_))
        self.setFocusProxy(self._add)
        self.column.addSpacing(8)
        self.column.addWidget(make_text_label("Sources of this case", "title"))
        self.column.addWidget(self._sources)
        self.column.addStretch(1)
        self._add.setEnabled(not self._case.read_only)
        if self._case.read_only:
            self._said.setText(str(ReadOnly(self._case.read_only)))

    @property
    def is_running(self) -> bool:
        return self._job.is_busy

    @property
    def unfinished(self) -> list[Path]:
        """The folders that are being ingested or wait for it."""
        now = [self._folder] if self.is_running and self._folder is not None else []
        return [*now, *self._waiting]

    @property
    def status(self) -> str:
        """A short word for the rail: how far the job is."""
        return self._words.text() if self.is_running else ""

    def choose_and_start(self) -> None:
        folder = self._choose("Which folder or drive holds the photographs?")
        if folder:
            self.start(Path(folder))

    def start(self, folder: Path) -> None:
        """Ingest `folder` now, or after the one that runs."""
        if self.is_running:
            self._waiting.append(folder)
            return
        self._folder = folder
        self._said.setText("")
        self._again.hide()
        self._words.setText(f"Looking through {make_printable(str(folder))}")
        self._bar.setRange(0, 0)
        self._show_running(True)
        self._job.start(
            "ingest",
            lambda control: self._ingest(folder, control),
            self._post,
            on_progress=self._on_progress,
            on_done=self._on_done,
            on_failed=self._on_failed,
            on_cancelled=self._on_cancelled,
        )

    def toggle_pause(self) -> None:
        self._pause.setText("Resume" if self._job.toggle_pause() else "Pause")

    def cancel(self) -> None:
        if self.is_running:
            self._words.setText("Stopping; what was done stays.")
            self._job.cancel()

    def refresh(self) -> None:
        """Say what each Source brought."""
        outcomes = count_outcomes_by_source(self._case)
        lines = []
        for source in self._case.sources():
            found = outcomes[source.id]
            state = "" if source.ingested_at else "   not ended: add the folder again to go on"
            lines.append(
                f"{source.path}\n    {sum(found.values()):,} names met = {found['photo']:,} photos + "
                f"{found['duplicate']:,} duplicates + {found['problem']:,} problems + "
                f"{found['left out']:,} left out{state}"
            )
        self._sources.setText("\n".join(lines) or "None yet.")
        self._compare.setEnabled(bool(lines) and not self._case.read_only and not self.is_running)
        others = sum(found["problem"] + found["left out"] for found in outcomes.values())
        self._show_ways_on(sum(found["photo"] for found in outcomes.values()), others)

    def _show_ways_on(self, photos: int, others: int) -> None:
        """Offer what comes next: sorting and reading once there are photographs, and what is none."""
        for button in (self._sort, self._read):
            button.setVisible(photos > 0)
        self._problems.setVisible(others > 0)
        self._problems.setText(f"Problems: {others:,}")
        self._problems.setToolTip("What is no photograph, or could not be opened, with the reason for each.")
        for button, is_next in ((self._add, not photos), (self._sort, photos > 0)):
            button.setProperty("kind", "main" if is_next else "")
            button.style().unpolish(button)
            button.style().polish(button)

    def _choose_manifest(self) -> None:
        """Choose a manifest, and its Source if there are several."""
        file = ask_file(self, "Which manifest came with the photographs?")
        sources = {source.path: source for source in self._case.sources()}
        if not file or not sources:
            return
        name, chosen = next(iter(sources)), True
        if len(sources) > 1:
            name, chosen = QInputDialog.getItem(self, "Manifest", "Of which source?", list(sources), 0, False)
        if chosen:
            self.compare(sources[name].id, Path(file))

    def compare(self, source: str, file: Path) -> None:
        """Compare a Source with hashes that somebody else made of it."""
        author = self._examiner.id
        self._said.setText("Comparing…")
        self._compare.setEnabled(False)

        def told(compared: ManifestComparison) -> None:
            rows = [f"{row['outcome']}   {row['path']}" for row in deviations_to_body(compared.deviations)]
            self._said.setText(
                "\n".join([describe_comparison(compared), *compared.complaints, *rows[:_MOST_ROWS]])
            )
            self.refresh()

        def failed(error: KnownError) -> None:
            self._said.setText(str(error))
            self.refresh()

        self._case.jobs.start(
            "manifest",
            lambda control: compare_with_manifest(self._case, source, file, author, control),
            self._post,
            on_done=told,
            on_failed=failed,
        )

    def _on_again(self) -> None:
        if self._folder is not None:
            self.start(self._folder)

    def _on_progress(self, progress: JobProgress) -> None:
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(progress.done)
        words = f"{progress.done:,} of {progress.total:,} names, {progress.rate:,.0f} per second"
        left = progress.seconds_left
        self._words.setText(f"{words}, {_format_time_left(left)}" if left is not None else words)
        self.kept.emit()

    def _on_done(self, result: IngestResult) -> None:
        ended = "Every name is accounted for" if result.finished else "Stopped; add the folder again to go on"
        self._said.setText("\n".join([f"{ended}: {describe_counts(result)}.", *describe_details(result)]))
        self._again.setVisible(not result.finished)
        self._finish()

    def _on_cancelled(self) -> None:
        """Cancelled before the first file was looked at."""
        self._said.setText("Stopped before anything was ingested.")
        self._again.show()
        self._finish()

    def _on_failed(self, error: KnownError) -> None:
        self._said.setText(str(error))
        self._again.show()
        self._finish()

    def _finish(self) -> None:
        self._show_running(False)
        self.refresh()
        self.kept.emit()
        self.ended.emit()
        if self._waiting:
            self.start(self._waiting.pop(0))

    def _show_running(self, running: bool) -> None:
        for widget in (self._bar, self._words, self._pause, self._cancel):
            widget.setVisible(running)
        if not running and not self._said.text():
            self._again.hide()
        self._pause.setText("Pause")


def _format_time_left(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(1, round(seconds)):,} s left"
    if seconds < 5400:
        return f"about {round(seconds / 60)} min left"
    return f"about {seconds / 3600:.1f} h left"
