"""From what an Examiner wants to the act that will be sealed, or to a sentence that says why not.

Pure: a Reading as it stands and the wish go in, a Draft comes out. Ids of new things are given by the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from reviewer.domain.acts import acts
from reviewer.domain.acts.reading_bodies import finding_to_body, scale_to_body
from reviewer.domain.errors import NotAllowed
from reviewer.domain.geometry.mark import Mark, PixelPoint, check_mark, page_to_body
from reviewer.domain.geometry.measuring import (
    Measurement,
    Quantity,
    Scale,
    Take,
    check_points,
    check_scale,
)
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import to_storable_text
from reviewer.domain.reading import degrees
from reviewer.domain.reading.reading import CheckedSignList, Conclusion, Finding, Reading, ReadingState
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer, NotAssessableReason
from reviewer.domain.vocabulary.vocabulary import EXCLUDED_LOOK_ALIKES

LONGEST_NOTE = 20_000


def add_finding(reading: Reading, finding: Finding) -> Draft:
    return Draft(acts.FINDING_ADDED, reading.photo, finding_to_body(finding))


def toggle_term(reading: Reading, finding: Finding) -> Draft:
    """Add `finding`, or take away what this Reading already has of its Term."""
    there = reading.findings_of(finding.term)
    return remove_findings(reading, [f.id for f in there]) if there else add_finding(reading, finding)


def remove_findings(reading: Reading, finding_ids: Sequence[str]) -> Draft:
    if not finding_ids:
        raise NotAllowed("There is no finding to remove.")
    return Draft(acts.FINDINGS_REMOVED, reading.photo, {"ids": list(finding_ids)})


def copy_findings(reading: Reading, source: Reading, new_id: Callable[[], str]) -> Draft:
    """Copy the Findings from the Reading of a different Photo, each to be confirmed.

    Marks stay where they are, and so does which look-alikes were excluded: that was seen there.
    """
    wanted = [f for f in source.findings if f.confirmed and not reading.findings_of(f.term)]
    if not wanted:
        raise NotAllowed("The previous photo of this individual has no further finding to copy.")
    copies = [
        replace(
            f,
            id=new_id(),
            marks=(),
            copied_from=source.photo,
            confirmed=False,
            certainty_stated=False,
            qualifiers=tuple(qualifier for qualifier in f.qualifiers if qualifier[0] != EXCLUDED_LOOK_ALIKES),
            recipe="",
            seen_as_is=False,
        )
        for f in wanted
    ]
    return Draft(acts.FINDINGS_COPIED, reading.photo, {"findings": [finding_to_body(f) for f in copies]})


def confirm_findings(reading: Reading, as_is: bool = True) -> Draft:
    """`as_is`: the photograph is shown as it is while this is said."""
    ids = [f.id for f in reading.findings if not f.confirmed]
    if not ids:
        raise NotAllowed("No copied finding waits to be confirmed.")
    return Draft(acts.FINDINGS_CONFIRMED, reading.photo, {"ids": ids, "seen_as_is": as_is})


def set_certainty(reading: Reading, finding: Finding, certainty: Certainty, as_is: bool = True) -> Draft:
    """`as_is`: the photograph is shown as it is while this is said."""
    return _draft_for_finding(
        acts.CERTAINTY_SET, reading, finding, certainty=str(certainty), seen_as_is=as_is
    )


def state_certainty(reading: Reading, certainty: Certainty, as_is: bool = True) -> Draft:
    """State one certainty for every Finding that has none stated."""
    ids = [f.id for f in find_findings_without_certainty(reading)]
    if not ids:
        raise NotAllowed("The certainty of every finding is stated.")
    body = {"ids": ids, "certainty": str(certainty), "seen_as_is": as_is}
    return Draft(acts.CERTAINTY_STATED, reading.photo, body)


def find_findings_without_certainty(reading: Reading) -> tuple[Finding, ...]:
    """Find the present Findings whose certainty was never stated."""
    return tuple(f for f in reading.present if not f.certainty_stated)


def set_answer(reading: Reading, finding: Finding, answer: FindingAnswer, reason: str = "") -> Draft:
    """`reason` is one of Reason and is asked for "not assessable" only."""
    if answer is FindingAnswer.NOT_ASSESSABLE and reason not in list(NotAssessableReason):
        raise NotAllowed("Not assessable needs a reason.")
    given = reason if answer is FindingAnswer.NOT_ASSESSABLE else ""
    return _draft_for_finding(acts.ANSWER_SET, reading, finding, answer=str(answer), reason=given)


def toggle_region(reading: Reading, finding: Finding, region: str) -> Draft:
    if region in finding.regions:
        regions = [other for other in finding.regions if other != region]
    else:
        regions = [*finding.regions, region]
    return _draft_for_finding(acts.REGIONS_SET, reading, finding, regions=regions)


def set_qualifier(reading: Reading, finding: Finding, qualifier: str, values: Sequence[str]) -> Draft:
    return _draft_for_finding(acts.QUALIFIER_SET, reading, finding, qualifier=qualifier, values=list(values))


def set_degree(
    reading: Reading, finding: Finding, group: str, degree: str, mechanism: str, alleged_by: str
) -> Draft:
    """Set the degree of consistency with an alleged mechanism; an empty degree takes it away.

    `group` is that of the Finding's Term, `alleged_by` one of `degrees.ACCOUNT_SOURCES`. NotAllowed where no
    degree can be given (`degrees`).
    """
    if not degree:
        return _draft_for_finding(acts.DEGREE_SET, reading, finding, degree="", mechanism="", alleged_by="")
    degrees.check_degree(finding, group, degree, mechanism, alleged_by)
    named = to_storable_text(mechanism).strip()
    return _draft_for_finding(
        acts.DEGREE_SET, reading, finding, degree=degree, mechanism=named, alleged_by=alleged_by
    )


def add_mark(reading: Reading, finding: Finding, mark: Mark) -> Draft:
    check_mark(mark)
    points = [list(point) for point in mark.points]
    drawn = {"mark": mark.id, "shape": str(mark.shape), "points": points, **page_to_body(mark.page)}
    return _draft_for_finding(acts.MARK_ADDED, reading, finding, **drawn)


def reshape_mark(reading: Reading, mark_id: str, points: Sequence[PixelPoint]) -> Draft:
    finding, mark = _find_mark(reading, mark_id)
    check_mark(replace(mark, points=tuple(points)))
    return _draft_for_finding(
        acts.MARK_RESHAPED, reading, finding, mark=mark_id, points=[list(point) for point in points]
    )


def remove_mark(reading: Reading, mark_id: str) -> Draft:
    finding, _mark = _find_mark(reading, mark_id)
    return _draft_for_finding(acts.MARK_REMOVED, reading, finding, mark=mark_id)


def mark_scale(reading: Reading, scale: Scale) -> Draft:
    return Draft(acts.SCALE_MARKED, reading.photo, scale_to_body(check_scale(scale)))


def remove_scale(reading: Reading, scale_id: str) -> Draft:
    """What was measured with it stays, without millimetres."""
    if reading.scale(scale_id) is None:
        raise NotAllowed("This scale is no longer there.")
    return Draft(acts.SCALE_REMOVED, reading.photo, {"scale": scale_id})


def take_measurement(reading: Reading, measurement: Measurement) -> Draft:
    """The first Take of a Measurement; further ones are repeats."""
    (take,) = measurement.takes
    body = {
        "id": measurement.id,
        "quantity": str(measurement.quantity),
        "scale": measurement.scale,
        "finding": measurement.finding,
        **_take_to_body(measurement.quantity, take),
        **page_to_body(measurement.page),
    }
    return Draft(acts.MEASUREMENT_TAKEN, reading.photo, body)


def repeat_measurement(reading: Reading, measurement_id: str, take: Take) -> Draft:
    measurement = reading.measurement(measurement_id)
    if measurement is None:
        raise NotAllowed("This measurement is no longer there.")
    body = {"measurement": measurement_id, **_take_to_body(measurement.quantity, take)}
    return Draft(acts.MEASUREMENT_REPEATED, reading.photo, body)


def remove_measurement(reading: Reading, measurement_id: str) -> Draft:
    if reading.measurement(measurement_id) is None:
        raise NotAllowed("This measurement is no longer there.")
    return Draft(acts.MEASUREMENT_REMOVED, reading.photo, {"measurement": measurement_id})


def _take_to_body(quantity: Quantity, take: Take) -> dict[str, object]:
    points = check_points(quantity, take.points)
    return {"points": [list(point) for point in points], "hand": take.hand}


def write_note(reading: Reading, text: str) -> Draft:
    text = to_storable_text(text)
    if len(text) > LONGEST_NOTE:
        raise NotAllowed(f"A note can have {LONGEST_NOTE:,} characters; this one has {len(text):,}.")
    return Draft(acts.NOTE_WRITTEN, reading.photo, {"text": text})


def record_lists_looked_for(reading: Reading, lists: Sequence[CheckedSignList]) -> Draft:
    """Nothing else of these lists is visible where the Photo shows well enough; no lists take it back."""
    if not lists and not reading.looked_for:
        raise NotAllowed(
            "Say first what the photograph shows (Coverage): a list is gone through for what is shown."
        )
    return Draft(acts.LOOKED_FOR, reading.photo, {"lists": [list(pair) for pair in sorted(lists)]})


def set_description(reading: Reading, what: str, values: Sequence[str]) -> Draft:
    """One thing about the state of the body or the scene; no values take it away."""
    return Draft(acts.DESCRIBED, reading.photo, {"what": what, "values": list(values)})


def conclude_nothing_visible(reading: Reading, lists: Sequence[CheckedSignList] = ()) -> Draft:
    """`lists` are those that are gone through by saying so."""
    if reading.conclusion is Conclusion.NOTHING_VISIBLE:
        return Draft(acts.CONCLUSION_WITHDRAWN, reading.photo)
    if any(f.answer in {FindingAnswer.PRESENT, FindingAnswer.NON_SPECIFIC} for f in reading.findings):
        raise NotAllowed("There are findings on this photo, so something is visible. Remove them first.")
    named = {"lists": [list(pair) for pair in sorted(lists)]} if lists else {}
    return Draft(acts.NOTHING_VISIBLE, reading.photo, named)


def conclude_not_assessable(reading: Reading, reason: NotAssessableReason) -> Draft:
    if any(f.answer in {FindingAnswer.PRESENT, FindingAnswer.NON_SPECIFIC} for f in reading.findings):
        raise NotAllowed("There are findings on this photo, so it was assessable in part. Remove them first.")
    return Draft(acts.NOT_ASSESSABLE, reading.photo, {"reason": str(reason)})


def complete_reading(reading: Reading) -> Draft:
    """NotAllowed while a certainty is not stated. What was completed before that was asked stays so."""
    check_completable(reading)
    waiting = len(find_findings_without_certainty(reading))
    if waiting:
        which = "one finding is" if waiting == 1 else f"{waiting} findings are"
        raise NotAllowed(f"Nobody stated how certain {which}: Q definite, W probable, E possible.")
    return Draft(acts.COMPLETED, reading.photo)


def check_completable(reading: Reading) -> None:
    """NotAllowed if something else than a certainty stands in the way of completing."""
    if any(not f.confirmed for f in reading.findings):
        raise NotAllowed("Copied findings wait to be confirmed or removed first.")
    if not reading.says_something:
        raise NotAllowed(
            "Nothing is recorded for this photo yet: tag a finding, or choose Nothing visible, "
            "Not assessable or Set aside."
        )
    if reading.is_complete_by_own_look:
        raise NotAllowed("This reading is complete already.")


def set_reading_aside(reading: Reading) -> Draft:
    """Set aside without a reason; a second time opens the Reading again."""
    act = acts.REOPENED if reading.state is ReadingState.SET_ASIDE else acts.SET_ASIDE
    return Draft(act, reading.photo)


def _draft_for_finding(act: str, reading: Reading, finding: Finding, **details: object) -> Draft:
    return Draft(act, reading.photo, {"finding": finding.id, **details})


def _find_mark(reading: Reading, mark_id: str) -> tuple[Finding, Mark]:
    finding = reading.finding_with_mark(mark_id)
    if finding is None:
        raise NotAllowed("This mark is no longer there.")
    return finding, next(mark for mark in finding.marks if mark.id == mark_id)
