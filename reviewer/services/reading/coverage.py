"""Saying what the Photo on screen shows, and what the Individual on screen never showed."""

from __future__ import annotations

from reviewer.domain.commands import coverage_commands
from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading.reading import Reading
from reviewer.domain.vocabulary.coverage import Framed, Level, View, assessable, views_shown
from reviewer.domain.vocabulary.coverage_gaps import extents, framed_name, unsided_of
from reviewer.domain.vocabulary.region_words import in_words
from reviewer.services.reading.reader import Reader
from reviewer.services.summary.summaries import assessable_regions, photos_of_individual

_LEVELS = {Level.LIMITED: "limited", Level.NOT: "not assessable"}


class Covering:
    """Each wish is an act on the Photo on screen; what is said comes from the Examiner's own Readings."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.vocabulary = reader.vocabulary
        self._mates: tuple[int, ...] = ()
        self._shown: dict[str, frozenset[str]] = {}
        reader.on_place.append(self._forget)

    @property
    def reading(self) -> Reading:
        return self._reader.reading

    # wishes

    def must_see(self) -> None:
        """NotAllowed, with the reason, while the Photo on screen cannot be judged."""
        self._reader.must_see()

    def view(self, key: str) -> View:
        return next(each for each in self.vocabulary.views if each.key == key)

    def toggle_view(self, key: str) -> None:
        views = self.vocabulary.views
        self._reader.do(coverage_commands.toggle_view(self.reading, self.view(key), views))

    def cut(self, wanted: Framed) -> None:
        """Leave of a view what lies within the frame; nothing happens if that is what is marked."""
        if self.shown_of(wanted.view) != wanted:
            self._reader.do(coverage_commands.cut(self.reading, wanted, self.vocabulary.views))

    def set_level(self, key: str, level: Level) -> None:
        """Of a Region (all its sides) or a side of one ("wrist.L/front")."""
        keys = self.vocabulary.shown_as([key])
        self._reader.do(coverage_commands.set_level(self.reading, keys, level))

    def as_on_previous(self) -> None:
        """The Coverage of the Photo before this one of the same Individual."""
        reader = self._reader
        reading, mates = self.reading, reader.worklist.mates(reader.position)
        place = mates.index(reader.position)
        if place == 0:
            raise NotAllowed("This is the first photo of this individual: there is none to take it from.")
        reader.must_have_completed("Coverage is taken over")
        previous = reader.desk.reading(reader.worklist.items[mates[place - 1]].sha256)
        reader.do(coverage_commands.as_on(reading, previous))

    def clear(self) -> None:
        self._reader.do(coverage_commands.clear(self.reading))

    # what is said

    def shown_of(self, view: View) -> Framed | None:
        """How much of a view the Photo on screen shows; None if it does not show it."""
        return coverage_commands.shown_of(self.reading, view, self.vocabulary.views)

    def marked_with_end(self) -> Framed | None:
        """The first view the Photo on screen shows that a frame can cut; None if there is none."""
        shown = views_shown(self.vocabulary.views, self.reading.coverage)
        return next((each for each in shown if each.view.bands), None)

    def is_at(self, key: str, level: Level) -> bool:
        """Whether a Region with all its sides, or a side, is said to be shown so well."""
        said = dict(self.reading.coverage)
        return all(said.get(each) == level for each in self.vocabulary.shown_as([key]))

    def in_words(self) -> str:
        """What the Photo on screen covers, in one line; "" if nothing is said of it."""
        unsided = unsided_of(self.vocabulary, self.reading.coverage)
        covered = tuple(each for each in self.reading.coverage if each[0] not in unsided)
        shown = assessable(covered)
        views = views_shown(self.vocabulary.views, covered)
        beside = shown - {key for view in views for key in view.regions}
        said = [framed_name(view) for view in views]
        said += [in_words(self.vocabulary, beside, most=3)] if beside else []
        for level, name in _LEVELS.items():
            keys = [key for key, each in covered if each == level]
            said += [f"{name}: {in_words(self.vocabulary, keys, most=3)}"] if keys else []
        said += [f"side not said: {in_words(self.vocabulary, unsided, most=3)}"] if unsided else []
        return f"Covers: {', '.join(said)}" if said else ""

    def gaps(self) -> str:
        """What the Photos of the Individual on screen never showed; "" while nothing was said of them.

        Of an accepted one all Photos count; of a proposed one those of the list are known, and that is said.
        """
        worklist, position = self._reader.worklist, self._reader.position
        number = worklist.individual(position)
        if number < 0:
            return ""
        group = worklist.groups[number]
        if group.positions != self._mates:
            photos = [worklist.items[place].sha256 for place in group.positions]
            desk = self._reader.desk
            if group.id and not worklist.is_everything:
                photos = photos_of_individual(desk.case, group.id)
            self._shown = assessable_regions(desk.case, desk.examiner.id, photos)
            self._mates = group.positions
        reading = self.reading
        self._shown[reading.photo] = frozenset() if reading.carried_from else assessable(reading.coverage)
        where = "" if group.id or worklist.is_everything else "in this list"
        return extents(self.vocabulary, frozenset().union(*self._shown.values())).in_words(where)

    def _forget(self) -> None:
        self._mates = ()
