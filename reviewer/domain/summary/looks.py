"""One Examiner's own look at one Photo, as the rule of the Summary asks it.

A *place* is what Coverage speaks of: a Region, or one aspect of it ("wrist.L/back").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reviewer.domain.reading.reading import Conclusion, Finding, Reading, ReadingState
from reviewer.domain.summary.summary import SummaryGround, UndecidedCause
from reviewer.domain.vocabulary import coverage
from reviewer.domain.vocabulary.body_places import BodyPlaces, BodyPlaceSet
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from reviewer.domain.vocabulary.vocabulary import Vocabulary

WASTING = "nutr.grade"
_WASTING_ANSWERS = {"none": FindingAnswer.ABSENT, "unknown": FindingAnswer.NOT_ASSESSABLE}
_GRADE_ANSWERS = {"E0": FindingAnswer.ABSENT, "EX": FindingAnswer.NOT_ASSESSABLE}
_GRADES_OF_WASTING = frozenset({"E2", "E3"})
_SURE = frozenset({Certainty.DEFINITE, Certainty.PROBABLE})
NOWHERE: BodyPlaceSet = frozenset()


def interpret_answer(finding: Finding) -> FindingAnswer:
    """What a Finding answers, what it says of wasting included (docs/rules.md, section 2)."""
    said = dict(finding.qualifiers)
    if finding.term != WASTING or finding.answer is not FindingAnswer.PRESENT:
        return finding.answer
    if "wasting" in said:
        return _WASTING_ANSWERS.get(said["wasting"][0], FindingAnswer.PRESENT)
    grade = said.get("grade_e", ("",))[0]
    return _GRADE_ANSWERS.get(grade, FindingAnswer.PRESENT)


def is_graded(finding: Finding) -> bool:
    """Whether a Finding of wasting says how much is visible; E1, one or two mild signs, does not."""
    if finding.term != WASTING:
        return True
    said = dict(finding.qualifiers)
    return "wasting" in said or said.get("grade_e", ("",))[0] in _GRADES_OF_WASTING


def is_after_death(finding: Finding) -> bool:
    return "post" in dict(finding.qualifiers).get("vitality", ())


@dataclass(frozen=True)
class IndependentReading:
    """One Examiner's own look at one Photo."""

    reading: Reading
    vocabulary: Vocabulary
    body: BodyPlaces

    @cached_property
    def complete(self) -> bool:
        return self.reading.state is ReadingState.COMPLETE

    @cached_property
    def levels(self) -> Mapping[str, str]:
        return dict(self.reading.coverage)

    @cached_property
    def shown(self) -> BodyPlaceSet:
        """The places that can be judged well on this Photo."""
        if self.reading.conclusion is Conclusion.NOT_ASSESSABLE:
            return NOWHERE
        return coverage.find_assessable_keys(self.reading.coverage)

    @cached_property
    def poor(self) -> BodyPlaceSet:
        return frozenset(self.levels) - self.shown

    @cached_property
    def says_nothing_visible(self) -> bool:
        return self.complete and self.reading.conclusion is Conclusion.NOTHING_VISIBLE

    @cached_property
    def looked_for(self) -> frozenset[str]:
        """The Terms of the lists that were gone through."""
        return frozenset().union(*(self.vocabulary.signs_on(*checked) for checked in self.reading.looked_for))

    @cached_property
    def hidden(self) -> frozenset[str]:
        """What cannot be told on this Photo: "colour", "surface", "contour"."""
        found = set(self.vocabulary.hidden_by(self.reading.description))
        for finding in self.reading.findings:
            term = self.vocabulary.term(finding.term)
            if term is not None and finding.confirmed and finding.answer is FindingAnswer.PRESENT:
                found.update(term.hides)
                if "advanced" in dict(finding.qualifiers).get("stage", ()):
                    found.update(("colour", "surface", "contour"))
        return frozenset(found)

    @cached_property
    def denied(self) -> frozenset[str]:
        """The Terms of which it says "absent"."""
        return self._find_terms_answered(FindingAnswer.ABSENT)

    @cached_property
    def refused(self) -> frozenset[str]:
        """The Terms that it calls not assessable."""
        return self._find_terms_answered(FindingAnswer.NOT_ASSESSABLE)

    def _find_terms_answered(self, answer: FindingAnswer) -> frozenset[str]:
        return frozenset(
            f.term for f in self.reading.findings if f.confirmed and interpret_answer(f) is answer
        )

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """The Terms of its Findings that say anything but "absent"."""
        return frozenset(
            f.term for f in self.reading.findings if interpret_answer(f) is not FindingAnswer.ABSENT
        )

    @cached_property
    def speaking(self) -> tuple[tuple[Finding, BodyPlaceSet], ...]:
        """The confirmed Findings that speak for a sign in some place, each with its places."""
        there = {FindingAnswer.PRESENT, FindingAnswer.NON_SPECIFIC}
        return tuple(
            (f, self.places_of(f))
            for f in self.reading.findings
            if f.confirmed and f.regions and interpret_answer(f) in there
        )

    @cached_property
    def _places_by_finding(self) -> Mapping[int, BodyPlaceSet]:
        """Each of its Findings, by `id()` since they live as long as the Reading: asked again for every
        Finding of another photograph that may be contradicted."""
        return {id(finding): self._find_places(finding) for finding in self.reading.findings}

    def places_of(self, finding: Finding) -> BodyPlaceSet:
        """Where a Finding of this look lies: of a Region with aspects those it names, else those that this
        Photo shows or shows badly, else all of them."""
        return self._places_by_finding[id(finding)]

    def _find_places(self, finding: Finding) -> BodyPlaceSet:
        named = dict(finding.qualifiers).get("aspect", ())
        found: set[str] = set()
        for region in finding.regions:
            aspects = self.body.of_region(region)
            chosen = {place for place in aspects if place.partition("/")[2] in named}
            found |= chosen or (aspects & frozenset(self.levels)) or aspects
        return frozenset(found)

    def ground(self, finding: Finding | None = None, regions: Iterable[str] = ()) -> SummaryGround:
        id_ = finding.id if finding else ""
        return SummaryGround(
            self.reading.photo,
            self.reading.examiner,
            id_,
            tuple(sorted(regions)),
            copied=bool(finding and finding.copied_from),
            in_context=bool(finding and finding.in_context),
        )

    def find_cause_against_present(self, finding: Finding, *, whole_body: bool) -> UndecidedCause | None:
        """Why a Finding that answers present does not make its sign present; None if it does.

        The order is that of docs/rules.md, section 3: what is told first hides the rest.
        """
        return next(self._iterate_causes_against_present(finding, whole_body=whole_body), None)

    def _iterate_causes_against_present(
        self, finding: Finding, *, whole_body: bool
    ) -> Iterator[UndecidedCause]:
        if not finding.confirmed:
            yield UndecidedCause.NOT_CONFIRMED
        if not self.complete:
            yield UndecidedCause.FOUND_NOT_COMPLETE
        if not finding.certainty_stated:
            yield UndecidedCause.UNSTATED
        if finding.certainty not in _SURE:
            yield UndecidedCause.ONLY_POSSIBLE
        if is_after_death(finding):
            yield UndecidedCause.AFTER_DEATH
        if not is_graded(finding):
            yield UndecidedCause.NOT_GRADED
        if not finding.regions and not whole_body:
            yield UndecidedCause.NO_REGION
        if not finding.seen_as_is:
            yield UndecidedCause.ONLY_STEPS
