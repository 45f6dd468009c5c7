"""Figures that cannot mislead: each says of what, how many of how many, and what is not known.

A Figure holds the units it counts by id, so that it always leads back to them. Present, absent and cannot
tell are kept apart; what was seen but is no "present" (a certainty nobody stated, a change after death, a
contradiction that nobody decided) stands in columns of its own, never among the present. Two shares follow,
of all and of those that could be judged. Only a sample that was drawn has an interval (95 %, E. B. Wilson,
J. Am. Stat. Assoc. 22, 1927): a census has no error of sampling, and what was read first is no sample.
Nothing is summed over photographs: a sign on five of them is one individual with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.domain.photos.problem_tally import ProblemTally
from reviewer.domain.search.sampling import compute_wilson_interval


class CountedUnit(StrEnum):
    """What is counted."""

    PHOTO = "photographs"
    INDIVIDUAL = "individuals"
    REGION = "regions"


class FigureKind(StrEnum):
    """What a Figure is of, and so how its three counts are called.

    A sign is present, absent (which somebody stated or looked for) or cannot be told. A class is a month, a
    category, a branch: a unit is in it, in another, or it cannot be told in which; nobody is "absent" then.
    """

    SIGN = "sign"
    CLASS = "class"

    @property
    def sides(self) -> tuple[str, str, str]:
        """The names of `present`, `absent` and inconclusive."""
        return _SIDE_NAMES[self]

    @property
    def judged(self) -> str:
        """The name of the units that are not inconclusive: "assessable", "told"."""
        return "assessable" if self is FigureKind.SIGN else "told"


_SIDE_NAMES = {
    FigureKind.SIGN: ("present", "absent", "cannot tell"),
    FigureKind.CLASS: ("in this class", "in another", "cannot tell"),
}


@dataclass(frozen=True)
class Proportion:
    """`hits` of `of`; no share of nothing. `drawn`: the units are a sample that was drawn."""

    hits: int
    of: int
    drawn: bool = False

    @property
    def percent(self) -> float | None:
        return 100 * self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Lower and upper end in percent, at 95 %; None of nothing, and of what was not drawn."""
        if not self.of or not self.drawn:
            return None
        low, high = compute_wilson_interval(self.hits, self.of)
        return 100 * low, 100 * high

    def in_words(self) -> str:
        """ "12 of 200, 6.0 %"; of a drawn sample with its interval, "12 of 200, 6.0 % (3.5 to 10.2)"."""
        if self.percent is None:
            return f"{self.hits:,} of {self.of:,}"
        return f"{self.hits:,} of {self.of:,}, {self.in_percent()}"

    def in_percent(self) -> str:
        """ "6.0 %", or "6.0 % (3.5 to 10.2)" of a drawn sample; "" of nothing."""
        return self.share + (f" ({self.ends})" if self.ends else "")

    @property
    def share(self) -> str:
        """ "6.0 %", "" of nothing."""
        return "" if self.percent is None else f"{self.percent:.1f} %"

    @property
    def ends(self) -> str:
        """The interval without a sign, "3.5 to 10.2"; "" where there is none."""
        return "" if self.interval is None else "{:.1f} to {:.1f}".format(*self.interval)


@dataclass(frozen=True)
class Figure:
    """One line of a table. The six are ids of units, apart from each other: Photos by SHA-256.

    `conflict` are those whose Readings contradict each other and which nobody decided, `after_death` those of
    whom it was recorded as after death, `unstated` those of whom nobody stated a certainty: wherever one
    number is shown they count as `cannot_tell`, and are not among its ids. `kind` decides what is printed of
    it, here and nowhere else. `only`: of a class, that no other was possible, as of the one branch there is.
    """

    key: str
    label: str
    unit: CountedUnit
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    cannot_tell: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()
    after_death: tuple[str, ...] = ()
    unstated: tuple[str, ...] = ()
    kind: FigureKind = FigureKind.SIGN
    only: bool = False
    drawn: bool = False
    behind: tuple[str, ...] = ()
    """The Photos that carry `present`, near-duplicates and all, in the order of the Case."""

    @property
    def untold(self) -> int:
        return len(self.cannot_tell) + len(self.conflict) + len(self.after_death) + len(self.unstated)

    @property
    def all(self) -> int:
        return len(self.present) + len(self.absent) + self.untold

    @property
    def of_all(self) -> Proportion:
        return Proportion(len(self.present), self.all, self.drawn)

    @property
    def of_assessable(self) -> Proportion:
        """The share of those that could be judged; of 0 where the share means nothing."""
        if not self.is_assessable_share_meaningful:
            return Proportion(0, 0)
        return Proportion(len(self.present), len(self.present) + len(self.absent), self.drawn)

    @property
    def is_share_meaningful(self) -> bool:
        """Whether the share of all means anything: not where every unit is inconclusive, nor for a class
        without alternatives."""
        known = bool(self.present or self.absent)
        return known and (self.kind is FigureKind.SIGN or not self.only or bool(self.untold))

    @property
    def is_assessable_share_meaningful(self) -> bool:
        """Whether the share of those assessable adds anything to the share of all.

        Somebody must have been shown without a sign. Of a class somebody must be in another, so that it is
        not all by necessity, and of somebody it must not be told, so that it is another share.
        """
        if self.kind is FigureKind.SIGN:
            return bool(self.absent) or not self.present
        return bool(self.absent and self.untold)


NOT_CHOSEN = "not chosen by the query"
"""Why Units are in no Figure that a query did not choose."""


