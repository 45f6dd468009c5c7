"""The Worklist: the Photos to be read, in order, and the Individuals they are proposed to show.

Until records or examiners say otherwise, photographs that lie in one folder are proposed to show one
Individual: collections of this kind were filed body by body. A folder that holds more photographs than
one body ever had is split by the part of the name before its last number; what is still too large stays
without an Individual, because a wrong group is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.grouping import group_pairs

MOST_OF_ONE_INDIVIDUAL = 60
_LAST_NUMBER = re.compile(r"[\s_.(-]*\d+\)?\s*$")


class ReadingProgress(StrEnum):
    """Where the Examiner stands with a Photo."""

    UNREAD = "unread"
    OPEN = "open"
    COMPLETE = "complete"
    SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True)
class WorklistItem:
    """One Photo of the Worklist. `folder` includes the Source."""

    photo: int
    sha256: str
    folder: str
    name: str


@dataclass(frozen=True)
class WorklistIndividual:
    """An Individual in the Worklist: the positions of its Photos, and why they belong together.

    `id` is that of the Individual an Examiner accepted, "" for one that is only proposed.
    """

    positions: tuple[int, ...]
    reason: str
    id: str = ""


@dataclass(frozen=True)
class WorklistGrouping:
    """Who is where in a Worklist: `all` Individuals in the order of their first Photos, `of` the place
    in `all` for each position, -1 for none. `firsts`: the first position of each Individual, and that of
    every Photo without one.
    """

    all: list[WorklistIndividual]
    of: list[int]
    firsts: list[int]


def group_worklist(items: Sequence[WorklistItem], individuals: Sequence[str]) -> WorklistGrouping:
    """Everybody in a Worklist; `individuals` has the id of the accepted one of each Photo, "" for none."""
    accepted = group_pairs((id_, place) for place, id_ in enumerate(individuals) if id_)
    folders = group_pairs((items[place].folder, place) for place, id_ in enumerate(individuals) if not id_)
    found = [WorklistIndividual(tuple(places), "accepted", id_) for id_, places in accepted.items()]
    found += _propose_by_folder(folders, lambda place: items[place].name)
    found.sort(key=_first_position)
    of = [-1] * len(items)
    for number, group in enumerate(found):
        for place in group.positions:
            of[place] = number
    loose = [place for place, number in enumerate(of) if number < 0]
    return WorklistGrouping(found, of, sorted([*map(_first_position, found), *loose]))


def propose_groups(places: Sequence[tuple[str, str]]) -> list[WorklistIndividual]:
    """Proposed Individuals for Photos found at these (folder, name) places, in order of first appearance."""
    folders = group_pairs((folder, position) for position, (folder, _name) in enumerate(places))
    return sorted(_propose_by_folder(folders, lambda position: places[position][1]), key=_first_position)


def _propose_by_folder(
    folders: Mapping[str, list[int]], name: Callable[[int], str]
) -> Iterator[WorklistIndividual]:
    for positions in folders.values():
        if len(positions) <= MOST_OF_ONE_INDIVIDUAL:
            yield WorklistIndividual(tuple(positions), "same folder")
            continue
        members = group_pairs((_name_before_number(name(position)), position) for position in positions)
        for prefix, some in members.items():
            if len(some) <= MOST_OF_ONE_INDIVIDUAL and any(sign.isdigit() for sign in prefix):
                yield WorklistIndividual(tuple(some), f'names in one folder begin with "{prefix}"')


def _name_before_number(name: str) -> str:
    """What stands before the last number of a name."""
    return _LAST_NUMBER.sub("", name.rpartition(".")[0] or name)


def _first_position(group: WorklistIndividual) -> int:
    return group.positions[0]
