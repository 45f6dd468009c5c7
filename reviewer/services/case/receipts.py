"""Receipts: made when a session is closed, checked whenever somebody doubts."""

from __future__ import annotations

from pathlib import Path

from reviewer.domain.errors import KnownError, LedgerDamaged
from reviewer.domain.ledger.entry import LedgerFault
from reviewer.domain.ledger.receipt import Receipt, receipt_from_text
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner
from reviewer.services.case.open_case import OpenCase
from reviewer.storage import ledger
from reviewer.storage.evidence import case_rows
from reviewer.storage.store import DatabaseFault, describe_fault
from reviewer.system.clock import format_timestamp
from reviewer.system.files import read_at_most

_LARGEST = 1 << 20


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
