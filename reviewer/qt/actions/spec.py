"""What an action is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Context(StrEnum):
    """Where an action works: always, with a Case open, or with one of certain screens on."""

    ALWAYS = "always"
    CASE = "case"
    PHOTO = "photo"
    COMPARE = "compare"
    LOOK = "look"
    PICTURES = "pictures"
    SORT = "sort"
    GALLERY = "gallery"
    INDIVIDUALS = "individuals"
    CARDS = "cards"
    RECORDS = "records"
    STATISTICS = "statistics"
    PROBLEMS = "problems"


SCREENS: dict[Context, frozenset[str]] = {
    Context.PHOTO: frozenset({"read"}),
    Context.COMPARE: frozenset({"compare"}),
    Context.LOOK: frozenset({"read", "compare"}),
    Context.PICTURES: frozenset({"read", "compare", "sort", "gallery", "individuals", "cards"}),
    Context.SORT: frozenset({"sort"}),
    Context.GALLERY: frozenset({"gallery"}),
    Context.INDIVIDUALS: frozenset({"individuals"}),
    Context.CARDS: frozenset({"cards"}),
    Context.RECORDS: frozenset({"records"}),
    Context.STATISTICS: frozenset({"statistics"}),
    Context.PROBLEMS: frozenset({"problems"}),
}
"""The screens a context is about; ALWAYS and CASE are about every screen."""


OVER_LAYERS = frozenset({"case.lock", "window.quit"})
"""What works while a question lies over the screen, and while the case is not on screen: leaving."""


def contexts_overlap(one: Context, other: Context) -> bool:
    """Whether actions of these two contexts can work at the same time, and so cannot share a key."""
    if one not in SCREENS or other not in SCREENS:
        return True
    return bool(SCREENS[one] & SCREENS[other])


@dataclass(frozen=True)
class ActionSpec:
    """`keys` are in Qt's portable text; `writes` says that it changes the Case."""

    id: str
    text: str
    keys: tuple[str, ...]
    context: Context
    group: str
    writes: bool = False
    repeats: bool = False
