"""A Reading: one Examiner's judgement of one Photo, as it stands after any number of acts.

`apply_to_reading` is the only place that says what an act does to a Reading. The tables on disk, the window
while a commit is under way, undo, redo and rebuild all go through it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from enum import StrEnum

from reviewer.domain.geometry.mark import Mark
from reviewer.domain.geometry.measuring import Measurement, Scale
from reviewer.domain.reading.enhancement import name_exploring_steps
from reviewer.domain.reading.view_settings import ViewSettings, view_settings_from_body
from reviewer.domain.vocabulary.coverage import CoverageLevels
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer

CERTAINTY_NOT_STATED = "not stated"


class ReadingState(StrEnum):
    OPEN = "open"
    COMPLETE = "complete"
    SET_ASIDE = "set aside"


class ReadingRound(StrEnum):
    """Which Reading of a Photo by one Examiner: there is only the first as yet, of acts that name none."""

    FIRST = "first"


class Conclusion(StrEnum):
    """What is said of the whole Photo when there is no Finding to say it."""

    NONE = ""
    NOTHING_VISIBLE = "nothing visible in the assessable regions"
    NOT_ASSESSABLE = "not assessable"


CheckedSignList = tuple[str, str]
"""A list of signs that was gone through to its end: (key of the list, version of the vocabulary)."""

Description = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Finding:
    """One observed sign. `certainty_stated` is False while the certainty is the program's default.

    `qualifiers` are (qualifier key, chosen values) pairs sorted by key. `copied_from` is the SHA-256 of the
    Photo a Finding was copied from; such a Finding counts only once it is `confirmed`. `recipe` is the
    written display recipe (canonical JSON, "" if there is none) under which it was made;
    `seen_as_is` says whether it was made, or its certainty stated, with the photograph shown as it is.
    `alleged_by` is whose account the degree of consistency measures. `in_context` says whether it was made
    after something that was masked (the card, the number, a record) had been uncovered on this Photo.
    """

    id: str
    term: str
    vocabulary: str
    answer: FindingAnswer = FindingAnswer.PRESENT
    reason: str = ""
    certainty: Certainty = Certainty.PROBABLE
    certainty_stated: bool = False
    regions: tuple[str, ...] = ()
    qualifiers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    degree: str = ""
    mechanism: str = ""
    marks: tuple[Mark, ...] = ()
    copied_from: str = ""
    confirmed: bool = True
    recipe: str = ""
    seen_as_is: bool = True
    alleged_by: str = ""
    in_context: bool = False

    @property
    def display_recipe(self) -> ViewSettings | None:
        """NotAllowed if its chain is not known to this program."""
        return view_settings_from_body(json.loads(self.recipe)) if self.recipe else None

    @property
    def certainty_told(self) -> str:
        """The stated certainty: definite, probable, possible; NOT_STATED until it is stated.

        What a Finding has before that is the program's default, and is shown nowhere as a statement.
        """
        return str(self.certainty) if self.certainty_stated else CERTAINTY_NOT_STATED

    @property
    def certainty_in_words(self) -> str:
        """The same where it stands by itself; "" where none is stated and none belongs to the answer."""
        if self.certainty_stated:
            return str(self.certainty)
        return (
            "certainty not stated"
            if self.answer in {FindingAnswer.PRESENT, FindingAnswer.NON_SPECIFIC}
            else ""
        )

    @property
    def is_only_enhanced(self) -> bool:
        """Whether a definite or probable Finding was never seen in the photograph as it is."""
        return (
            self.certainty is not Certainty.POSSIBLE
            and self.answer in {FindingAnswer.PRESENT, FindingAnswer.NON_SPECIFIC}
            and not self.seen_as_is
        )

    @property
    def explored_by(self) -> tuple[str, ...]:
        """Names of the exploring steps through which alone it was seen; none if it was seen otherwise too."""
        if not self.is_only_enhanced or not self.recipe:
            return ()
        return name_exploring_steps(json.loads(self.recipe).get("chain", ()))


@dataclass(frozen=True)
class Reading:
    """`photo` is a SHA-256, `examiner` an examiner's id; with `round` they are the key of a Reading.
    `changed_at` is when its last standing act was.

    `carried_from` is the Photo whose Reading was carried over to this near-duplicate, "" for a look of its
    own: a Reading that was carried over is never counted as an independent one. `looked_for` are the lists
    of signs that were gone through: nothing of them but the Findings is visible. `description` is the state
    of the body and the scene: (key, chosen values) pairs sorted by key. `context_seen` is what was uncovered
    while this Photo was read.
    """

    examiner: str
    photo: str
    state: ReadingState = ReadingState.OPEN
    conclusion: Conclusion = Conclusion.NONE
    reason: str = ""
    note: str = ""
    findings: tuple[Finding, ...] = field(default=())
    changed_at: str = ""
    scales: tuple[Scale, ...] = field(default=())
    measurements: tuple[Measurement, ...] = field(default=())
    coverage: CoverageLevels = field(default=())
    carried_from: str = ""
    looked_for: tuple[CheckedSignList, ...] = field(default=())
    description: Description = field(default=())
    context_seen: tuple[str, ...] = field(default=())
    round: ReadingRound = ReadingRound.FIRST

    def finding(self, finding_id: str) -> Finding | None:
        return next((finding for finding in self.findings if finding.id == finding_id), None)

    def findings_of(self, term: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.term == term)

    def finding_with_mark(self, mark_id: str) -> Finding | None:
        return next(
            (finding for finding in self.findings if any(m.id == mark_id for m in finding.marks)), None
        )

    def scale(self, scale_id: str) -> Scale | None:
        return next((scale for scale in self.scales if scale.id == scale_id), None)

    def measurement(self, measurement_id: str) -> Measurement | None:
        return next(
            (measurement for measurement in self.measurements if measurement.id == measurement_id), None
        )

    @property
    def present(self) -> tuple[Finding, ...]:
        """The confirmed Findings that are there: present or non-specific."""
        there = {FindingAnswer.PRESENT, FindingAnswer.NON_SPECIFIC}
        return tuple(finding for finding in self.findings if finding.confirmed and finding.answer in there)

    @property
    def surest(self) -> int:
        """The surest certainty stated of these: 1 possible, 2 probable, 3 definite; 0 if none was stated."""
        steps = {Certainty.POSSIBLE: 1, Certainty.PROBABLE: 2, Certainty.DEFINITE: 3}
        return max(
            (steps[finding.certainty] for finding in self.present if finding.certainty_stated), default=0
        )

    @property
    def says_something(self) -> bool:
        """Whether there is anything a completed Reading could rest on."""
        return bool(self.conclusion) or any(finding.confirmed for finding in self.findings)

    @property
    def is_complete_by_own_look(self) -> bool:
        """Whether its Examiner completed it, and did not only carry it over from a near-duplicate."""
        return self.state is ReadingState.COMPLETE and not self.carried_from

    def with_finding(self, changed: Finding) -> Reading:
        """Return the Reading with this Finding in place of the one with its id, or appended."""
        if self.finding(changed.id) is None:
            return replace(self, findings=(*self.findings, changed))
        return replace(
            self,
            findings=tuple(changed if finding.id == changed.id else finding for finding in self.findings),
        )

    def without_findings(self, finding_ids: frozenset[str]) -> Reading:
        return replace(
            self, findings=tuple(finding for finding in self.findings if finding.id not in finding_ids)
        )


ReadingPair = tuple[Reading | None, Reading | None]
"""One Reading before and after; None where there is none."""
