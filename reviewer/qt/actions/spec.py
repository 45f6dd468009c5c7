"""What an action is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Context(StrEnum):
    """Where an action works: with a Case open, with its reading screen, with its compare screen on, or (LOOK)
    with one of these two."""

    ALWAYS = "always"
    CASE = "case"
    PHOTO = "photo"
    COMPARE = "compare"
    LOOK = "look"


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
