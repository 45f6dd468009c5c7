"""In which order the numbers stand on the cards of a Case: the fields they are typed into follow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewer.domain.acts.acts import CARD_ORDER_SET as CARD_ORDER_SET
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft, Entry

NUMBERS_ON_CARDS = ("detainee", "branch", "examination")
"""As they stand, from above, where nobody said otherwise."""
_FACT = "card_order"


def set_card_order(now: Sequence[str], order: Sequence[str]) -> Draft:
    """The act that sets it. NotAllowed unless each number stands in it once, or if it is so already."""
    if sorted(order) != sorted(NUMBERS_ON_CARDS):
        raise NotAllowed(f"The order of a card has each of these once: {', '.join(NUMBERS_ON_CARDS)}.")
    if tuple(order) == tuple(now):
        raise NotAllowed("The fields stand in this order already.")
    return Draft(CARD_ORDER_SET, "", {"order": " ".join(order)})


def card_order_to_facts(entry: Entry) -> dict[str, str]:
    """What the act sets among the facts of a Case."""
    return {_FACT: entry.body["order"]}


def card_order_from_facts(facts: Mapping[str, str]) -> tuple[str, ...]:
    """The order that facts of a Case say, from above."""
    kept = tuple(facts.get(_FACT, "").split())
    return kept if sorted(kept) == sorted(NUMBERS_ON_CARDS) else NUMBERS_ON_CARDS
