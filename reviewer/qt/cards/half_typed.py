"""Cards that were begun and not kept: they are there again when their photograph is, in the same pass."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from reviewer.domain import plain_json
from reviewer.domain.people.individual import Transcription, TranscriptionPass

CardKey = tuple[str, str]  # the pass, as the desk calls its work, and the SHA-256 of the Photo
_FIELDS = ("branch", "detainee", "examination", "date", "note", "legible")


class UnfinishedCards:
    """Told when the form comes to a card and when it leaves one; lets each pass see its own only."""

    def __init__(self) -> None:
        self._kept: dict[CardKey, Transcription] = {}
        self._at: CardKey | None = None
        self._shown = Transcription(TranscriptionPass.FIRST)

    def leave(self, typed: Callable[[TranscriptionPass], Transcription]) -> None:
        """The form is about to show something else: what is in it stays here, unless it is as it came."""
        if self._at is None:
            return
        now = typed(self._shown.number)
        if now == self._shown:
            self._kept.pop(self._at, None)
        else:
            self._kept[self._at] = now

    def enter_card(self, place: CardKey | None, shown: Transcription) -> Transcription | None:
        """The form shows a card as it is kept; what had been begun on it, if anything."""
        self._at, self._shown = place, replace(shown, author="", at="")
        return self._kept.get(place) if place is not None else None

    def forget(self) -> None:
        """What was typed on this card is kept in the case."""
        if self._at is not None:
            self._kept.pop(self._at, None)
        self._at = None

    def as_text(self) -> dict[str, str]:
        """Return everything that was begun, to be kept beside the case; the current card comes last."""
        places = sorted(self._kept, key=lambda place: place == self._at)
        return {
            f"{work} {photo}": json.dumps(_card_to_json(self._kept[work, photo])) for work, photo in places
        }

    def restore_input(
        self, texts: dict[str, str], pass_of: Callable[[str], TranscriptionPass | None]
    ) -> list[CardKey]:
        """What `as_text` gave; the places it is about. What is not understood is as if it were not there."""
        for name, text in texts.items():
            work, _blank, photo = name.partition(" ")
            number = pass_of(work)
            made = _card_from_json(number, text) if number is not None and photo else None
            if made is not None:
                self._kept[work, photo] = made
        return list(self._kept)


def _card_to_json(card: Transcription) -> dict[str, object]:
    return {**{name: getattr(card, name) for name in _FIELDS}, "box": card.box}


def _card_from_json(number: TranscriptionPass, text: str) -> Transcription | None:
    try:
        row = plain_json.parse_untrusted_json(text)
        values = {name: str(row[name]) for name in _FIELDS}
        sides = [int(side) for side in row["box"] or ()]
    except (ValueError, KeyError, TypeError):
        return None
    box = (sides[0], sides[1], sides[2], sides[3]) if len(sides) == 4 else None
    return Transcription(number, box=box, **values)
