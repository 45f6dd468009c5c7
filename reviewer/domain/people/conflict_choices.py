"""Between what a person chooses where the statements about one Individual contradict each other."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.domain.people.conflicts import Conflict, may_be_same_age
from reviewer.domain.people.individual import NUMBER_FACTS, Fact, Individual, Statement
from reviewer.domain.people.proposals import may_be_same_number


@dataclass(frozen=True)
class ValueChoice:
    """A value that is stated: `said_by` are the standing statements that say it, `against` those that cannot
    stand beside it and would be withdrawn."""

    value: str
    said_by: tuple[Statement, ...]
    against: tuple[Statement, ...]


def list_value_choices(conflict: Conflict, individual: Individual) -> tuple[ValueChoice, ...]:
    """Each of the contradicting values once; none where no value is to be chosen.

    A value that any of the others may be as well, as a number that is only less readable, decides nothing.
    """
    fact = conflict.fact
    if fact is None:
        return ()
    standing = [
        statement
        for statement in individual.statements
        if statement.fact is fact and not statement.withdrawn and statement.value in conflict.values
    ]
    choices = (
        ValueChoice(
            value,
            tuple(statement for statement in standing if statement.value == value),
            tuple(statement for statement in standing if not _can_both_be_true(fact, value, statement.value)),
        )
        for value in conflict.values
    )
    return tuple(choice for choice in choices if choice.against)


def _can_both_be_true(fact: Fact, one: str, other: str) -> bool:
    if fact in NUMBER_FACTS:
        return may_be_same_number(one, other)
    return may_be_same_age(one, other) if fact is Fact.AGE_BAND else one == other
