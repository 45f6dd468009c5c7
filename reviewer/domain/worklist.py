"""The Worklist: the Photos to be read, in order, and the Individuals they are proposed to show.

Until records or examiners say otherwise, photographs that lie in one folder are proposed to show one
Individual: collections of this kind were filed body by body. A folder that holds more photographs than
one body ever had is split by the part of the name before its last number; what is still too large stays
without an Individual, because a wrong group is worse than none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
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


def grouped(places: Sequence[tuple[str, str]]) -> list[Group]:
    """Proposed Individuals for Photos found at these (folder, name) places, in order of first appearance."""
    folder_sizes = Counter(folder for folder, _name in places)
    keys = [_key(folder, name, folder_sizes[folder]) for folder, name in places]
    sizes = Counter(key for key in keys if key is not None)
    members: dict[tuple[str, str], list[int]] = {}
    for position, key in enumerate(keys):
        if key is not None and sizes[key] <= MOST_OF_ONE_INDIVIDUAL:
            members.setdefault(key, []).append(position)
    return [Group(tuple(positions), _reason(key)) for key, positions in members.items()]


def _key(folder: str, name: str, folder_size: int) -> tuple[str, str] | None:
    if folder_size <= MOST_OF_ONE_INDIVIDUAL:
        return folder, ""
    stem = name.rpartition(".")[0] or name
    prefix = _LAST_NUMBER.sub("", stem)
    return (folder, prefix) if any(c.isdigit() for c in prefix) else None


def _reason(key: tuple[str, str]) -> str:
    return f'names in one folder begin with "{key[1]}"' if key[1] else "same folder"
