"""The time stamps on the integrity screen: ask by a file, bring the answer in, see what is held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from reviewer.domain.errors import KnownError
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner
from reviewer.qt.case.integrity_words import format_when
from reviewer.qt.case.notice_line import ALARM, CALM, SIGNS
from reviewer.qt.case.short_table import RowsModel, ShortTable
from reviewer.qt.widgets.choosing_files import ask_file, ask_new_file
from reviewer.qt.widgets.flow_row import make_flow_row
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.page import make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.case.open_case import OpenCase
from reviewer.services.evidence.time_stamps import (
    ANSWER_SUFFIX,
    REQUEST_SUFFIX,
    KnownStamp,
    StampRequest,
    add_stamp,
    load_stamps,
    write_request,
)
from reviewer.services.evidence.verify_case import CaseVerdict
from reviewer.services.jobs import LatestJob, Post

_ROWS = 2
_NONE = (
    "No authority of time has signed the ledger yet. A request is a file that somebody carries to a machine "
    "with a network; nothing of the case is in it."
)


class StampsPanel(QWidget):
    """`kept` once an answer became an act. What is to be said goes to `say`, a sentence and its kind."""

    kept = Signal()

    def __init__(
        self, case: OpenCase, examiner: Examiner, post: Post, say: Callable[[str, str], None]
    ) -> None:
        super().__init__()
        self._case, self._examiner, self._post, self._say = case, examiner, post, say
        self._reading, self._job = LatestJob(case.jobs), LatestJob(case.jobs)
        self._stamps: Sequence[KnownStamp] = ()
        self._verdict: CaseVerdict | None = None
        self._root: Path | None = None
        self.ask, self.choose = QPushButton("Write a request…"), QPushButton("Root of the authority…")
        self.bring = QPushButton("Bring an answer in…")
        self.bring.setEnabled(not case.read_only)
        self.root = PlainLabel(kind="caption")
        self.model = RowsModel(("Time", "Entries", "Authority", "Its root", "Checked"), (1,))
        self.table = ShortTable(self.model, "Time stamps", 2, _ROWS, scrolls=True)
        self.none = make_text_label(_NONE, kind="quiet")
        head = make_row(spacing=8)
        head.addWidget(PlainLabel("Time stamps", kind="strong"))
        head.addStretch(1)
        head.addWidget(self.root)
        column = make_column(self, spacing=8)
        column.addLayout(head)
        column.addWidget(self.none)
        column.addWidget(self.table)
        column.addLayout(make_flow_row(self.ask, self.choose, self.bring))
        self.ask.clicked.connect(self.ask_where_to)
        self.choose.clicked.connect(self.choose_root)
        self.bring.clicked.connect(self.choose_answer)
        self._show_root()
        self._show()

    def leave_out_what_writes(self) -> None:
        """Show the time stamps, and none of the ways to get one."""
        for button in (self.ask, self.choose, self.bring):
            button.hide()

    def refresh(self) -> None:
        """Read again what the ledger holds."""
        self._reading.start(
            "time stamps", lambda _control: load_stamps(self._case), self._post, on_done=self._show_stamps
        )

    def show_verdict(self, verdict: CaseVerdict | None) -> None:
        """Say of each what the check of the ledger found."""
        self._verdict = verdict
        self._show()

    # asking

    def ask_where_to(self) -> None:
        chosen = ask_new_file(
            self,
            "Where is the request to be kept, to be carried to an authority?",
            f"request{REQUEST_SUFFIX}",
            f"Request (*{REQUEST_SUFFIX})",
        )
        if chosen:
            self.write_request(Path(chosen))

    def write_request(self, path: Path) -> None:
        """Write a request over the ledger as it is now."""

        def say(asked: StampRequest) -> None:
            self._say(
                f"{make_printable(path.name)} asks for a time stamp over the {asked.entries:,} entries that "
                "are there now. Work can go on.",
                CALM,
            )

        self._job.start(
            "request",
            lambda _control: write_request(self._case, path),
            self._post,
            on_done=say,
            on_failed=self._say_failed,
        )

    # the answer

    def choose_root(self) -> None:
        """Ask for the certificate at which the chain of an answer must end; nothing chosen: none."""
        kinds = "Certificate (*.pem *.crt *.cer);;Any file (*)"
        chosen = ask_file(self, "The certificate of the root of the authority", kinds)
        self._root = Path(chosen) if chosen else None
        self._show_root()

    def choose_answer(self) -> None:
        chosen = ask_file(self, "What the authority answered", f"Answer (*{ANSWER_SUFFIX});;Any file (*)")
        if chosen:
            self.bring_in(Path(chosen))

    def bring_in(self, path: Path) -> None:
        """Check an answer, and keep it as an act if it holds."""
        author, root = self._examiner.id, self._root
        self._say("The answer is being checked.", CALM)
        self._job.start(
            "time stamp",
            lambda control: add_stamp(self._case, author, path, root, control),
            self._post,
            on_done=self._on_kept,
            on_failed=self._say_failed,
        )

    def _on_kept(self, stamp: KnownStamp) -> None:
        self._say(
            f"Kept: {stamp.entries:,} entries were there at {format_when(stamp.time)}, as "
            f"{make_printable(stamp.authority)} signed.",
            CALM,
        )
        self.kept.emit()

    def _say_failed(self, error: KnownError) -> None:
        self._say(str(error), ALARM)

    # what is shown

    def _show_root(self) -> None:
        self.root.setText(
            "No root is chosen: an answer is checked against the root that it brings itself."
            if self._root is None
            else f"Each answer is checked against the root in {make_printable(self._root.name)}."
        )

    def _show_stamps(self, stamps: list[KnownStamp]) -> None:
        self._stamps = stamps
        self._show()

    def _show(self) -> None:
        self.none.setVisible(not self._stamps)
        self.table.setVisible(bool(self._stamps))
        self.model.show([self._format(stamp) for stamp in self._stamps])

    def _format(self, stamp: KnownStamp) -> tuple[str, ...]:
        return (
            format_when(stamp.time),
            f"{stamp.entries:,}",
            make_printable(stamp.authority),
            "chosen" if stamp.vouched else "nobody vouched for it",
            self._describe_check(stamp),
        )

    def _describe_check(self, stamp: KnownStamp) -> str:
        if self._verdict is None:
            return "when it came"
        if any(fault.where == stamp.where for fault in self._verdict.faults):
            return f"{SIGNS[ALARM]} contradicted"
        return "\u2713 holds"
