"""What the photographs of an Individual never showed, by the usual views and by groups of Regions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.coverage import Covered, View, assessable
from reviewer.domain.vocabulary import Vocabulary


class Extent(StrEnum):
    """How much of a view or group was shown well enough to judge."""

    WHOLE = "whole"
    IN_PART = "in part"
    NEVER = "never"


@dataclass(frozen=True)
class Shown:
    """A view or a group of Regions: how much of it was shown, and which Regions were not."""

    key: str
    name: str
    extent: Extent
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Extents:
    """What was shown of a body; `regions` are those that were assessable on at least one Photo."""

    views: tuple[Shown, ...]
    groups: tuple[Shown, ...]
    regions: frozenset[str]

    @property
    def never(self) -> tuple[Shown, ...]:
        """The views that were never shown."""
        return tuple(each for each in self.views if each.extent is Extent.NEVER)

    def in_words(self, where: str = "") -> str:
        """ "Never shown: back, soles"; "" while nothing is marked or nothing is missing. `where` says which
        Photos count, if not all are known."""
        if not self.regions or not self.never:
            return ""
        never = f"Never shown {where}".strip()
        return f"{never}: {', '.join(short_name(each) for each in self.never)}"


def extents(vocabulary: Vocabulary, regions: Collection[str]) -> Extents:
    """What was shown of a body on which these Regions were assessable."""
    shown = frozenset(regions)
    groups = []
    for group in vocabulary.region_groups:
        members = [region.key for region in vocabulary.regions if region.group == group.key]
        groups.append(_shown(group.key, group.name, members, (), shown))
    views = [
        _shown(view.key, view.name, view.regions, _own(view, vocabulary.views), shown)
        for view in vocabulary.views
    ]
    return Extents(tuple(views), tuple(groups), shown)


def views_of(vocabulary: Vocabulary, covered: Covered) -> tuple[View, ...]:
    """The views a Photo shows: something is said of each of their Regions, and some are assessable.

    A view that lies within another of them is left out.
    """
    said, good = frozenset(dict(covered)), assessable(covered)
    whole = [v for v in vocabulary.views if said.issuperset(v.regions) and not good.isdisjoint(v.regions)]
    return tuple(view for view in whole if not any(set(view.regions) < set(other.regions) for other in whole))


def short_name(view: View | Shown) -> str:
    """ "front" for "Front of the body", "left side" for "Left side of the body"."""
    return view.name.removesuffix(" of the body").lower()


def _own(view: View, views: Iterable[View]) -> frozenset[str]:
    """The Regions by which a view is told from the others: no other view shows them."""
    others = {region for other in views if other.key != view.key for region in other.regions}
    return frozenset(view.regions) - others


def _shown(key: str, name: str, regions: Iterable[str], own: Collection[str], shown: frozenset[str]) -> Shown:
    """A view was never shown either if only less than half of it was, and nothing of what is its own:
    the front shows the forearms, and still no back."""
    wanted = tuple(regions)
    missing = tuple(region for region in wanted if region not in shown)
    if not missing:
        return Shown(key, name, Extent.WHOLE, ())
    little = bool(own) and 2 * len(missing) > len(wanted) and shown.isdisjoint(own)
    never = little or len(missing) == len(wanted)
    return Shown(key, name, Extent.NEVER if never else Extent.IN_PART, missing)
