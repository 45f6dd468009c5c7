"""Months as text, "2012-08"."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

LONGEST_GAP = 6
"""So many months with nothing in them stand as lines of their own; more of them are told in one line."""


def list_month_lines(months: Iterable[str]) -> dict[str, str]:
    """List lines for a table of months, in order: key -> words. Every given month has one.

    Months between that were not given have one each, or one together where they are many: "2000-02 to
    2011-04 (135 months, none)".
    """
    given = sorted(set(months))
    found = {month: month for month in given[:1]}
    for before, after in pairwise(given):
        gap = range(_month_to_number(before) + 1, _month_to_number(after))
        if len(gap) > LONGEST_GAP:
            first, last = _number_to_month(gap[0]), _number_to_month(gap[-1])
            found[f"{first}..{last}"] = f"{first} to {last} ({len(gap):,} months, none)"
        else:
            found.update((_number_to_month(number), _number_to_month(number)) for number in gap)
        found[after] = after
    return found


def _month_to_number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _number_to_month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
