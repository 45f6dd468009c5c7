"""The order in which a camera took photographs whose counter began anew: DSC_9998, DSC_9999, DSC_0001.

By their names the last come first. Where the recorded times say so, and only there, what has the high numbers
is put before what has the low ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

_LAST_NUMBER = re.compile(r"(.*?)(\d+)(\D*)", re.DOTALL)
_DIGITS = "0123456789"
FEWEST_DIGITS = 3
"""Counters of cameras have four; names like "body 1" and "body 9" are no counters."""
_SeriesKey = tuple[str, str, int]


class CounterGap(NamedTuple):
    """A series of Photos with a gap in their numbers, too wide for a camera that counted on: the places of
    those below the gap and of those above it."""

    low: Sequence[int]
    high: Sequence[int]


def find_counter_gaps(folders: Sequence[str], names: Sequence[str]) -> list[CounterGap]:
    """The series in which the counter may have begun anew. `folders` and `names` are those of all Photos, in
    natural order; a place is where a Photo stands in them.

    Only Photos of one folder whose names differ in nothing but the counter are of one series.
    """
    spans: dict[_SeriesKey, tuple[str, str]] = {}
    for _place, key, number in _iterate_counted(enumerate(zip(folders, names, strict=True))):
        span = spans.get(key)
        if span is None:
            spans[key] = number, number
        elif not span[0] <= number <= span[1]:  # as many digits each, so texts sort as numbers do
            spans[key] = min(span[0], number), max(span[1], number)
    wide = {key for key, (least, most) in spans.items() if int(most) - int(least) > 10 ** key[2] // 2}
    if not wide:
        return []
    inside = {folder for folder, _name, _digits in wide}
    walk = ((place, at) for place, at in enumerate(zip(folders, names, strict=True)) if at[0] in inside)
    members: defaultdict[_SeriesKey, list[tuple[int, int]]] = defaultdict(list)
    for place, key, number in _iterate_counted(walk):
        if key in wide:
            members[key].append((int(number), place))
    return [gap for key, series in members.items() for gap in _cut_at_gap(series, key[2])]


def sort_by_time_taken(count: int, gaps: Collection[CounterGap], times: Mapping[int, str]) -> list[int]:
    """The places of `count` Photos as they were taken; `times` has the recorded time by place, "" or nothing
    where there is none.

    The Photos of a series change places with each other, and only within the places they have: nothing else
    moves.
    """
    order = list(range(count))
    for gap in gaps:
        low, high = (list(filter(None, map(times.get, places))) for places in gap)
        if low and high and max(high) <= min(low) and max(low) > min(high):
            taken = [*gap.high, *gap.low]
            for place, shot_at in zip(sorted(taken), taken, strict=True):
                order[place] = shot_at
    return order


def _iterate_counted(
    files: Iterable[tuple[int, tuple[str, str]]],
) -> Iterator[tuple[int, _SeriesKey, str]]:
    """Each Photo whose name has a counter: its place, its series, and the counter as it is written."""
    folded: dict[str, str] = {}
    for place, (folder, name) in files:
        stem = name.rpartition(".")[0] or name
        head = stem.rstrip(_DIGITS)
        number, tail = stem[len(head) :], ""
        if not number:
            found = _LAST_NUMBER.fullmatch(stem)
            if found is None:
                continue
            head, number, tail = found.groups()
        if len(number) < FEWEST_DIGITS or not number.isascii() or head[-1:].isdecimal():
            continue
        text = f"{head}*{tail}"
        same = folded.get(text)
        if same is None:
            same = folded[text] = text.casefold()
        yield place, (folder, same, len(number)), number


def _cut_at_gap(members: list[tuple[int, int]], digits: int) -> Iterator[CounterGap]:
    members.sort()
    gaps = [after[0] - before[0] for before, after in pairwise(members)]
    if max(gaps) > 10**digits // 2:
        cut = gaps.index(max(gaps)) + 1
        places = [place for _number, place in members]
        yield CounterGap(places[:cut], places[cut:])
