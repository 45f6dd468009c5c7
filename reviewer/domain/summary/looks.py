"""One Examiner's own look at one Photo, as the rule of the Summary asks it.

A *place* is what Coverage speaks of: a Region, or one aspect of it ("wrist.L/back").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from reviewer.domain.reading.reading import Conclusion, Finding, Reading, State
from reviewer.domain.summary.summary import Cause, Ground
from reviewer.domain.vocabulary import coverage
from reviewer.domain.vocabulary.body_places import BodyPlaces, Places
from reviewer.domain.vocabulary.scales import Answer, Certainty
from reviewer.domain.vocabulary.vocabulary import Vocabulary

WASTING = "nutr.grade"
_WASTING_ANSWERS = {"none": Answer.ABSENT, "unknown": Answer.NOT_ASSESSABLE}
_GRADE_ANSWERS = {"E0": Answer.ABSENT, "EX": Answer.NOT_ASSESSABLE}
_GRADES_OF_WASTING = frozenset({"E2", "E3"})
_SURE = frozenset({Certainty.DEFINITE, Certainty.PROBABLE})
NOWHERE: Places = frozenset()


def answer_of(finding: Finding) -> Answer:
    """What a Finding answers, what it says of wasting included (docs/rules.md, section 2)."""
    said = dict(finding.qualifiers)
    if finding.term != WASTING or finding.answer is not Answer.PRESENT:
        return finding.answer
    if "wasting" in said:
        return _WASTING_ANSWERS.get(said["wasting"][0], Answer.PRESENT)
    grade = said.get("grade_e", ("",))[0]
    return _GRADE_ANSWERS.get(grade, Answer.PRESENT)


def is_graded(finding: Finding) -> bool:
    """Whether a Finding of wasting says how much is visible; E1, one or two mild signs, does not."""
    if finding.term != WASTING:
        return True
    said = dict(finding.qualifiers)
    return "wasting" in said or said.get("grade_e", ("",))[0] in _GRADES_OF_WASTING


def is_after_death(finding: Finding) -> bool:
    return "post" in dict(finding.qualifiers).get("vitality", ())


@dataclass(frozen=True)
class Look:
    """One Examiner's own look at one Photo."""

    reading: Reading
    vocabulary: Vocabulary
    body: BodyPlaces

    @cached_property
    def complete(self) -> bool:
        return self.reading.state is State.COMPLETE

    @cached_property
    def levels(self) -> Mapping[str, str]:
        return dict(self.reading.coverage)

    @cached_property
    def shown(self) -> Places:
        """The places that can be judged well on this Photo."""
        if self.reading.conclusion is Conclusion.NOT_ASSESSABLE:
            return NOWHERE
        return coverage.assessable(self.reading.coverage)

    @cached_property
    def poor(self) -> Places:
        return frozenset(self.levels) - self.shown

    @cached_property
    def says_nothing_visible(self) -> bool:
        return self.complete and self.reading.conclusion is Conclusion.NOTHING_VISIBLE

    @cached_property
    def looked_for(self) -> frozenset[str]:
        """The Terms of the lists that were gone through."""
        return frozenset().union(*(self.vocabulary.signs_on(*each) for each in self.reading.looked_for))

    @cached_property
    def hidden(self) -> frozenset[str]:
        """What cannot be told on this Photo: "colour", "surface", "contour"."""
        found = set(self.vocabulary.hidden_by(self.reading.description))
        for finding in self.reading.findings:
            term = self.vocabulary.term(finding.term)
            if term is not None and finding.confirmed and finding.answer is Answer.PRESENT:
                found.update(term.hides)
                if "advanced" in dict(finding.qualifiers).get("stage", ()):
                    found.update(("colour", "surface", "contour"))
        return frozenset(found)

    @cached_property
    def denied(self) -> frozenset[str]:
        """The Terms of which it says "absent"."""
        return self._answered(Answer.ABSENT)

    @cached_property
    def refused(self) -> frozenset[str]:
        """The Terms that it calls not assessable."""
        return self._answered(Answer.NOT_ASSESSABLE)

    def _answered(self, answer: Answer) -> frozenset[str]:
        return frozenset(f.term for f in self.reading.findings if f.confirmed and answer_of(f) is answer)

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """The Terms of its Findings that say anything but "absent"."""
        return frozenset(f.term for f in self.reading.findings if answer_of(f) is not Answer.ABSENT)

    @cached_property
    def speaking(self) -> tuple[Finding, ...]:
        """The confirmed Findings that speak for a sign in some place."""
        there = {Answer.PRESENT, Answer.NON_SPECIFIC}
        return tuple(f for f in self.reading.findings if f.confirmed and f.regions and answer_of(f) in there)

    @cached_property
    def _placed(self) -> Mapping[int, Places]:
        """Each of its Findings, by `id()` since they live as long as the Reading: asked again for every
        Finding of another photograph that may be contradicted."""
        return {id(finding): self._places_of(finding) for finding in self.reading.findings}

    def places_of(self, finding: Finding) -> Places:
        """Where a Finding of this look lies: of a Region with aspects those it names, else those that this
        Photo shows or shows badly, else all of them."""
        return self._placed[id(finding)]

    def _places_of(self, finding: Finding) -> Places:
        named = dict(finding.qualifiers).get("aspect", ())
        found: set[str] = set()
        for region in finding.regions:
            aspects = self.body.of_region(region)
            chosen = {each for each in aspects if each.partition("/")[2] in named}
            found |= chosen or (aspects & frozenset(self.levels)) or aspects
        return frozenset(found)

    def ground(self, finding: Finding | None = None, regions: Iterable[str] = ()) -> Ground:
        id_ = finding.id if finding else ""
        return Ground(
            self.reading.photo,
            self.reading.examiner,
            id_,
            tuple(sorted(regions)),
            copied=bool(finding and finding.copied_from),
            in_context=bool(finding and finding.in_context),
        )

    def why_not_present(self, finding: Finding, *, whole_body: bool) -> Cause | None:
        """Why a Finding that answers present does not make its sign present; None if it does.

        The order is that of docs/rules.md, section 3: what is told first hides the rest.
        """
        checks = (
            (not finding.confirmed, Cause.NOT_CONFIRMED),
            (not self.complete, Cause.FOUND_NOT_COMPLETE),
            (not finding.certainty_stated, Cause.UNSTATED),
            (finding.certainty not in _SURE, Cause.ONLY_POSSIBLE),
            (is_after_death(finding), Cause.AFTER_DEATH),
            (not is_graded(finding), Cause.NOT_GRADED),
            (not finding.regions and not whole_body, Cause.NO_REGION),
            (not finding.seen_as_is, Cause.ONLY_STEPS),
        )
        return next((cause for fails, cause in checks if fails), None)
