"""Making what is handed over, in the background: how far it is, Stop, and afterwards where it lies.

It ends with the Case: locking or closing cancels it, and nothing half-made keeps a final name. The line that
tells of it stays until it is closed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QWidget

from reviewer.domain.errors import KnownError
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.line_row import LineRow
from reviewer.qt.widgets.system_viewer import open_in_system, show_in_folder
from reviewer.services.case.open_case import OpenCase
from reviewer.services.handing_over.places import keep_last_folder
from reviewer.services.jobs import JobControl, JobProgress, Post

_BAR_WIDTH = 160


@dataclass(frozen=True)
class Making:
    """What is being made. `job` names the work, `words` the thing at the beginning of a sentence, `out` where
    it will lie, `units` what is counted on the way, "" for per cent; `stopped` says what is left of it.
    `keeps_place`: its folder is offered the next time."""

    job: str
    words: str
    out: Path
    units: str
    stopped: str
    keeps_place: bool = True


@dataclass(frozen=True)
class MadeResult:
    """Where it lies, and what else is to be said."""

    out: Path
    said: str = ""


class MakingRow(LineRow):
    """One thing that is made: a sentence, how far it is, and what can be done about it."""

    def __init__(self, making: Making) -> None:
        super().__init__()
        self.making, self._out = making, making.out
        self._bar = QProgressBar()
        self._bar.setFixedWidth(_BAR_WIDTH)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self.stop, self.open, self.folder = (
            QPushButton("Stop"),
            QPushButton("Open"),
            QPushButton("Show in folder"),
        )
        self.listed = QPushButton("List of what was made")
        self.place(self._bar, *self._list_buttons())
        self.open.clicked.connect(lambda: self._look(open_in_system))
        self.folder.clicked.connect(lambda: self._look(show_in_folder))
        self._show_buttons(self.stop)
        self.say(f"{making.words} is being made\u2026")

    def _list_buttons(self) -> tuple[QPushButton, ...]:
        return self.stop, self.open, self.folder, self.listed

    def _show_buttons(self, *shown: QWidget) -> None:
        for button in self._list_buttons():
            button.setVisible(button in shown)
        self._bar.setVisible(self.stop in shown)
        self.close_button.setVisible(self.stop not in shown)

    def show_progress(self, progress: JobProgress) -> None:
        if not progress.total:
            return
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        far = f"{progress.done:,} of {progress.total:,} {self.making.units}"
        if not self.making.units:
            far = f"{100 * progress.done // progress.total} %"
        self.say(f"{self.making.words} is being made\u2026 {far}")

    def show_made(self, made: MadeResult) -> None:
        self._out = made.out
        self.say(f"{self.making.words} is made: {made.out}. {made.said}".strip())
        self._show_buttons(self.open, self.folder, self.listed)

    def show_failed(self, error: KnownError) -> None:
        self.say(f"{self.making.words} was not made. {error}", wrong=True)
        self._show_buttons()

    def show_stopped(self) -> None:
        self.say(self.making.stopped)
        self._show_buttons()

    def _look(self, look: Callable[[Path], str]) -> None:
        """Show it by the means of the system; say so if that does not work."""
        wrong = look(self._out)
        if wrong:
            self.say(wrong, wrong=True)


class MakingLine(QFrame):
    """A row for each thing that is made or was made, until it is closed; `changed` tells of more or fewer."""

    list_wanted, changed = Signal(), Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("makingLine")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # it may lie over a photograph
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._column = make_column(self, spacing=0)
        self.rows: list[LineRow] = []
        self.hide()

    def add_row(self, making: Making) -> MakingRow:
        """Add a row for what begins; rows of the same work that have ended make room for it."""
        for row in self.rows[:]:
            if isinstance(row, MakingRow) and row.making.job == making.job:
                self.remove_row(row)
        added = MakingRow(making)
        added.listed.clicked.connect(self.list_wanted)
        self.place(added)
        return added

    def place(self, row: LineRow) -> None:
        """Show a row until it is closed."""
        row.closed.connect(lambda: self.remove_row(row))
        self.rows.append(row)
        self._column.addWidget(row)
        self.show()
        self.changed.emit()

    def remove_row(self, row: LineRow) -> None:
        if row in self.rows:
            self.rows.remove(row)
            row.hide()
            row.deleteLater()
        self.setVisible(bool(self.rows))
        self.changed.emit()

    def clear(self) -> None:
        """Forget everything: the Case is closed or locked."""
        for row in self.rows[:]:
            self.remove_row(row)

    def texts(self) -> list[str]:
        """What the rows say."""
        return [row.sentence.text() for row in self.rows]


class Maker:
    """Makes things of one open Case in jobs, and tells of them in a line; `ended` is called after each."""

    def __init__(self, case: OpenCase, examiner: str, post: Post, line: MakingLine) -> None:
        self._case, self._examiner, self._post, self._line = case, examiner, post, line
        self.ended: Callable[[], None] = lambda: None

    def start(self, making: Making, work: Callable[[JobControl], MadeResult]) -> None:
        """Do the work in the background, and tell of it."""
        row = self._line.add_row(making)
        row.stop.clicked.connect(lambda: self._case.jobs.cancel(making.job))

        def end(show: Callable[[], None]) -> None:
            show()
            self.ended()

        def work_and_keep(control: JobControl) -> MadeResult:
            if making.keeps_place:
                keep_last_folder(self._case, self._examiner, making.out.parent)
            return work(control)

        self._case.jobs.start(
            making.job,
            work_and_keep,
            self._post,
            on_progress=row.show_progress,
            on_done=lambda made: end(lambda: row.show_made(made)),
            on_failed=lambda error: end(lambda: row.show_failed(error)),
            on_cancelled=lambda: end(row.show_stopped),
        )
