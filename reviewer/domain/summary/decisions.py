"""What a person decides where the Readings of one Examiner contradict each other about one Individual.

The rule (`summary.rules`) only lists contradictions. A decision names the Photos it was taken on: it stands
while the contradictions lie among these, and what is found later asks again. It belongs to the Examiner who
took it, so that a blind reading stays blind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reviewer.domain.errors import NotAllowed
from reviewer.domain.grouping import group_pairs
from reviewer.domain.ledger.entry import Draft, Entry, EntryBody
from reviewer.domain.names import LONGEST_FEW_WORDS
from reviewer.domain.summary.summary import SummaryGround, TermDecision, TermResult, TermSummary

SUMMARY_DECIDED = "summary.decided"
DECIDABLE_RESULTS = (TermResult.PRESENT, TermResult.ABSENT, TermResult.CANNOT_TELL)


@dataclass(frozen=True)
class TermDecisions:
    """What was decided about one Term of one Individual, by each Examiner; `id` is `id_of` the two."""

    id: str
    individual: str = ""
    term: str = ""
    by: tuple[TermDecision, ...] = ()


def make_decision_id(individual: str, term: str) -> str:
    return f"{individual} {term}"


def decide_contradiction(
    individual: str, term: TermSummary, result: TermResult, why: str, better: str = ""
) -> Draft:
    """The act that decides a Term. `better` is the Photo that shows it better, "" if none is named.

    NotAllowed if nothing is to be decided, or it cannot be decided so.
    """
    if not term.contradictions:
        raise NotAllowed("Nothing contradicts here.")
    if result not in DECIDABLE_RESULTS:
        raise NotAllowed("It is decided as present, as absent or as what cannot be told.")
    if term.stands and result is not TermResult.PRESENT:
        raise NotAllowed("One finding stands that nothing contradicts: change that finding first.")
    if better and better not in _find_photos_of_contradictions(term):
        raise NotAllowed("The better photograph is one of those that contradict each other.")
    if not why.strip():
        raise NotAllowed("Say in a few words why.")
    body = {
        "term": term.term,
        "result": str(result),
        "why": " ".join(why.split())[:LONGEST_FEW_WORDS],
        "photos": sorted(_find_photos_of_contradictions(term)),
        **({"better": better} if better else {}),
    }
    return Draft(SUMMARY_DECIDED, individual, body)


def apply_to_term_decisions(state: TermDecisions, body: EntryBody, entry: Entry) -> TermDecisions:
    """After one more decision: of one Examiner the later stands."""
    made = TermDecision(
        entry.author,
        TermResult(body["result"]),
        body["why"],
        tuple(body["photos"]),
        entry.at,
        body.get("better", ""),
    )
    kept = (earlier for earlier in state.by if earlier.examiner != entry.author)
    by = tuple(sorted((*kept, made), key=lambda decision: decision.examiner))
    return replace(state, individual=entry.subject, term=body["term"], by=by)


def find_standing_decisions(decided: Iterable[TermDecisions]) -> dict[str, TermDecision]:
    """Return term -> decision; a Term on which Examiners decided differently has none."""
    by_term = group_pairs((of_term.term, decision) for of_term in decided for decision in of_term.by)
    return {
        term: max(found, key=lambda decision: decision.at)
        for term, found in by_term.items()
        if len({decision.result for decision in _find_latest_of_each_examiner(found)}) == 1
    }


def _find_latest_of_each_examiner(found: Iterable[TermDecision]) -> Iterable[TermDecision]:
    """The last of each Examiner: after a merge there may be two about one Term."""
    return {
        decision.examiner: decision for decision in sorted(found, key=lambda decision: decision.at)
    }.values()


def with_decision(term: TermSummary, decisions: Mapping[str, TermDecision]) -> TermSummary:
    """Return a Term with its decision, if that still stands."""
    decision = decisions.get(term.term)
    if (
        decision is None
        or not term.contradictions
        or not _find_photos_of_contradictions(term) <= set(decision.photos)
    ):
        return term
    if term.stands:
        return replace(term, decided=decision)
    if decision.result is TermResult.ABSENT:
        grounds = tuple(dict.fromkeys(contradiction.against for contradiction in term.contradictions))
    else:
        grounds = term.grounds
    regions = {region for ground in grounds for region in ground.regions}
    return replace(
        term, result=decision.result, grounds=grounds, regions=tuple(sorted(regions)), decided=decision
    )


def find_contradicting_photos(term: TermSummary) -> tuple[str, ...]:
    """The Photos that contradict each other about a Term, as they are met first."""
    return tuple(
        dict.fromkeys(
            g.photo
            for contradiction in term.contradictions
            for g in (contradiction.present, contradiction.against)
        )
    )


def _find_photos_of_contradictions(term: TermSummary) -> set[str]:
    grounds: list[SummaryGround] = [
        g for contradiction in term.contradictions for g in (contradiction.present, contradiction.against)
    ]
    return {ground.photo for ground in grounds}
