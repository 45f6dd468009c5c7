"""Whose some Photos are, as the Case stands now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.domain.people.individual import NUMBER_FACTS, Fact, Transcription
from reviewer.domain.people.individual_names import make_individual_label, merge_statements
from reviewer.domain.people.photo_owners import CardNumber, PhotoOwner
from reviewer.domain.people.proposals import find_numbers_on_card, find_sure_card
from reviewer.services.case.open_case import OpenCase
from reviewer.storage.people import people
from reviewer.storage.shared import shared_rows


def load_owners(case: OpenCase, photos: Sequence[str]) -> dict[str, PhotoOwner]:
    """Load the owner of each of these Photos (SHA-256); for a handful."""
    found: dict[str, PhotoOwner] = {}
    named: dict[str, tuple[str, str]] = {}
    with case.store.read() as connection:
        facts = shared_rows.load_photo_facts(connection, photos)
        for photo in photos:
            known = facts.get(photo)
            if known is None:
                found[photo] = PhotoOwner()
                continue
            id_ = known.individual
            if id_ and id_ not in named:
                family = people.load_merged_family(connection, id_)
                (root,) = merge_statements(family.values()).values()
                named[id_] = (root.id, make_individual_label(root))
            card = find_sure_card(known)
            number = next(list_identifying_numbers(card), None) if card is not None else None
            found[photo] = PhotoOwner(*named.get(id_, ("", "")), number)
    return found


def list_identifying_numbers(card: Transcription) -> Iterator[CardNumber]:
    """Yield the one number of a card that identifies its individual: the first that is fully readable."""
    numbers = find_numbers_on_card(card)
    branch = numbers.get(Fact.BRANCH_NUMBER, "")
    for fact in reversed(NUMBER_FACTS):
        if fact is not Fact.BRANCH_NUMBER and "?" not in numbers.get(fact, "?") + branch:
            yield fact, branch, numbers[fact]
            return
