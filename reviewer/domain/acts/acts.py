"""The acts of a Reading and what each does to it, and the acts on the case itself.

Acts are past tense; their bodies hold text, whole numbers, truth values and lists only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from reviewer.domain.acts.act import Act, AffectedThing, ThingKind, make_reading_id
from reviewer.domain.acts.reading_bodies import finding_from_body, points_from_body, scale_from_body
from reviewer.domain.geometry.mark import Mark, MarkShape, page_from_body
from reviewer.domain.geometry.measuring import Measurement, Quantity, Take
from reviewer.domain.ledger.entry import ACT_TAKEN_BACK, Draft, Entry, EntryBody
from reviewer.domain.reading.reading import Conclusion, Finding, Reading, ReadingRound, ReadingState
from reviewer.domain.vocabulary.coverage import find_assessable_keys, set_levels
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
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
EXAMINER_KEY_VOUCHED = "examiner.key_vouched"
EXAMINER_ROLE_SET = "examiner.role_set"
EXPORT_MADE = "export.made"
EVIDENCE_VERIFIED = "evidence.verified"
MANIFEST_COMPARED = "manifest.compared"
BACKUP_MADE = "backup.made"
PASSPHRASE_CHANGED = "passphrase.changed"
RECOVERY_KEY_MADE = "recovery_key.made"
EXAMINER_REMOVED = "examiner.removed"
CASE_KEY_CHANGE_WANTED = "case_key.change_wanted"
CASE_KEY_CHANGED = "case_key.changed"
CLOCK_SET_BACK = "clock.set_back"
LEDGER_SEEN = "ledger.seen"
HEAD_STAMPED = "head.stamped"
RECEIPT_JUDGED = "receipt.judged"
DEFINITIONS_STATED = "definitions.stated"
PACK_STATED = "pack.stated"
RECORDS_LOADED = "records.loaded"
MANDATE_WRITTEN = "case.mandate_written"
CARD_ORDER_SET = "case.card_order_set"
ONLY_IN_LEDGER = (
    INGEST_BEGUN,
    CHANGED_FILES_FOUND,
    EXPORT_MADE,
    EVIDENCE_VERIFIED,
    MANIFEST_COMPARED,
    BACKUP_MADE,
    PASSPHRASE_CHANGED,
    RECOVERY_KEY_MADE,
    EXAMINER_KEY_VOUCHED,
    EXAMINER_ROLE_SET,
    EXAMINER_REMOVED,
    CASE_KEY_CHANGE_WANTED,
    CASE_KEY_CHANGED,
    CLOCK_SET_BACK,
    LEDGER_SEEN,
    HEAD_STAMPED,
    RECEIPT_JUDGED,
    DEFINITIONS_STATED,
    PACK_STATED,
)
"""Acts that no table follows from."""
ONLY_NOTES = (EXPORT_MADE, LEDGER_SEEN, DEFINITIONS_STATED, PACK_STATED)
"""Acts that alter nothing an export holds: what is exported before and after one of them is the same."""

ReadingActHandler = Callable[[Reading, EntryBody], Reading]


def apply_to_reading(reading: Reading, act: str, body: EntryBody, at: str) -> Reading:
    """The Reading after one more act. Raises KeyError for an act that is none of a Reading's."""
    return replace(_HANDLERS[act](reading, body), changed_at=at)


def preview_reading(reading: Reading, drafts: Iterable[Draft]) -> Reading:
    """The Reading as it will be once `drafts` are sealed: for showing acts that are still being saved."""
    for draft in drafts:
        if draft.act in _HANDLERS:
            reading = apply_to_reading(reading, draft.act, draft.body, reading.changed_at)
    return reading


def list_acts_of_reading() -> tuple[str, ...]:
    """Every act that belongs to a Reading."""
    return tuple(_HANDLERS)


def is_act_of_reading(act: str) -> bool:
    """Whether an act belongs to a Reading, and so can be taken back."""
    return act in _HANDLERS


def _reopen(reading: Reading) -> Reading:
    """A Reading that is changed is open again: only its Examiner can say that it is complete."""
    return replace(reading, state=ReadingState.OPEN)


def _add_finding(reading: Reading, body: EntryBody) -> Reading:
    made = replace(finding_from_body(body), in_context=bool(reading.context_seen))
    return _reopen(replace(reading, conclusion=Conclusion.NONE, reason="")).with_finding(made)


def _add_copied_findings(reading: Reading, body: EntryBody) -> Reading:
    for finding in body["findings"]:
        reading = _add_finding(reading, finding)
    return reading


def _confirm_findings(reading: Reading, body: EntryBody) -> Reading:
    ids = frozenset(body["ids"])
    as_is = body.get("seen_as_is", True)
    findings = tuple(
        replace(f, confirmed=True, seen_as_is=f.seen_as_is or as_is) if f.id in ids else f
        for f in reading.findings
    )
    return _reopen(replace(reading, findings=findings))


