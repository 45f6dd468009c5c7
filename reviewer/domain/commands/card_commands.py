"""The number card: what one pass reads on it, when two passes agree, and what a person decides between them.

The second pass is blind: it is made without seeing the first, and only then compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum

from reviewer.domain.acts import shared_acts
from reviewer.domain.acts.shared_bodies import transcription_to_body
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import to_storable_text
from reviewer.domain.people.individual import PhotoFacts, Transcription, TranscriptionPass
from reviewer.domain.text_folding import to_ascii_digits

LONGEST_NUMBER = 24
LONGEST_NOTE = 500
LEGIBLE = ("yes", "in part", "no", "no card")
_NUMBER = re.compile(r"[0-9?]+([-/. ][0-9?]+)*|[0-9?]*[^\W\d_?]{1,3}[-/. ]?[0-9?]*")
_DATE = re.compile(r"[0-9?]{1,4}([-/.][0-9?]{1,4}){1,2}")
_NOTE_TOO_LONG = f"The note of a card can have {LONGEST_NOTE} characters."
_NAMES = {"detainee": "detainee number", "branch": "branch number", "examination": "examination number"}


class CardState(StrEnum):
    """How far the card of a Photo is."""

    NONE = "not transcribed"
    ONCE = "read once"
    AGREED = "read twice, the same"
    MISMATCH = "read twice, not the same"
    RESOLVED = "decided"


def find_card_state(cards: Sequence[Transcription]) -> CardState:
    """Where the card of a Photo stands, from its passes."""
    by = {card.number: card for card in cards}
    if TranscriptionPass.RESOLVED in by:
        return CardState.RESOLVED
    first, second = by.get(TranscriptionPass.FIRST), by.get(TranscriptionPass.SECOND)
    if first is None and second is None:
        return CardState.NONE
    if first is None or second is None:
        return CardState.ONCE
    return (
        CardState.AGREED
        if find_comparable_content(first) == find_comparable_content(second)
        else CardState.MISMATCH
    )


def find_comparable_content(card: Transcription) -> tuple[str, ...]:
    """What two passes have to agree on; of a card that is illegible or absent, only that."""
    if card.legible in {"no", "no card"}:
        return (card.legible,)
    return card.content


def transcribe_card(facts: PhotoFacts, made: Transcription) -> Draft:
    """Keep what one pass read, checked: NotAllowed with a sentence for what is no number or date.

    Digits of all scripts become 0 to 9, letters capital; a digit that cannot be read is `?`.
    """
    if made.legible not in LEGIBLE:
        raise NotAllowed("Say how much of the card can be read: yes, in part, no, or no card.")
    if made.number is TranscriptionPass.RESOLVED and find_card_state(facts.cards) in {
        CardState.NONE,
        CardState.ONCE,
    }:
        raise NotAllowed("This card was not read twice yet, so there is nothing to decide.")
    readable = made.legible in {"yes", "in part"}
    numbers = {
        name: normalise_number(getattr(made, name), words) if readable else ""
        for name, words in _NAMES.items()
    }
    date = normalise_card_date(made.date) if readable else ""
    if readable and not any((*numbers.values(), date)):
        raise NotAllowed("Nothing of the card is typed yet. If it cannot be read, say so.")
    if len(made.note) > LONGEST_NOTE:
        raise NotAllowed(_NOTE_TOO_LONG)
    body = {
        **transcription_to_body(made),
        **numbers,
        "date": date,
        "note": to_storable_text(made.note).strip(),
    }
    return Draft(shared_acts.CARD_TRANSCRIBED, facts.photo, body)


def find_mistakes(typed: Transcription) -> dict[str, str]:
    """What cannot be kept of what is typed: the name of a field ("branch", "date" ...) -> why, in words."""
    found: dict[str, str] = {}
    for name, words in _NAMES.items():
        with _note_mistake(found, name):
            normalise_number(getattr(typed, name), words)
    with _note_mistake(found, "date"):
        normalise_card_date(typed.date)
    if len(typed.note) > LONGEST_NOTE:
        found["note"] = _NOTE_TOO_LONG
    return found


@contextmanager
def _note_mistake(found: dict[str, str], name: str) -> Iterator[None]:
    try:
        yield
    except NotAllowed as error:
        found[name] = str(error)


def normalise_number(text: str, what: str = "number") -> str:
    """A number as it is kept: "٢١٥" and " 215 " are "215", "3a" is "3A"; NotAllowed for anything else."""
    plain = _to_plain_text(text)
    if not plain:
        return ""
    if len(plain) > LONGEST_NUMBER or not _NUMBER.fullmatch(plain):
        raise NotAllowed(
            f"The {what} is made of digits, with up to three letters before or after them, "
            "and ? for each digit that cannot be read."
        )
    return plain


def normalise_card_date(text: str) -> str:
    """A date as the card writes it, in its own order: digits, ? for those that cannot be read, / - or ."""
    plain = _to_plain_text(text)
    if plain and not _DATE.fullmatch(plain):
        raise NotAllowed("The date is typed as the card writes it: numbers with / - or . between them.")
    return plain


def _to_plain_text(text: str) -> str:
    return " ".join(to_ascii_digits(to_storable_text(text)).replace("\u061f", "?").upper().split())
