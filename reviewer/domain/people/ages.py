"""Apparent age as years from and to. Bands of earlier statements are ranges too.

An age seen on a photograph is an estimate: two ranges contradict each other only if they do not meet.
"""

from __future__ import annotations

import re

from reviewer.domain.errors import NotAllowed
from reviewer.domain.text_folding import to_ascii_digits

AgeRange = tuple[int, int]
"""The least and the most, both included."""

OLDEST = 120
CANNOT_TELL = "cannot tell"
_RANGE = re.compile(r"^(\d{1,3})\s*(?:-|\u2013|to)\s*(\d{1,3})$")
_UNDER = re.compile(r"^(?:under|<)\s*(\d{1,3})$")
_OVER = re.compile(r"^(?:(?:over|>)\s*(\d{1,3})|(\d{1,3}) and over)$")


def parse_age_range(value: str) -> AgeRange | None:
    """Parse the range that a value stands for; None for "cannot tell" or for what is no age."""
    text = " ".join(to_ascii_digits(value).casefold().split())
    if found := _RANGE.match(text):
        least, most = int(found[1]), int(found[2])
    elif found := _UNDER.match(text):
        least, most = 0, int(found[1]) - 1
    elif found := _OVER.match(text):
        least, most = int(found[1] or found[2]), OLDEST
    else:
        return None
    return (least, most) if 0 <= least <= most <= OLDEST else None


def normalise_age(text: str) -> str:
    """The value as it is kept: "25-40", "under 12", "60 and over", "cannot tell". NotAllowed otherwise."""
    wanted = " ".join(to_ascii_digits(text).casefold().split())
    if wanted == CANNOT_TELL:
        return CANNOT_TELL
    if wanted.isdecimal():
        raise NotAllowed(f"An apparent age is a range of years: {wanted} and what else? For example 25-40.")
    years = parse_age_range(wanted)
    if years is None:
        raise NotAllowed("An age from and to, in years: 25-40, under 12, over 60, or cannot tell.")
    least, most = years
    if most == OLDEST:
        return f"{least} and over"
    return f"under {most + 1}" if least == 0 else f"{least}-{most}"


def do_age_ranges_overlap(one: AgeRange, other: AgeRange) -> bool:
    """Whether some age lies within both."""
    return one[0] <= other[1] and other[0] <= one[1]
