"""What is known of the person on screen, in short: label, value and whence, for beside the photograph."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.domain.people.individual import (
    FACT_NAMES,
    NUMBER_FACTS,
    Fact,
    Individual,
    Statement,
    StatementSourceKind,
)
from reviewer.domain.people.individual_names import merge_statements
from reviewer.services.case.snapshot import ReadableCase
from reviewer.storage.people import people

_IN_SHORT = (*NUMBER_FACTS, Fact.DIED_ON, Fact.SEX, Fact.AGE_BAND)
NAMES_OF_SOURCES = {
    StatementSourceKind.CARD: "card",
    StatementSourceKind.RECORD: "records",
    StatementSourceKind.FOLDER: "folder",
    StatementSourceKind.EXAMINER: "seen by an examiner",
}


@dataclass(frozen=True)
class KnownFact:
    """One Fact of an Individual in words; several values that stand are told one after the other."""

    label: str
    value: str
    whence: str


def load_known_facts(case: ReadableCase, individual: str) -> tuple[KnownFact, ...]:
    """Load what is stated of an accepted Individual (its id) of numbers, death, sex and age; for a job."""
    if not individual:
        return ()
    with case.store.read() as connection:
        family = people.load_merged_family(connection, individual)
    standing = next(iter(merge_statements(family.values()).values()), None)
    if standing is None:
        return ()
    found = ((fact, _list_standing(standing, fact)) for fact in _IN_SHORT)
    return tuple(_describe_fact(fact, stated) for fact, stated in found if stated)


def _list_standing(individual: Individual, fact: Fact) -> list[Statement]:
    return [stated for stated in individual.statements if stated.fact is fact and not stated.withdrawn]


def _describe_fact(fact: Fact, stated: list[Statement]) -> KnownFact:
    values = dict.fromkeys(statement.value for statement in stated)
    whence = dict.fromkeys(NAMES_OF_SOURCES[statement.kind] for statement in stated)
    return KnownFact(FACT_NAMES[fact], " | ".join(values), ", ".join(whence))
