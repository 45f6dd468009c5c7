"""What each act does to a Reading.

Acts are past tense; their bodies hold text, whole numbers, truth values and lists only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from reviewer.domain.ledger import Body, Draft, Entry, canonical
from reviewer.domain.mark import Mark, Shape
from reviewer.domain.measuring import Measurement, Quantity, Scale, Take
from reviewer.domain.reading import Answer, Certainty, Conclusion, Finding, Reading, State

FINDING_ADDED = "finding.added"
FINDINGS_COPIED = "findings.copied"
FINDINGS_CONFIRMED = "findings.confirmed"
FINDINGS_REMOVED = "findings.removed"
ANSWER_SET = "finding.answer_set"
CERTAINTY_SET = "finding.certainty_set"
REGIONS_SET = "finding.regions_set"
QUALIFIER_SET = "finding.qualifier_set"
DEGREE_SET = "finding.degree_set"
MARK_ADDED = "mark.added"
MARK_RESHAPED = "mark.reshaped"
MARK_REMOVED = "mark.removed"
SCALE_MARKED = "scale.marked"
SCALE_REMOVED = "scale.removed"
MEASUREMENT_TAKEN = "measurement.taken"
MEASUREMENT_REPEATED = "measurement.repeated"
MEASUREMENT_REMOVED = "measurement.removed"
NOTE_WRITTEN = "note.written"
NOTHING_VISIBLE = "reading.nothing_visible"
NOT_ASSESSABLE = "reading.not_assessable"
CONCLUSION_WITHDRAWN = "reading.conclusion_withdrawn"
COMPLETED = "reading.completed"
SET_ASIDE = "reading.set_aside"
REOPENED = "reading.reopened"

CASE_CREATED = "case.created"
EXAMINER_ENROLLED = "examiner.enrolled"
SOURCE_ADDED = "source.added"
SOURCE_INGESTED = "source.ingested"
EXPORT_MADE = "export.made"

Evolution = Callable[[Reading, Body], Reading]


def evolved(reading: Reading, act: str, body: Body, at: str) -> Reading:
    """The Reading after one more act. Raises KeyError for an act that is none of a Reading's."""
    return replace(_EVOLUTIONS[act](reading, body), changed_at=at)


def folded(examiner: str, photo: str, entries: Iterable[Entry]) -> Reading | None:
    """The Reading that follows from these acts, oldest first; None if there are none."""
    reading: Reading | None = None
    for entry in entries:
        reading = evolved(reading or Reading(examiner, photo), entry.act, entry.body, entry.at)
    return reading


def projected(reading: Reading, drafts: Iterable[Draft]) -> Reading:
    """The Reading as it will be once `drafts` are sealed: for showing acts that are still being saved."""
    for draft in drafts:
        if draft.act in _EVOLUTIONS:
            reading = evolved(reading, draft.act, draft.body, reading.changed_at)
    return reading


def is_of_reading(act: str) -> bool:
    """Whether an act belongs to a Reading, and so can be taken back."""
    return act in _EVOLUTIONS


def finding_body(finding: Finding) -> dict[str, Any]:
    """A Finding as it stands in the body of an act; Marks are acts of their own."""
    return {
        "id": finding.id,
        "term": finding.term,
        "vocabulary": finding.vocabulary,
        "answer": str(finding.answer),
        "reason": finding.reason,
        "certainty": str(finding.certainty),
        "certainty_stated": finding.certainty_stated,
        "regions": list(finding.regions),
        "qualifiers": {key: list(values) for key, values in finding.qualifiers},
        "degree": finding.degree,
        "mechanism": finding.mechanism,
        "copied_from": finding.copied_from,
        "confirmed": finding.confirmed,
        "recipe": json.loads(finding.recipe) if finding.recipe else {},
        "seen_as_is": finding.seen_as_is,
    }


def _finding_from(body: Body) -> Finding:
    return Finding(
        id=body["id"],
        term=body["term"],
        vocabulary=body["vocabulary"],
        answer=Answer(body["answer"]),
        reason=body["reason"],
        certainty=Certainty(body["certainty"]),
        certainty_stated=body["certainty_stated"],
        regions=tuple(body["regions"]),
        qualifiers=tuple(sorted((key, tuple(values)) for key, values in body["qualifiers"].items())),
        degree=body["degree"],
        mechanism=body["mechanism"],
        copied_from=body["copied_from"],
        confirmed=body["confirmed"],
        recipe=_written(body.get("recipe")),  # acts of case format 1.0 have neither
        seen_as_is=body.get("seen_as_is", True),
    )


def _written(recipe: object) -> str:
    return canonical(recipe).decode("utf-8") if recipe else ""


def _opened(reading: Reading) -> Reading:
    """A Reading that is changed is open again: only its Examiner can say that it is complete."""
    return replace(reading, state=State.OPEN)


def _added(reading: Reading, body: Body) -> Reading:
    return _opened(replace(reading, conclusion=Conclusion.NONE, reason="")).with_finding(_finding_from(body))


def _copied(reading: Reading, body: Body) -> Reading:
    for each in body["findings"]:
        reading = _added(reading, each)
    return reading


def _confirmed(reading: Reading, body: Body) -> Reading:
    ids = frozenset(body["ids"])
    as_is = body.get("seen_as_is", True)
    findings = tuple(
        replace(f, confirmed=True, seen_as_is=f.seen_as_is or as_is) if f.id in ids else f
        for f in reading.findings
    )
    return _opened(replace(reading, findings=findings))


