"""From what an Examiner says a Photo shows to the act that will be sealed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from reviewer.domain.acts import acts
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Reading
from reviewer.domain.vocabulary.coverage import (
    CoverageLevel,
    FramedView,
    View,
    drop_explained_views,
    find_framing,
    find_views_shown,
    region_of_coverage_key,
)


def find_view_shown(reading: Reading, view: View, views: Sequence[View] = ()) -> FramedView | None:
    """How much of a view the Photo shows, whichever way the arms lie; None if it does not show it.

    What is shown in part only counts if it is not explained by others of `views`.
    """
    found = [shown for way in view.ways if (shown := find_framing(way, reading.coverage)) is not None]
    whole = next((framed for framed in found if framed.is_whole), None)
    if whole is not None:
        return whole
    return next(
        (framed for framed in find_views_shown(views or (view,), reading.coverage) if framed in found), None
    )


def toggle_view(reading: Reading, view: View, views: Sequence[View] = ()) -> Draft:
    """All that a view shows becomes assessable; if the Photo shows the view already, it is taken out.

    What was called limited or unassessable by itself stays so either way. What another of `views` that the
    Photo shows has as well stays in: who takes out the face keeps the front.
    """
    said = dict(reading.coverage)
    shown = find_view_shown(reading, view, views)
    if shown is None:
        return _draft_coverage(
            reading, {region: str(CoverageLevel.ASSESSABLE) for region in view.regions if region not in said}
        )
    changes = _make_removals(
        reading, shown.regions, _find_regions_of_other_views(reading, view, shown.regions, views)
    )
    if not changes:
        raise NotAllowed("Another view that is marked has all of these regions: take that one out.")
    return _draft_coverage(reading, changes)


def crop_view(reading: Reading, wanted: FramedView, views: Sequence[View] = ()) -> Draft:
    """Only what lies within the frame of a view stays assessable, and all of that becomes so.

    `views` as in `toggle_view`. NotAllowed if the Photo is marked so already.
    """
    said = dict(reading.coverage)
    beyond = {key for way in wanted.view.ways for key in way.regions} - wanted.regions
    kept = _find_regions_of_other_views(reading, wanted.view, beyond | wanted.regions, views)
    changes = _make_removals(reading, beyond, kept)
    changes |= {region: str(CoverageLevel.ASSESSABLE) for region in wanted.regions if region not in said}
    if not changes:
        raise NotAllowed("That is what is marked already.")
    return _draft_coverage(reading, changes)


def _find_regions_of_other_views(
    reading: Reading, view: View, within: Collection[str], views: Iterable[View]
) -> frozenset[str]:
    """What other views that the Photo shows have as well.

    One that only seems to be shown does not count: all of it lies within this view and the others. So the
    front and the face together are no upper body that would keep the lips when the face goes.
    """
    ways = (way for other in views if other.key != view.key for way in other.ways)
    found = [shown for way in ways if (shown := find_framing(way, reading.coverage)) is not None]
    return frozenset(key for shown in drop_explained_views(found, frozenset(within)) for key in shown.regions)


def _make_removals(reading: Reading, keys: Iterable[str], kept: Collection[str]) -> dict[str, str]:
    said = dict(reading.coverage)
    return {key: "" for key in keys if key not in kept and said.get(key) == CoverageLevel.ASSESSABLE}


def set_coverage_level(reading: Reading, keys: Sequence[str], level: CoverageLevel) -> Draft:
    """A Region (all that stands for it in Coverage) at one level; the same level again takes it out.

    What was said of the Region before its sides were kept apart goes out, once something is said of a side.
    """
    said = dict(reading.coverage)
    same = all(said.get(key) == level for key in keys)
    unsided = {region_of_coverage_key(key): "" for key in keys if region_of_coverage_key(key) in said}
    return _draft_coverage(reading, {**unsided, **{key: "" if same else str(level) for key in keys}})


def copy_coverage(reading: Reading, previous: Reading) -> Draft:
    """Replace the Coverage of this Reading by that of the Reading of a different Photo."""
    if not previous.coverage:
        raise NotAllowed("Nothing is marked as covered on the previous photo.")
    if previous.coverage == reading.coverage:
        raise NotAllowed("The coverage is that of the previous photo already.")
    cleared = {region: "" for region, _level in reading.coverage}
    return _draft_coverage(reading, {**cleared, **dict(previous.coverage)})


def clear_coverage(reading: Reading) -> Draft:
    if not reading.coverage:
        raise NotAllowed("Nothing is marked as covered on this photo.")
    return _draft_coverage(reading, {region: "" for region, _level in reading.coverage})


def _draft_coverage(reading: Reading, changes: dict[str, str]) -> Draft:
    return Draft(acts.COVERAGE_SET, reading.photo, {"regions": dict(sorted(changes.items()))})
