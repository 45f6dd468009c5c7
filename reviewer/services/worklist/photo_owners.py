"""Whose some Photos are, as the Case stands now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.domain.people.individual import NUMBERS, Fact, Transcription
from reviewer.domain.people.individual_names import label, whole
from reviewer.domain.people.photo_owners import CardNumber, Owner
from reviewer.domain.people.proposals import numbers_on, sure_card
from reviewer.services.case.open_case import OpenCase
from reviewer.storage.people import people
from reviewer.storage.shared import shared_rows


def owners_of(case: OpenCase, photos: Sequence[str]) -> dict[str, Owner]:
    """SHA-256 -> whose it is, for each of these Photos; for a handful."""
    found: dict[str, Owner] = {}
    named: dict[str, tuple[str, str]] = {}
    with case.store.read() as connection:
        facts = shared_rows.photo_facts(connection, photos)
        for photo in photos:
            known = facts.get(photo)
            if known is None:
                found[photo] = Owner()
                continue
            id_ = known.individual
            if id_ and id_ not in named:
                family = people.family(connection, id_)
                (root,) = whole(family.values()).values()
                named[id_] = (root.id, label(root))
            card = sure_card(known)
            number = next(telling_numbers(card), None) if card is not None else None
            found[photo] = Owner(*named.get(id_, ("", "")), number)
    return found


def telling_numbers(card: Transcription) -> Iterator[CardNumber]:
    """The one number of a card that tells its individual from others: the first that is wholly readable."""
    numbers = numbers_on(card)
    branch = numbers.get(Fact.BRANCH_NUMBER, "")
    for fact in reversed(NUMBERS):
        if fact is not Fact.BRANCH_NUMBER and "?" not in numbers.get(fact, "?") + branch:
            yield fact, branch, numbers[fact]
            return
