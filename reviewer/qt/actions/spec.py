"""What an action is: what people see of it and what it does, in one row beside the screen it works on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

TargetT = TypeVar("TargetT")


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
    """What people see of an action, in the palette, on the sheet of keys and in the manual.

    `text` is all the help there is; `keys` are in Qt's portable text; `writes` says that it changes the Case.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    context: Context
    group: str
    writes: bool = False
    repeats: bool = False


@dataclass(frozen=True)
class Action(ActionSpec, Generic[TargetT]):
    """An action with what it does: `do` is called with what it acts on, a screen as a rule."""

    do: Callable[[TargetT], object] = field(kw_only=True)


@dataclass(frozen=True)
class ActionGroup(Generic[TargetT]):
    """Makes the actions of one group, and says once what most of them share: `prefix` begins each id."""

    prefix: str
    name: str
    context: Context
    writes: bool = False

    def make(
        self,
        id_: str,
        text: str,
        keys: str,
        do: Callable[[TargetT], object],
        *,
        context: Context | None = None,
        writes: bool | None = None,
        repeats: bool = False,
    ) -> Action[TargetT]:
        """An action of the group, with blanks between its `keys`; `context` and `writes` if it differs."""
        return Action(
            f"{self.prefix}.{id_}",
            text,
            tuple(keys.split()),
            self.context if context is None else context,
            self.name,
            self.writes if writes is None else writes,
            repeats,
            do=do,
        )
