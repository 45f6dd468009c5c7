"""The tables of the integrity screen: receipts, and what each examiner has read and seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from reviewer.domain.ledger.hash_text import shorten_hash
from reviewer.qt.case.integrity_words import format_when
from reviewer.qt.case.notice_line import ALARM, SIGNS, WARNING
from reviewer.qt.case.short_table import RowsModel, ShortTable
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.case.receipts import CheckedReceipt
from reviewer.services.evidence.integrity_facts import IntegrityFacts

_ROWS = 4


class _TitledTable(QWidget):
    """A table under its name, with how many there are at the right."""

    def __init__(self, title: str, table: ShortTable) -> None:
        super().__init__()
        self.note = PlainLabel(kind="caption")
        head = make_row(spacing=8)
        head.addWidget(PlainLabel(title, kind="strong"))
        head.addStretch(1)
        head.addWidget(self.note)
        column = make_column(self, spacing=8)
        column.addLayout(head)
        column.addWidget(table)
        column.addStretch(1)


class ReceiptsTable(_TitledTable):
    """Receipts that are known here, the newest first."""

    def __init__(self) -> None:
        self.model = RowsModel(("Made", "As of entry", "Hash of the ledger", "Kept", "Compared"), (1,))
        super().__init__("Receipts", ShortTable(self.model, "Receipts", 4, _ROWS, scrolls=True))

    def show_receipts(self, receipts: Sequence[CheckedReceipt]) -> None:
        self.model.show([_format_receipt(receipt) for receipt in receipts])
        known = len(receipts)
        self.note.setText("1 is known here" if known == 1 else f"{known:,} are known here")


class WorkTable(_TitledTable):
    """What each examiner has begun, completed and seen before the end of it."""

    def __init__(self) -> None:
        titles = ("Examiner", "Begun", "Complete", "Context seen", "Last act")
        self.model = RowsModel(titles, (1, 2, 3))
        super().__init__(
            "Who has seen what",
            ShortTable(self.model, "Who has seen what", 4, _ROWS, scrolls=True),
        )

    def show_work(self, facts: IntegrityFacts) -> None:
        names = {examiner.id: examiner.name for examiner in facts.examiners}
        self.model.show(
            [
                (
                    names[work.examiner],
                    f"{work.begun:,}",
                    f"{work.complete:,}",
                    f"{work.context_seen:,}",
                    format_when(work.last_at) if work.last_at else "none",
                )
                for work in facts.work
            ]
        )
        self.note.setText(f"from the ledger, of {facts.photographs:,} photographs")


def _format_receipt(receipt: CheckedReceipt) -> tuple[str, ...]:
    known = receipt.receipt
    return (
        format_when(known.at) or "not said",
        f"{known.entries:,}",
        shorten_hash(known.head),
        receipt.kept,
        _describe_comparison(receipt),
    )


def _describe_comparison(receipt: CheckedReceipt) -> str:
    if receipt.disbelief:
        return f"{SIGNS[WARNING]} not believed: {receipt.disbelief}"
    if receipt.contradiction is None:
        return "not yet"
    if not receipt.contradiction:
        return "\u2713 agrees"
    if receipt.judged:
        return f"{SIGNS[WARNING]} {receipt.contradiction} {receipt.judged}"
    return f"{SIGNS[ALARM]} {receipt.contradiction}"
