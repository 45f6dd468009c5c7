"""`reviewer individuals`: list, accept, conflicts; every exit status."""

import json

import pytest

from reviewer.domain.commands.individual_commands import state_fact
from reviewer.domain.people.individual import Fact, Statement, StatementSourceKind
from reviewer.services.people.individuals import load_individuals
from tests.support.cases import opened


def test_proposals_are_listed_then_accepted_with_the_count_before(run, case):
    status, out, _err = run("individuals", "list", case)
    assert (status, "Individual 1: proposed, 3 photos, 0 read; same folder, body 1" in out) == (0, True)
    accepting = ("individuals", "accept", case, "--from", "folders", "--pattern", "body {examination}")
    status, out, _err = run(*accepting, "--dry-run")
    assert (status, out.splitlines()[-1]) == (0, "Would accept 2 individuals with 6 photographs.")
    assert run(*accepting)[:2] == (0, "Accepted 2 individuals with 6 photographs.\n")
    assert run(*accepting)[:2] == (0, "There is nothing to accept.\n")
    found = json.loads(run("individuals", "list", case, "--json")[1])
    assert [(each["label"], each["status"], each["examination"]) for each in found["individuals"]] == [
        ("? / 1", "accepted", "1"),
        ("? / 2", "accepted", "2"),
    ]
    counts = json.loads(run("status", case, "--json")[1])
    assert [counts[f"individuals{each}"] for each in ("", "_accepted", "_proposed")] == [2, 2, 0]
    assert "2 accepted, 0 proposed" in run("status", case)[1]


def test_accepting_as_json(run, case):
    out = run("individuals", "accept", case, "--from", "bursts", "--dry-run", "--json")[1]
    assert json.loads(out)["accepted"] is False
    out = run("individuals", "accept", case, "--from", "cards", "--json")[1]
    assert json.loads(out) == {"accepted": True, "individuals": []}


def test_what_is_no_pattern_ends_with_a_sentence(run, case):
    status, _out, err = run("individuals", "accept", case, "--from", "folders", "--pattern", "{branch}")
    assert (status, "does not say what tells one individual from another" in err) == (3, True)
    status, out, _err = run("individuals", "accept", case, "--from", "records", "--dry-run")
    assert (status, out) == (0, "There is nothing to accept.\n")


@pytest.mark.parametrize("words", [("individuals",), ("individuals", "accept", "x"), ("individuals", "go")])
def test_wrong_usage(run, words):
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == 2


def test_conflicts_are_listed_and_end_with_one(run, case):
    run("individuals", "accept", case, "--from", "folders")
    assert run("individuals", "conflicts", case)[0] == 0
    with opened(case) as writing:
        author = writing.examiners()[0].id
        for person in load_individuals(writing, "").persons:
            statement = Statement("s", Fact.EXAMINATION_NUMBER, "7", "definite", StatementSourceKind.EXAMINER)
            writing.record(state_fact(person.individual, statement), author)
    status, out, _err = run("individuals", "conflicts", case)
    assert status == 1
    assert "same number on two individuals: Examination number 7 is stated of 2 individuals" in out
    assert json.loads(run("individuals", "conflicts", case, "--json")[1])["conflicts"][0]["settled"] == ""
