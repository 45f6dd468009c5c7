"""The order in which a camera took photographs whose counter began anew: DSC_9998, DSC_9999, DSC_0001.

By their names the last come first. Where the recorded times say so, and only there, what has the high numbers
is put before what has the low ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

_LAST_NUMBER = re.compile(r"(.*?)(\d+)(\D*)", re.DOTALL)
FEWEST_DIGITS = 3
"""Counters of cameras have four; names like "body 1" and "body 9" are no counters."""


class NumberedPhoto(NamedTuple):
    """What the order goes by: folder, name, and the recorded time ("" if there is none)."""

    folder: str
    name: str
    taken_at: str


def sort_by_time_taken(shots: Sequence[NumberedPhoto]) -> list[int]:
    """The places of `shots`, which are in natural order, as they were taken.

    Only Photos of one folder whose names differ in nothing but the counter change places with each other, and
    only within the places they have: nothing else moves.
    """
    series: dict[tuple[str, str, int], list[tuple[int, int]]] = defaultdict(list)
    for place, shot in enumerate(shots):
        found = _LAST_NUMBER.fullmatch(shot.name.rpartition(".")[0] or shot.name)
        if found is not None and len(found[2]) >= FEWEST_DIGITS and found[2].isascii():
            series[shot.folder, f"{found[1]}*{found[3]}".casefold(), len(found[2])].append(
                (int(found[2]), place)
            )
    order = list(range(len(shots)))
    for (_folder, _name, digits), members in series.items():
        start = _find_counter_restart(members, shots, digits)
        if start:
            taken = [place for _number, place in (*members[start:], *members[:start])]
            for place, shot_at in zip(sorted(taken), taken, strict=True):
                order[place] = shot_at
    return order


def _find_counter_restart(members: list[tuple[int, int]], shots: Sequence[NumberedPhoto], digits: int) -> int:
    """Where in a series, sorted here by number, the counter stood before it began anew; 0 if it did not."""
    members.sort()
    gaps = [after[0] - before[0] for before, after in pairwise(members)]
    if not gaps or max(gaps) <= 10**digits // 2:
        return 0
    cut = gaps.index(max(gaps)) + 1
    low = _list_times(shots[place] for _number, place in members[:cut])
    high = _list_times(shots[place] for _number, place in members[cut:])
    return cut if low and high and max(high) <= min(low) and max(low) > min(high) else 0


def _list_times(shots: Iterable[NumberedPhoto]) -> list[str]:
    return [shot.taken_at for shot in shots if shot.taken_at]
