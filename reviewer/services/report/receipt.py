"""The receipt of a session as a page to be printed, signed and kept apart from the case."""

from __future__ import annotations

from reviewer.domain.figures.document import Document, KeyValues, Origin, Paragraph
from reviewer.domain.ledger.receipt import Receipt, format_hash_in_groups
from reviewer.services.report import wording

_SIGNATURE_LINE = "\n\n" + "_" * 40


def make_receipt_document(receipt: Receipt) -> Document:
    """One page. What stands on it can be typed in again to check it: reviewer verify CASE --receipt FILE."""
    groups = format_hash_in_groups(receipt.head).split(" ")
    head = "\n".join(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))
    return Document(
        "Receipt of a session",
        f"Case {receipt.name}",
        receipt.at[:10],
        f"{receipt.name} · entry {receipt.entries:,}",
        (
            KeyValues(
                (
                    ("Case", receipt.name),
                    ("Case number", receipt.case),
                    ("Examiner", receipt.examiner),
                    ("Closed", receipt.at),
                    ("Entries", f"{receipt.entries}"),
                    ("Head", head),
                )
            ),
            Paragraph(wording.sentence("receipt")),
            KeyValues((("Kept by", _SIGNATURE_LINE), ("Date, signature", _SIGNATURE_LINE))),
        ),
        Origin(receipt.name, receipt.entries, format_hash_in_groups(receipt.head)),
    )
