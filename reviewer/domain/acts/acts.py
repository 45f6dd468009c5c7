"""What each act does to a Reading.

Acts are past tense; their bodies hold text, whole numbers, truth values and lists only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from reviewer.domain.acts.reading_bodies import finding_from, points_from, scale_from
from reviewer.domain.geometry.mark import Mark, Shape, page_from
from reviewer.domain.geometry.measuring import Measurement, Quantity, Take
from reviewer.domain.ledger.entry import Body, Draft, Entry
from reviewer.domain.reading.reading import Conclusion, Finding, Reading, State
from reviewer.domain.vocabulary.coverage import assessable, with_levels
from reviewer.domain.vocabulary.scales import Answer, Certainty
from reviewer.domain.worklist.reading_order import READING_RULES_SET as READING_RULES_SET

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
COVERAGE_SET = "coverage.set"
CARRIED_OVER = "reading.carried_over"
CERTAINTY_STATED = "findings.certainty_stated"
LOOKED_FOR = "reading.looked_for"
DESCRIBED = "reading.described"
CONTEXT_SEEN = "reading.context_seen"
NEVER_TAKEN_BACK = frozenset({CONTEXT_SEEN})
"""What was seen cannot be unseen: these acts stand, and undo passes them by."""

CASE_CREATED = "case.created"
EXAMINER_ENROLLED = "examiner.enrolled"
SOURCE_ADDED = "source.added"
SOURCE_INGESTED = "source.ingested"
INGEST_BEGUN = "source.ingest_begun"
CHANGED_FILES_FOUND = "source.changed_files_found"
SOURCE_MOVED = "source.moved"
EXAMINER_KEY_SET = "examiner.key_set"
EXPORT_MADE = "export.made"
EVIDENCE_VERIFIED = "evidence.verified"
MANIFEST_COMPARED = "manifest.compared"
BACKUP_MADE = "backup.made"
PASSPHRASE_CHANGED = "passphrase.changed"
RECOVERY_KEY_MADE = "recovery_key.made"
CLOCK_SET_BACK = "clock.set_back"
RECORDS_LOADED = "records.loaded"
ONLY_IN_LEDGER = (
    INGEST_BEGUN,
    CHANGED_FILES_FOUND,
    EXPORT_MADE,
    EVIDENCE_VERIFIED,
    MANIFEST_COMPARED,
    BACKUP_MADE,
    PASSPHRASE_CHANGED,
    RECOVERY_KEY_MADE,
    CLOCK_SET_BACK,
)
"""Acts that no table follows from."""

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


def acts_of_reading() -> tuple[str, ...]:
    """Every act that belongs to a Reading."""
    return tuple(_EVOLUTIONS)


def is_of_reading(act: str) -> bool:
    """Whether an act belongs to a Reading, and so can be taken back."""
    return act in _EVOLUTIONS


def _opened(reading: Reading) -> Reading:
    """A Reading that is changed is open again: only its Examiner can say that it is complete."""
    return replace(reading, state=State.OPEN)


def _added(reading: Reading, body: Body) -> Reading:
    made = replace(finding_from(body), in_context=bool(reading.context_seen))
    return _opened(replace(reading, conclusion=Conclusion.NONE, reason="")).with_finding(made)


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
    """What was taken away was visible to somebody: the lists are to be gone through again."""
    return _opened(replace(reading.without(frozenset(body["ids"])), looked_for=()))


def _certainty_stated(reading: Reading, body: Body) -> Reading:
    """One certainty for several Findings; those that have one that was stated keep it."""
    ids = frozenset(body["ids"])
    certainty, as_is = Certainty(body["certainty"]), body["seen_as_is"]
    findings = tuple(
        replace(f, certainty=certainty, certainty_stated=True, seen_as_is=f.seen_as_is or as_is)
        if f.id in ids and not f.certainty_stated
        else f
        for f in reading.findings
    )
    return _opened(replace(reading, findings=findings))


def _looked_for(reading: Reading, body: Body) -> Reading:
    return _opened(replace(reading, looked_for=_checked(body["lists"])))


def _checked(lists: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, version) for key, version in lists))


def _described(reading: Reading, body: Body) -> Reading:
    kept = {key: values for key, values in reading.description if key != body["what"]}
    if body["values"]:
        kept[body["what"]] = tuple(body["values"])
    return _opened(replace(reading, description=tuple(sorted(kept.items()))))


def _context_seen(reading: Reading, body: Body) -> Reading:
    """A Reading that is complete stays so: what is uncovered afterwards changes nothing that was said."""
    return replace(reading, context_seen=tuple(sorted({*reading.context_seen, body["what"]})))


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
    mark = Mark(body["mark"], Shape(body["shape"]), points_from(body), page_from(body))
    return replace(finding, marks=(*finding.marks, mark))


def _with_reshaped_mark(finding: Finding, body: Body) -> Finding:
    marks = tuple(replace(m, points=points_from(body)) if m.id == body["mark"] else m for m in finding.marks)
    return replace(finding, marks=marks)


def _scale_marked(reading: Reading, body: Body) -> Reading:
    return _opened(replace(reading, scales=(*reading.scales, scale_from(body))))


def _measured(reading: Reading, body: Body) -> Reading:
    made = Measurement(
        body["id"],
        Quantity(body["quantity"]),
        (Take(points_from(body), body["hand"]),),
        body["scale"],
        body["finding"],
        page_from(body),
    )
    return _opened(replace(reading, measurements=(*reading.measurements, made)))


def _repeated(reading: Reading, body: Body) -> Reading:
    take = Take(points_from(body), body["hand"])
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


def _covered(reading: Reading, body: Body) -> Reading:
    """Of a Region that is shown only now nobody has gone through the lists yet."""
    coverage = with_levels(reading.coverage, dict(body["regions"]))
    more = assessable(coverage) - assessable(reading.coverage)
    return _opened(replace(reading, coverage=coverage, looked_for=() if more else reading.looked_for))


def _carried_over(reading: Reading, body: Body) -> Reading:
    """What was judged on a near-duplicate stands here too, and says so."""
    carried = replace(
        reading,
        state=State.COMPLETE,
        conclusion=Conclusion(body["conclusion"]),
        reason=body["reason"],
        coverage=with_levels(reading.coverage, dict(body["coverage"])),
        carried_from=body["from"],
    )
    for each in body["findings"]:
        carried = carried.with_finding(finding_from(each))
    return carried


def _completed(reading: Reading, _body: Body) -> Reading:
    """Who completes a Reading has looked: it is no longer one that was only carried over."""
    return replace(reading, state=State.COMPLETE, carried_from="")


def _concluding(conclusion: Conclusion) -> Evolution:
    return lambda reading, body: replace(
        reading, state=State.OPEN, conclusion=conclusion, reason=body.get("reason", "")
    )


def _ending(conclusion: Conclusion) -> Evolution:
    """Whoever withdraws "nothing visible", or cannot judge the Photo, has gone through no list either."""
    conclude = _concluding(conclusion)
    return lambda reading, body: replace(conclude(reading, body), looked_for=())


def _nothing_visible(reading: Reading, body: Body) -> Reading:
    """Before case format 1.5 it named no list of signs."""
    looked_for = _checked(body.get("lists", ()))
    concluded = _concluding(Conclusion.NOTHING_VISIBLE)(reading, body)
    return replace(concluded, looked_for=looked_for)


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
    DEGREE_SET: _changing(
        lambda f, b: replace(
            f, degree=b["degree"], mechanism=b["mechanism"], alleged_by=b.get("alleged_by", "")
        )
    ),
    MARK_ADDED: _changing(_with_mark),
    MARK_RESHAPED: _changing(_with_reshaped_mark),
    MARK_REMOVED: _changing(lambda f, b: replace(f, marks=tuple(m for m in f.marks if m.id != b["mark"]))),
    SCALE_MARKED: _scale_marked,
    SCALE_REMOVED: _without_scale,
    MEASUREMENT_TAKEN: _measured,
    MEASUREMENT_REPEATED: _repeated,
    MEASUREMENT_REMOVED: _without_measurement,
    NOTE_WRITTEN: lambda reading, body: _opened(replace(reading, note=body["text"])),
    NOTHING_VISIBLE: _nothing_visible,
    NOT_ASSESSABLE: _ending(Conclusion.NOT_ASSESSABLE),
    CONCLUSION_WITHDRAWN: _ending(Conclusion.NONE),
    COMPLETED: _completed,
    SET_ASIDE: _becoming(State.SET_ASIDE),
    REOPENED: _becoming(State.OPEN),
    COVERAGE_SET: _covered,
    CARRIED_OVER: _carried_over,
    CERTAINTY_STATED: _certainty_stated,
    LOOKED_FOR: _looked_for,
    DESCRIBED: _described,
    CONTEXT_SEEN: _context_seen,
}
