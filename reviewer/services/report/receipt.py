"""The receipt of a session as a page to be printed, signed and kept apart from the case."""

from __future__ import annotations

from reviewer.domain.figures.document import Facts, Origin, Page, Paragraph
from reviewer.domain.ledger.receipt import Receipt, fingerprint
from reviewer.services.report import wording

_LINES = "_" * 40


def receipt_page(receipt: Receipt) -> Page:
    """One page. What stands on it can be typed in again to check it: reviewer verify CASE --receipt FILE."""
    groups = fingerprint(receipt.head).split(" ")
    head = "\n".join(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))
    return Page(
        "Receipt of a session",
        f"Case {receipt.name}",
        receipt.at[:10],
        f"{receipt.name} · entry {receipt.entries:,}",
        (
            Facts(
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
            Facts((("Kept by", _LINES), ("Date, signature", _LINES))),
        ),
        Origin(receipt.name, receipt.entries, fingerprint(receipt.head)),
    )
