"""Coverage: which Regions a Photo shows well enough to judge, as one Examiner sees it.

A Region that nothing was said of is neither covered nor not: absence is never counted from silence. What
stands in Coverage is a Region ("chest.L") or one side of it ("wrist.L/front"); `Region.shown_as` says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any


class CoverageLevel(StrEnum):
    """How well a Region can be judged on a Photo."""

    ASSESSABLE = "assessable"
    LIMITED = "limited"
    NOT = "not"


@dataclass(frozen=True)
class Band:
    """What a frame cuts off together. `end` names where the frame ends if this is the last that is whole."""

    end: str
    regions: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """A usual way to photograph a body, and what it shows (keys of Coverage): one key marks all of it.

    `bands` are the same from top to bottom, empty where nothing is usually cut off. `turned` holds pairs:
    what is shown, and what is shown instead where the arms lie turned. Views of one `menu` are opened
    together. `gap` is its name among what was never shown, "" if it is never missed there; `gap_of_both`
    takes its place where all views that share it are missing.
    """

    key: str
    name: str
    regions: tuple[str, ...]
    bands: tuple[Band, ...] = ()
    turned: tuple[tuple[str, str], ...] = ()
    menu: str = ""
    gap: str = ""
    gap_of_both: str = ""
    is_turned: bool = False

    @cached_property
    def other_way(self) -> View | None:
        """The same view with the arms lying the other way; None if it shows nothing else then."""
        if not self.turned:
            return None
        instead = dict(self.turned)
        bands = tuple(Band(band.end, _replace_turned_regions(band.regions, instead)) for band in self.bands)
        back = tuple((later, first) for first, later in self.turned)
        regions = _replace_turned_regions(self.regions, instead)
        return replace(self, regions=regions, bands=bands, turned=back, is_turned=not self.is_turned)

    @property
    def ways(self) -> tuple[View, ...]:
        """The view, and the view with the arms turned if that shows something else."""
        other = self.other_way
        return (self,) if other is None else (self, other)

    def within(self, first: int, last: int) -> frozenset[str]:
        """What is shown of it where the frame holds its bands from `first` to `last`, both whole."""
        return frozenset(key for band in self.bands[first : last + 1] for key in band.regions)


@dataclass(frozen=True)
class FramedView:
    """A view as a Photo shows it: its bands from `first` to `last`, all of them if it has none."""

    view: View
    first: int = 0
    last: int = -1

    @property
    def is_whole(self) -> bool:
        return not self.view.bands or (self.first == 0 and self.last == len(self.view.bands) - 1)

    @cached_property
    def regions(self) -> frozenset[str]:
        return frozenset(self.view.regions) if self.is_whole else self.view.within(self.first, self.last)

    @property
    def where(self) -> str:
        """ "down to the knees", "from the hips to the feet"; "" for the whole view."""
        if self.is_whole:
            return ""
        end = self.view.bands[self.last].end
        if self.first == 0:
            return f"down to {end}"
        begin = self.view.bands[self.first].end
        return f"only {end}" if self.first == self.last else f"from {begin} to {end}"


CoverageLevels = tuple[tuple[str, str], ...]
"""(key of Coverage, Level), sorted by key; no key twice."""


def set_levels(covered: CoverageLevels, changes: Mapping[str, str]) -> CoverageLevels:
    """The Coverage after `changes` (key -> Level, "" takes the key out)."""
    levels = {**dict(covered), **changes}
    return tuple(sorted((region, level) for region, level in levels.items() if level))


def find_assessable_keys(covered: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The keys of what can be judged well."""
    return frozenset(region for region, level in covered if level == CoverageLevel.ASSESSABLE)


def region_of_coverage_key(key: str) -> str:
    """The Region that a key of Coverage belongs to: "wrist.L" of "wrist.L/front"."""
    return key.partition("/")[0]


def find_framing(view: View, covered: CoverageLevels) -> FramedView | None:
    """How much of a view a Photo shows; None if it does not show it.

    It does if something is said of all of it, or of at least two bands that lie one after the other, and some
    of that is assessable. The longest such run counts, of equals the upper one.
    """
    said, good = frozenset(dict(covered)), find_assessable_keys(covered)
    if said.issuperset(view.regions):
        found = FramedView(view, 0, len(view.bands) - 1)
    else:
        first, last = _find_longest_run([said.issuperset(band.regions) for band in view.bands])
        if last <= first:
            return None
        found = FramedView(view, first, last)
    return None if good.isdisjoint(found.regions) else found


def find_views_shown(views: Iterable[View], covered: CoverageLevels) -> tuple[FramedView, ...]:
    """The views a Photo shows, and how much of each lies within the frame, in the order of `views`.

    One that only seems to be shown is left out: all of it lies within the others that are. So a front and a
    face together are no upper body. Of equals the first is meant.
    """
    ways = (way for view in views for way in view.ways)
    found = [shown for way in ways if (shown := find_framing(way, covered)) is not None]
    return drop_explained_views(found, frozenset())


def drop_explained_views(found: Iterable[FramedView], within: frozenset[str]) -> tuple[FramedView, ...]:
    """Drop views that lie within `within` and the other views together; the smallest go first."""
    left = list(found)
    for shown in sorted(reversed(left), key=lambda framed: len(framed.regions)):
        if shown.regions <= within.union(*(other.regions for other in left if other is not shown)):
            left.remove(shown)
    return tuple(left)


def _find_longest_run(whole: list[bool]) -> tuple[int, int]:
    """Return first and last place of the longest run of True; (0, -1) without one."""
    best, begun = (0, -1), 0
    for place, is_shown in enumerate(whole):
        if not is_shown:
            begun = place + 1
        elif place - begun > best[1] - best[0]:
            best = (begun, place)
    return best


def views_from_toml(parsed: Mapping[str, Any]) -> tuple[View, ...]:
    """The views of the resource file, in its order."""
    return tuple(_parse_view(row) for row in parsed["view"])


def _parse_view(row: Mapping[str, Any]) -> View:
    bands = tuple(Band(band["end"], tuple(band["regions"])) for band in row.get("band", ()))
    regions = tuple(row.get("regions", ())) or tuple(key for band in bands for key in band.regions)
    turned = tuple((first, later) for first, later in row.get("turned", ()))
    menu, gap, of_both = (row.get(name, "") for name in ("menu", "gap", "gap_of_both"))
    return View(row["key"], row["name"], regions, bands, turned, menu, gap, of_both)


def _replace_turned_regions(regions: tuple[str, ...], instead: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(instead.get(region, region) for region in regions)
