"""What an action is: what people see of it and what it does, in one row beside the screen it works on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

TargetT = TypeVar("TargetT")


@dataclass(frozen=True)
class Context:
    """Where an action works: on `screens`, or on every screen if that is None.

    `elsewhere` says on another screen why it does not work there; `needs_case`: nor without a Case open.
    """

    screens: frozenset[str] | None = None
    elsewhere: str = "No photograph is on screen."
    needs_case: bool = True

    @classmethod
    def of_screen(cls, name: str) -> Context:
        """The one screen of that name, which sentences call "the NAME screen"."""
        return cls(frozenset({name}), f"This works on the {name} screen.")

    def includes(self, screen: str) -> bool:
        return self.screens is None or screen in self.screens

    def overlaps(self, other: Context) -> bool:
        """Whether actions of both can work at the same time, and so cannot share a key."""
        if self.screens is None or other.screens is None:
            return True
        return bool(self.screens & other.screens)


ALWAYS, CASE = Context(needs_case=False), Context()
PHOTO, COMPARE = Context(frozenset({"read"})), Context(frozenset({"compare"}))
LOOK = Context(frozenset({"read", "compare"}))
PICTURES = Context(frozenset({"read", "compare", "sort", "gallery", "individuals", "cards"}))

OVER_LAYERS = frozenset({"case.lock", "window.quit"})
"""What works while a question lies over the screen, and while the case is not on screen: leaving."""


@dataclass(frozen=True)
class ActionSpec:
    """What people see of an action, in the palette, on the sheet of keys and in the manual.

    `text` is all the help there is, `label` the words of menus and buttons; `keys` are in Qt's portable text;
    `writes` says that it changes the Case.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    context: Context
    group: str
    writes: bool = False
    repeats: bool = False
    label: str = ""

    @property
    def words(self) -> str:
        """What a menu or a button says: the label, or the text where that is short."""
        return self.label or self.text


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
        label: str = "",
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
            label,
            do=do,
        )
