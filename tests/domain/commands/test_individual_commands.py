"""Wishes about individuals: the act that follows, or a sentence; labels, and what merging leaves."""

import itertools

import pytest

from reviewer.domain.acts import shared_acts
from reviewer.domain.commands import individual_commands as intents
from reviewer.domain.errors import NotAllowed
from reviewer.domain.people.individual import Fact, Individual, Statement, StatementSourceKind
from reviewer.domain.people.individual_names import (
    find_merge_root,
    find_statement_holder,
    make_individual_label,
    merge_statements,
)
from reviewer.domain.people.proposals import Proposal


@pytest.fixture
def new_id():
    numbers = itertools.count(1)
    return lambda: f"id{next(numbers)}"


def stated(fact, value, id_="s", **values):
    return Statement(id_, fact, value, "definite", StatementSourceKind.EXAMINER, **values)


def test_accepting_is_done_in_entries_of_at_most_500_and_each_photo_once(new_id):
    proposals = [Proposal((f"{n}", "shared"), "same folder", (stated(Fact.SEX, "male"),)) for n in range(501)]
    drafts = intents.accept_proposals(proposals, {"3": "x"}, new_id)
    assert [len(draft.body["individuals"]) for draft in drafts] == [500]
    photos = [photo for draft in drafts for each in draft.body["individuals"] for photo in each["photos"]]
    assert len(photos) == len(set(photos)) == 501
    assert "3" not in photos
    ids = [each["statements"][0]["id"] for each in drafts[0].body["individuals"]]
    assert len(set(ids)) == 500
    assert len(intents.accept_proposals([Proposal((str(n),), "r") for n in range(501)], {}, new_id)) == 2
    with pytest.raises(NotAllowed, match="nothing to accept"):
        intents.accept_proposals([Proposal(("1",), "r")], {"1": "x"}, new_id)


def test_a_split_leaves_something_behind(new_id):
    draft = intents.split_individual(["a"], ["a", "b"], new_id, "215-12")
    assert draft.body["individuals"][0]["photos"] == ["a"]
    assert draft.body["individuals"][0]["reason"] == "split from 215-12"
    with pytest.raises(NotAllowed, match="nothing would be left"):
        intents.split_individual(["a", "b"], ["a", "b"], new_id, "x")
    with pytest.raises(NotAllowed, match="move them instead"):
        intents.split_individual(["c"], ["a", "b"], new_id, "x")
    with pytest.raises(NotAllowed, match="Choose the photographs"):
        intents.make_individual([], new_id)


def test_merging_and_moving():
    one, two, gone = Individual("one"), Individual("two"), Individual("gone", merged_into="one")
    draft = intents.merge_individuals(one, [two], ["p", "p"])
    assert (draft.act, draft.subject) == (shared_acts.INDIVIDUALS_MERGED, "one")
    assert draft.body == {"merged": ["two"], "photos": ["p"]}
    assert intents.merge_individuals(one, [], ["p"]).act == shared_acts.PHOTOS_ASSIGNED
    for into, others in ((one, [one]), (gone, [two]), (one, [gone])):
        with pytest.raises(NotAllowed):
            intents.merge_individuals(into, others, ["p"])
    assert intents.move_photos(["p", "q"], two, {"p": "two"}).body == {"photos": ["q"]}
    with pytest.raises(NotAllowed, match="already"):
        intents.move_photos(["p"], two, {"p": "two"})
    with pytest.raises(NotAllowed, match="merged into another"):
        intents.move_photos(["p"], gone, {})
    assert intents.take_photos_out(["p", "q"], {"p": "two"}).body == {"photos": ["p"]}
    with pytest.raises(NotAllowed, match="None of these"):
        intents.take_photos_out(["q"], {})


@pytest.mark.parametrize(
    ("fact", "typed", "kept"),
    [
        (Fact.EXAMINATION_NUMBER, " ١٢?٤ ", "12?4"),
        (Fact.EXAMINATION_NUMBER, "b123", "b123"),
        (Fact.BRANCH_NUMBER, "J", "J"),
        (Fact.SEX, "Male", "male"),
        (Fact.DIED_ON, "2012/08/1?", "2012-08-1?"),
        (Fact.DIED_ON, "2012", "2012"),
        (Fact.RESTRAINTS, "cord at   both wrists", "cord at both wrists"),
    ],
)
def test_values_that_can_be_stated(fact, typed, kept):
    assert intents.normalise_fact_value(fact, typed) == kept


@pytest.mark.parametrize(
    ("fact", "typed"),
    [
        (Fact.EXAMINATION_NUMBER, "abc"),
        (Fact.EXAMINATION_NUMBER, "12;4"),
        (Fact.DETAINEE_NUMBER, "1" * 21),
        (Fact.SEX, "tall"),
        (Fact.DIED_ON, "14.08.2012"),
        (Fact.DIED_ON, "2012-02-30"),
        (Fact.OTHER, "  "),
        (Fact.OTHER, "x" * 401),
    ],
)
def test_values_that_cannot(fact, typed):
    with pytest.raises(NotAllowed):
        intents.normalise_fact_value(fact, typed)


def test_stating_and_withdrawing():
    said = stated(Fact.SEX, "male")
    person = Individual("one", statements=(said,))
    with pytest.raises(NotAllowed, match="already"):
        intents.state_fact(person, stated(Fact.SEX, "male", "t"))
    assert intents.state_fact(person, stated(Fact.SEX, "Female", "t")).body["value"] == "female"
    assert intents.withdraw_statement(person, "s", "misread").body == {"id": "s", "why": "misread"}
    for id_, why in (("s", " "), ("none", "misread")):
        with pytest.raises(NotAllowed):
            intents.withdraw_statement(person, id_, why)
    gone = Individual("one", statements=(stated(Fact.SEX, "male", withdrawn="x"),))
    with pytest.raises(NotAllowed, match="withdrawn already"):
        intents.withdraw_statement(gone, "s", "again")
    assert (
        intents.accept_conflict_as_is(person, "n", "conflict k", "two cards").body["source"] == "conflict k"
    )
    with pytest.raises(NotAllowed, match="few words"):
        intents.accept_conflict_as_is(person, "n", "conflict k", " ")


def test_labels():
    def person(**numbers):
        facts = {"d": Fact.DETAINEE_NUMBER, "b": Fact.BRANCH_NUMBER, "e": Fact.EXAMINATION_NUMBER}
        return Individual("i", statements=tuple(stated(facts[k], v) for k, v in numbers.items()))

    assert make_individual_label(person(d="12", b="215", e="700"), 3) == "215-12 / 700"
    assert make_individual_label(person(b="215", e="700")) == "215 / 700"
    assert make_individual_label(person(d="12"), 3) == "?-12"
    assert make_individual_label(person(b="215"), 1204) == "Individual 1,204 (branch 215)"
    assert make_individual_label(None, 12) == "Individual 12"


def test_what_is_stated_of_merged_individuals_is_stated_of_the_one_that_stands():
    people = [
        Individual("a", statements=(stated(Fact.SEX, "male", "1"),)),
        Individual("b", merged_into="a", statements=(stated(Fact.AGE_BAND, "18-29", "2"),)),
        Individual("c", merged_into="b", statements=(stated(Fact.SEX, "female", "3"),)),
    ]
    known = {each.id: each for each in people}
    assert find_merge_root(known, "c") == "a"
    assert list(merge_statements(people)) == ["a"]
    assert merge_statements(people)["a"].values(Fact.SEX) == ("male", "female")
    assert find_statement_holder(people, "3").id == "c"
    assert find_statement_holder(people, "4") is None
