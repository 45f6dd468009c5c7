"""What the photographs of an Individual never showed, by the usual views and by groups of Regions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.vocabulary.coverage import CoverageLevels, FramedView, View
from reviewer.domain.vocabulary.region_words import regions_in_words
from reviewer.domain.vocabulary.vocabulary import Vocabulary


class Extent(StrEnum):
    """How much of a view or group was shown well enough to judge."""

    WHOLE = "whole"
    IN_PART = "in part"
    NEVER = "never"


@dataclass(frozen=True)
class ViewExtent:
    """A view or a group of Regions: how much of it was shown, and what was not (keys of Coverage).

    `gap` is its name among what was never shown, "" if it is not missed there; `gap_of_both` is said where
    all that share it were never shown.
    """

    key: str
    name: str
    extent: Extent
    missing: tuple[str, ...]
    gap: str = ""
    gap_of_both: str = ""


@dataclass(frozen=True)
class BodyExtents:
    """What was shown of a body; `regions`: what was assessable on at least one Photo (keys of Coverage).

    `closed`: what is shown only where something is opened, lifted or spread, and no Photo showed, in words.
    """

    views: tuple[ViewExtent, ...]
    groups: tuple[ViewExtent, ...]
    regions: frozenset[str]
    closed: str

    @property
    def never(self) -> tuple[ViewExtent, ...]:
        """The views that are missed and were never shown."""
        return tuple(view for view in self.views if view.gap and view.extent is Extent.NEVER)

    def in_words(self, where: str = "") -> str:
        """ "Never shown: back, soles"; "" while nothing is marked or nothing is missing. `where` says which
        Photos count, if not all are known."""
        if not self.regions or not self.never:
            return ""
        never = f"Never shown {where}".strip()
        return f"{never}: {', '.join(self._name_gaps())}"

    @property
    def closed_in_words(self) -> str:
        """What nobody opened, lifted or spread for the camera; "" while nothing is marked. It is no gap of a
        series: hardly any photographs show it."""
        if not self.regions or not self.closed:
            return ""
        return f"Never opened, lifted or spread for a photograph: {self.closed}"

    def _name_gaps(self) -> Iterable[str]:
        """The names of the gaps, both sides of one as one."""
        named: dict[str, None] = {}
        for view in self.never:
            pair = [other for other in self.views if other.gap_of_both == view.gap_of_both]
            both = view.gap_of_both and all(other in self.never for other in pair)
            named[view.gap_of_both if both else view.gap] = None
        return named


def compute_body_extents(vocabulary: Vocabulary, regions: Collection[str]) -> BodyExtents:
    """What was shown of a body on which these could be judged (keys of Coverage)."""
    shown = frozenset(regions)
    groups = []
    for group in vocabulary.region_groups:
        members = vocabulary.shown_as(member.key for member in vocabulary.body if member.group == group.key)
        groups.append(_compute_view_extent(View(group.key, group.name, members), (), shown))
    missed = [view for view in vocabulary.views if view.gap]
    views = [
        _compute_view_extent(view, _find_regions_of_this_view_only(view, missed), shown)
        for view in vocabulary.views
    ]
    closed = [
        region.key for region in vocabulary.body if region.laid_open and shown.isdisjoint(region.shown_as)
    ]
    words = regions_in_words(vocabulary, closed, most=len(closed) + 1)
    return BodyExtents(tuple(views), tuple(groups), shown, words)


def find_regions_without_side(vocabulary: Vocabulary, covered: CoverageLevels) -> frozenset[str]:
    """Find Regions whose level a Reading before version 2 stated without saying which side.

    They can be read and cover neither side."""
    regions = (vocabulary.region(key) for key, _level in covered)
    return frozenset(region.key for region in regions if region is not None and region.aspects)


def shorten_view_name(view: View) -> str:
    """ "front" for "Front of the body", "left side" for "Left side of the body"."""
    return view.name.removesuffix(" of the body").lower()


def describe_framing(shown: FramedView) -> str:
    """ "front down to the knees, arms turned"."""
    turned = ", arms turned" if shown.view.is_turned else ""
    return f"{shorten_view_name(shown.view)} {shown.where}".strip() + turned


def _find_regions_of_this_view_only(view: View, views: Iterable[View]) -> frozenset[str]:
    """Find the Regions that only this view shows."""
    others = {region for other in views if other.key != view.key for region in other.regions}
    return frozenset(view.regions) - others


def _compute_view_extent(view: View, own: Collection[str], shown: frozenset[str]) -> ViewExtent:
    """A view was never shown either if only less than half of it was, and nothing of what is its own:
    the front shows the tops of the feet, and still no feet from above."""
    missing = tuple(region for region in view.regions if region not in shown)
    if not missing:
        return ViewExtent(view.key, view.name, Extent.WHOLE, (), view.gap, view.gap_of_both)
    little = bool(own) and 2 * len(missing) > len(view.regions) and shown.isdisjoint(own)
    never = little or len(missing) == len(view.regions)
    extent = Extent.NEVER if never else Extent.IN_PART
    return ViewExtent(view.key, view.name, extent, missing, view.gap, view.gap_of_both)
