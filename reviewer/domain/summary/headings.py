"""What a Summary says of more than one sign, or of one part of the body (docs/rules.md, sections 7 and 8)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from reviewer.domain.summary.summary import Summary, SummaryGround, TermResult, TermSummary
from reviewer.domain.vocabulary.body_places import GENERALISED, BodyPlaces, BodyPlaceSet
from reviewer.domain.vocabulary.vocabulary import SignHeading, Vocabulary

NO_FINDING_OF_A_REGION = frozenset({"old", "medical", "postmortem", "artefact", "condition"})
"""Groups of Terms that are no finding where Regions are counted."""
_RESULT_PRECEDENCE = (TermResult.PRESENT, TermResult.CONFLICT, TermResult.AFTER_DEATH, TermResult.UNSTATED)


def list_terms_under(roll_up: SignHeading, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The Terms that a heading counts, in the order of the vocabulary."""
    groups = set(roll_up.groups)
    return tuple(
        term.key
        for term in vocabulary.terms
        if (term.key in roll_up.terms or groups.intersection((term.group, *term.groups)))
        and term.key not in roll_up.but
    )


def group_regions(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The Regions of each part of the body (a group of Regions) that are still in use."""
    return {
        group.key: tuple(r.key for r in vocabulary.regions if r.group == group.key and not r.retired)
        for group in vocabulary.region_groups
    }


def compute_heading_result(found: Iterable[TermResult]) -> TermResult:
    """The result of a heading from those of its signs."""
    results = list(found)
    for result in _RESULT_PRECEDENCE:
        if result in results:
            return result
    return TermResult.ABSENT if results and set(results) == {TermResult.ABSENT} else TermResult.CANNOT_TELL


def compute_region_results(
    summary: Summary, regions: Iterable[str], findings: Collection[str], body: BodyPlaces
) -> dict[str, TermResult]:
    """Region -> whether it has a finding; `findings` are the Terms that are one."""
    present: set[str] = set()
    disputed: set[str] = set()
    speaks: list[SummaryGround] = []
    for term in summary.terms:
        if term.term not in findings:
            continue
        if term.result is TermResult.PRESENT:
            present.update(term.regions)
        elif term.result is TermResult.CONFLICT:
            disputed.update(region for ground in term.grounds for region in ground.regions)
        speaks += iterate_supporting_grounds(term)
    anywhere, spoken = _find_regions_reached(speaks, body)
    found = {}
    for region in regions:
        if region in present:
            found[region] = TermResult.PRESENT
        elif region in disputed:
            found[region] = TermResult.CONFLICT
        elif anywhere or region in spoken or not summary.all_read:
            found[region] = TermResult.CANNOT_TELL
        else:
            whole = body.of_region(region) <= summary.gone_through
            found[region] = TermResult.ABSENT if whole else TermResult.CANNOT_TELL
    return found


def _find_regions_reached(grounds: Iterable[SummaryGround], body: BodyPlaces) -> tuple[bool, frozenset[str]]:
    """Whether one of these may lie anywhere, and the Regions in which they may lie.

    What is called generalised may lie in every Region of trunk and limbs. A Region that is no place of the
    body (several, not visible, one of another version) may be any, and so may none at all.
    """
    named: set[str] = set()
    anywhere = False
    for ground in grounds:
        anywhere = anywhere or not ground.regions
        named.update(ground.regions)
    generalised = GENERALISED in named
    named.discard(GENERALISED)
    anywhere = anywhere or not all(map(body.is_place, named))
    return anywhere, frozenset(named) | (body.regions_of_trunk_and_limbs if generalised else frozenset())


def compute_body_part_result(
    summary: Summary, term: TermSummary, regions: Collection[str], needed: BodyPlaceSet, body: BodyPlaces
) -> TermResult:
    """One sign in one part of the body, whose Regions these are."""
    if term.result is TermResult.PRESENT and set(regions).intersection(term.regions):
        return TermResult.PRESENT
    if term.result is TermResult.CONFLICT and _may_lie_in(term.grounds, regions, body):
        return TermResult.CONFLICT
    if term.open or not summary.all_read:
        return TermResult.CANNOT_TELL
    here = needed & body.of_regions(regions)
    if not here or not here <= term.denied or _may_lie_in(iterate_supporting_grounds(term), regions, body):
        return TermResult.CANNOT_TELL
    return TermResult.ABSENT


def iterate_supporting_grounds(term: TermSummary) -> Iterable[SummaryGround]:
    """The grounds that speak for a sign, whatever became of them."""
    if term.result is not TermResult.ABSENT:
        yield from term.grounds
    for contradiction in term.contradictions:
        yield contradiction.present
    for why in term.reasons:
        yield from (ground for ground in why.grounds if ground.finding and why.cause.speaks)


def _may_lie_in(grounds: Iterable[SummaryGround], regions: Collection[str], body: BodyPlaces) -> bool:
    """Whether one of these may lie in one of the Regions."""
    found = tuple(grounds)
    if not found:
        return False  # as of most signs, in each part of thousands of people
    anywhere, reached = _find_regions_reached(found, body)
    return anywhere or not reached.isdisjoint(regions)
