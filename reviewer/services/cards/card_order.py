"""In which order the numbers stand on the cards of a case, kept beside it; the fields follow."""

from __future__ import annotations

from reviewer.services.case.open_case import OpenCase

NUMBERS_ON_CARDS = ("detainee", "branch", "examination")
"""As they stand, from above, where nobody said otherwise."""
_KEY = "card order"


def load_card_order(case: OpenCase) -> tuple[str, ...]:
    """Return the order of the numbers on the cards of a Case."""
    kept = tuple((case.previews.load_note(_KEY) or "").split())
    return kept if sorted(kept) == sorted(NUMBERS_ON_CARDS) else NUMBERS_ON_CARDS


def keep_card_order(case: OpenCase, order: tuple[str, ...]) -> None:
    """Keep another order, unless the Case is open for reading only."""
    if not case.read_only:
        case.previews.keep_note(_KEY, " ".join(order))