def _remove_findings(reading: Reading, body: EntryBody) -> Reading:
    """What was taken away was visible to somebody: the lists are to be gone through again."""
    return _reopen(replace(reading.without_findings(frozenset(body["ids"])), looked_for=()))


def _state_certainty(reading: Reading, body: EntryBody) -> Reading:
    """One certainty for several Findings; those that have one that was stated keep it."""
    ids = frozenset(body["ids"])
    certainty, as_is = Certainty(body["certainty"]), body["seen_as_is"]
    findings = tuple(
        replace(f, certainty=certainty, certainty_stated=True, seen_as_is=f.seen_as_is or as_is)
        if f.id in ids and not f.certainty_stated
        else f
        for f in reading.findings
    )
    return _reopen(replace(reading, findings=findings))


def _set_lists_looked_for(reading: Reading, body: EntryBody) -> Reading:
    return _reopen(replace(reading, looked_for=_sort_list_versions(body["lists"])))


def _sort_list_versions(lists: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, version) for key, version in lists))


def _set_description(reading: Reading, body: EntryBody) -> Reading:
    kept = {key: values for key, values in reading.description if key != body["what"]}
    if body["values"]:
        kept[body["what"]] = tuple(body["values"])
    return _reopen(replace(reading, description=tuple(sorted(kept.items()))))


def _note_context_seen(reading: Reading, body: EntryBody) -> Reading:
    """A Reading that is complete stays so: what is uncovered afterwards changes nothing that was said."""
    return replace(reading, context_seen=tuple(sorted({*reading.context_seen, body["what"]})))


def _make_handler_for_one_finding(change: Callable[[Finding, EntryBody], Finding]) -> ReadingActHandler:
    """An act on one Finding; nothing happens if the Finding is gone (its adding was taken back)."""

    def evolve(reading: Reading, body: EntryBody) -> Reading:
        finding = reading.finding(body["finding"])
        return reading if finding is None else _reopen(reading.with_finding(change(finding, body)))

    return evolve


def _set_qualifier(finding: Finding, body: EntryBody) -> Finding:
    kept = {key: values for key, values in finding.qualifiers if key != body["qualifier"]}
    if body["values"]:
        kept[body["qualifier"]] = tuple(body["values"])
    return replace(finding, qualifiers=tuple(sorted(kept.items())))


def _add_mark(finding: Finding, body: EntryBody) -> Finding:
    mark = Mark(body["mark"], MarkShape(body["shape"]), points_from_body(body), page_from_body(body))
    return replace(finding, marks=(*finding.marks, mark))


def _reshape_mark(finding: Finding, body: EntryBody) -> Finding:
    marks = tuple(
        replace(m, points=points_from_body(body)) if m.id == body["mark"] else m for m in finding.marks
    )
    return replace(finding, marks=marks)


def _add_scale(reading: Reading, body: EntryBody) -> Reading:
    return _reopen(replace(reading, scales=(*reading.scales, scale_from_body(body))))


def _add_measurement(reading: Reading, body: EntryBody) -> Reading:
    made = Measurement(
        body["id"],
        Quantity(body["quantity"]),
        (Take(points_from_body(body), body["hand"]),),
        body["scale"],
        body["finding"],
        page_from_body(body),
    )
    return _reopen(replace(reading, measurements=(*reading.measurements, made)))


def _add_take(reading: Reading, body: EntryBody) -> Reading:
    take = Take(points_from_body(body), body["hand"])
    return _reopen(
        replace(
            reading,
            measurements=tuple(
                replace(m, takes=(*m.takes, take)) if m.id == body["measurement"] else m
                for m in reading.measurements
            ),
        )
    )


def _remove_measurement(reading: Reading, body: EntryBody) -> Reading:
    kept = tuple(m for m in reading.measurements if m.id != body["measurement"])
    return _reopen(replace(reading, measurements=kept))


def _remove_scale(reading: Reading, body: EntryBody) -> Reading:
    return _reopen(replace(reading, scales=tuple(s for s in reading.scales if s.id != body["scale"])))


def _set_coverage(reading: Reading, body: EntryBody) -> Reading:
    """Set levels; a Region that becomes assessable has not been gone through for any list yet."""
    coverage = set_levels(reading.coverage, dict(body["regions"]))
    more = find_assessable_keys(coverage) - find_assessable_keys(reading.coverage)
    return _reopen(replace(reading, coverage=coverage, looked_for=() if more else reading.looked_for))


def _carry_over(reading: Reading, body: EntryBody) -> Reading:
    """Take over what was judged on a near-duplicate, marked as carried over."""
    carried = replace(
        reading,
        state=ReadingState.COMPLETE,
        conclusion=Conclusion(body["conclusion"]),
        reason=body["reason"],
        coverage=set_levels(reading.coverage, dict(body["coverage"])),
        carried_from=body["from"],
    )
    for finding in body["findings"]:
        carried = carried.with_finding(finding_from_body(finding))
    return carried


def _complete(reading: Reading, _body: EntryBody) -> Reading:
    """Who completes a Reading has looked: it is no longer one that was only carried over."""
    return replace(reading, state=ReadingState.COMPLETE, carried_from="")


