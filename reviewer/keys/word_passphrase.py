"""Passphrases of random words, as dice would choose them (Diceware by A. Reinhold; list of the EFF)."""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass
from functools import cache

from reviewer.system.resources import find_resource

WORDS = 6


@dataclass(frozen=True)
class SuggestedPassphrase:
    """`bits` is the logarithm, to base 2, of how many passphrases could have come instead, each as likely."""

    text: str
    bits: float


def suggest_passphrase(words: int = WORDS) -> SuggestedPassphrase:
    """Draw words from the list by the system's own source of chance."""
    listed = _load_words()
    text = " ".join(secrets.choice(listed) for _word in range(words))
    return SuggestedPassphrase(text, words * math.log2(len(listed)))


@cache
def _load_words() -> tuple[str, ...]:
    path = find_resource("words", "eff_large_wordlist.txt")
    return tuple(path.read_text(encoding="ascii").split())
