"""Neutral labels of people, "P-0014": they say nothing of branch, day or place, and never change.

Every photograph has a number, counted as the photographs were ingested; it never changes. A person goes by
the first of its photographs, and the numbers are shuffled, so that neighbours in a folder are none by their
labels: the n-th number is the n-th of 1 to 99,999 in the order of the SHA-256 of "CASE:NUMBER", CASE being
the id of the Case. Beyond that the numbers from 100,000 to 999,999 are shuffled in the same way, and so on.
"""

from __future__ import annotations

import hashlib
from array import array
from functools import lru_cache

_FIRST_BLOCK = 99_999


def make_neutral_label(case: str, number: int) -> str:
    """The label of the person whose first photograph has this number, from 1 on."""
    low, high = 1, _FIRST_BLOCK
    while number > high:
        low, high = high + 1, high * 10 + 9
    return f"P-{_shuffle_block(case, low, high)[number - low]:04}"


@lru_cache(maxsize=4)
def _shuffle_block(case: str, low: int, high: int) -> array[int]:
    ranks = [hashlib.sha256(f"{case}:{number}".encode()).digest() for number in range(low, high + 1)]
    return array("L", [low + place for place in sorted(range(len(ranks)), key=ranks.__getitem__)])
