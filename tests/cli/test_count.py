"""`reviewer count`: every figure from the command line, in words and as JSON."""

import csv
import json
import shutil
from dataclasses import replace

import pytest

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.vocabulary.scales import Certainty, NotAssessableReason
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import opened, opened_copy
from tests.support.shared import made_individual


@pytest.fixture(scope="module")
def folder(drive_case, tmp_path_factory):
    """Three individuals of two photographs; a bruise on the first."""
    with opened_copy(drive_case, tmp_path_factory.mktemp("count")) as case:
        record_readings(case)
    return case.folder


@pytest.fixture
def unstated(drive_case, tmp_path):
    """The same, and a bruise on the second individual whose certainty nobody stated."""
    with opened_copy(drive_case, tmp_path) as case:
        record_readings(case, unstated=True)
    return case.folder


def record_readings(case, *, unstated=False):
    author = case.examiners()[0].id
    photos = [item.sha256 for item in Worklist(case, author).load().items]
    made = [made_individual(f"i{n}", photos[n : n + 2]) for n in (0, 2, 4)]
    case.record(Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": made}), author)
    stated = {"certainty": Certainty.DEFINITE, "certainty_stated": True}
    finding = Finding("f1", "blunt.bruise", "1.1.0", regions=("neck.front",), **stated)
    case.record(finding_commands.add_finding(Reading(author, photos[1]), finding), author)
    for photo in photos[:6]:
        reading = Reading(author, photo, findings=(finding,) if photo == photos[1] else ())
        if unstated and photo == photos[3]:
            further = replace(finding, id="f2", certainty_stated=False)
            case.record(finding_commands.add_finding(reading, further), author)
        elif photo != photos[1]:
            case.record(
                finding_commands.conclude_not_assessable(reading, NotAssessableReason.BLURRED), author
            )
        case.record(Draft(acts.COMPLETED, photo), author)


def the_bruise(out):
    findings = next(each for each in json.loads(out)["tables"] if each["key"] == "findings")
    return next(each for each in findings["figures"] if each["key"] == "findings/blunt.bruise")


def test_every_figure_is_printed_with_both_shares_and_the_basis(run, folder):
    status, out, _err = run("count", folder)
    assert status == 0
    assert "Findings, by individuals: present / absent / cannot tell" in out
    assert "  bruise: 1 / 0 / 2; 1 of 3, 33.3 %; share of those assessable not sayable" in out
    assert "Of 3 individuals all photographs of 3 were read; figures of findings are of these 3." in out
    assert "3 individuals and 6 photographs are counted, near-duplicates once." in out
    assert "Photographs of each individual: how many / cannot tell" in out
    assert "  2: 3 / 0; 3 of 3, 100.0 %\n" in out
    last = out.splitlines()[-1]
    assert last.startswith("Readings of Dr Okoye only; all photographs; ")
    assert "fingerprint" in last


def test_json_has_every_count_the_intervals_and_the_basis(run, folder):
    status, out, _err = run("count", folder, "--json")
    found = json.loads(out)
    bruise = the_bruise(out)
    assert (status, found["individuals"], found["photos"]) == (0, 3, 6)
    assert (bruise["present"], bruise["absent"], bruise["cannot_tell"], bruise["photos"]) == (1, 0, 2, 1)
    assert bruise["of_all"] == {"hits": 1, "of": 3, "percent": 33.333, "interval": None}
    sizes = next(each for each in found["tables"] if each["key"] == "photos")
    two = next(each for each in sizes["figures"] if each["label"] == "2")
    assert (two["kind"], two["present"], two["absent"], two["in_another"]) == ("class", 3, None, 0)
    assert two["of_assessable"]["percent"] is None
    assert found["basis"]["examiners"] == ["Dr Okoye"]
    assert len(found["basis"]["head"]) == 64


def test_the_columns_of_each_figure_in_json_add_up_and_are_as_many_as_their_ids(run, unstated):
    _status, out, _err = run("count", unstated, "--json")
    bruise = the_bruise(out)
    assert (bruise["cannot_tell"], bruise["not_stated"], bruise["untold"]) == (1, 1, 2)
    for table in json.loads(out)["tables"]:
        for figure in table["figures"]:
            counts = {column: figure[column] for column in figure["ids"]}
            assert counts == {column: len(ids) for column, ids in figure["ids"].items()}
            assert sum(counts.values()) - counts["photos"] == figure["of_all"]["of"]


def test_a_query_and_an_earlier_entry_are_obeyed(run, folder):
    _status, out, _err = run("count", folder, "--query", "term:bruise", "--json")
    assert json.loads(out)["individuals"] == 1
    assert len(json.loads(out)["selection"]) == 3
    entries = json.loads(out)["basis"]["entries"]
    _status, out, _err = run("count", folder, "--as-of", entries - 1, "--json")
    assert (json.loads(out)["basis"]["entries"], json.loads(out)["readings"]["whole"]) == (entries - 1, 2)


def test_a_selection_says_first_that_it_is_one_and_of_how_many(run, folder):
    _status, out, _err = run("count", folder, "--query", "term:bruise")
    first, left_out, warning = out.splitlines()[:3]
    assert first.startswith("This is a selection and not the collection: ")
    assert left_out.startswith("Not chosen and in no figure: 2 of 3 individuals that somebody accepted, and ")
    assert warning.startswith("Warning: the query speaks of what is counted (term:")
    _status, out, _err = run("count", folder)
    assert "selection" not in out
    assert "Of 3 accepted individuals 3 are in the figures of findings and 0 left out." in out


def test_a_saved_list_is_looked_into(run, folder, tmp_path):
    folder = shutil.copytree(folder, tmp_path / "copy.case")
    with opened(folder) as case:
        body = {"name": "bruised", "query": "term:bruise", "sorting": "", "details": "", "photos": []}
        case.record(Draft(shared_acts.LIST_SAVED, "kept", body), case.examiners()[0].id)
    _status, out, _err = run("count", folder, "--query", "list:bruised")
    assert "Warning: the query speaks of what is counted (term:bruise in list:bruised)." in out
    _status, out, _err = run("count", folder, "--query", "list:bruised", "--json")
    assert json.loads(out)["basis"]["chosen_by"] == ["term:bruise in list:bruised"]
    assert json.loads(out)["basis"]["chosen_unknown"] == []


def test_what_the_first_rule_counted_otherwise_is_listed(run, folder):
    status, out, _err = run("count", folder, "--compare-rules")
    assert status == 0
    assert out.startswith("By the first rule 3 individuals were counted; now 3 are")
    assert "wasting" not in out, "nothing was said of it before or now"
    status, out, _err = run("count", folder, "--compare-rules", "--json")
    assert (json.loads(out)["individuals_before"], json.loads(out)["individuals_now"]) == (3, 3)


def test_what_cannot_be_counted_is_one_sentence(run, folder):
    for words in (("--as-of", "0"), ("--query", "tem:bruise"), ("--examiner", "Nobody")):
        status, out, err = run("count", folder, *words)
        assert (status, out) == (3, "")
        assert len(err.strip().splitlines()) == 1


def test_csv_has_the_ids_in_each_column_of_each_figure_and_json_the_same(run, folder, tmp_path):
    status, out, _err = run("count", folder, "--json", "--csv", tmp_path / "figures.csv", "--bom")
    assert status == 0
    assert (tmp_path / "figures.csv").read_bytes().startswith(b"\xef\xbb\xbftable,")
    with (tmp_path / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    bruise = the_bruise(out)["ids"]
    assert (bruise["present"], sorted(bruise["cannot_tell"]), bruise["absent"]) == (["i0"], ["i2", "i4"], [])
    in_csv = {}
    for row in found:
        ids = in_csv.setdefault((row["table"], row["figure"]), {}).setdefault(row["column"], [])
        if row["id"]:
            ids.append(row["id"])
        assert int(row["count"]) >= len(ids)
    in_json = {
        (table["key"], figure["key"]): figure["ids"]
        for table in json.loads(out)["tables"]
        for figure in table["figures"]
    }
    assert in_csv == in_json
    counts = {(row["figure"], row["column"]): int(row["count"]) for row in found}
    for (_table, key), columns in in_csv.items():
        for column, ids in columns.items():
            assert counts[key, column] == len(ids)
    (one,) = {row["individual"] for row in found if row["id"] == "i0" and row["column"] != "photos"}
    assert one == "Individual 1"


def test_a_file_of_figures_takes_nobodys_place(run, folder, tmp_path):
    (tmp_path / "mine.csv").write_text("mine")
    for place in (tmp_path / "mine.csv", folder / "figures.csv", tmp_path / "no" / "f.csv"):
        status, out, err = run("count", folder, "--csv", place)
        assert (status, out) == (3, ""), err
    assert (tmp_path / "mine.csv").read_text() == "mine"
    assert run("count", folder, "--csv", tmp_path / "new.csv", "--compare-rules")[0] == 3
