"""The integrity screen: the fingerprint of the ledger, verification, and the last acts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QProgressBar, QPushButton

from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import LedgerFault
from reviewer.domain.ledger.receipt import format_hash_in_groups
from reviewer.domain.photos.case import Examiner
from reviewer.qt.case.acts_table import ActsTable
from reviewer.qt.case.evidence_panel import EvidencePanel
from reviewer.qt.widgets.choosing_files import ask_file
from reviewer.qt.widgets.page import Page, make_main_button, make_text_label
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.receipts import check_receipt, read_receipt
from reviewer.services.evidence.verify_case import CaseVerdict, verify_case
from reviewer.services.jobs import JobProgress, LatestJob, Post
from reviewer.services.reading.last_acts import ActRow, load_last_acts

_LAST = 500
_SHOWN_FAULTS = 50


class IntegrityScreen(Page):
    """Verification runs in the background and can be cancelled; it changes nothing. `originals_checked` is
    called once the originals were looked for."""

    def __init__(
        self,
        case: OpenCase,
        examiner: Examiner,
        post: Post,
        originals_checked: Callable[[], None],
        hides_name: Callable[[str], bool] = lambda _photo: False,
    ) -> None:
        super().__init__(
            "Integrity",
            "Every act stands in the ledger. A change behind the program's back breaks its chain of hashes; "
            "a case folder that was replaced as a whole shows when a receipt kept elsewhere is checked.",
            1200,
        )
        self._case, self._post = case, post
        self._history, self._verification = LatestJob(case.jobs), LatestJob(case.jobs)
        self._facts, self._said = make_text_label(), make_text_label()
        self._said.setAccessibleName("Message")
        self._bar = QProgressBar()
        self._verify, self._cancel = make_main_button("Verify now"), QPushButton("Cancel")
        self._receipt = QPushButton("Check a receipt…")
        self.evidence = EvidencePanel(case, examiner, post)
        self.evidence.over.connect(self.refresh)
        self.evidence.over.connect(originals_checked)
        self.acts = ActsTable(hides_name)
        self._verify.clicked.connect(self.start)
        self._cancel.clicked.connect(self.cancel)
        self.column.addWidget(self._facts)
        self.add_row(self._verify, self._receipt, self._cancel)
        self._receipt.clicked.connect(self.choose_receipt)
        self.column.addWidget(self._bar)
        self.column.addWidget(self._said)
        self.column.addWidget(make_text_label("Originals", "title"))
        self.column.addWidget(self.evidence)
        self.column.addWidget(make_text_label("Last acts", "title"))
        self.column.addWidget(self.acts, 1)
        self._show_running(False)

    @property
    def said(self) -> str:
        return self._said.text()

    def refresh(self) -> None:
        """Read the facts and the last acts again."""
        self.evidence.refresh()

        def work(_control: object) -> tuple[str, list[ActRow]]:
            counts = self._case.counts()
            facts = (
                f"{self._case.name}   {self._case.folder}\n{counts.entries:,} entries in the ledger\n"
                f"Fingerprint: {format_hash_in_groups(counts.head)}"
            )
            return facts, load_last_acts(self._case, _LAST)

        self._history.start("history", work, self._post, on_done=lambda shown: self._show_history(*shown))

    def start(self) -> None:
        if self._verification.is_busy:
            return
        self._said.setText("")
        self._show_running(True)
        self._verification.start(
            "verify",
            lambda control: verify_case(self._case, control),
            self._post,
            on_progress=self._on_progress,
            on_done=self._on_done,
            on_failed=lambda error: self._finish(str(error)),
            on_cancelled=lambda: self._finish("Verification was cancelled."),
        )

    def choose_receipt(self) -> None:
        chosen = ask_file(self, "Which receipt?", "Text (*.txt);;Any file (*)")
        if chosen:
            self.check_receipt(Path(chosen))

    def check_receipt(self, path: Path) -> None:
        """Compare a receipt that was kept with the ledger as it is now."""
        try:
            receipt = read_receipt(path)
        except KnownError as error:
            self._said.setText(str(error))
            return

        def tell(faults: list[LedgerFault]) -> None:
            holds = (
                f"The receipt holds: the ledger begins with the {receipt.entries:,} entries it stands for."
            )
            self._said.setText("\n".join(f"{fault.where} {fault.what}." for fault in faults) or holds)

        self._case.jobs.start(
            "receipt", lambda _control: check_receipt(self._case, receipt), self._post, on_done=tell
        )

    def cancel(self) -> None:
        self._verification.cancel()

    def _show_history(self, facts: str, acts: list[ActRow]) -> None:
        self._facts.setText(facts)
        self.acts.show_acts(acts)

    def _on_progress(self, progress: JobProgress) -> None:
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(progress.done)

    def _on_done(self, verdict: CaseVerdict) -> None:
        if verdict.sound:
            words = (
                f"Sound: {verdict.entries:,} entries, every hash and signature holds, "
                "and the tables say what the ledger says."
            )
            if verdict.unsealed:
                words += f" {verdict.unsealed:,} files belong to an ingest that has not ended."
        else:
            lines = [f"{fault.where}: {fault.what}" for fault in verdict.faults[:_SHOWN_FAULTS]]
            words = "\n".join([f"{len(verdict.faults):,} faults were found. Nothing was repaired.", *lines])
        self._finish(words)

    def _finish(self, words: str) -> None:
        self._said.setText(words)
        self._show_running(False)
        self.refresh()

    def _show_running(self, running: bool) -> None:
        self._bar.setVisible(running)
        self._cancel.setVisible(running)
        self._verify.setEnabled(not running)
