"""The command line says what a case lacks of its receipts, and lets an examiner judge it."""

import json
import shutil

import pytest


@pytest.fixture
def older(run, case, tmp_path):
    """A case that was put back as it was before its last act; a receipt of that act is kept here."""
    copy = shutil.copytree(case, tmp_path / "older")
    assert run("mandate", case, "--text", "to look")[0] == 0
    shutil.rmtree(case)
    shutil.copytree(copy, case)
    return case


def test_what_is_kept_is_listed_and_agrees(run, case):
    assert run("receipts", case)[1] == "No receipt of this case is kept here.\n"
    run("mandate", case, "--text", "to look")
    status, out, _err = run("receipts", case)
    assert (status, out.count("\n"), "in this account: agrees" in out) == (0, 1, True)


def test_a_verb_that_writes_refuses_and_one_that_reads_says_it_first(run, older):
    status, out, err = run("mandate", older, "--text", "another")
    assert (status, out) == (3, "")
    assert "This case knows less than a receipt of it that was kept in this account: it had" in err
    assert "reviewer receipts CASE --judge REASON" in err
    status, _out, err = run("status", older)
    assert (status, "knows less than a receipt" in err) == (0, True)
    status, out, _err = run("verify", older)
    assert (status, "1 of them is gone" in out) == (1, True)
    status, out, _err = run("receipts", older)
    assert (status, "1 of them is gone" in out) == (1, True)


def test_it_is_judged_once_and_stays_to_be_read(run, older):
    assert run("receipts", older, "--judge", " ")[0] == 3
    status, out, _err = run("receipts", older, "--judge", "the backup of Monday")
    assert (status, out) == (0, "1 receipt is judged.\n")
    assert run("mandate", older, "--text", "another")[::2] == (0, "")
    status, out, err = run("verify", older)
    assert (status, err) == (0, "")
    assert "Dr Okoye judged it on" in out
    told = json.loads(run("receipts", older, "--json")[1])
    assert [bool(receipt["judged"]) for receipt in told["receipts"]].count(True) == 1
    assert run("receipts", older, "--judge", "again")[0] == 3


def test_a_second_place_is_chosen_filled_said_and_left(run, case, tmp_path):
    run("mandate", case, "--text", "to look")
    stick = tmp_path / "stick"
    assert run("receipts", "--second", stick)[0] == 3
    stick.mkdir()
    status, out, _err = run("receipts", "--second", stick)
    assert (status, f"second place  {stick}" in out) == (0, True)
    (copied,) = (stick / "reviewer receipts").iterdir()
    assert copied.read_bytes().count(b"\n") == 1
    assert f"in this account and in {stick}" in run("receipts", case)[1]
    shutil.rmtree(stick)
    status, _out, err = run("mandate", case, "--text", "another")
    assert (status, err.count("second place of the receipts")) == (0, 2)
    assert "none" in run("receipts", "--no-second")[1]
    assert run("mandate", case, "--text", "a third")[2] == ""
    assert run("receipts", "--judge", "what?")[0] == 3
