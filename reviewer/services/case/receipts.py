"""Receipts: made when a session is closed, checked whenever somebody doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.domain.errors import KnownError, LedgerDamaged
from reviewer.domain.ledger.entry import LedgerFault
from reviewer.domain.ledger.receipt import Receipt, receipt_from_text
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner
from reviewer.services.case.kept_receipts import (
    describe_contradiction,
    load_judged,
    load_receipts_of_case,
)
from reviewer.services.case.open_case import OpenCase
from reviewer.storage import ledger
from reviewer.storage.evidence import case_rows
from reviewer.storage.store import DatabaseFault, describe_fault
from reviewer.system.clock import format_timestamp
from reviewer.system.files import read_at_most

_LARGEST = 1 << 20


@dataclass(frozen=True)
class CheckedReceipt:
    """A receipt, where it was kept, and what contradicts it: "" if the ledger agrees with it, None if it was
    not compared yet. `judged` says which examiners let that be, `disbelief` why it counts for nothing."""

    receipt: Receipt
    kept: str
    contradiction: str | None = None
    judged: str = ""
    disbelief: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it speaks against the ledger and nobody has judged that."""
        return bool(self.contradiction) and not self.judged and not self.disbelief


def make_receipt(case: OpenCase, examiner: Examiner | None = None) -> Receipt:
    """Make a receipt of the present ledger. LedgerDamaged if it cannot be read."""
    try:
        with case.store.read() as connection:
            entries, head = ledger.load_size_and_head(connection)
            case_id = case_rows.load_fact(connection, "id")
    except DatabaseFault as error:
        raise LedgerDamaged(
            f"The case database cannot be read: {describe_fault(error)}.",
            "Verify the case; keep its folder as it is.",
        ) from error
    name = examiner.name if examiner else ""
    return Receipt(case_id, case.name, name, format_timestamp(case.clock()), entries, head)


def read_receipt(path: Path) -> Receipt:
    """Read a receipt from a file. KnownError if the file holds none."""
    shown = make_printable(str(path))
    try:
        content = read_at_most(path, _LARGEST)
    except OSError as error:
        raise KnownError(f"The receipt {shown} cannot be read: {error.strerror}.") from error
    except ValueError:
        raise KnownError(f"{shown} is too large for a receipt, or is no file.") from None
    return receipt_from_text(content.decode("utf-8", "replace"))


def check_receipt(case: OpenCase, receipt: Receipt) -> list[LedgerFault]:
    """Return what contradicts the receipt; empty if the ledger still begins with the entries it covers."""
    with case.store.read() as connection:
        if case_rows.load_fact(connection, "id") != receipt.case:
            return [LedgerFault("the receipt", "is of another case")]
        entries, _head = ledger.load_size_and_head(connection)
        if entries < receipt.entries:
            gone = receipt.entries - entries
            return [
                LedgerFault(
                    "the receipt", f"stands for {receipt.entries:,} entries; {gone:,} of them are gone"
                )
            ]
        if ledger.compute_head_at(connection, receipt.entries) != receipt.head:
            what = f"its first {receipt.entries:,} entries are not those the receipt stands for"
            return [LedgerFault("the ledger", what)]
    return []


def load_kept_receipts(case: OpenCase) -> tuple[list[CheckedReceipt], Sequence[str]]:
    """Return the receipts that were kept by themselves, the newest first; none is compared yet. And sentences
    on what is wrong with the files they lie in."""
    loaded = load_receipts_of_case(case)
    found = [
        CheckedReceipt(
            Receipt(case.id, case.name, "", known.receipt.at, known.receipt.entries, known.receipt.head),
            known.place,
            disbelief=known.disbelief,
        )
        for known in loaded.receipts
    ]
    return found, loaded.notices


def compare_receipts(case: OpenCase, receipts: Sequence[CheckedReceipt]) -> list[CheckedReceipt]:
    """Compare all with the ledger as it is now, in one pass over it."""
    with case.store.read() as connection:
        entries, _head = ledger.load_size_and_head(connection)
        heads = ledger.compute_heads_at(connection, {known.receipt.entries for known in receipts})
        judged = load_judged(connection, case.id)
    compared = []
    for known in receipts:
        entries_and_head = known.receipt.entries, known.receipt.head
        said = describe_contradiction(*entries_and_head, entries, heads)
        if known.receipt.case != case.id:
            said = "it is of another case"
        compared.append(
            replace(
                known,
                contradiction=f"{said[0].upper()}{said[1:]}." if said else "",
                judged="; ".join(judged.get(entries_and_head, {}).values()),
            )
        )
    return compared