@dataclass(frozen=True)
class ExcludedUnits:
    """Units that are in no Figure of a table, and why."""

    why: str
    unit: CountedUnit
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Figures of one unit under one heading. `notes` are its limits, in sentences that go with it."""

    key: str
    title: str
    unit: CountedUnit
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()

    def of(self, key: str) -> Figure | None:
        return next((figure for figure in self.figures if figure.key == key), None)

    @property
    def kind(self) -> FigureKind:
        """Of what its Figures are: all of one kind."""
        return self.figures[0].kind if self.figures else FigureKind.SIGN


@dataclass(frozen=True)
class StampBasis:
    """The newest time stamp of the ledger: how many entries it is over, when and by whom it was given, and
    whether the root of that authority was chosen by somebody."""

    entries: int
    time: str
    authority: str
    vouched: bool


@dataclass(frozen=True)
class StatisticsBasis:
    """What figures rest on, so that they can be found again: the same Case, entries, query and Examiners.

    `head` is the fingerprint of the ledger after `entries` entries; `at` the time of the last of them.
    `sample` says how the Photos were drawn, "" if they are no sample. `order` is that in which they were read
    ("drawn", "folders"), `masking` whether what leads was masked ("yes", "no"); "changed" where it was so for
    a part of the reading only. `stamp` is the newest time stamp, None if there is none. `chosen_by` are the
    conditions of the query, and of the lists it names, that speak of what is counted; `chosen_unknown` the
    lists of which nobody knows how they were made.
    """

    case: str
    query: str
    examiners: tuple[str, ...]
    entries: int
    head: str
    at: str
    vocabulary: str
    program: str
    sample: str = ""
    order: str = ""
    masking: str = ""
    chosen_by: tuple[str, ...] = ()
    chosen_unknown: tuple[str, ...] = ()
    stamp: StampBasis | None = None


@dataclass(frozen=True)
class ReadingsBasis:
    """What the figures of findings rest on. `whole` of `individuals` were read to the end, and only these
    are counted. `counted` findings make a sign present, `in_context` of them were made after something
    masked had been uncovered; `unstated` findings have no stated certainty and are counted nowhere."""

    individuals: int = 0
    whole: int = 0
    counted: int = 0
    in_context: int = 0
    unstated: int = 0


@dataclass(frozen=True)
class Statistics:
    """Everything counted of one Snapshot. `photos_of` are the Photos of each Individual counted, by its id.

    The sums close: of `all_photos` of the Case each is among `photos` or left out for one reason; of
    `all_individuals` that somebody accepted each is among `readings.whole`, or left out for one reason. Those
    left out since they were not all read are in figures of what is stated, and so among `individuals`.
    `unopened` are the files that are in no figure since they could not be opened.
    """

    basis: StatisticsBasis
    photos: int
    individuals: int
    excluded: tuple[ExcludedUnits, ...]
    tables: tuple[Table, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    photos_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    readings: ReadingsBasis = ReadingsBasis()
    all_photos: int = 0
    all_individuals: int = 0
    unopened: ProblemTally = field(default_factory=ProblemTally)

    def count_not_chosen(self, unit: CountedUnit) -> int:
        """How many Units of the Case the query did not choose."""
        return sum(len(e.ids) for e in self.excluded if e.unit is unit and e.why == NOT_CHOSEN)

    def table(self, key: str) -> Table | None:
        return next((table for table in self.tables if table.key == key), None)


def make_class_figures(
    key: str,
    unit: CountedUnit,
    values: Mapping[str, str | None],
    order: Sequence[str] = (),
    names: Mapping[str, str] | None = None,
    photos: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Figure, ...]:
    """Make Figures of units that have one value each: for each value, the units that have it, those with a
    different value, and those without one (None). Values in `order` come first, also those that no unit
    has."""
    names, photos = names or {}, photos or {}
    known = [value for value in values.values() if value is not None]
    untold = tuple(unit_id for unit_id, value in values.items() if value is None)
    found = []
    every = list(dict.fromkeys((*order, *sorted(set(known) - set(order)))))
    for value in every:
        has = tuple(unit_id for unit_id, held in values.items() if held == value)
        others = tuple(unit_id for unit_id, held in values.items() if held not in {None, value})
        behind = tuple(photo for unit_id in has for photo in photos.get(unit_id, (unit_id,)))
        found.append(
            Figure(
                f"{key}/{value}",
                names.get(value, value),
                unit,
                has,
                others,
                untold,
                kind=FigureKind.CLASS,
                only=len(every) == 1,
                behind=behind,
            )
        )
    return tuple(found)


def break_down_figure(figure: Figure, by: Table) -> Table:
    """Divide a Figure by the classes of a further table of the same unit: bruises among women, among men."""
    figures = []
    for part in by.figures:
        within, behind = set(part.present), set(part.behind)
        figures.append(
            Figure(
                f"{figure.key} in {part.key}",
                part.label,
                figure.unit,
                _keep_within(figure.present, within),
                _keep_within(figure.absent, within),
                _keep_within(figure.cannot_tell, within),
                _keep_within(figure.conflict, within),
                _keep_within(figure.after_death, within),
                _keep_within(figure.unstated, within),
                figure.kind,
                figure.only,
                figure.drawn,
                _keep_within(figure.behind, behind),
            )
        )
    title = f"{figure.label}: {by.title}"
    return Table(f"{figure.key} by {by.key}", title, figure.unit, tuple(figures), by.notes)


def _keep_within(ids: Sequence[str], within: set[str]) -> tuple[str, ...]:
    return tuple(unit_id for unit_id in ids if unit_id in within)
