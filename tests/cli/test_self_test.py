"""`reviewer self-test`: lines, the line for the sheet, exit status, and nothing that stays."""

import json
import os
import re
import tempfile
from pathlib import Path

from reviewer.cli import self_test
from reviewer.services.self_test import run as running
from reviewer.services.self_test.part import PartFailed, PartOutcome, PartResult
from reviewer.services.self_test.run import PART_NAMES


def names_below(folder):
    return sorted(str(path) for path in Path(folder).rglob("*")) if Path(folder).exists() else []


def test_all_is_well_the_line_is_that_of_the_sheet_and_nothing_stays(run, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    account = os.environ["REVIEWER_DATA"]
    before = names_below(account)
    status, out, _err = run("self-test", "--json")
    told = json.loads(out)
    assert [part["name"] for part in told["parts"]] == list(PART_NAMES)
    assert (status, told["ok"]) == (0, True), told
    assert run("self-test", "--sheet")[1].strip() == told["line"]
    assert os.environ["REVIEWER_DATA"] == account
    assert names_below(account) == before
    assert names_below(tmp_path) == []


def outcomes_of(monkeypatch, *outcomes):
    monkeypatch.setattr(self_test, "run_parts", lambda _folder, _begin: iter(outcomes))


def test_what_is_wrong_is_said_with_what_to_do_and_the_status_is_1(run, monkeypatch):
    outcomes_of(
        monkeypatch,
        PartOutcome("engine", "SQLCipher 4", True, constant="encrypts"),
        PartOutcome("fonts", "the typeface Inter is not there.", False, "Install the program again."),
    )
    status, out, _err = run("self-test")
    assert status == 1
    assert re.search(r"^ok    engine +SQLCipher 4$", out, re.MULTILINE)
    assert re.search(
        r"^FAIL  fonts +the typeface Inter is not there\.\n +Install the program again\.$", out, re.M
    )
    assert "NOT WELL" in out


def test_the_line_has_version_hashes_and_code_and_a_failure_changes_the_code(monkeypatch):
    well = [PartOutcome(name, "", True, constant=name) for name in PART_NAMES]
    line = running.make_line(well)
    assert re.fullmatch(
        r"reviewer [\d.]+ \| program (\w{4}-){3}\w{4} \| libraries ((\w{4}-){3}\w{4}|not known) \| "
        r"result \w{4}-\w{4} \| .+, Python 3\.\d+",
        line,
    )
    worse = running.make_line([*well[:-1], PartOutcome("window", "blank", False, constant="window")])
    assert worse != line
    assert worse.split(" | result ")[0] == line.split(" | result ")[0]


def test_one_part_that_fails_or_falls_over_does_not_stop_the_others(tmp_path, monkeypatch):
    def fail(_control):
        raise PartFailed("it is wrong.", "Mend it.")

    def fall_over(_control):
        raise ZeroDivisionError("by chance")

    parts = {"engine": fail, "files": fall_over, "fonts": lambda _control: PartResult("there", "fonts")}
    monkeypatch.setattr(running, "list_parts", lambda _folder: parts)
    found = list(running.run_parts(tmp_path, self_test.run_with_progress))
    assert [(part.name, part.is_well) for part in found] == [
        ("engine", False),
        ("files", False),
        ("fonts", True),
    ]
    assert found[1].said == "ZeroDivisionError: by chance"


def test_the_sheet_of_another_system_needs_a_folder_of_its_libraries(run, tmp_path):
    status, _out, err = run("self-test", "--sheet", tmp_path / "nowhere")
    assert (status, "There is no folder" in err) == (3, True)
    status, out, _err = run("self-test", "--sheet", tmp_path)
    assert (status, "libraries not known" in out, "Python" in out) == (0, True, False)
