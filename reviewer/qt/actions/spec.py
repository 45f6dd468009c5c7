"""What an action is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Context(StrEnum):
    """Where an action works. PHOTO includes CASE: an action of PHOTO needs both."""

    ALWAYS = "always"
    CASE = "case"
    PHOTO = "photo"


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