def _make_handler_for_conclusion(conclusion: Conclusion) -> ReadingActHandler:
    return lambda reading, body: replace(
        reading, state=ReadingState.OPEN, conclusion=conclusion, reason=body.get("reason", "")
    )


def _make_handler_for_conclusion_without_lists(conclusion: Conclusion) -> ReadingActHandler:
    """Make a handler that also forgets the lists: a Photo that cannot be judged was not gone through."""
    conclude = _make_handler_for_conclusion(conclusion)
    return lambda reading, body: replace(conclude(reading, body), looked_for=())


def _conclude_nothing_visible(reading: Reading, body: EntryBody) -> Reading:
    """Before case format 1.5 it named no list of signs."""
    looked_for = _sort_list_versions(body.get("lists", ()))
    concluded = _make_handler_for_conclusion(Conclusion.NOTHING_VISIBLE)(reading, body)
    return replace(concluded, looked_for=looked_for)


def _make_handler_for_state(state: ReadingState) -> ReadingActHandler:
    return lambda reading, _body: replace(reading, state=state)


_HANDLERS: dict[str, ReadingActHandler] = {
    FINDING_ADDED: _add_finding,
    FINDINGS_COPIED: _add_copied_findings,
    FINDINGS_CONFIRMED: _confirm_findings,
    FINDINGS_REMOVED: _remove_findings,
    ANSWER_SET: _make_handler_for_one_finding(
        lambda f, b: replace(f, answer=FindingAnswer(b["answer"]), reason=b["reason"])
    ),
    CERTAINTY_SET: _make_handler_for_one_finding(
        lambda f, b: replace(
            f,
            certainty=Certainty(b["certainty"]),
            certainty_stated=True,
            seen_as_is=f.seen_as_is or b.get("seen_as_is", True),
        )
    ),
    REGIONS_SET: _make_handler_for_one_finding(lambda f, b: replace(f, regions=tuple(b["regions"]))),
    QUALIFIER_SET: _make_handler_for_one_finding(_set_qualifier),
    DEGREE_SET: _make_handler_for_one_finding(
        lambda f, b: replace(
            f, degree=b["degree"], mechanism=b["mechanism"], alleged_by=b.get("alleged_by", "")
        )
    ),
    MARK_ADDED: _make_handler_for_one_finding(_add_mark),
    MARK_RESHAPED: _make_handler_for_one_finding(_reshape_mark),
    MARK_REMOVED: _make_handler_for_one_finding(
        lambda f, b: replace(f, marks=tuple(m for m in f.marks if m.id != b["mark"]))
    ),
    SCALE_MARKED: _add_scale,
    SCALE_REMOVED: _remove_scale,
    MEASUREMENT_TAKEN: _add_measurement,
    MEASUREMENT_REPEATED: _add_take,
    MEASUREMENT_REMOVED: _remove_measurement,
    NOTE_WRITTEN: lambda reading, body: _reopen(replace(reading, note=body["text"])),
    NOTHING_VISIBLE: _conclude_nothing_visible,
    NOT_ASSESSABLE: _make_handler_for_conclusion_without_lists(Conclusion.NOT_ASSESSABLE),
    CONCLUSION_WITHDRAWN: _make_handler_for_conclusion_without_lists(Conclusion.NONE),
    COMPLETED: _complete,
    SET_ASIDE: _make_handler_for_state(ReadingState.SET_ASIDE),
    REOPENED: _make_handler_for_state(ReadingState.OPEN),
    COVERAGE_SET: _set_coverage,
    CARRIED_OVER: _carry_over,
    CERTAINTY_STATED: _state_certainty,
    LOOKED_FOR: _set_lists_looked_for,
    DESCRIBED: _set_description,
    CONTEXT_SEEN: _note_context_seen,
}


def _affects_own_reading(entry: Entry) -> Iterator[AffectedThing]:
    """An act without a round, as all are that were made before there were several, is of the first."""
    round_ = ReadingRound(entry.body.get("round", ReadingRound.FIRST))
    yield AffectedThing(ThingKind.READING, make_reading_id(entry.author, entry.subject, round_), entry.body)


def _handle_reading(reading: Reading, body: EntryBody, entry: Entry) -> Reading:
    return apply_to_reading(reading, entry.act, body, entry.at)


ACTS_OF_READING = tuple(
    Act(name, _affects_own_reading, {ThingKind.READING: _handle_reading}, stays=name in NEVER_TAKEN_BACK)
    for name in _HANDLERS
)
ACTS_OF_CASE = tuple(
    Act(name)
    for name in (
        CASE_CREATED,
        READING_RULES_SET,
        MANDATE_WRITTEN,
        CARD_ORDER_SET,
        EXAMINER_ENROLLED,
        EXAMINER_KEY_SET,
        SOURCE_ADDED,
        SOURCE_INGESTED,
        SOURCE_MOVED,
        RECORDS_LOADED,
        *ONLY_IN_LEDGER,
        ACT_TAKEN_BACK,
    )
)
