"""`reviewer mandate`: what the lead writes, from words or a file, and what others are told."""

import json

import pytest

from reviewer.domain.commands.mandate import LONGEST_MANDATE, MANDATE_WRITTEN
from reviewer.services.case import enrolment
from reviewer.services.case.history import load_last_entries
from reviewer.services.case.mandate import load_mandate
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.jobs import JobControl
from tests.support.cases import made_case, opened


@pytest.fixture
def folder(tmp_path):
    case = made_case(tmp_path)
    enrolment.enrol(case, "Dr Second")
    case.close()
    return case.folder


def test_the_lead_writes_it_once_and_it_is_read_again(run, folder, tmp_path):
    status, out, _err = run("mandate", folder)
    assert status == 0
    assert "None is written." in out and "Dr Okoye, who made the case" in out
    (tmp_path / "mandate.txt").write_text("\ufeffتكليف المحكمة\nSecond line", encoding="utf-8")
    written = run("mandate", folder, "--file", tmp_path / "mandate.txt", "--examiner", "Dr Okoye")
    assert written[0] == 0, written
    lead = ("--examiner", "Dr Okoye")
    assert run("mandate", folder, "--limits", "Photographs only.", *lead)[0] == 0
    found = json.loads(run("mandate", folder, "--json")[1])
    assert found["text"] == "تكليف المحكمة\nSecond line", "what is not named stays as it is"
    assert (found["limits"], found["author"]) == ("Photographs only.", "Dr Okoye")
    again = run("mandate", folder, "--limits", " Photographs only. ", *lead)
    assert again[0] == 3 and "stand so already" in again[2]
    assert run("mandate", folder, "--text", "", "--limits", "", *lead)[0] == 0
    assert "None is written." in run("mandate", folder)[1]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--text", "mine", "--examiner", "Dr Second"], "The mandate is written by Dr Okoye"),
        (["--text", "x" * (LONGEST_MANDATE + 1), "--examiner", "Dr Okoye"], "can have 4,000 characters"),
        (["--file", "no such file"], "cannot be read"),
        (["--file", "long.txt"], "is longer than 4,000 characters"),
        (["--limits-file", "latin.txt"], "is no text in UTF-8"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(run, folder, tmp_path, monkeypatch, words, why):
    (tmp_path / "long.txt").write_text("x" * 70_000, encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    monkeypatch.chdir(tmp_path)
    status, _out, err = run("mandate", folder, *words)
    assert status != 0
    assert why in err
    assert "None is written." in run("mandate", folder)[1]


def test_a_moment_of_before_has_the_mandate_of_then(run, folder):
    for text in ("The first.", "The second."):
        assert run("mandate", folder, "--text", text, "--examiner", "Dr Okoye")[0] == 0
    with opened(folder) as case:
        entry = load_last_entries(case, 1)[0]
        assert (entry.act, entry.body) == (MANDATE_WRITTEN, {"mandate": "The second.", "limits": ""})
        entries = case.counts().entries
        with open_snapshot(case, JobControl(), entries - 1) as then:
            assert load_mandate(then).text == "The first."
        assert load_mandate(case).text == "The second."
        assert load_mandate(case).at == entry.at
