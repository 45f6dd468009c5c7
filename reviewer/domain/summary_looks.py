"""One Examiner's own look at one Photo, as a Summary asks it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from reviewer.domain import coverage
from reviewer.domain.reading import Answer, Conclusion, Finding, Reading, State
from reviewer.domain.summary import Ground

_GRADES = {"E0": Answer.ABSENT, "EX": Answer.NOT_ASSESSABLE}
Regions = frozenset[str]
NONE: Regions = frozenset()


def answer_of(finding: Finding) -> Answer:
    """What a Finding answers, its grade included."""
    grade = dict(finding.qualifiers).get("grade_e", ())
    said = _GRADES.get(grade[0]) if grade and finding.answer is Answer.PRESENT else None
    return said or finding.answer


@dataclass(frozen=True)
class Look:
    """One Examiner's own look at one Photo."""

    reading: Reading

    @cached_property
    def complete(self) -> bool:
        return self.reading.state is State.COMPLETE

    @cached_property
    def levels(self) -> Mapping[str, str]:
        return dict(self.reading.coverage)

    @cached_property
    def assessable(self) -> Regions:
        if self.reading.conclusion is Conclusion.NOT_ASSESSABLE:
            return NONE
        return coverage.assessable(self.reading.coverage)

    @cached_property
    def poor(self) -> Regions:
        return frozenset(self.levels) - self.assessable

    @cached_property
    def denies(self) -> Collection[str]:
        """The Terms of which this look says "absent", or a grade that denies."""
        return {
            each.term for each in self.reading.findings if each.confirmed and answer_of(each) is Answer.ABSENT
        }

    @cached_property
    def says_nothing_visible(self) -> bool:
        return self.complete and self.reading.conclusion is Conclusion.NOTHING_VISIBLE

    def ground(self, finding: Finding | None = None, regions: Iterable[str] = ()) -> Ground:
        id_ = finding.id if finding else ""
        return Ground(self.reading.photo, self.reading.examiner, id_, tuple(sorted(regions)))
