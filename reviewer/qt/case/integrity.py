"""The integrity screen: whether the ledger, the originals, the receipts and the case are as they were."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton

from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.hash_text import format_hash_in_eights
from reviewer.domain.photos.case import Examiner
from reviewer.qt.case import integrity_words as words
from reviewer.qt.case.acts_table import ActsTable
from reviewer.qt.case.evidence_panel import EvidencePanel
from reviewer.qt.case.integrity_tables import ReceiptsTable, WorkTable
from reviewer.qt.case.notice_line import ALARM, CALM, NoticeLine
from reviewer.qt.case.short_table import fit_to_rows
from reviewer.qt.case.side_by_side import SideBySide
from reviewer.qt.case.stamps_panel import StampsPanel
from reviewer.qt.case.subject_box import SubjectBox
from reviewer.qt.widgets.choosing_files import ask_file
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.page import Page, make_main_button, make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.receipts import (
    CheckedReceipt,
    compare_receipts,
    load_kept_receipts,
    read_receipt,
)
from reviewer.services.evidence.integrity_facts import IntegrityFacts, load_integrity_facts
from reviewer.services.evidence.verify_case import CaseVerdict, verify_case
from reviewer.services.jobs import JobControl, JobProgress, LatestJob, Post
from reviewer.services.reading.last_acts import ActRow, load_last_acts

_LAST, _SHOWN_FAULTS, _WIDEST = 500, 50, 1800
_ABOUT = (
    "Nothing is repaired or changed by a check. A change behind the program's back breaks the chain of "
    "hashes; a case folder that was replaced as a whole shows by a receipt that was kept of it."
)
Read = tuple[IntegrityFacts, list[ActRow], tuple[list[CheckedReceipt], Sequence[str]]]


class IntegrityScreen(Page):
    """Checks run in the background and can be stopped. `originals_checked` is called once the originals were
    looked for."""

    def __init__(
        self,
        case: OpenCase,
        examiner: Examiner,
        post: Post,
        originals_checked: Callable[[], None],
        hides_name: Callable[[str], bool] = lambda _photo: False,
    ) -> None:
        super().__init__("Integrity", _ABOUT, _WIDEST)
        self._case, self._post = case, post
        self._history, self._verification = LatestJob(case.jobs), LatestJob(case.jobs)
        self._receipts_job = LatestJob(case.jobs)
        self._facts: IntegrityFacts | None = None
        self._verdict: CaseVerdict | None = None
        self._receipts: list[CheckedReceipt] = []
        self._notices: Sequence[str] = ()
        self._verify, self._cancel = QPushButton("Check"), QPushButton("Stop")
        self._check_all, self._receipt = make_main_button("Check all"), QPushButton("Check a receipt…")
        self.evidence = EvidencePanel(case, examiner, post)
        self.ledger = SubjectBox("Ledger", self._verify)
        self.originals = SubjectBox("Originals", self.evidence.verify)
        self.receipts, self.about_case = SubjectBox("Receipts"), SubjectBox("This case")
        self._message = NoticeLine("Message", self._cancel)
        self.stamps = StampsPanel(case, examiner, post, self._message.say)
        self.faults = QListWidget()
        self.receipts_table, self.work_table = ReceiptsTable(), WorkTable()
        self._columns = SideBySide((self.receipts_table, 1), (self.work_table, 1))
        self._boxes = SideBySide(
            (self.ledger, 1),
            (self.originals, 1),
            (self.receipts, 1),
            (self.about_case, 1),
            spacing=16,
            narrowest=760,
        )
        self._fingerprint, self._copy = make_text_label(), QPushButton("Copy")
        self.acts = ActsTable(hides_name)
        self._arrange()
        self._connect(originals_checked)

    def _arrange(self) -> None:
        self.column.setSpacing(16)
        for button in (self._receipt, self._check_all):
            self.head.add_act(button)
        self.faults.setAccessibleName("Faults")
        self.faults.hide()
        self._cancel.hide()
        self._fingerprint.setAccessibleName("Fingerprint")
        fingerprint = make_row(spacing=12)
        fingerprint.addWidget(PlainLabel("Fingerprint now", kind="strong"))
        fingerprint.addWidget(self._fingerprint, 1)
        fingerprint.addWidget(self._copy)
        for widget in (self._boxes, self._message, self.faults, self.evidence, self._columns):
            self.column.addWidget(widget)
        self.column.addWidget(self.stamps)
        self.column.addLayout(fingerprint)
        self.column.addWidget(PlainLabel("Last acts", kind="strong"))
        self.column.addWidget(self.acts, 1)

    def _connect(self, originals_checked: Callable[[], None]) -> None:
        self._verify.setToolTip(
            "Checks every hash and signature, and that the tables follow from the ledger."
        )
        self._check_all.clicked.connect(self.check_all)
        self._verify.clicked.connect(self.start)
        self._cancel.clicked.connect(self.cancel)
        self._receipt.clicked.connect(self.choose_receipt)
        self._copy.clicked.connect(self._copy_fingerprint)
        self.stamps.kept.connect(self.refresh)
        self.evidence.over.connect(self.refresh)
        self.evidence.over.connect(originals_checked)
        self.evidence.progressed.connect(
            lambda progress: self.originals.show_state(
                *words.describe_progress(progress, "originals are compared with what was ingested.")
            )
        )

    @property
    def said(self) -> str:
        return self._message.text()

    def leave_out_what_writes(self) -> None:
        self.stamps.leave_out_what_writes()

    def say(self, sentence: str) -> None:
        self._message.say(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in (self._columns, self._boxes):
            row.fit(self.width())

    # what is known without a check

    def refresh(self) -> None:
        """Read the facts and the last acts again."""

        def work(_control: JobControl) -> Read:
            return (
                load_integrity_facts(self._case),
                load_last_acts(self._case, _LAST),
                load_kept_receipts(self._case),
            )

        self.stamps.refresh()
        self._history.start("history", work, self._post, on_done=lambda read: self._show_read(*read))

    def _show_read(
        self, facts: IntegrityFacts, acts: list[ActRow], kept: tuple[list[CheckedReceipt], Sequence[str]]
    ) -> None:
        receipts, self._notices = kept
        self._facts = facts
        known = {receipt.receipt.head for receipt in self._receipts}
        self._receipts += [receipt for receipt in receipts if receipt.receipt.head not in known]
        self.evidence.show_lost(facts.lost)
        self.work_table.show_work(facts)
        self.acts.show_acts(acts)
        self._fingerprint.setText(format_hash_in_eights(facts.head))
        self._show_states()

    def _show_states(self) -> None:
        facts = self._facts
        if facts is None:
            return
        if not self._verification.is_busy:
            self.ledger.show_state(*words.describe_ledger(facts, self._verdict))
        if not self.evidence.is_running:
            self.originals.show_state(*words.describe_originals(facts, self.evidence.found))
        self.receipts.show_state(*words.describe_receipts(self._receipts, self._notices))
        self.about_case.show_state(*words.describe_case(facts, encrypted=self._case.keys.encrypted))
        self.receipts_table.show_receipts(self._receipts)
        if self._verdict is not None and self.evidence.found is not None:
            self._check_all.setText("Check all again")

    def _copy_fingerprint(self) -> None:
        QApplication.clipboard().setText(self._fingerprint.text())
        self.say("The fingerprint is copied.")

    # checking

    def check_all(self) -> None:
        """Check the ledger and the receipts, and compare the originals."""
        self.start()
        self.evidence.start()
        self._compare_receipts(self._receipts)

    def start(self) -> None:
        """Check the ledger."""
        if self._verification.is_busy:
            return
        self.faults.hide()
        self._message.say("The ledger is being checked.")
        self._verify.setEnabled(False)
        self._cancel.show()
        self._verification.start(
            "verify",
            lambda control: verify_case(self._case, control),
            self._post,
            on_progress=self._on_progress,
            on_done=self._on_done,
            on_failed=lambda error: self._finish(str(error), ALARM),
            on_cancelled=lambda: self._finish("The check of the ledger was stopped."),
        )

    def cancel(self) -> None:
        self._verification.cancel()

    def _on_progress(self, progress: JobProgress) -> None:
        """Each entry is met twice: in its chain, and as the tables are made again from it."""
        entries = JobProgress(progress.done // 2, progress.total // 2, progress.seconds)
        self.ledger.show_state(*words.describe_progress(entries, "entries are checked."))

    def _on_done(self, verdict: CaseVerdict) -> None:
        self._verdict = verdict
        self.stamps.show_verdict(verdict)
        self.faults.clear()
        self.faults.addItems([f"{fault.where}: {fault.what}" for fault in verdict.faults[:_SHOWN_FAULTS]])
        fit_to_rows(self.faults)
        self.faults.setVisible(not verdict.sound)
        self._finish(
            ""
            if verdict.sound
            else "The ledger is not as it was written. Keep the folder as it is, and go on in a backup.",
            CALM if verdict.sound else ALARM,
        )

    def _finish(self, sentence: str, kind: str = CALM) -> None:
        self._message.say(sentence, kind)
        self._cancel.hide()
        self._verify.setEnabled(True)
        self._show_states()
        self.refresh()

    # receipts

    def choose_receipt(self) -> None:
        chosen = ask_file(self, "Which receipt?", "Text (*.txt);;Any file (*)")
        if chosen:
            self.check_receipt(Path(chosen))

    def check_receipt(self, path: Path) -> None:
        """Compare a receipt that was kept with the ledger as it is now."""
        try:
            receipt = CheckedReceipt(read_receipt(path), path.name)
        except KnownError as error:
            self._message.say(str(error), ALARM)
            return
        others = [known for known in self._receipts if known.receipt.head != receipt.receipt.head]
        self._compare_receipts([receipt, *others], receipt)

    def _compare_receipts(self, receipts: list[CheckedReceipt], asked: CheckedReceipt | None = None) -> None:
        def show(compared: list[CheckedReceipt]) -> None:
            self._receipts = compared
            if asked is not None:
                self._say_compared(compared[0])
            self._show_states()

        self._receipts_job.start(
            "receipt", lambda _control: compare_receipts(self._case, receipts), self._post, on_done=show
        )

    def _say_compared(self, receipt: CheckedReceipt) -> None:
        entries = receipt.receipt.entries
        holds = f"The receipt holds: the ledger begins with the {entries:,} entries it stands for."
        self._message.say(receipt.contradiction or holds, ALARM if receipt.contradiction else CALM)
