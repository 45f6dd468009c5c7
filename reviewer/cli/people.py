"""The verb `individuals`: who is proposed and accepted, accepting many, what does not fit together."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any

from reviewer.cli.case import find_acting_examiner, open_for_verb
from reviewer.cli.lines import print_lines
from reviewer.domain.errors import EXIT_CHECK_FAILED, EXIT_DONE
from reviewer.domain.names import make_printable
from reviewer.domain.people.conflicts import Conflict
from reviewer.domain.people.individual import Fact
from reviewer.services.people.individuals import (
    IndividualRow,
    ProposalOptions,
    describe_proposals,
    load_individuals,
    make_acceptance_acts,
    propose_individuals,
)

_FACT_COLUMNS = {
    "detainee": Fact.DETAINEE_NUMBER,
    "branch": Fact.BRANCH_NUMBER,
    "examination": Fact.EXAMINATION_NUMBER,
    "sex": Fact.SEX,
    "age_band": Fact.AGE_BAND,
}


def list_individuals(options: argparse.Namespace) -> int:
    """`reviewer individuals list CASE`."""
    with open_for_verb(options, read_only=True) as case:
        acting = _find_reader(case, options.examiner)
        found = load_individuals(case, acting)
    if options.jsonl:
        print_lines(map(_row_to_json, found.persons))
        return EXIT_DONE
    if options.json:
        told = [_row_to_json(person) for person in found.persons]
        print(json.dumps({"individuals": told, "without": found.loose}, ensure_ascii=False))
        return EXIT_DONE
    for person in found.persons:
        photos = f"{len(person.photos):,} photos, {person.complete:,} read"
        print(make_printable(f"{person.label}: {person.status}, {photos}; {person.reason}"))
    accepted = sum(person.is_accepted for person in found.persons)
    proposed = len(found.persons) - accepted
    print(f"{len(found.persons):,} individuals: {accepted:,} accepted, {proposed:,} proposed")
    print(f"{found.loose:,} photographs belong to none")
    return EXIT_DONE


def accept_proposals(options: argparse.Namespace) -> int:
    """`reviewer individuals accept CASE --from GROUND`."""
    with open_for_verb(options, read_only=options.dry_run) as case:
        found = propose_individuals(case, ProposalOptions(options.ground, options.pattern))
        if not options.dry_run and found:
            author = find_acting_examiner(case, options.examiner).id
            for draft in make_acceptance_acts(case, found):
                case.record(draft, author)
    if options.json:
        told = [{"photos": proposal.photos, "reason": proposal.reason} for proposal in found]
        print(json.dumps({"accepted": not options.dry_run, "individuals": told}, ensure_ascii=False))
        return EXIT_DONE
    if options.dry_run:
        for proposal in found:
            print(make_printable(f"{len(proposal.photos):,} photos: {proposal.reason}"))
    verb = "Would accept" if options.dry_run else "Accepted"
    print(f"{verb} {describe_proposals(found)}." if found else "There is nothing to accept.")
    return EXIT_DONE


def list_conflicts(options: argparse.Namespace) -> int:
    """`reviewer individuals conflicts CASE`; numbers that are not in the case are no deviation."""
    with open_for_verb(options, read_only=True) as case:
        found = load_individuals(
            case, _find_reader(case, options.examiner), ProposalOptions(gaps=options.gaps)
        )
    doubts = [conflict for conflict in found.open_conflicts if conflict.is_doubt]
    if options.jsonl:
        print_lines(map(_conflict_to_json, found.conflicts))
    elif options.json:
        told = [_conflict_to_json(conflict) for conflict in found.conflicts]
        print(json.dumps({"conflicts": told}, ensure_ascii=False))
    else:
        for conflict in found.conflicts:
            settled = f" ({conflict.settled})" if conflict.settled else ""
            print(make_printable(f"{conflict.kind}: {conflict.sentence}{settled}"))
        print(f"{len(doubts):,} conflicts to work through")
        if options.gaps:
            gaps = len(found.open_conflicts) - len(doubts)
            print(f"{gaps:,} runs of examination numbers are not in this case")
    return EXIT_CHECK_FAILED if doubts else EXIT_DONE


def _conflict_to_json(conflict: Conflict) -> dict[str, Any]:
    return {
        "kind": str(conflict.kind),
        "sentence": conflict.sentence,
        "individuals": conflict.individuals,
        "photos": conflict.photos,
        "settled": conflict.settled,
    }


def _find_reader(case: Any, name: str | None) -> str:
    """Return whose readings count: those of the examiner named, or of the only one."""
    people: Sequence[Any] = case.readers()
    return find_acting_examiner(case, name).id if name or len(people) == 1 else ""


def _row_to_json(person: IndividualRow) -> dict[str, Any]:
    return {
        "id": person.id,
        "label": person.label,
        "status": person.status,
        "reason": person.reason,
        **{name: person.values(fact) for name, fact in _FACT_COLUMNS.items()},
        "photos": person.photos,
        "complete": person.complete,
        "findings": person.findings,
        "conflicts": person.conflicts,
    }
