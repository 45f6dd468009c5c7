"""The Worklist: the Photos to be read, in order, and the Individuals they are proposed to show.

Until records or examiners say otherwise, photographs that lie in one folder are proposed to show one
Individual: collections of this kind were filed body by body. A folder that holds more photographs than
one body ever had is split by the part of the name before its last number; what is still too large stays
without an Individual, because a wrong group is worse than none.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from reviewer.domain.grouping import group_pairs

MOST_OF_ONE_INDIVIDUAL = 60
_LAST_NUMBER = re.compile(r"[\s_.(-]*\d+\)?\s*$")


class ReadingProgress(StrEnum):
    """Where the Examiner stands with a Photo."""

    UNREAD = "unread"
    OPEN = "open"
    COMPLETE = "complete"
    SET_ASIDE = "set aside"


class WorklistIndividual(NamedTuple):
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


def group_worklist(
    folders: Sequence[str], name_at: Callable[[int], str], individuals: Sequence[str]
) -> WorklistGrouping:
    """Everybody in a Worklist of Photos with these folders (with the Source) and names; `individuals` has the
    id of the accepted one of each Photo, "" for none."""
    return WorklistGrouper(folders, name_at).group(individuals)


class WorklistGrouper:
    """Groups one Worklist again and again: only those groups are made anew whose Photos are others now."""

    def __init__(self, folders: Sequence[str], name_at: Callable[[int], str]) -> None:
        self._folder_of, self._name_at = folders, name_at
        self._individuals: list[str] = []
        self._accepted: dict[str, list[int]] = {}
        self._folders: dict[str, list[int]] = {}
        self._made_accepted: dict[str, WorklistIndividual] = {}
        self._made_proposed: dict[str, list[WorklistIndividual]] = {}

    def group(self, individuals: Sequence[str]) -> WorklistGrouping:
        """Everybody in the list; `individuals` as in `group_worklist`."""
        if self._individuals:
            self._move_changed(individuals)
        else:
            self._accepted = group_pairs((id_, place) for place, id_ in enumerate(individuals) if id_)
            inside = enumerate(zip(self._folder_of, individuals, strict=True))
            self._folders = group_pairs((folder, place) for place, (folder, id_) in inside if not id_)
            self._make(self._accepted, self._folders)
        self._individuals = list(individuals)
        found = sorted(
            chain(self._made_accepted.values(), *self._made_proposed.values()), key=attrgetter("positions")
        )
        of = [-1] * len(individuals)
        for number, group in enumerate(found):
            for place in group.positions:
                of[place] = number
        loose = [place for place, number in enumerate(of) if number < 0]
        return WorklistGrouping(found, of, sorted([*(group.positions[0] for group in found), *loose]))

    def _move_changed(self, individuals: Sequence[str]) -> None:
        """Move the Photos whose Individual is another now, and make what they left and what they came to."""
        ids: set[str] = set()
        folders: set[str] = set()
        pairs = zip(self._individuals, individuals, strict=True)
        for place in [place for place, (before, now) in enumerate(pairs) if before != now]:
            before, now, folder = self._individuals[place], individuals[place], self._folder_of[place]
            (self._accepted[before] if before else self._folders[folder]).remove(place)
            insort(self._accepted.setdefault(now, []) if now else self._folders.setdefault(folder, []), place)
            ids |= {before, now}
            folders.add(folder)
        self._make(ids - {""}, folders)

    def _make(self, ids: Iterable[str], folders: Iterable[str]) -> None:
        for id_ in ids:
            if places := self._accepted.get(id_):
                self._made_accepted[id_] = WorklistIndividual(tuple(places), "accepted", id_)
            else:
                self._made_accepted.pop(id_, None)
        for folder in folders:
            self._made_proposed[folder] = _propose_of_folder(self._folders.get(folder, ()), self._name_at)


def propose_groups(places: Sequence[tuple[str, str]]) -> list[WorklistIndividual]:
    """Proposed Individuals for Photos found at these (folder, name) places, in order of first appearance."""
    folders = [folder for folder, _name in places]
    return group_worklist(folders, lambda place: places[place][1], [""] * len(places)).all


def _propose_of_folder(positions: Sequence[int], name_at: Callable[[int], str]) -> list[WorklistIndividual]:
    if len(positions) <= MOST_OF_ONE_INDIVIDUAL:
        return [WorklistIndividual(tuple(positions), "same folder")] if positions else []
    members = group_pairs((_name_before_number(name_at(position)), position) for position in positions)
    return [
        WorklistIndividual(tuple(some), f'names in one folder begin with "{prefix}"')
        for prefix, some in members.items()
        if len(some) <= MOST_OF_ONE_INDIVIDUAL and any(sign.isdigit() for sign in prefix)
    ]


def _name_before_number(name: str) -> str:
    """What stands before the last number of a name."""
    return _LAST_NUMBER.sub("", name.rpartition(".")[0] or name)
