"""What Summaries add up to over many Individuals: by sign, heading, part of the body, region; signs together.

Only Individuals whose photographs were all read come in (docs/rules.md, section 9).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from reviewer.domain.figures.figures import (
    CountedUnit,
    Figure,
    FigureKind,
    ReadingsBasis,
    Table,
    make_class_figures,
)
from reviewer.domain.figures.plots import NOT_SAYABLE
from reviewer.domain.summary.headings import (
    NO_FINDING_OF_A_REGION,
    compute_body_part_result,
    compute_heading_result,
    compute_region_results,
    group_regions,
    list_terms_under,
)
from reviewer.domain.summary.rules import SummaryRules
from reviewer.domain.summary.summary import Summary, TermResult, TermSummary, UndecidedCause, Wasting
from reviewer.domain.vocabulary.body_places import BodyPlaces
from reviewer.domain.vocabulary.vocabulary import Term, Vocabulary

FINDINGS, HEADINGS, PARTS, REGIONS, SHOWN, TOGETHER, NUTRITION = (
    "findings",
    "headings",
    "parts",
    "regions",
    "shown",
    "together",
    "nutrition",
)
_MOST_PAIRS = 30
_ONE_SIDED_NOTE = (
    f"\u201c{NOT_SAYABLE.capitalize()}\u201d: nobody could be shown to be without the sign, so that its "
    "share would be all of those in whom it was found, whatever the truth is."
)
_SELDOM_SHOWN_PARTS = (
    ("back", ("upper_back", "mid_back", "lower_back")),
    ("soles", ("sole",)),
    ("palms", ("palm",)),
    ("scalp", ("scalp.front", "scalp.top", "scalp.side", "scalp.back")),
    ("inside of the mouth", ("mouth_inside",)),
    ("genitals", ("penis", "scrotum", "vulva")),
)
"""Parts that photographs of such series seldom show: what sits there cannot be told of the others."""
ResultsByKey = dict[str, dict[str, TermResult]]


class SummaryAggregator:
    """Takes one Summary after the other and lets it go; `tables` are the figures of all of them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._rules = SummaryRules(vocabulary)
        self._body: BodyPlaces = self._rules.body
        self._terms_under = {
            heading.key: list_terms_under(heading, vocabulary) for heading in vocabulary.roll_ups
        }
        self._counted_terms = frozenset(
            term.key for term in vocabulary.terms if term.group not in NO_FINDING_OF_A_REGION
        )
        self._regions_of_group = group_regions(vocabulary)
        self._all_regions = tuple(key for found in self._regions_of_group.values() for key in found)
        self._results: dict[str, ResultsByKey] = defaultdict(lambda: defaultdict(dict))
        self._photos_behind: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._wasting: dict[str, str | None] = {}
        self._wasting_photos: dict[str, tuple[str, ...]] = {}
        self._posture_counts: Counter[str] = Counter()
        self._shown_regions: dict[str, frozenset[str]] = {}
        self._counted: set[str] = set()
        self._in_context: set[str] = set()
        self._unstated: set[str] = set()
        self._lists: set[str] = set()
        self.whole: list[str] = []
        self.partly: list[str] = []

    def add(self, individual: str, summary: Summary, sex: str = "") -> None:
        """Count one Individual (an id), or note that its photographs were not all read."""
        if not summary.all_read:
            self.partly.append(individual)
            return
        self.whole.append(individual)
        present = []
        for term in summary.terms:
            self._note(FINDINGS, term.term, individual, term.result)
            if term.result is TermResult.PRESENT:
                self._photos_behind[FINDINGS, term.term, individual] = _list_photos_of_term(term)
                if term.term in self._counted_terms:
                    present.append(term.term)
            if term.result is TermResult.ABSENT:
                self._lists.update(key for ground in term.grounds for key, _version in ground.lists)
            self._count_findings(term)
        self._pairs.update(combinations(sorted(present), 2))
        self._add_headings(individual, summary)
        self._add_regions(individual, summary)
        self._add_parts(individual, summary, sex)
        self._add_nutrition(individual, summary)

    def _note(self, table: str, key: str, individual: str, result: TermResult) -> None:
        """Keep a result; who is not noted is inconclusive, as of most signs most people are."""
        told = self._results[table][key]
        if result is not TermResult.CANNOT_TELL:
            told[individual] = result

    def _count_findings(self, term: TermSummary) -> None:
        if term.result is TermResult.PRESENT:
            self._counted.update(ground.finding for ground in term.grounds)
            self._in_context.update(ground.finding for ground in term.grounds if ground.in_context)
        for why in term.reasons:
            if why.cause is UndecidedCause.UNSTATED:
                self._unstated.update(ground.finding for ground in why.grounds)

    def _add_headings(self, individual: str, summary: Summary) -> None:
        results = {term.term: term for term in summary.terms}
        for key, terms in self._terms_under.items():
            summaries = [results[term] for term in terms]
            result = compute_heading_result(summary.result for summary in summaries)
            self._note(HEADINGS, key, individual, result)
            if result is TermResult.PRESENT:
                photos = (
                    photo
                    for summary in summaries
                    if summary.result is result
                    for photo in _list_photos_of_term(summary)
                )
                self._photos_behind[HEADINGS, key, individual] = tuple(dict.fromkeys(photos))

    def _add_regions(self, individual: str, summary: Summary) -> None:
        photos: dict[str, dict[str, None]] = defaultdict(dict)
        for term in summary.terms:
            if term.result is TermResult.PRESENT and term.term in self._counted_terms:
                for ground in term.grounds:
                    for region in ground.regions:
                        photos[region][ground.photo] = None
        for region, result in compute_region_results(
            summary, self._all_regions, self._counted_terms, self._body
        ).items():
            self._note(REGIONS, region, individual, result)
            if result is TermResult.PRESENT:
                self._photos_behind[REGIONS, region, individual] = tuple(photos[region])
        whole = (key for key in self._all_regions if self._body.of_region(key) <= summary.shown)
        self._shown_regions[individual] = frozenset(map(self._body.stem_of, whole))

    def _add_parts(self, individual: str, summary: Summary, sex: str) -> None:
        """Add the results by part of the body, only of signs found or asked about: the others are
        inconclusive everywhere."""
        for term in summary.terms:
            if not (term.grounds or term.denied) or term.term not in self._counted_terms:
                continue
            needed = self._rules.find_needed(term.term, sex)
            for group, regions in self._regions_of_group.items():
                result = compute_body_part_result(summary, term, regions, needed, self._body)
                self._note(PARTS, f"{term.term}@{group}", individual, result)
                if result is TermResult.PRESENT:
                    here = set(regions)
                    photos = (ground.photo for ground in term.grounds if here.intersection(ground.regions))
                    key = PARTS, f"{term.term}@{group}", individual
                    self._photos_behind[key] = tuple(dict.fromkeys(photos))

    def _add_nutrition(self, individual: str, summary: Summary) -> None:
        nutrition = summary.nutrition
        told = nutrition.wasting is not Wasting.CANNOT_TELL
        self._wasting[individual] = str(nutrition.wasting) if told else None
        self._wasting_photos[individual] = nutrition.photos
        self._posture_counts.update({"supine": bool(nutrition.supine), "bloated": bool(nutrition.bloated)})

    @property
    def readings(self) -> ReadingsBasis:
        """What the figures rest on, counted."""
        return ReadingsBasis(
            len(self.whole) + len(self.partly),
            len(self.whole),
            len(self._counted),
            len(self._in_context),
            len(self._unstated),
        )

    def make_tables(self) -> Iterator[Table]:
        """The figures by sign, heading, part of the body, region and by pairs of signs."""
        known = [term.key for term in self._vocabulary.terms if self._has_line(term)]
        others = sorted(set(self._results[FINDINGS]) - {term.key for term in self._vocabulary.terms})
        name = self._vocabulary.term_name
        terms = tuple(self._make_figure(FINDINGS, key, name(key)) for key in (*known, *others))
        notes = ["A sign that cannot be seen on a photograph may have been there all the same.", _ABSENT_NOTE]
        notes += [*self._describe_lists(), *_make_one_sided_notes(terms)]
        yield _make_table(FINDINGS, "Findings, by individuals", terms, notes)
        yield self._make_heading_table()
        yield self._make_part_table()
        yield self._make_wasting_table()
        yield self._make_region_table()
        yield self._make_shown_parts_table()
        yield self._make_pair_table()

    def _describe_lists(self) -> Iterator[str]:
        """The lists on which an absence rests, with what they ask: a figure is worth what was looked for."""
        for listed in self._vocabulary.lists:
            if listed.key in self._lists:
                signs = ", ".join(map(self._vocabulary.term_name, listed.terms))
                yield _LIST_NOTE.format(name=listed.name, version=self._vocabulary.version, signs=signs)

    def _make_heading_table(self) -> Table:
        figures = tuple(
            self._make_figure(HEADINGS, heading.key, heading.name) for heading in self._vocabulary.roll_ups
        )
        notes = [
            "Signs under one heading, each individual once; changes after death, artefacts, what is of "
            "medical use and old marks are under none.",
            *(
                f"\u201c{heading.name}\u201d counts: "
                f"{', '.join(map(self._vocabulary.term_name, self._terms_under[heading.key]))}."
                for heading in self._vocabulary.roll_ups
            ),
            *_make_one_sided_notes(figures),
        ]
        return _make_table(HEADINGS, "Findings under headings, by individuals", figures, notes)

    def _make_part_table(self) -> Table:
        groups = {group.key: group.name for group in self._vocabulary.region_groups}
        found = {
            key.partition("@")[0]
            for key, told in self._results[PARTS].items()
            if TermResult.PRESENT in told.values()
        }
        keys = [
            (term.key, group)
            for term in self._vocabulary.terms
            if term.key in found
            for group in groups
            if self._results[PARTS].get(f"{term.key}@{group}")
        ]
        figures = tuple(
            self._make_figure(
                PARTS, f"{term}@{group}", f"{self._vocabulary.term_name(term)}, {groups[group]}"
            )
            for term, group in keys
        )
        notes = [
            "Signs that were found in anybody, in each part of the body of which anything can be told.",
            "Absent: stated or looked for in every place of that part where it could be.",
            *_make_one_sided_notes(figures),
        ]
        return _make_table(PARTS, "Findings by part of the body, by individuals", figures, notes)

    def _make_wasting_table(self) -> Table:
        order = [str(wasting) for wasting in Wasting if wasting is not Wasting.CANNOT_TELL]
        figures = make_class_figures(
            NUTRITION, CountedUnit.INDIVIDUAL, self._wasting, order, photos=self._wasting_photos
        )
        notes = [
            "What is visible, not why: no scale for photographs was ever validated, and starvation cannot be "
            "told without an autopsy. Extreme needs two photographs that show trunk, arms and thighs.",
            f"Of these individuals {self._posture_counts['supine']:,} "
            "lay on the back on such a photograph, and of "
            f"{self._posture_counts['bloated']:,} the body was "
            "bloated or changed in shape: both imitate or hide "
            "wasting.",
        ]
        return _make_table(NUTRITION, "Wasting, by individuals", figures, notes)

    def _make_region_table(self) -> Table:
        name = self._vocabulary.region_name
        figures = tuple(self._make_figure(REGIONS, key, name(key)) for key in self._all_regions)
        notes = [
            "Old marks, what is of medical use, changes after death, artefacts and the condition of the body "
            "(hair, soiling, wetness) are no finding here.",
            "Absent: every place of the region was shown where a list of signs of that region was gone "
            "through, and nothing was found there. What was found without a region, or is called "
            "generalised, stands in no line; where it may lie, a region is not absent.",
            f"No list is of {self._name_unlisted_regions()}: whether nothing was found there cannot be told.",
        ]
        return _make_table(REGIONS, "Regions of the body with any finding, by individuals", figures, notes)

    def _name_unlisted_regions(self) -> str:
        """The Regions that no list of signs is of, in words; each once where there is a left and a right."""
        keys = self._rules.regions_without_list
        names = (self._vocabulary.region_name(key).partition(",")[0].lower() for key in keys)
        return ", ".join(dict.fromkeys(names)) or "no region at all"

    def _make_shown_parts_table(self) -> Table:
        figures = []
        stems = {region.stem for region in self._vocabulary.regions if not region.retired}
        for name, parts in _SELDOM_SHOWN_PARTS:
            wanted = set(parts) & stems
            sex = name == "genitals"
            shows = {
                id_: bool(wanted & found) if sex else wanted <= found
                for id_, found in self._shown_regions.items()
            }
            yes = tuple(id_ for id_ in self.whole if shows[id_])
            no = tuple(id_ for id_ in self.whole if not shows[id_])
            figures.append(
                Figure(f"{SHOWN}/{name}", name, CountedUnit.INDIVIDUAL, yes, no, kind=FigureKind.CLASS)
            )
        notes = ["Of signs that sit in such a part nothing can be said of those in whom it was not shown."]
        return _make_table(SHOWN, "Parts shown well enough to judge, by individuals", tuple(figures), notes)

    def _make_pair_table(self) -> Table:
        name = self._vocabulary.term_name
        most = sorted(self._pairs.items(), key=lambda item: (-item[1], item[0]))[:_MOST_PAIRS]
        figures = []
        for (one, other), _count in most:
            key = f"{one}+{other}"
            for individual in self.whole:
                result = _combine_results(
                    self._find_result(one, individual), self._find_result(other, individual)
                )
                self._note(TOGETHER, key, individual, result)
                if result is TermResult.PRESENT:
                    photos = (
                        *self._photos_behind[FINDINGS, one, individual],
                        *self._photos_behind[FINDINGS, other, individual],
                    )
                    self._photos_behind[TOGETHER, key, individual] = tuple(dict.fromkeys(photos))
            figures.append(self._make_figure(TOGETHER, key, f"{name(one)} and {name(other)}"))
        notes = [
            f"The {_MOST_PAIRS} pairs found most often, without old marks, what is of medical use, changes "
            "after death, artefacts and the condition of the body. That they occur together says nothing of "
            "causes."
        ]
        return _make_table(TOGETHER, "Findings that occur together", tuple(figures), notes)

    def _has_line(self, term: Term) -> bool:
        """Return whether a Term has a line: always, but a retired one only where it has a result."""
        return not term.retired or bool(self._results[FINDINGS].get(term.key))

    def _find_result(self, term: str, individual: str) -> TermResult:
        """Return the result of a Term; one of another version of the vocabulary is known only where it was
        recorded."""
        return self._results[FINDINGS][term].get(individual, TermResult.CANNOT_TELL)

    def _make_figure(self, table: str, key: str, label: str) -> Figure:
        told: Mapping[str, TermResult] = self._results[table].get(key, {})
        of: dict[TermResult, list[str]] = {result: [] for result in TermResult}
        for id_, result in told.items():  # in the order in which they were added, which is that of `whole`
            of[result].append(id_)
        of[TermResult.CANNOT_TELL] = [id_ for id_ in self.whole if id_ not in told] if told else self.whole
        behind = (
            photo
            for id_ in of[TermResult.PRESENT]
            for photo in self._photos_behind.get((table, key, id_), ())
        )
        return Figure(
            f"{table}/{key}",
            label,
            CountedUnit.INDIVIDUAL,
            tuple(of[TermResult.PRESENT]),
            tuple(of[TermResult.ABSENT]),
            tuple(of[TermResult.CANNOT_TELL]),
            tuple(of[TermResult.CONFLICT]),
            tuple(of[TermResult.AFTER_DEATH]),
            tuple(of[TermResult.UNSTATED]),
            behind=tuple(dict.fromkeys(behind)),
        )


_LIST_NOTE = "List \u201c{name}\u201d, vocabulary {version}: {signs}."
_ABSENT_NOTE = (
    "Absent: stated to be absent, or looked for with a list of signs, in every place where it could be, on "
    "an individual whose photographs were all read. What nobody was asked about is cannot tell."
)


def _make_table(key: str, title: str, figures: tuple[Figure, ...], notes: Sequence[str]) -> Table:
    return Table(key, title, CountedUnit.INDIVIDUAL, figures, tuple(notes))


def _make_one_sided_notes(figures: Sequence[Figure]) -> list[str]:
    return [_ONE_SIDED_NOTE] if any(not figure.is_assessable_share_meaningful for figure in figures) else []


def _list_photos_of_term(term: TermSummary) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ground.photo for ground in term.grounds))


def _combine_results(one: TermResult, other: TermResult) -> TermResult:
    """Whether both are present: absent as soon as one is."""
    found = {one, other}
    if TermResult.ABSENT in found:
        return TermResult.ABSENT
    if found == {TermResult.PRESENT}:
        return TermResult.PRESENT
    told = found <= {TermResult.PRESENT, TermResult.CONFLICT}
    return TermResult.CONFLICT if told else TermResult.CANNOT_TELL
