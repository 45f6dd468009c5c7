"""In which order a Case is read, and what is masked while it is: rules of the Case, set in its ledger.

Thousands of photographs of one branch in a row teach a reader what to expect. So the order is drawn: that of
persons from a seed, that of the photographs of a person by what they show. Whoever has the seed and the
SHA-256 of the photographs finds the same order (docs/decisions/0037).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft

READING_RULES_SET = "reading_rules.set"
CARD, NAME, DATE, NUMBER, RECORD, PERSON = "card", "name", "date", "number", "record", "person"
MASKED_THINGS_IN_WORDS = {
    CARD: "the card",
    NAME: "the file name",
    DATE: "the date",
    NUMBER: "the numbers",
    RECORD: "the records",
    PERSON: "the card of this person",
}
"""What of a person is masked, or counts as seen where somebody looks at it elsewhere; and each in words."""
REGIONS_OF_WHOLE_BODY = 20
"""How many Regions a Photo covers that is taken for one of a whole body."""
_SEED = re.compile(r"[A-Za-z0-9]{4,64}")


class ReadingOrder(StrEnum):
    """How a list of everything is ordered."""

    DRAWN = "drawn"
    FOLDERS = "folders"


class PhotoSubject(IntEnum):
    """What a Photo is of, as far as that is known, in the order in which a person's are read."""

    WHOLE_BODY = 0
    NOT_KNOWN = 1
    CLOSE_UP = 2
    CARD = 3


@dataclass(frozen=True)
class ReadingRules:
    """What holds in a Case. One in whose ledger nothing was set is read in the order of its folders, with
    nothing masked: so were all Cases before case format 1.5."""

    order: ReadingOrder = ReadingOrder.FOLDERS
    seed: str = ""
    masked: bool = False


def reading_rules_from_facts(facts: Mapping[str, str]) -> ReadingRules:
    """The rules that facts of a Case say; without a seed no order is drawn."""
    seed = facts.get("seed", "")
    drawn = facts.get("order") == ReadingOrder.DRAWN and bool(seed)
    return ReadingRules(
        ReadingOrder.DRAWN if drawn else ReadingOrder.FOLDERS, seed, facts.get("masked") == "yes"
    )


def begin_case(seed: str) -> Draft:
    """The rules that a new Case begins with: an order drawn from `seed`, and masking."""
    return Draft(READING_RULES_SET, "", {"order": str(ReadingOrder.DRAWN), "seed": seed, "masked": "yes"})


def draw_order(now: ReadingRules, seed: str) -> Draft:
    """Read in an order drawn from `seed` from now on; NotAllowed for a seed that is none, or this one."""
    if not _SEED.fullmatch(seed):
        raise NotAllowed("A seed has 4 to 64 letters and digits.")
    if now.order is ReadingOrder.DRAWN and now.seed == seed:
        raise NotAllowed(f"This case is read in the order drawn from the seed {seed} already.")
    return Draft(READING_RULES_SET, "", {"order": str(ReadingOrder.DRAWN), "seed": seed})


def set_masking(now: ReadingRules, masked: bool) -> Draft:
    """Turn masking of what identifies a person (until a reading is complete) on or off; NotAllowed if it
    already is."""
    if now.masked == masked:
        raise NotAllowed(
            "What tells who a person is is masked already." if masked else "Nothing is masked already."
        )
    return Draft(READING_RULES_SET, "", {"masked": "yes" if masked else "no"})


def compute_person_rank(seed: str, least: str) -> str:
    """Where a person comes: the SHA-256, in hexadecimal, of "SEED:FIRST", where FIRST is the least SHA-256
    of the photographs (lower case). So neither how many there are nor where they lay has a part in it."""
    return hashlib.sha256(f"{seed}:{least}".encode("ascii", "replace")).hexdigest()


def draw_reading_order(
    seed: str,
    people: Iterable[Sequence[int]],
    name_least: Callable[[Sequence[int]], str],
    kinds: Sequence[int],
) -> list[int]:
    """The places of Photos in the drawn order.

    `people` are the places of the photographs of each person, in order; one of nobody is a person of its own.
    `name_least` gives the least SHA-256 of those at some places. Within a person the places keep their order
    where `kinds` (of `PhotoSubject`, one for each photograph) are the same.
    """
    placed = sorted(people, key=lambda places: compute_person_rank(seed, name_least(places)))
    return [place for places in placed for place in sorted(places, key=kinds.__getitem__)]


def classify_photo_subject(category: str, card_permille: int, regions: int) -> PhotoSubject:
    """Say what a Photo is of. `card_permille`: thousandths of it that the card fills, 0 if no card is
    known; `regions`: how many Regions were marked as covered."""
    if category == "document" or card_permille >= _CARD_PERMILLE:
        return PhotoSubject.CARD
    if not regions:
        return PhotoSubject.NOT_KNOWN
    return PhotoSubject.WHOLE_BODY if regions >= REGIONS_OF_WHOLE_BODY else PhotoSubject.CLOSE_UP


_CARD_PERMILLE = 250
"""A card that fills a quarter of a photograph is what the photograph is of."""


def reading_order_in_words(rules: ReadingRules) -> str:
    """One sentence, for screens and the command line."""
    if rules.order is ReadingOrder.DRAWN:
        return (
            f"Individuals are read in an order drawn from the seed {rules.seed}, which stands in the ledger."
        )
    return "Photographs are read in the order of their folders."


def masking_in_words(rules: ReadingRules) -> str:
    """One sentence, for screens and the command line."""
    if rules.masked:
        return (
            "The card, the file name, the date, branch and numbers are masked on Read until the reading of a "
            "photograph is complete."
        )
    return "Nothing is masked on Read."
