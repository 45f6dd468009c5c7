"""Coverage: which Regions a Photo shows well enough to judge, as one Examiner sees it.

A Region that nothing was said of is neither covered nor not: absence is never counted from silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How well a Region can be judged on a Photo."""

    ASSESSABLE = "assessable"
    LIMITED = "limited"
    NOT = "not"


@dataclass(frozen=True)
class View:
    """A usual way to photograph a body, and the Regions it shows: one key marks all of them."""

    key: str
    name: str
    regions: tuple[str, ...]


Covered = tuple[tuple[str, str], ...]
"""(Region key, Level), sorted by Region; no Region twice."""


def with_levels(covered: Covered, changes: Mapping[str, str]) -> Covered:
    """The Coverage after `changes` (Region key -> Level, "" takes the Region out)."""
    levels = {**dict(covered), **changes}
    return tuple(sorted((region, level) for region, level in levels.items() if level))


def assessable(covered: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The Regions that can be judged well."""
    return frozenset(region for region, level in covered if level == Level.ASSESSABLE)


def views_from(parsed: Mapping[str, Any]) -> tuple[View, ...]:
    """The views of the resource file, in its order."""
    return tuple(View(row["key"], row["name"], tuple(row["regions"])) for row in parsed["view"])
