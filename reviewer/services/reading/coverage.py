"""Saying what the Photo on screen shows, and what the Individual on screen never showed."""

from __future__ import annotations

from reviewer.domain.commands import coverage_commands
from reviewer.domain.reading.reading import Reading
from reviewer.domain.vocabulary.coverage import (
    CoverageLevel,
    FramedView,
    View,
    find_assessable_keys,
    find_views_shown,
)
from reviewer.domain.vocabulary.coverage_gaps import (
    BodyExtents,
    compute_body_extents,
    describe_framing,
    find_regions_without_side,
)
from reviewer.domain.vocabulary.region_words import regions_in_words
from reviewer.services.reading.reader import Reader
from reviewer.services.summary.summaries import load_assessable_regions, load_photos_of_individual

_LEVEL_NAMES = {CoverageLevel.LIMITED: "limited", CoverageLevel.NOT: "not assessable"}


class CoverageEditor:
    """Makes acts of coverage on the Photo on screen, and says what its Reading covers."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.vocabulary = reader.vocabulary
        self._individual_positions: tuple[int, ...] = ()
        self._assessable_by_photo: dict[str, frozenset[str]] = {}
        self._gaps: tuple[frozenset[str], BodyExtents] | None = None
        reader.on_place.connect(self._forget)

    @property
    def reading(self) -> Reading:
        return self._reader.reading

    # wishes

    def must_see(self) -> None:
        """NotAllowed, with the reason, while the Photo on screen cannot be judged."""
        self._reader.must_see()

    def view(self, key: str) -> View:
        return next(view for view in self.vocabulary.views if view.key == key)

    def toggle_view(self, key: str) -> None:
        views = self.vocabulary.views
        self._reader.submit(coverage_commands.toggle_view(self.reading, self.view(key), views))

    def set_extent(self, wanted: FramedView) -> None:
        """Keep of a view only what lies within the frame; nothing happens if that is already marked."""
        if self.extent_of(wanted.view) != wanted:
            self._reader.submit(coverage_commands.crop_view(self.reading, wanted, self.vocabulary.views))

    def set_level(self, key: str, level: CoverageLevel) -> None:
        """Of a Region (all its sides) or a side of one ("wrist.L/front")."""
        keys = self.vocabulary.shown_as([key])
        self._reader.submit(coverage_commands.set_coverage_level(self.reading, keys, level))

    def copy_previous(self) -> None:
        """Copy the Coverage of the Photo before this one of the same Individual."""
        previous = self._reader.require_previous_reading("take it", "Coverage is taken over")
        self._reader.submit(coverage_commands.copy_coverage(self.reading, previous))

    def clear(self) -> None:
        self._reader.submit(coverage_commands.clear_coverage(self.reading))

    # what is said

    def extent_of(self, view: View) -> FramedView | None:
        """Return how much of a view the Photo on screen shows; None if it does not show it."""
        return coverage_commands.find_view_shown(self.reading, view, self.vocabulary.views)

    def find_first_cuttable_view(self) -> FramedView | None:
        """Return the first view on the Photo on screen that a frame can cut, or None."""
        shown = find_views_shown(self.vocabulary.views, self.reading.coverage)
        return next((framed for framed in shown if framed.view.bands), None)

    def is_at(self, key: str, level: CoverageLevel) -> bool:
        """Return whether a Region with all its sides, or a side, is marked at this level."""
        said = dict(self.reading.coverage)
        return all(said.get(side) == level for side in self.vocabulary.shown_as([key]))

    def describe_coverage(self) -> str:
        """Describe what the Photo on screen covers, in one line; "" if nothing is marked."""
        unsided = find_regions_without_side(self.vocabulary, self.reading.coverage)
        covered = tuple(stated for stated in self.reading.coverage if stated[0] not in unsided)
        shown = find_assessable_keys(covered)
        views = find_views_shown(self.vocabulary.views, covered)
        beside = shown - {key for view in views for key in view.regions}
        said = [describe_framing(view) for view in views]
        said += [regions_in_words(self.vocabulary, beside, most=3)] if beside else []
        for level, name in _LEVEL_NAMES.items():
            keys = [key for key, stated_level in covered if stated_level == level]
            said += [f"{name}: {regions_in_words(self.vocabulary, keys, most=3)}"] if keys else []
        said += [f"side not said: {regions_in_words(self.vocabulary, unsided, most=3)}"] if unsided else []
        return f"Covers: {', '.join(said)}" if said else ""

    def describe_gaps(self) -> str:
        """Describe what the Photos of the Individual on screen never showed; "" if nothing is marked on them.

        Of an accepted one all Photos count; of a proposed one those of the list are known, and that is said.
        """
        worklist, position = self._reader.worklist, self._reader.position
        number = worklist.group_index(position)
        if number < 0:
            return ""
        group = worklist.groups[number]
        if group.positions != self._individual_positions:
            photos = [worklist.items[place].sha256 for place in group.positions]
            desk = self._reader.desk
            if group.id and not worklist.is_everything:
                photos = load_photos_of_individual(desk.case, group.id)
            self._assessable_by_photo = load_assessable_regions(desk.case, desk.examiner.id, photos)
            self._individual_positions = group.positions
        reading = self.reading
        self._assessable_by_photo[reading.photo] = (
            frozenset() if reading.carried_from else find_assessable_keys(reading.coverage)
        )
        where = "" if group.id or worklist.is_everything else "in this list"
        return self._find_extents(frozenset().union(*self._assessable_by_photo.values())).in_words(where)

    def _find_extents(self, assessable: frozenset[str]) -> BodyExtents:
        """What was shown of a body; computed anew only where something else is assessable."""
        if self._gaps is None or self._gaps[0] != assessable:
            self._gaps = assessable, compute_body_extents(self.vocabulary, assessable)
        return self._gaps[1]

    def _forget(self) -> None:
        self._individual_positions = ()
