"""The first rule of the summary, kept for one purpose: to explain figures that were counted by it.

It counted a sign as absent from silence, and present without a certainty that anybody stated (docs/decisions,
0040). `reviewer count --compare-rules` sets it beside the rule that holds now (`summary.rules`); nothing else
uses it, and no result by it is shown anywhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviewer.domain.reading.reading import Conclusion, Finding, Reading, ReadingState
from reviewer.domain.summary.summary import TermDecision, TermResult
from reviewer.domain.vocabulary.coverage import CoverageLevel
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer

GENERALISED, GRADE = "generalised", "nutr.grade"
_GRADES = {"E0": FindingAnswer.ABSENT, "EX": FindingAnswer.NOT_ASSESSABLE}
_WASTING = {"none": FindingAnswer.ABSENT, "unknown": FindingAnswer.NOT_ASSESSABLE}
_SURE = frozenset({Certainty.DEFINITE, Certainty.PROBABLE})
FirstRuleRegions = frozenset[str]
NONE: FirstRuleRegions = frozenset()


class FirstRule:
    """Made once of what it needs of vocabulary 1.1.0 (resources/vocabulary/first_rule.toml, parsed)."""

    def __init__(self, kept: Mapping[str, Any]) -> None:
        self.terms: tuple[str, ...] = tuple(kept["terms"])
        self._body: FirstRuleRegions = frozenset(kept["body"])
        self._trunk: FirstRuleRegions = frozenset(kept["trunk_and_limbs"])
        stems: dict[str, set[str]] = {GENERALISED: {GENERALISED}}
        for region in self._body:
            stems.setdefault(region.removesuffix(".L").removesuffix(".R"), set()).add(region)
        self._usual = {
            term: frozenset(key for stem in usual for key in stems.get(stem, {stem}))
            for term, usual in kept["usual"].items()
        }

    def results(
        self, readings: Iterable[Reading], decisions: Mapping[str, TermDecision] | None = None
    ) -> dict[str, TermResult]:
        """Term -> its result, of every Term of its vocabulary and every one that was found."""
        looks = [_ReadingByFirstRule(reading) for reading in readings if not reading.carried_from]
        found = {f.term for look in looks for f in look.reading.findings}
        terms = dict.fromkeys((*self.terms, *sorted(found)))
        return {term: self._compute_result(term, looks, (decisions or {}).get(term)) for term in terms}

    def _compute_result(
        self, term: str, looks: Sequence[_ReadingByFirstRule], decision: TermDecision | None
    ) -> TermResult:
        said = [(look, f) for look in looks for f in look.reading.findings if f.term == term]
        sure = [(look, f) for look, f in said if _is_sure(f)]
        if sure:
            return self._resolve_present(term, sure, looks, decision)
        if any(_speaks_for_sign(f) for _look, f in said):
            return TermResult.CANNOT_TELL
        shown = frozenset().union(
            *(self._find_regions_looked_at(look, term) for look in looks if look.complete)
        )
        usual = self._usual.get(term, NONE)
        relevant = self._expand_generalised(usual) - {GENERALISED} if usual else self._body
        return TermResult.ABSENT if relevant <= shown and term in self.terms else TermResult.CANNOT_TELL

    def _resolve_present(
        self,
        term: str,
        sure: Sequence[tuple[_ReadingByFirstRule, Finding]],
        looks: Sequence[_ReadingByFirstRule],
        decision: TermDecision | None,
    ) -> TermResult:
        against: set[str] = set()
        stands = False
        for look, finding in sure:
            photos = set(self._iterate_contradicting_photos(term, look, finding, looks))
            stands = stands or not photos
            against |= {look.reading.photo, *photos} if photos else set()
        if stands:
            return TermResult.PRESENT
        if decision is not None and against <= set(decision.photos):
            return decision.result
        return TermResult.CONFLICT

    def _iterate_contradicting_photos(
        self, term: str, look: _ReadingByFirstRule, finding: Finding, looks: Sequence[_ReadingByFirstRule]
    ) -> Iterator[str]:
        where = frozenset(finding.regions) or self._usual.get(term, NONE)
        for other in looks:
            if other.reading.examiner == look.reading.examiner and where & self._find_denied_regions(
                other, term, elsewhere=other is not look
            ):
                yield other.reading.photo

    def _find_denied_regions(
        self, look: _ReadingByFirstRule, term: str, *, elsewhere: bool
    ) -> FirstRuleRegions:
        absent: set[str] = set()
        for finding in look.said(term, FindingAnswer.ABSENT):
            absent |= set(finding.regions) if finding.regions else self._find_usual_regions(look, term)
        denied = self._expand_generalised(absent) - look.poor
        if elsewhere and look.says_nothing_visible:
            denied |= self._add_generalised(look.assessable - self._find_unassessable_regions(look, term))
        return denied

    def _find_usual_regions(self, look: _ReadingByFirstRule, term: str) -> set[str]:
        usual = self._usual.get(term, NONE)
        if not look.levels:
            return set(usual)
        covered = self._add_generalised(look.assessable)
        return set(covered & usual if usual else covered)

    def _find_regions_looked_at(self, look: _ReadingByFirstRule, term: str) -> FirstRuleRegions:
        regions = {region for finding in look.said(term, FindingAnswer.ABSENT) for region in finding.regions}
        named = self._expand_generalised(regions) - look.poor
        return (look.assessable | named) - self._find_unassessable_regions(look, term)

    def _find_unassessable_regions(self, look: _ReadingByFirstRule, term: str) -> FirstRuleRegions:
        refused: FirstRuleRegions = NONE
        for finding in look.said(term, FindingAnswer.NOT_ASSESSABLE):
            refused |= (
                self._expand_generalised(finding.regions) if finding.regions else self._body | {GENERALISED}
            )
        return refused

    def _expand_generalised(self, regions: Collection[str]) -> FirstRuleRegions:
        return frozenset(regions) | self._trunk if GENERALISED in regions else frozenset(regions)

    def _add_generalised(self, regions: FirstRuleRegions) -> FirstRuleRegions:
        return regions | {GENERALISED} if self._trunk <= regions else regions


@dataclass(frozen=True)
class _ReadingByFirstRule:
    """A reading as that rule saw it: sides of regions (case format 1.5) stand for the whole region."""

    reading: Reading

    @property
    def complete(self) -> bool:
        return self.reading.state is ReadingState.COMPLETE

    @property
    def levels(self) -> dict[str, str]:
        return {place.partition("/")[0]: level for place, level in self.reading.coverage}

    @property
    def assessable(self) -> FirstRuleRegions:
        if self.reading.conclusion is Conclusion.NOT_ASSESSABLE:
            return NONE
        return frozenset(region for region, level in self.levels.items() if level == CoverageLevel.ASSESSABLE)

    @property
    def poor(self) -> FirstRuleRegions:
        return frozenset(self.levels) - self.assessable

    @property
    def says_nothing_visible(self) -> bool:
        return self.complete and self.reading.conclusion is Conclusion.NOTHING_VISIBLE

    def said(self, term: str, answer: FindingAnswer) -> Iterator[Finding]:
        return (f for f in self.reading.findings_of(term) if f.confirmed and _interpret_answer(f) is answer)


def _interpret_answer(finding: Finding) -> FindingAnswer:
    said = dict(finding.qualifiers)
    if finding.answer is not FindingAnswer.PRESENT or finding.term != GRADE:
        return finding.answer
    grade, wasting = said.get("grade_e", ("",))[0], said.get("wasting", ("",))[0]
    return _GRADES.get(grade) or _WASTING.get(wasting) or finding.answer


def _is_sure(finding: Finding) -> bool:
    return (
        finding.confirmed
        and _interpret_answer(finding) is FindingAnswer.PRESENT
        and finding.certainty in _SURE
    )


def _speaks_for_sign(finding: Finding) -> bool:
    answer = _interpret_answer(finding)
    return answer is FindingAnswer.PRESENT or (answer is FindingAnswer.NON_SPECIFIC and finding.confirmed)
