"""From pairs to groups: every member of a group is alike to its first, so that no chain can drift away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

IsSameImage = Callable[[int, int], bool]


def cluster_pairs(pairs: Iterable[tuple[int, int]], alike: IsSameImage) -> list[list[int]]:
    """Groups of at least two places, each sorted, the first one leading it.

    `pairs` say who may be alike; `alike(first, other)` decides, and is asked for the first of a group only.
    A member's own candidates are asked too, so that a large group is found whole from few pairs.
    """
    beside: dict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        beside[one].append(other)
        beside[other].append(one)
    taken: set[int] = set()
    groups = []
    for first in sorted(beside):
        if first in taken:
            continue
        members = _collect_members(first, beside, taken, alike)
        if len(members) > 1:
            taken.update(members)
            groups.append(sorted(members))
    return groups


def _collect_members(
    first: int, beside: dict[int, list[int]], taken: set[int], alike: IsSameImage
) -> list[int]:
    members, asked, waiting = [first], {first}, [first]
    while waiting:
        for other in beside[waiting.pop()]:
            if other < first or other in asked or other in taken:
                continue
            asked.add(other)
            if alike(first, other):
                members.append(other)
                waiting.append(other)
    return members
