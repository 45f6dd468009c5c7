"""`reviewer individuals load | records | accept | link`."""

import json
from functools import partial

import pytest

from reviewer.domain.acts.shared_acts import INDIVIDUALS_MADE
from reviewer.domain.ledger.entry import Draft
from reviewer.main import main
from tests.support.cases import made_case
from tests.support.records import HEAD, ROWS, csv_text, workbook


@pytest.fixture
def case(tmp_path):
    made = made_case(tmp_path)
    number = {
        "id": "s1",
        "fact": "number.examination",
        "value": "1024",
        "certainty": "definite",
        "kind": "examiner",
        "source": "",
        "detail": "",
    }
    body = {"individuals": [{"id": "abcdef12", "photos": [], "reason": "by hand", "statements": [number]}]}
    made.record(Draft(INDIVIDUALS_MADE, "", body), made.examiners()[0].id)
    made.close()
    return made.folder


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(csv_text(), encoding="utf-8")
    return path


@pytest.fixture
def individuals(run):
    """Run a command line of this verb."""
    return partial(run, "individuals")


def read_json(individuals, *words, status=0):
    found, out, _err = individuals(*words, "--json")
    assert found == status, out
    return json.loads(out)


def test_a_file_is_previewed_loaded_listed_accepted_and_linked(individuals, case, file):
    status, out, _err = individuals("load", case, file, "--preview")
    assert status == 0
    assert "Examination no -> Examination number" in out
    assert "row 4: Examination number 1026" in out
    assert "Nothing was loaded." in out
    loaded = read_json(individuals, "load", case, file)
    assert (loaded["loaded"], loaded["rows"], loaded["encoding"], loaded["doubts"]) == (True, 3, "utf-8", [])
    assert loaded["columns"]["Sex"] == "sex"
    again = read_json(individuals, "load", case, file, status=3)
    assert again["error"]["code"] == "records-known"
    listed = read_json(individuals, "records", case)
    assert listed["counts"] == {"one": 1, "none": 2}
    first = listed["records"][0]
    assert first["record"] == f"{loaded['file']}::2"
    assert first["candidates"][0]["told"] == "1024"
    assert read_json(individuals, "match", case) == {"unambiguous": 1, "accepted": 0}
    assert "Add --yes" in individuals("match", case)[1]
    assert read_json(individuals, "match", case, "--yes") == {"unambiguous": 1, "accepted": 1}
    assert "0 rows fit" in individuals("match", case)[1]
    second, third = (each["record"] for each in listed["records"][1:])
    by_hand = read_json(individuals, "link", case, second, "--to", "1024", "--note", "same body")
    assert (by_hand["how"], by_hand["individual"], by_hand["note"]) == ("by hand", "abcdef12", "same body")
    status, _out, err = individuals("link", case, third, "--none")
    assert (status, "Say why" in err) == (3, True)
    assert individuals("link", case, third, "--none", "--note", "not photographed")[0] == 0
    assert read_json(individuals, "records", case, "--unresolved")["records"] == []
    assert "3 of 3 rows" in individuals("records", case)[1]
    assert main(["verify", str(case)]) == 0


def test_a_mapping_from_a_file_and_one_that_is_used_again(individuals, case, file, tmp_path):
    odd = tmp_path / "odd.csv"
    odd.write_text("A;B\n1024;03/04/2012\n1025;\n1026;x\n", encoding="utf-8")
    status, _out, err = individuals("load", case, odd)
    assert (status, "No column is mapped" in err) == (3, True)
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"columns": {"A": "number.examination", "B": "died_on"}}', encoding="utf-8")
    status, _out, err = individuals("load", case, odd, "--mapping", mapping)
    assert (status, "not clear: 03/04/2012" in err) == (3, True)
    first = read_json(individuals, "load", case, odd, "--mapping", mapping, "--dates", "day-first")
    assert [(each["row"], each["raw"]) for each in first["doubts"]] == [(4, "x")]
    more = tmp_path / "more.csv"
    more.write_text("A;B\n2000;05/06/2012\n", encoding="utf-8")
    like = read_json(individuals, "load", case, more, "--like", first["file"])
    assert (like["origin"], like["unclear"]) == ("as for odd.csv", "")
    status, out, _err = individuals("records", case, "--unresolved")
    assert "doubt: B: x: not read as a date" in out


@pytest.mark.parametrize("content", ["[]", "{", '{"columns": 3}', '{"columns": {}, "dates": "soon"}'])
def test_what_is_no_mapping_is_a_sentence(individuals, case, file, tmp_path, content):
    mapping = tmp_path / "mapping.json"
    mapping.write_text(content, encoding="utf-8")
    status, _out, err = individuals("load", case, file, "--mapping", mapping)
    assert (status, "is no mapping" in err) == (3, True)


def test_a_workbook_with_two_sheets_and_one_that_is_none(individuals, case, tmp_path):
    def change(_sheet, book):
        book.create_sheet("Two").append(["No", "x"])

    path = tmp_path / "b.xlsx"
    path.write_bytes(workbook((HEAD, *ROWS), change=change))
    status, _out, err = individuals("load", case, path)
    assert (status, "several sheets" in err) == (3, True)
    loaded = read_json(individuals, "load", case, path, "--sheet", "Sheet1")
    assert loaded["sheet"] == "Sheet1"
    path.write_bytes(b"PK\x03\x04 nothing")
    status, _out, err = individuals("load", case, path)
    assert (status, err.count("\n")) == (3, 1)


def test_wrong_usage_ends_with_two(individuals, case, file):
    for words in (("load", case), ("load", case, file, "--dates", "soon"), ("link", case, "x"), ()):
        with pytest.raises(SystemExit) as ended:
            individuals(*words)
        assert ended.value.code == 2


def test_a_row_or_an_individual_that_is_not_there_is_a_sentence(individuals, case, file):
    individuals("load", case, file)
    status, _out, err = individuals("link", case, "x::1", "--to", "1024")
    assert (status, "There is no row" in err) == (3, True)
    record = read_json(individuals, "records", case)["records"][0]["record"]
    status, _out, err = individuals("link", case, record, "--to", "9999")
    assert (status, "0 individuals" in err) == (3, True)
