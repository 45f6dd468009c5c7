"""What a machine read on a number card, beside what a person kept: shown afterwards, part of no reading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from reviewer.domain.people.individual import Transcription
from reviewer.domain.text_folding import to_ascii_digits

MOST_SHOWN = 8
_NUMBER = re.compile(r"[0-9]{2}")
_SEPARATORS = re.compile(r"[-/. _:]+")
_NAMES = ("branch", "detainee", "examination")


@dataclass(frozen=True)
class CardSuggestion:
    """`kept` is the human entry, `texts` what was read after it, or `trouble` why nothing was."""

    photo: str
    kept: Transcription
    texts: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The kept numbers that are not among the texts, in words: ("detainee 1234",).

        Where no number was read at all there is nothing that could differ.
        """
        if not any(_NUMBER.search(text) for text in self.texts):
            return ()
        read = {form for text in self.texts for form in _find_readable_forms(text)}
        named = ((name, getattr(self.kept, name)) for name in _NAMES)
        return tuple(
            f"{name} {number}" for name, number in named if number and not _is_number_among(number, read)
        )

    @property
    def differs(self) -> bool:
        return bool(self.missing)

    @property
    def line(self) -> str:
        """One quiet line: "OCR read: 9241 / 901 / 146"."""
        if self.trouble:
            return f"OCR: {self.trouble}"
        if not self.texts:
            return "OCR read nothing."
        more = " / ..." if len(self.texts) > MOST_SHOWN else ""
        mark = f"\ndiffers: {', '.join(self.missing)} was kept" if self.differs else ""
        return f"OCR read: {' / '.join(self.texts[:MOST_SHOWN])}{more}{mark}"


def make_card_suggestion(photo: str, kept: Transcription, texts: tuple[str, ...]) -> CardSuggestion:
    """The texts with the digits of all scripts as 0 to 9, as numbers are kept."""
    return CardSuggestion(photo, kept, tuple(to_ascii_digits(text) for text in texts))


def _find_readable_forms(text: str) -> set[str]:
    """A text without what is between its parts, and each part: "No. 215/9" is NO2159, NO, 2159, 215, 9."""
    parts = _SEPARATORS.split(text.upper())
    words = text.upper().split()
    beside = (first + second for first, second in pairwise(parts))  # "146 B" among others is 146B too
    return {_remove_separators(text.upper()), *map(_remove_separators, words), *parts, *beside} - {""}


def _remove_separators(text: str) -> str:
    return _SEPARATORS.sub("", text)


def _is_number_among(number: str, read: set[str]) -> bool:
    """`?` stands for any one digit that the person could not read."""
    pattern = re.compile(
        "".join(
            "[0-9]" if character == "?" else re.escape(character) for character in _remove_separators(number)
        )
    )
    return any(pattern.fullmatch(form) for form in read)