def _removed(reading: Reading, body: Body) -> Reading:
    return _opened(reading.without(frozenset(body["ids"])))


def _changing(change: Callable[[Finding, Body], Finding]) -> Evolution:
    """An act on one Finding; nothing happens if the Finding is gone (its adding was taken back)."""

    def evolve(reading: Reading, body: Body) -> Reading:
        finding = reading.finding(body["finding"])
        return reading if finding is None else _opened(reading.with_finding(change(finding, body)))

    return evolve


def _with_qualifier(finding: Finding, body: Body) -> Finding:
    kept = {key: values for key, values in finding.qualifiers if key != body["qualifier"]}
    if body["values"]:
        kept[body["qualifier"]] = tuple(body["values"])
    return replace(finding, qualifiers=tuple(sorted(kept.items())))


def _with_mark(finding: Finding, body: Body) -> Finding:
    mark = Mark(body["mark"], Shape(body["shape"]), _points(body))
    return replace(finding, marks=(*finding.marks, mark))


def _with_reshaped_mark(finding: Finding, body: Body) -> Finding:
    marks = tuple(replace(m, points=_points(body)) if m.id == body["mark"] else m for m in finding.marks)
    return replace(finding, marks=marks)


def _points(body: Body) -> tuple[tuple[int, int], ...]:
    return tuple((int(x), int(y)) for x, y in body["points"])


def scale_body(scale: Scale) -> dict[str, Any]:
    """A Scale as it stands in the body of an act."""
    return {
        "id": scale.id,
        "points": [list(point) for point in scale.points],
        "micrometres": list(scale.micrometres),
        "source": scale.source,
        "tilt": scale.tilt,
        "curved": scale.curved,
        "hand": scale.hand,
    }


def scale_from(body: Body) -> Scale:
    return Scale(
        id=body["id"],
        points=_points(body),
        micrometres=tuple(body["micrometres"]),
        source=body["source"],
        tilt=body["tilt"],
        curved=body["curved"],
        hand=body["hand"],
    )


def _scale_marked(reading: Reading, body: Body) -> Reading:
    return _opened(replace(reading, scales=(*reading.scales, scale_from(body))))


def _measured(reading: Reading, body: Body) -> Reading:
    made = Measurement(
        body["id"],
        Quantity(body["quantity"]),
        (Take(_points(body), body["hand"]),),
        body["scale"],
        body["finding"],
    )
    return _opened(replace(reading, measurements=(*reading.measurements, made)))


def _repeated(reading: Reading, body: Body) -> Reading:
    take = Take(_points(body), body["hand"])
    return _opened(
        replace(
            reading,
            measurements=tuple(
                replace(m, takes=(*m.takes, take)) if m.id == body["measurement"] else m
                for m in reading.measurements
            ),
        )
    )


def _without_measurement(reading: Reading, body: Body) -> Reading:
    kept = tuple(m for m in reading.measurements if m.id != body["measurement"])
    return _opened(replace(reading, measurements=kept))


def _without_scale(reading: Reading, body: Body) -> Reading:
    return _opened(replace(reading, scales=tuple(s for s in reading.scales if s.id != body["scale"])))


def _concluding(conclusion: Conclusion) -> Evolution:
    return lambda reading, body: replace(
        reading, state=State.OPEN, conclusion=conclusion, reason=body.get("reason", "")
    )


def _becoming(state: State) -> Evolution:
    return lambda reading, _body: replace(reading, state=state)


_EVOLUTIONS: dict[str, Evolution] = {
    FINDING_ADDED: _added,
    FINDINGS_COPIED: _copied,
    FINDINGS_CONFIRMED: _confirmed,
    FINDINGS_REMOVED: _removed,
    ANSWER_SET: _changing(lambda f, b: replace(f, answer=Answer(b["answer"]), reason=b["reason"])),
    CERTAINTY_SET: _changing(
        lambda f, b: replace(
            f,
            certainty=Certainty(b["certainty"]),
            certainty_stated=True,
            seen_as_is=f.seen_as_is or b.get("seen_as_is", True),
        )
    ),
    REGIONS_SET: _changing(lambda f, b: replace(f, regions=tuple(b["regions"]))),
    QUALIFIER_SET: _changing(_with_qualifier),
    DEGREE_SET: _changing(lambda f, b: replace(f, degree=b["degree"], mechanism=b["mechanism"])),
    MARK_ADDED: _changing(_with_mark),
    MARK_RESHAPED: _changing(_with_reshaped_mark),
    MARK_REMOVED: _changing(lambda f, b: replace(f, marks=tuple(m for m in f.marks if m.id != b["mark"]))),
    SCALE_MARKED: _scale_marked,
    SCALE_REMOVED: _without_scale,
    MEASUREMENT_TAKEN: _measured,
    MEASUREMENT_REPEATED: _repeated,
    MEASUREMENT_REMOVED: _without_measurement,
    NOTE_WRITTEN: lambda reading, body: _opened(replace(reading, note=body["text"])),
    NOTHING_VISIBLE: _concluding(Conclusion.NOTHING_VISIBLE),
    NOT_ASSESSABLE: _concluding(Conclusion.NOT_ASSESSABLE),
    CONCLUSION_WITHDRAWN: _concluding(Conclusion.NONE),
    COMPLETED: _becoming(State.COMPLETE),
    SET_ASIDE: _becoming(State.SET_ASIDE),
    REOPENED: _becoming(State.OPEN),
}
