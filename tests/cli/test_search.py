"""`reviewer find`, `lists`, `sample`: the same search as in the window, from the command line."""

import json
import shutil

import pytest

from reviewer.domain.acts import shared_acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import opened, opened_copy
from tests.support.shared import made_individual


@pytest.fixture(scope="module")
def made(drive_case, tmp_path_factory):
    with opened_copy(drive_case, tmp_path_factory.mktemp("search")) as case:
        author = case.examiners()[0].id
        photos = [item.sha256 for item in Worklist(case, author).load().items]
        finding = Finding("f1", "blunt.bruise", "1.1.0", regions=("neck.front",))
        case.record(finding_commands.add_finding(Reading(author, photos[1]), finding), author)
        made = [{**made_individual(f"i{n}", photos[n : n + 2])} for n in (0, 2, 4)]
        case.record(Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": made}), author)
    return case.folder, photos


@pytest.fixture
def case(made, tmp_path):
    folder, photos = made
    return shutil.copytree(folder, tmp_path / "copy.case"), photos


def test_find_tells_the_photographs_and_why(run, case):
    folder, photos = case
    status, out, _err = run("find", folder, "term:bruise", "region:neck", "--why")
    assert status == 0
    assert out.splitlines()[0].startswith(photos[1])
    assert "finding bruise, neck, front" in out
    assert out.splitlines()[-1] == "1 photograph; term:bruise region:neck"
    status, out, _err = run("find", folder, "has:individual", "--limit", "2", "--json")
    found = json.loads(out)
    assert (status, found["count"], [each["sha256"] for each in found["photos"]]) == (0, 6, photos[:2])
    assert run("find", folder, "not term:bruise", "--count")[1] == "5 photographs; -term:bruise\n"


def test_a_query_that_makes_no_sense_is_one_sentence(run, case):
    status, out, err = run("find", case[0], "tem:bruise")
    assert (status, out) == (3, "")
    assert "Column 1: there is no field tem. Near: term" in err
    assert len(err.strip().splitlines()) == 1


def test_a_sample_can_be_drawn_again_and_is_a_list(run, case):
    folder, photos = case
    words = ("--from", "has:individual", "--size", "2", "--seed", "7")
    status, out, _err = run("sample", folder, *words, "--name", "Second reading", "--json")
    first = json.loads(out)
    assert (status, first["drawn"], first["population"], first["seed"], len(first["photos"])) == (
        0,
        2,
        3,
        7,
        4,
    )
    assert set(first["photos"]) <= set(photos)
    assert len(first["head"]) == 64
    again = json.loads(run("sample", folder, *words, "--name", "Again", "--json")[1])
    assert again["photos"] == first["photos"]
    listed = json.loads(run("lists", folder, "--json")[1])["lists"]
    assert [each["name"] for each in listed] == ["Again", "Second reading"]
    assert listed[1]["details"]["method"] == "smallest SHA-256 of 'SEED UNIT'"
    found = json.loads(run("find", folder, 'list:"Second reading"', "--json")[1])
    assert {each["sha256"] for each in found["photos"]} == set(first["photos"])
    status, _out, err = run("sample", folder, *words, "--name", "again")
    assert status == 3
    assert "a sample is not replaced" in err


def test_strata_the_planner_and_mistakes(run, case):
    folder, _photos = case
    status, out, _err = run(
        "sample",
        folder,
        "--of",
        "photos",
        "--within",
        "5",
        "--by",
        "individual",
        "--name",
        "All",
        "--seed",
        "1",
    )
    assert status == 0
    assert "All: 6 of 6 photos, 6 photographs, seed 1" in out
    assert out.count(": 2 of 2") == 3
    for words, says in (
        (("--size", "1", "--by", "colour"), "There are no strata by colour. There are: age, branch"),
        ((), "needs a size"),
        (("--size", "0"), "one unit at least"),
        (("--within", "100"), "between 0 and 100"),
        (("--size", "1", "--from", "term:burn"), "nothing to draw from"),
        (("--size", "1", "--seed", "-1"), "A seed is"),
    ):
        status, _out, err = run("sample", folder, *words, "--name", "x")
        assert (status, says in err) == (3, True), err


def test_the_case_is_sound_afterwards(run, case):
    assert run("verify", case[0])[0] == 0
    with opened(case[0], read_only=True) as found:
        assert found.counts().findings == 1
