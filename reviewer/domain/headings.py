"""What a Summary says of more than one sign, or of one part of the body (docs/rules.md, sections 7 and 8)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from reviewer.domain.body_places import BodyPlaces, Places
from reviewer.domain.summary import Ground, Result, Summary, TermSummary
from reviewer.domain.vocabulary import RollUp, Vocabulary

NO_FINDING_OF_A_REGION = frozenset({"old", "medical", "postmortem", "artefact"})
"""Groups of Terms that are no finding where Regions are counted."""
_IN_ORDER = (Result.PRESENT, Result.CONFLICT, Result.AFTER_DEATH, Result.UNSTATED)


def terms_under(roll_up: RollUp, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The Terms that a heading counts, in the order of the vocabulary."""
    groups = set(roll_up.groups)
    return tuple(
        term.key
        for term in vocabulary.terms
        if (term.key in roll_up.terms or groups.intersection((term.group, *term.groups)))
        and term.key not in roll_up.but
    )


def heading_result(found: Iterable[Result]) -> Result:
    """The result of a heading from those of its signs."""
    results = list(found)
    for each in _IN_ORDER:
        if each in results:
            return each
    return Result.ABSENT if results and set(results) == {Result.ABSENT} else Result.CANNOT_TELL


def region_result(summary: Summary, region: str, findings: Collection[str], body: BodyPlaces) -> Result:
    """Whether a Region has a finding; `findings` are the Terms that are one."""
    some = [each for each in summary.terms if each.term in findings]
    if any(each.result is Result.PRESENT and region in each.regions for each in some):
        return Result.PRESENT
    if any(each.result is Result.CONFLICT and _lies(each.grounds, {region}) for each in some):
        return Result.CONFLICT
    spoken = (ground for each in some for ground in speaking(each))
    if not summary.all_read or not body.of_region(region) <= summary.gone_through or _lies(spoken, {region}):
        return Result.CANNOT_TELL
    return Result.ABSENT


def part_result(
    summary: Summary, term: TermSummary, regions: Collection[str], needed: Places, body: BodyPlaces
) -> Result:
    """One sign in one part of the body, whose Regions these are."""
    if term.result is Result.PRESENT and set(regions).intersection(term.regions):
        return Result.PRESENT
    if term.result is Result.CONFLICT and _lies(term.grounds, regions):
        return Result.CONFLICT
    here = needed & body.of_regions(regions)
    open_ = term.open or not summary.all_read or _lies(speaking(term), regions)
    return Result.ABSENT if here and here <= term.denied and not open_ else Result.CANNOT_TELL


def speaking(term: TermSummary) -> Iterable[Ground]:
    """The grounds that speak for a sign, whatever became of them."""
    if term.result is not Result.ABSENT:
        yield from term.grounds
    for each in term.contradictions:
        yield each.present
    for why in term.reasons:
        yield from (ground for ground in why.grounds if ground.finding and why.cause.speaks)


def _lies(grounds: Iterable[Ground], regions: Collection[str]) -> bool:
    """Whether one of these lies in one of the Regions, or names none."""
    return any(not ground.regions or not set(regions).isdisjoint(ground.regions) for ground in grounds)
