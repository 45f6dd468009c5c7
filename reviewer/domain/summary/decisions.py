"""What a person decides where the Readings of one Examiner contradict each other about one Individual.

The rule (`summary_rules`) only lists contradictions. A decision names the Photos it was taken on: it stands
while the contradictions lie among these, and what is found later asks again. It belongs to the Examiner who
took it, so that a blind reading stays blind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Body, Draft, Entry
from reviewer.domain.names import LONGEST_TEXT
from reviewer.domain.summary.summary import Decision, Ground, Result, TermSummary

SUMMARY_DECIDED = "summary.decided"
CHOICES = (Result.PRESENT, Result.ABSENT, Result.CANNOT_TELL)


@dataclass(frozen=True)
class Decided:
    """What was decided about one Term of one Individual, by each Examiner; `id` is `id_of` the two."""

    id: str
    individual: str = ""
    term: str = ""
    by: tuple[Decision, ...] = ()


def id_of(individual: str, term: str) -> str:
    return f"{individual} {term}"


def decide(individual: str, term: TermSummary, result: Result, why: str, better: str = "") -> Draft:
    """The act that decides a Term. `better` is the Photo that shows it better, "" if none is named.

    NotAllowed if nothing is to be decided, or it cannot be decided so.
    """
    if not term.contradictions:
        raise NotAllowed("Nothing contradicts here.")
    if result not in CHOICES:
        raise NotAllowed("It is decided as present, as absent or as what cannot be told.")
    if term.stands and result is not Result.PRESENT:
        raise NotAllowed("One finding stands that nothing contradicts: change that finding first.")
    if better and better not in _photos(term):
        raise NotAllowed("The better photograph is one of those that contradict each other.")
    if not why.strip():
        raise NotAllowed("Say in a few words why.")
    body = {
        "term": term.term,
        "result": str(result),
        "why": " ".join(why.split())[:LONGEST_TEXT],
        "photos": sorted(_photos(term)),
        **({"better": better} if better else {}),
    }
    return Draft(SUMMARY_DECIDED, individual, body)


def evolved(state: Decided, body: Body, entry: Entry) -> Decided:
    """After one more decision: of one Examiner the later stands."""
    made = Decision(
        entry.author,
        Result(body["result"]),
        body["why"],
        tuple(body["photos"]),
        entry.at,
        body.get("better", ""),
    )
    kept = (each for each in state.by if each.examiner != entry.author)
    by = tuple(sorted((*kept, made), key=lambda each: each.examiner))
    return replace(state, individual=entry.subject, term=body["term"], by=by)


def standing(decided: Iterable[Decided]) -> dict[str, Decision]:
    """Term -> what was decided. Where Examiners decided differently, nothing is."""
    by_term: dict[str, list[Decision]] = {}
    for each in decided:
        by_term.setdefault(each.term, []).extend(each.by)
    return {
        term: max(found, key=lambda each: each.at)
        for term, found in by_term.items()
        if len({each.result for each in _latest(found)}) == 1
    }


def _latest(found: Iterable[Decision]) -> Iterable[Decision]:
    """The last of each Examiner: after a merge there may be two about one Term."""
    return {each.examiner: each for each in sorted(found, key=lambda each: each.at)}.values()


def applied(term: TermSummary, decisions: Mapping[str, Decision]) -> TermSummary:
    """A Term with what was decided about it, if that still stands."""
    decision = decisions.get(term.term)
    if decision is None or not term.contradictions or not _photos(term) <= set(decision.photos):
        return term
    if term.stands:
        return replace(term, decided=decision)
    if decision.result is Result.ABSENT:
        grounds = tuple(dict.fromkeys(each.against for each in term.contradictions))
    else:
        grounds = term.grounds
    regions = {region for ground in grounds for region in ground.regions}
    return replace(
        term, result=decision.result, grounds=grounds, regions=tuple(sorted(regions)), decided=decision
    )


def contradicting(term: TermSummary) -> tuple[str, ...]:
    """The Photos that contradict each other about a Term, as they are met first."""
    return tuple(dict.fromkeys(g.photo for each in term.contradictions for g in (each.present, each.against)))


def _photos(term: TermSummary) -> set[str]:
    grounds: list[Ground] = [g for each in term.contradictions for g in (each.present, each.against)]
    return {ground.photo for ground in grounds}
