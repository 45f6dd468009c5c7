"""What an Individual is called on the screen, and what it is once others were merged into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reviewer.domain.people.individual import Fact, Individual


def make_individual_label(individual: Individual | None, number: int = 0) -> str:
    """ "branch-detainee / examination" as far as the numbers are known; else "Individual 12".

    Never a name: numbers are what the photographs show.
    """
    branch, detainee, examination = (
        _first_value(individual, fact)
        for fact in (Fact.BRANCH_NUMBER, Fact.DETAINEE_NUMBER, Fact.EXAMINATION_NUMBER)
    )
    plain = f"Individual {number:,}" if number else "Individual without a number"
    return format_numbers(branch, detainee, examination) or (
        f"{plain} (branch {branch})" if branch else plain
    )


def format_numbers(branch: str, detainee: str, examination: str) -> str:
    """ "branch-detainee / examination" as far as they are known; "" where neither of the last two is."""
    if not detainee and not examination:
        return ""
    left = "-".join(part for part in (branch or "?", detainee) if part)
    return f"{left} / {examination}" if examination else left


def _first_value(individual: Individual | None, fact: Fact) -> str:
    values = individual.values(fact) if individual is not None else ()
    return values[0] if values else ""


def find_merge_root(individuals: Mapping[str, Individual], id_: str) -> str:
    """The Individual that stands for `id_` after all mergers; the id itself if it stands for itself."""
    seen = set()
    while id_ in individuals and individuals[id_].merged_into and id_ not in seen:
        seen.add(id_)
        id_ = individuals[id_].merged_into
    return id_


def follow_mergers(merged: Mapping[str, str], id_: str) -> str:
    """The same where only the mergers are known: id of an Individual -> id of the one it was merged into."""
    seen = set()
    while id_ in merged and id_ not in seen:
        seen.add(id_)
        id_ = merged[id_]
    return id_


def merge_statements(individuals: Iterable[Individual]) -> dict[str, Individual]:
    """The Individuals that stand for themselves, each with the statements about those merged into it."""
    known = {individual.id: individual for individual in individuals}
    found = {individual.id: individual for individual in known.values() if not individual.merged_into}
    for individual in known.values():
        root = find_merge_root(known, individual.id)
        if individual.merged_into and root in found:
            found[root] = replace(found[root], statements=(*found[root].statements, *individual.statements))
    return found


def find_statement_holder(individuals: Iterable[Individual], statement: str) -> Individual | None:
    """The Individual that a statement was made of, which may have been merged since."""
    return next(
        (
            individual
            for individual in individuals
            if any(said.id == statement for said in individual.statements)
        ),
        None,
    )
