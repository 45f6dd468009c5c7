"""Where two passes over one card differ: which signs, in which places, in words."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

_MOST_NAMED = 3


@dataclass(frozen=True)
class SignDifference:
    """One place, counted from 1 in the longer of the two texts, and what stands there; "" for nothing."""

    place: int
    first: str
    second: str


@dataclass(frozen=True)
class TextDifference:
    """`in_first` and `in_second` are the places, from 0, of the signs that the other text does not have."""

    signs: tuple[SignDifference, ...]
    in_first: frozenset[int]
    in_second: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.signs)


def find_text_difference(first: str, second: str) -> TextDifference:
    """Compare two texts sign by sign; where one is longer, it is found first what only it has."""
    signs: list[SignDifference] = []
    in_first: set[int] = set()
    in_second: set[int] = set()
    for one, other in _pair_places(first, second):
        a = first[one] if one is not None else ""
        b = second[other] if other is not None else ""
        if a == b:
            continue
        place = max(-1 if one is None else one, -1 if other is None else other) + 1
        signs.append(SignDifference(place, a, b))
        if one is not None:
            in_first.add(one)
        if other is not None:
            in_second.add(other)
    return TextDifference(tuple(signs), frozenset(in_first), frozenset(in_second))


def _pair_places(first: str, second: str) -> list[tuple[int | None, int | None]]:
    if len(first) == len(second):
        return [(place, place) for place in range(len(first))]
    pairs: list[tuple[int | None, int | None]] = []
    for _what, a, b, c, d in SequenceMatcher(a=first, b=second, autojunk=False).get_opcodes():
        pairs.extend(zip_longest(range(a, b), range(c, d)))
    return pairs


def describe_text_difference(first: str, second: str) -> str:
    """ "7 or 1 in place 3"; "" for two texts that are the same, "only the first pass has it"."""
    found = find_text_difference(first, second)
    if not found:
        return ""
    if not first or not second:
        return "only the first pass has it" if first else "only the second pass has it"
    if len(found.signs) > _MOST_NAMED:
        return f"{len(found.signs)} signs differ"
    return ", ".join(
        f"{sign.first or 'nothing'} or {sign.second or 'nothing'} in place {sign.place}"
        for sign in found.signs
    )
