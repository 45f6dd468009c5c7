"""What does not fit together is listed, with individuals and photographs; a note settles it."""

from reviewer.domain.people.conflicts import ConflictKind, ConflictSubject, find_conflicts
from reviewer.domain.people.individual import Fact, Individual, Statement, StatementSourceKind

DETAINEE, BRANCH, EXAMINATION = Fact.DETAINEE_NUMBER, Fact.BRANCH_NUMBER, Fact.EXAMINATION_NUMBER


def subject(id_, *facts, cards=(), said=()):
    stated = [
        Statement(f"{id_}{n}", fact, value, "definite", StatementSourceKind.CARD)
        for n, (fact, value) in enumerate(facts)
    ]
    return ConflictSubject(
        Individual(id_, statements=(*stated, *said)), id_.upper(), (f"{id_}1", f"{id_}2"), cards
    )


def found(*subjects):
    return [(each.kind, each.individuals) for each in find_conflicts(subjects)]


def test_nothing_is_wrong_where_numbers_differ():
    assert (
        found(
            subject("a", (BRANCH, "215"), (EXAMINATION, "1")),
            subject("b", (BRANCH, "215"), (EXAMINATION, "2")),
        )
        == []
    )


def test_the_same_number_on_two_individuals_of_one_branch():
    one, two = (
        subject("a", (BRANCH, "215"), (EXAMINATION, "1")),
        subject("b", (BRANCH, "215"), (EXAMINATION, "1")),
    )
    other = subject("c", (BRANCH, "227"), (EXAMINATION, "1"))
    assert found(one, two, other) == [(ConflictKind.SAME_NUMBER, ("a", "b"))]
    made = find_conflicts([one, two])[0]
    assert made.sentence == "Examination number 1 of branch 215 is stated of 2 individuals: A, B."
    assert made.photos == ("a1", "a2", "b1", "b2")
    unreadable = [subject(id_, (BRANCH, "215"), (EXAMINATION, "1?")) for id_ in "ab"]
    assert found(*unreadable) == []


def test_two_numbers_of_one_kind_on_one_individual_unless_one_is_only_less_readable():
    assert found(subject("a", (DETAINEE, "12"), (DETAINEE, "13"))) == [(ConflictKind.TWO_NUMBERS, ("a",))]
    assert found(subject("a", (DETAINEE, "12"), (DETAINEE, "1?"))) == []


def test_a_withdrawn_statement_conflicts_with_nothing():
    gone = Statement("w", DETAINEE, "13", "definite", StatementSourceKind.CARD, withdrawn="misread")
    assert found(subject("a", (DETAINEE, "12"), said=(gone,))) == []


def test_near_duplicates_in_two_individuals_are_a_conflict_and_no_group():
    made = find_conflicts([subject("a"), subject("b")], [("a1", "a2"), ("a1", "b2", "x")])
    (one,) = made
    assert (one.kind, one.individuals, one.photos) == (
        ConflictKind.ALIKE_IN_TWO,
        ("a", "b"),
        ("a1", "b2", "x"),
    )
    assert one.sentence == "3 near-duplicates lie in 2 individuals: A, B."
    assert one.is_doubt


def test_near_duplicates_whose_cards_say_different_numbers_are_a_conflict():
    numbers = {"x": (EXAMINATION, "215", "7"), "y": (EXAMINATION, "215", "8"), "z": (EXAMINATION, "215", "7")}
    assert find_conflicts([], [("x", "z")], numbers) == []
    (made,) = find_conflicts([], [("x", "y")], numbers)
    assert (made.kind, made.photos) == (ConflictKind.ALIKE_TWO_NUMBERS, ("x", "y"))
    assert made.sentence == "The cards on 2 near-duplicates show different numbers: 7, 8."


def test_photographs_of_one_number_in_two_individuals():
    number = (EXAMINATION, "215", "7")
    one, two = subject("a", cards=(("a1", number),)), subject("b", cards=(("b2", number),))
    made = find_conflicts([one, two])
    assert [(each.kind, each.photos) for each in made] == [(ConflictKind.CARD_IN_TWO, ("a1", "b2"))]


def test_sex_and_age_contradict_but_cannot_tell_contradicts_nothing():
    assert found(subject("a", (Fact.SEX, "male"), (Fact.SEX, "cannot tell"))) == []
    made = find_conflicts([subject("a", (Fact.AGE_BAND, "18-29"), (Fact.AGE_BAND, "30-44"))])
    assert [each.sentence for each in made] == ["Apparent age of A is stated as 18-29 and 30-44."]


def test_ages_contradict_only_if_their_ranges_do_not_meet():
    def ages(*values):
        return found(subject("a", *((Fact.AGE_BAND, value) for value in values)))

    assert ages("18-29", "25-40") == []
    assert ages("25-40", "40-55", "cannot tell") == []
    assert ages("under 12", "12-17") == [(ConflictKind.CONTRADICTION, ("a",))]
    assert ages("60 and over", "45-59") == [(ConflictKind.CONTRADICTION, ("a",))]
    assert ages("20-30", "25-40", "35-50") == [(ConflictKind.CONTRADICTION, ("a",))], "every two have to meet"


def test_a_mark_stated_left_and_right_is_a_contradiction():
    left = Fact.MARK_AND_SIDE, "left: Anchor, forearm"
    (made,) = find_conflicts([subject("a", left, (Fact.MARK_AND_SIDE, "right: anchor, forearm"))])
    assert made.kind is ConflictKind.CONTRADICTION
    assert found(subject("a", left, (Fact.MARK_AND_SIDE, "right: scar, knee"))) == []


GAPPED = [
    subject("a", (BRANCH, "215"), (EXAMINATION, "104")),
    subject("b", (BRANCH, "215"), (EXAMINATION, "107")),
    subject("c", (BRANCH, "227"), (EXAMINATION, "105")),
    subject("d", (BRANCH, "215"), (EXAMINATION, "b1")),
    subject("e", (BRANCH, "215"), (EXAMINATION, "b4")),
]


def test_numbers_between_are_looked_for_in_all_branches_and_never_called_missing():
    made = find_conflicts(GAPPED, gaps=True)
    assert [each.sentence for each in made] == [
        "No individual of this case has the examination number 106, between C, B.",
        "No individual of this case has the examination numbers b2 to b3, between D, E.",
    ]
    assert not any(each.is_doubt for each in made)
    assert not any("missing" in f"{each.kind} {each.sentence}" for each in made)


def test_numbers_between_are_listed_only_if_somebody_asks():
    assert find_conflicts(GAPPED) == []


def test_a_note_settles_it_until_it_becomes_another_conflict():
    made = find_conflicts([subject("a", (DETAINEE, "12"), (DETAINEE, "13"))])[0]
    note = Statement(
        "n",
        Fact.OTHER,
        "accepted as it is: two cards",
        "definite",
        StatementSourceKind.EXAMINER,
        f"conflict {made.key}",
    )
    again = find_conflicts([subject("a", (DETAINEE, "12"), (DETAINEE, "13"), said=(note,))])
    assert [each.settled for each in again] == ["accepted as it is: two cards"]
    third = find_conflicts([subject("a", (DETAINEE, "12"), (DETAINEE, "13"), (DETAINEE, "14"), said=(note,))])
    assert [each.settled for each in third] == [""]
