"""`reviewer rules`: what holds, and what the lead sets."""

import json

from tests.support.cases import made_case


def test_a_new_case_has_a_drawn_order_and_masks(run, tmp_path):
    folder = tmp_path / "new.case"
    assert run("new", folder, "--name", "B", "--examiner", "Dr Okoye", "--unencrypted")[0] == 0
    status, out, _err = run("rules", folder, "--json")
    found = json.loads(out)
    assert (status, found["order"], found["masked"], found["lead"]) == (0, "drawn", True, "Dr Okoye")
    assert len(found["seed"]) == 16
    _status, out, _err = run("rules", folder)
    assert f"drawn from the seed {found['seed']}" in out
    assert "are masked on Read" in out
    assert "Dr Okoye, who made the case" in out
    assert found["in_context"] == {"findings": 0, "made": 0, "seen": {}}
    assert "0 of 0 findings that stand as present on complete readings were made after" in out


def test_the_lead_draws_an_order_for_a_case_of_before(run, tmp_path):
    case = made_case(tmp_path)
    case.close()
    assert json.loads(run("rules", case.folder, "--json")[1])["order"] == "folders"
    status, out, _err = run("rules", case.folder, "--seed", "seed2026", "--mask", "yes")
    assert status == 0
    assert "drawn from the seed seed2026" in out
    again = run("rules", case.folder, "--seed", "seed2026")
    assert again[0] == 3 and "already" in again[2]
    assert run("rules", case.folder, "--seed", "a b")[0] == 3
    assert run("rules", case.folder, "--draw", "--mask", "no")[0] == 0
    found = json.loads(run("rules", case.folder, "--json")[1])
    assert found["seed"] != "seed2026" and not found["masked"]
    ledger = run("ledger", case.folder)[1]
    assert ledger.count("reading_rules.set") == 4
