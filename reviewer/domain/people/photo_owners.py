"""Whose a Photo is, by what people have said: its accepted Individual, and the number on its card.

Likeness never overrules that: two Photos that people gave to different persons are two persons', however
alike they look.
"""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.domain.people.individual import FACT_NAMES, Fact

CardNumber = tuple[Fact, str, str]
"""The number of a sure card that tells whose it is: its kind, its branch, its value."""


@dataclass(frozen=True)
class PhotoOwner:
    """`individual` is the id of the accepted Individual ("" for none), `label` what it is called; `card` the
    number that the card on the Photo shows, None if no card on it is sure."""

    individual: str = ""
    label: str = ""
    card: CardNumber | None = None

    def in_words(self) -> str:
        """Whose it is, for people."""
        if self.individual:
            return self.label
        if self.card is not None:
            fact, branch, value = self.card
            of_branch = f" of branch {branch}" if branch else ""
            return f"{FACT_NAMES[fact].lower()} {value}{of_branch}"
        return "of no accepted individual"


def are_of_different_persons(one: PhotoOwner, other: PhotoOwner) -> bool:
    """Whether people have said that two Photos are of different persons."""
    if one.individual and other.individual and one.individual != other.individual:
        return True
    return one.card is not None and other.card is not None and one.card != other.card
