"""Between what is chosen where statements contradict each other, and what each choice would withdraw."""

from reviewer.domain.people.conflict_choices import list_value_choices
from reviewer.domain.people.conflicts import ConflictSubject, find_conflicts
from reviewer.domain.people.individual import Fact, Individual, Statement, StatementSourceKind


def individual(fact, *values):
    return Individual(
        "a",
        statements=tuple(
            Statement(f"s{n}", fact, value, "definite", StatementSourceKind.CARD)
            for n, value in enumerate(values)
        ),
    )


def choices(fact, *values):
    person = individual(fact, *values)
    (conflict,) = find_conflicts([ConflictSubject(person, "A", ("p",))])
    return {
        choice.value: ([said.id for said in choice.said_by], [said.id for said in choice.against])
        for choice in list_value_choices(conflict, person)
    }


def test_each_value_withdraws_what_cannot_stand_beside_it():
    assert choices(Fact.SEX, "male", "female", "male") == {
        "female": (["s1"], ["s0", "s2"]),
        "male": (["s0", "s2"], ["s1"]),
    }


def test_a_number_that_is_only_less_readable_stays_and_decides_nothing():
    assert choices(Fact.EXAMINATION_NUMBER, "113", "118", "11?") == {
        "113": (["s0"], ["s1"]),
        "118": (["s1"], ["s0"]),
    }


def test_ages_that_meet_stay_both():
    assert choices(Fact.AGE_BAND, "20-30", "25-40", "50-60")["20-30"] == (["s0"], ["s2"])


def test_no_value_is_chosen_where_two_individuals_share_a_number():
    people = [individual(Fact.EXAMINATION_NUMBER, "1"), individual(Fact.EXAMINATION_NUMBER, "1")]
    (conflict,) = find_conflicts([ConflictSubject(person, "A", ("p",)) for person in people])
    assert list_value_choices(conflict, people[0]) == ()
