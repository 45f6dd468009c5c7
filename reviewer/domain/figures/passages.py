"""Text in passages of one direction, by the rules of Unicode (Standard Annex 9) as far as one paragraph needs
them: for documents that have to say of each passage which way it runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

_LEFT, _RIGHT, _NEUTRAL = "L", "R", ""
_CLASSES = {"L": _LEFT, "R": _RIGHT, "AL": _RIGHT}


@dataclass(frozen=True)
class Passage:
    """Signs that run one way; `from_right` is so for Arabic, Hebrew and the digits within them."""

    text: str
    from_right: bool

    @property
    def is_arabic(self) -> bool:
        return any(map(_is_arabic, self.text))


def begins_arabic(text: str) -> bool:
    """Whether the first letter is Arabic: such a paragraph is set in Arabic, right to left."""
    return _is_arabic(next(filter(str.isalpha, text), ""))


def runs_from_right(text: str) -> bool:
    """The direction of a whole paragraph: that of its first sign with a direction of its own (rule P2)."""
    found = (_CLASSES.get(unicodedata.bidirectional(sign)) for sign in text)
    return next((direction == _RIGHT for direction in found if direction is not None), False)


def split_into_passages(text: str) -> tuple[Passage, ...]:
    """Cut a text where its direction changes. Digits run with the letters before them (W2, W7);
    what has no direction runs with what stands on both sides of it, else with the paragraph (N1, N2)."""
    whole = _RIGHT if runs_from_right(text) else _LEFT
    directions = _resolve_neutral(_find_directions(text, whole), whole)
    found, at = [], 0
    for direction, signs in groupby(directions):
        end = at + sum(1 for _sign in signs)
        found.append(Passage(text[at:end], direction == _RIGHT))
        at = end
    return tuple(found)


def _find_directions(text: str, whole: str) -> list[str]:
    """The direction of each sign, "" where only its neighbours can tell."""
    directions: list[str] = []
    letters = whole
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in _CLASSES:
            letters = _CLASSES[kind]
            directions.append(letters)
        elif kind == "EN":
            directions.append(letters)
        elif kind == "AN":
            directions.append(_RIGHT)
        else:
            directions.append(directions[-1] if kind == "NSM" and directions else _NEUTRAL)
    return directions


def _resolve_neutral(directions: Sequence[str], whole: str) -> list[str]:
    resolved: list[str] = []
    runs = [(direction, sum(1 for _sign in signs)) for direction, signs in groupby(directions)]
    for at, (direction, length) in enumerate(runs):
        if direction == _NEUTRAL:
            before = runs[at - 1][0] if at else whole
            after = runs[at + 1][0] if at + 1 < len(runs) else whole
            direction = before if before == after else whole
        resolved += [direction] * length
    return resolved


def _is_arabic(sign: str) -> bool:
    return sign.isalpha() and unicodedata.name(sign, "").startswith("ARABIC")
