"""What Summaries add up to over many Individuals: by sign, by region, and signs that go together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from reviewer.domain.figures import Figure, Table, Unit
from reviewer.domain.summary import Result, Summary
from reviewer.domain.vocabulary import Vocabulary

FINDINGS, REGIONS, TOGETHER = "findings", "regions", "together"
_MOST_PAIRS = 30
_ONE_SIDED = (
    "Where nobody could be shown to be without a sign, its share of those assessable is 100 % and says no "
    "more than that it was seen: too little of the body was shown to find it absent."
)
Told = dict[str, dict[str, Result]]


class Tallies:
    """Takes one Summary after the other and lets it go; `tables` are the figures of all of them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._terms: Told = defaultdict(dict)
        self._regions: Told = defaultdict(dict)
        self._behind: dict[tuple[str, str], tuple[str, ...]] = {}
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._body = [region.key for region in vocabulary.regions if not region.pseudo]

    def add(self, individual: str, summary: Summary) -> None:
        """Count one Individual (an id)."""
        present = []
        for term in summary.terms:
            self._terms[term.term][individual] = term.result
            if term.result is Result.PRESENT:
                present.append(term.term)
                self._behind[term.term, individual] = tuple(dict.fromkeys(g.photo for g in term.grounds))
        self._pairs.update(combinations(sorted(present), 2))
        self._add_regions(individual, summary)

    def _add_regions(self, individual: str, summary: Summary) -> None:
        photos: dict[str, dict[str, None]] = defaultdict(dict)
        disputed: set[str] = set()
        doubtful: set[str] = set()
        for term in summary.terms:
            where = [(g, region) for g in term.grounds for region in g.regions]
            if term.result is Result.PRESENT:
                for ground, region in where:
                    photos[region][ground.photo] = None
            elif term.result is Result.CONFLICT:
                disputed.update(region for _ground, region in where)
            for why in term.reasons:
                doubtful.update(region for ground in why.grounds for region in ground.regions)
        for region in self._body:
            if region in photos:
                self._regions[region][individual] = Result.PRESENT
                self._behind[region, individual] = tuple(photos[region])
            elif region in disputed:
                self._regions[region][individual] = Result.CONFLICT
            elif region in summary.shown and region not in doubtful:
                self._regions[region][individual] = Result.ABSENT
            else:
                self._regions[region][individual] = Result.CANNOT_TELL

    def tables(self, individuals: Sequence[str]) -> Iterator[Table]:
        """The figures by sign, by region and by pairs of signs; `individuals` are all that were counted."""
        known = [term.key for term in self._vocabulary.terms]
        others = sorted(set(self._terms) - set(known))
        name = self._vocabulary.term_name
        terms = [
            self._figure(FINDINGS, key, name(key), self._terms[key], individuals) for key in (*known, *others)
        ]
        notes = [
            "A sign that cannot be seen on a photograph may have been there all the same.",
            *([_ONE_SIDED] if any(each.present and not each.absent for each in terms) else []),
        ]
        yield Table(FINDINGS, "Findings, by individuals", Unit.INDIVIDUAL, tuple(terms), tuple(notes))
        regions = [
            self._figure(REGIONS, key, self._vocabulary.region_name(key), self._regions[key], individuals)
            for key in self._body
        ]
        yield Table(
            REGIONS,
            "Regions of the body with any finding, by individuals",
            Unit.INDIVIDUAL,
            tuple(regions),
            (
                "Absent: the region was shown well enough on a photograph whose reading is complete, and "
                "nothing was found there.",
            ),
        )
        yield self._together(individuals)

    def _together(self, individuals: Sequence[str]) -> Table:
        name = self._vocabulary.term_name
        most = sorted(self._pairs.items(), key=lambda item: (-item[1], item[0]))[:_MOST_PAIRS]
        figures = []
        for (one, other), _count in most:
            told = {each: _both(self._said(one, each), self._said(other, each)) for each in individuals}
            figure = self._figure(
                TOGETHER, f"{one}+{other}", f"{name(one)} and {name(other)}", told, individuals
            )
            behind = tuple(
                dict.fromkeys(
                    photo
                    for id_ in figure.present
                    for key in (one, other)
                    for photo in self._behind[key, id_]
                )
            )
            figures.append(Figure(**{**vars(figure), "behind": behind}))
        notes = (
            f"The {_MOST_PAIRS} pairs found most often. That they occur together says nothing of causes.",
        )
        return Table(TOGETHER, "Findings that occur together", Unit.INDIVIDUAL, tuple(figures), notes)

    def _said(self, term: str, individual: str) -> Result:
        """A Term of another version of the vocabulary is only known of whom it was said."""
        return self._terms[term].get(individual, Result.CANNOT_TELL)

    def _figure(
        self, table: str, key: str, label: str, told: Mapping[str, Result], individuals: Sequence[str]
    ) -> Figure:
        of: dict[Result, list[str]] = {result: [] for result in Result}
        for id_ in individuals:
            of[told.get(id_, Result.CANNOT_TELL)].append(id_)
        behind = (photo for id_ in of[Result.PRESENT] for photo in self._behind.get((key, id_), ()))
        return Figure(
            f"{table}/{key}",
            label,
            Unit.INDIVIDUAL,
            tuple(of[Result.PRESENT]),
            tuple(of[Result.ABSENT]),
            tuple(of[Result.CANNOT_TELL]),
            tuple(of[Result.CONFLICT]),
            tuple(dict.fromkeys(behind)),
        )


def _both(one: Result, other: Result) -> Result:
    """Whether both are present: absent as soon as one is."""
    found = {one, other}
    if Result.ABSENT in found:
        return Result.ABSENT
    if found == {Result.PRESENT}:
        return Result.PRESENT
    return (
        Result.CONFLICT
        if Result.CONFLICT in found and Result.CANNOT_TELL not in found
        else Result.CANNOT_TELL
    )
