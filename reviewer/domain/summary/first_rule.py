"""The first rule of the summary, kept for one purpose: to explain figures that were counted by it.

It counted a sign as absent from silence, and present without a certainty that anybody stated (docs/decisions,
0040). `reviewer count --compare-rules` sets it beside the rule that holds now (`summary_rules`); nothing else
uses it, and no result by it is shown anywhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviewer.domain.reading.reading import Conclusion, Finding, Reading, State
from reviewer.domain.summary.summary import Decision, Result
from reviewer.domain.vocabulary.coverage import Level
from reviewer.domain.vocabulary.scales import Answer, Certainty

GENERALISED, GRADE = "generalised", "nutr.grade"
_GRADES = {"E0": Answer.ABSENT, "EX": Answer.NOT_ASSESSABLE}
_WASTING = {"none": Answer.ABSENT, "unknown": Answer.NOT_ASSESSABLE}
_SURE = frozenset({Certainty.DEFINITE, Certainty.PROBABLE})
Regions = frozenset[str]
NONE: Regions = frozenset()


class FirstRule:
    """Made once of what it needs of vocabulary 1.1.0 (resources/vocabulary/first_rule.toml, parsed)."""

    def __init__(self, kept: Mapping[str, Any]) -> None:
        self.terms: tuple[str, ...] = tuple(kept["terms"])
        self._body: Regions = frozenset(kept["body"])
        self._trunk: Regions = frozenset(kept["trunk_and_limbs"])
        stems: dict[str, set[str]] = {GENERALISED: {GENERALISED}}
        for region in self._body:
            stems.setdefault(region.removesuffix(".L").removesuffix(".R"), set()).add(region)
        self._usual = {
            term: frozenset(key for stem in usual for key in stems.get(stem, {stem}))
            for term, usual in kept["usual"].items()
        }

    def results(
        self, readings: Iterable[Reading], decisions: Mapping[str, Decision] | None = None
    ) -> dict[str, Result]:
        """Term -> its result, of every Term of its vocabulary and every one that was found."""
        looks = [_Look(each) for each in readings if not each.carried_from]
        found = {f.term for look in looks for f in look.reading.findings}
        terms = dict.fromkeys((*self.terms, *sorted(found)))
        return {term: self._result(term, looks, (decisions or {}).get(term)) for term in terms}

    def _result(self, term: str, looks: Sequence[_Look], decision: Decision | None) -> Result:
        said = [(look, f) for look in looks for f in look.reading.findings if f.term == term]
        sure = [(look, f) for look, f in said if _is_sure(f)]
        if sure:
            return self._found(term, sure, looks, decision)
        if any(_speaks(f) for _look, f in said):
            return Result.CANNOT_TELL
        shown = frozenset().union(*(self._looked_at(look, term) for look in looks if look.complete))
        usual = self._usual.get(term, NONE)
        relevant = self._spread(usual) - {GENERALISED} if usual else self._body
        return Result.ABSENT if relevant <= shown and term in self.terms else Result.CANNOT_TELL

    def _found(
        self,
        term: str,
        sure: Sequence[tuple[_Look, Finding]],
        looks: Sequence[_Look],
        decision: Decision | None,
    ) -> Result:
        against: set[str] = set()
        stands = False
        for look, finding in sure:
            photos = set(self._contradicting(term, look, finding, looks))
            stands = stands or not photos
            against |= {look.reading.photo, *photos} if photos else set()
        if stands:
            return Result.PRESENT
        if decision is not None and against <= set(decision.photos):
            return decision.result
        return Result.CONFLICT

    def _contradicting(
        self, term: str, look: _Look, finding: Finding, looks: Sequence[_Look]
    ) -> Iterator[str]:
        where = frozenset(finding.regions) or self._usual.get(term, NONE)
        for other in looks:
            if other.reading.examiner == look.reading.examiner and where & self._denied(
                other, term, elsewhere=other is not look
            ):
                yield other.reading.photo

    def _denied(self, look: _Look, term: str, *, elsewhere: bool) -> Regions:
        absent: set[str] = set()
        for finding in look.said(term, Answer.ABSENT):
            absent |= set(finding.regions) if finding.regions else self._without_region(look, term)
        denied = self._spread(absent) - look.poor
        if elsewhere and look.says_nothing_visible:
            denied |= self._raised(look.assessable - self._refused(look, term))
        return denied

    def _without_region(self, look: _Look, term: str) -> set[str]:
        usual = self._usual.get(term, NONE)
        if not look.levels:
            return set(usual)
        covered = self._raised(look.assessable)
        return set(covered & usual if usual else covered)

    def _looked_at(self, look: _Look, term: str) -> Regions:
        regions = {region for finding in look.said(term, Answer.ABSENT) for region in finding.regions}
        named = self._spread(regions) - look.poor
        return (look.assessable | named) - self._refused(look, term)

    def _refused(self, look: _Look, term: str) -> Regions:
        refused: Regions = NONE
        for finding in look.said(term, Answer.NOT_ASSESSABLE):
            refused |= self._spread(finding.regions) if finding.regions else self._body | {GENERALISED}
        return refused

    def _spread(self, regions: Collection[str]) -> Regions:
        return frozenset(regions) | self._trunk if GENERALISED in regions else frozenset(regions)

    def _raised(self, regions: Regions) -> Regions:
        return regions | {GENERALISED} if self._trunk <= regions else regions


@dataclass(frozen=True)
class _Look:
    """A reading as that rule saw it: sides of regions (case format 1.5) stand for the whole region."""

    reading: Reading

    @property
    def complete(self) -> bool:
        return self.reading.state is State.COMPLETE

    @property
    def levels(self) -> dict[str, str]:
        return {place.partition("/")[0]: level for place, level in self.reading.coverage}

    @property
    def assessable(self) -> Regions:
        if self.reading.conclusion is Conclusion.NOT_ASSESSABLE:
            return NONE
        return frozenset(region for region, level in self.levels.items() if level == Level.ASSESSABLE)

    @property
    def poor(self) -> Regions:
        return frozenset(self.levels) - self.assessable

    @property
    def says_nothing_visible(self) -> bool:
        return self.complete and self.reading.conclusion is Conclusion.NOTHING_VISIBLE

    def said(self, term: str, answer: Answer) -> Iterator[Finding]:
        return (f for f in self.reading.findings_of(term) if f.confirmed and _answer(f) is answer)


def _answer(finding: Finding) -> Answer:
    said = dict(finding.qualifiers)
    if finding.answer is not Answer.PRESENT or finding.term != GRADE:
        return finding.answer
    grade, wasting = said.get("grade_e", ("",))[0], said.get("wasting", ("",))[0]
    return _GRADES.get(grade) or _WASTING.get(wasting) or finding.answer


def _is_sure(finding: Finding) -> bool:
    return finding.confirmed and _answer(finding) is Answer.PRESENT and finding.certainty in _SURE


def _speaks(finding: Finding) -> bool:
    answer = _answer(finding)
    return answer is Answer.PRESENT or (answer is Answer.NON_SPECIFIC and finding.confirmed)
