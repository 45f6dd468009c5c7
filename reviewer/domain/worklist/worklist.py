"""The Worklist: the Photos to be read, in order, and the Individuals they are proposed to show.

Until records or examiners say otherwise, photographs that lie in one folder are proposed to show one
Individual: collections of this kind were filed body by body. A folder that holds more photographs than
one body ever had is split by the part of the name before its last number; what is still too large stays
without an Individual, because a wrong group is worse than none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_OF_ONE_INDIVIDUAL = 60
_LAST_NUMBER = re.compile(r"[\s_.(-]*\d+\)?\s*$")


class Progress(StrEnum):
    """Where the Examiner stands with a Photo."""

    UNREAD = "unread"
    OPEN = "open"
    COMPLETE = "complete"
    SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True)
class Item:
    """One Photo of the Worklist. `folder` includes the Source."""

    photo: int
    sha256: str
    folder: str
    name: str


@dataclass(frozen=True)
class Group:
    """An Individual in the Worklist: the positions of its Photos, and why they belong together.

    `id` is that of the Individual an Examiner accepted, "" for one that is only proposed.
    """

    positions: tuple[int, ...]
    reason: str
    id: str = ""


@dataclass(frozen=True)
class Groups:
    """Who is where in a Worklist: `all` Individuals in the order of their first Photos, `of` the place
    in `all` for each position, -1 for none. `firsts`: the first position of each Individual, and that of
    every Photo without one.
    """

    all: list[Group]
    of: list[int]
    firsts: list[int]


def groups_of(items: Sequence[Item], individuals: Sequence[str]) -> Groups:
    """Everybody in a Worklist; `individuals` has the id of the accepted one of each Photo, "" for none."""
    accepted: dict[str, list[int]] = defaultdict(list)
    folders: dict[str, list[int]] = defaultdict(list)
    for place, id_ in enumerate(individuals):
        if id_:
            accepted[id_].append(place)
        else:
            folders[items[place].folder].append(place)
    found = [Group(tuple(places), "accepted", id_) for id_, places in accepted.items()]
    found += _proposed(folders, lambda place: items[place].name)
    found.sort(key=_first)
    of = [-1] * len(items)
    for number, group in enumerate(found):
        for place in group.positions:
            of[place] = number
    loose = [place for place, number in enumerate(of) if number < 0]
    return Groups(found, of, sorted([*map(_first, found), *loose]))


def grouped(places: Sequence[tuple[str, str]]) -> list[Group]:
    """Proposed Individuals for Photos found at these (folder, name) places, in order of first appearance."""
    folders: dict[str, list[int]] = defaultdict(list)
    for position, (folder, _name) in enumerate(places):
        folders[folder].append(position)
    return sorted(_proposed(folders, lambda position: places[position][1]), key=_first)


def _proposed(folders: Mapping[str, list[int]], name: Callable[[int], str]) -> Iterator[Group]:
    for positions in folders.values():
        if len(positions) <= MOST_OF_ONE_INDIVIDUAL:
            yield Group(tuple(positions), "same folder")
            continue
        members: dict[str, list[int]] = defaultdict(list)
        for position in positions:
            members[_prefix(name(position))].append(position)
        for prefix, some in members.items():
            if len(some) <= MOST_OF_ONE_INDIVIDUAL and any(sign.isdigit() for sign in prefix):
                yield Group(tuple(some), f'names in one folder begin with "{prefix}"')


def _prefix(name: str) -> str:
    """What stands before the last number of a name."""
    return _LAST_NUMBER.sub("", name.rpartition(".")[0] or name)


def _first(group: Group) -> int:
    return group.positions[0]
