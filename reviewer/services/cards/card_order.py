"""The order of the numbers on the cards of a Case, as it stands in the ledger."""

from __future__ import annotations

from reviewer.domain.commands.card_order import card_order_from_facts
from reviewer.services.case.snapshot import ReadableCase
from reviewer.storage.evidence import case_rows


def load_card_order(case: ReadableCase) -> tuple[str, ...]:
    """Return "detainee", "branch", "examination" in the order in which they stand on the cards."""
    with case.store.read() as connection:
        return card_order_from_facts(case_rows.load_facts(connection))
