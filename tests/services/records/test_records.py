"""Files of records in a case: looked at, loaded whole, kept as evidence, matched, settled, taken back."""

import json

import pytest
from sqlcipher3 import dbapi2 as engine

from reviewer.domain.acts import acts
from reviewer.domain.acts.shared_acts import CARD_TRANSCRIBED, INDIVIDUALS_MADE, INDIVIDUALS_MERGED
from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.individual import Fact
from reviewer.domain.records.dates import DateOrder
from reviewer.domain.records.matching import MatchOutcome
from reviewer.domain.records.proposals import PhotoClues
from reviewer.services.case.history import iterate_entries
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import Cancelled, JobControl
from reviewer.services.records import load as records
from reviewer.services.records import matches, verify_records
from reviewer.services.records.load import (
    RecordChoices,
    list_loaded_files,
    load_file,
    preview_again,
    preview_file,
)
from reviewer.services.records.proposals import load_record_proposals
from reviewer.storage.shared.shared_rows import load_individuals_by_id
from reviewer.storage.store import undo_latest_act
from tests.support.cases import PASSPHRASE, made_case, opened
from tests.support.records import HEAD, ROWS, csv_text, read_here, workbook

P1, P2 = "1" * 64, "2" * 64


@pytest.fixture(autouse=True)
def no_process(monkeypatch):
    """Files are read in this process: the confined one has its own tests."""
    monkeypatch.setattr(records, "read_grid", read_here)
    monkeypatch.setattr(verify_records, "read_grid", read_here)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(csv_text(), encoding="utf-8")
    return path


def author(case):
    return case.examiners()[0].id


def seen(case, path, **choices):
    return preview_file(case, path, RecordChoices(**choices), JobControl())


def loaded(case, path, again=False, **choices):
    return load_file(case, seen(case, path, **choices), author(case), JobControl(), again=again)


def individual(id_, photos=(), **values):
    facts = {"d": "number.detainee", "b": "number.branch", "e": "number.examination", "sex": "sex"}
    statements = [
        {
            "id": f"{id_}-{name}",
            "fact": facts[name],
            "value": value,
            "certainty": "definite",
            "kind": "examiner",
            "source": "",
            "detail": "",
        }
        for name, value in values.items()
    ]
    return {"id": id_, "photos": list(photos), "reason": "by hand", "statements": statements}


def people(case, *made):
    case.record(Draft(INDIVIDUALS_MADE, "", {"individuals": list(made)}), author(case))


def outcomes(case):
    return [row.outcome for row in matches.load_listing(case).rows]


# looking and loading


def test_looking_proposes_and_writes_nothing(case, file):
    before = case.counts().entries
    preview = seen(case, file)
    assert preview.unclear is None
    assert dict(preview.columns)["Branch"] is Fact.BRANCH_NUMBER
    assert preview.origin == "proposed from the names of the columns"
    first = preview.first_rows()[2]
    values = {fact.fact: (fact.value, fact.raw) for fact in first.facts}
    assert values["number.examination"] == ("1026", "١٠٢٦")
    assert values["died_on"] == ("2012-08-16", "١٦/٠٨/٢٠١٢")
    assert values["name"] == ("شخص ج", "شخص ج")
    assert case.counts().entries == before
    assert list_loaded_files(case) == []


def test_loading_keeps_the_bytes_the_rows_and_one_act(case, file):
    result = loaded(case, file)
    assert (result.rows, result.doubts) == (3, 0)
    last = list(iterate_entries(case))[-1]
    assert (last.act, last.subject) == (acts.RECORDS_LOADED, result.file)
    assert last.body["rows"] == 3
    assert last.body["mapping"]["orders"] == {"Date of death": "day-first"}
    (row, *_rest) = matches.load_listing(case).rows
    assert row.record == f"{result.file}::2"
    assert row.value(Fact.EXAMINATION_NUMBER) == "1024"
    assert verify_case(case, JobControl()).sound


def test_the_same_file_is_recognised_under_another_name(case, file):
    loaded(case, file)
    other = file.rename(file.with_name("other.csv"))
    assert seen(case, other).before.name == "list.csv"
    with pytest.raises(KnownError, match="in the case already, as list"):
        loaded(case, other)
    assert len(list_loaded_files(case)) == 1


def test_a_file_read_again_another_way_replaces_its_rows_on_the_list_only(case, file):
    first = loaded(case, file)
    second = loaded(case, file, again=True, columns={"Name": ""})
    assert {row.file.id for row in matches.load_listing(case).rows} == {second.file}
    assert {each.id for each in list_loaded_files(case)} == {first.file, second.file}
    assert verify_case(case, JobControl()).sound


def test_an_ambiguous_order_of_dates_has_to_be_said(case, tmp_path):
    path = tmp_path / "d.csv"
    path.write_text(
        "No,Date of death\n1,03/04/2012\n2,31/02/2012\n".replace("31/02", "05/05"), encoding="utf-8"
    )
    preview = seen(case, path)
    assert "not clear" in str(preview.unclear)
    with pytest.raises(KnownError, match="not clear: 03/04/2012"):
        loaded(case, path)
    again = preview_again(case, preview, RecordChoices(dates=DateOrder.MONTH_FIRST), JobControl())
    assert again.first_rows()[0].facts[0].value == "2012-03-04"
    load_file(case, again, author(case), JobControl())


def test_a_mapping_is_used_again_for_a_file_with_the_same_columns(case, file, tmp_path):
    first = loaded(case, file, columns={"Name": "other"})
    other = tmp_path / "next.csv"
    other.write_text(csv_text(ROWS[:1]), encoding="utf-8")
    preview = seen(case, other)
    assert preview.origin == "as for list.csv"
    assert dict(preview.columns)["Name"] is Fact.OTHER
    assert dict(seen(case, other, like=first.file).columns)["Name"] is Fact.OTHER
    third = tmp_path / "third.csv"
    third.write_text("A,B\n1,2\n", encoding="utf-8")
    with pytest.raises(KnownError, match="other columns"):
        seen(case, third, like=first.file)
    with pytest.raises(KnownError, match="No file of records"):
        seen(case, third, like="nothing")
    assert "No column is mapped" in str(seen(case, third).unclear)
    twice = seen(case, third, columns={"A": "sex", "B": "sex"})
    assert "mapped from two columns" in str(twice.unclear)


def test_what_stands_before_the_order_of_dates_is_kept_in_the_mapping_that_is_used_again(case, tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("No,Date of death\n1,03/04/2012\n", encoding="utf-8")
    two.write_text("No,Date of death\n1,05/06/2012\n", encoding="utf-8")
    first = loaded(case, one, dates=DateOrder.DAY_FIRST)
    assert seen(case, two).unclear is not None, "an order is never taken over unasked"
    assert seen(case, two, like=first.file).first_rows()[0].facts[0].value == "2012-06-05"


def test_a_cancelled_load_leaves_nothing(case, file, monkeypatch):
    preview = seen(case, file)
    control = JobControl()
    monkeypatch.setattr(control, "progress", lambda *_args: control.cancel())
    with pytest.raises(Cancelled):
        load_file(case, preview, author(case), control)
    assert list_loaded_files(case) == []
    assert verify_case(case, JobControl()).sound
    loaded(case, file)


def test_a_workbook_is_cited_by_its_sheet(case, tmp_path):
    path = tmp_path / "b.xlsx"
    path.write_bytes(workbook((HEAD, *ROWS), sheet="الأسماء"))
    result = loaded(case, path)
    assert matches.load_listing(case).rows[0].record == f"{result.file}:الأسماء:2"


# evidence


def damaged(case_folder, *statements):
    connection = engine.connect(case_folder / "case.db")
    with connection:
        for name in ("records", "record_contents", "record_facts"):
            for act in ("update", "delete"):
                connection.execute(f"DROP TRIGGER {name}_is_never_{act}d")
        for statement in statements:
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("statement", "where", "what"),
    [
        ("UPDATE records SET cells = replace(cells, '3346', '3349')", "row 3", "cells"),
        ("UPDATE record_facts SET value = '9' WHERE value = '1025'", "row 3", "what was read"),
        ("UPDATE record_facts SET doubt = 'x' WHERE value = '1025'", "row 3", "what was read"),
        (
            "INSERT INTO records (id, file, sheet, row, cells) SELECT 99, id, '', 9, '[]' FROM record_files",
            "row 9",
            "was added",
        ),
        ("DELETE FROM records WHERE row = 4", "row 4", "is missing"),
        ("UPDATE records SET cells = 'x' WHERE row = 4", "list.csv", "cannot be read at all"),
        (
            "UPDATE record_files SET mapping = '{}', seal = replace(seal, substr(seal, 1, 1), 'z')",
            "list.csv",
            "not those that were sealed",
        ),
        ("UPDATE record_contents SET content = x'00'", "list.csv", "kept file is not"),
        ("DELETE FROM record_contents", "list.csv", "no longer kept"),
        (
            "INSERT INTO records (id, file, sheet, row, cells) VALUES (99, 'other', '', 9, '[]')",
            "records other",
            "no act",
        ),
    ],
)
def test_what_was_changed_behind_the_program_is_named(tmp_path, file, statement, where, what):
    case = made_case(tmp_path)
    loaded(case, file)
    case.close()
    damaged(case.folder, statement)
    with opened(case.folder, read_only=True) as again:
        found = [fault for fault in verify_case(again, JobControl()).faults if where in fault.where]
    assert any(what in fault.what for fault in found), found


def test_rows_that_changed_together_with_their_file_are_found_though_not_named(tmp_path, file):
    case = made_case(tmp_path)
    loaded(case, file)
    case.close()
    damaged(
        case.folder,
        "UPDATE records SET cells = replace(cells, '3346', '3349')",
        "UPDATE record_contents SET content = x'00'",
    )
    with opened(case.folder, read_only=True) as again:
        told = {fault.what for fault in verify_case(again, JobControl()).faults}
    assert "its rows are not those that were sealed" in told


def test_the_content_is_kept_as_it_is_and_encrypted_with_the_case(tmp_path, file):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    loaded(case, file)
    case.close()
    raw = (case.folder / "case.db").read_bytes()
    assert b"3346" not in raw
    assert "شخص".encode() not in raw


def test_full_text_finds_rows_in_arabic(case, file):
    loaded(case, file)
    with case.store.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT owner FROM texts JOIN texts_index ON texts.id = texts_index.rowid "
            "WHERE kind = 'record' AND texts_index MATCH 'شخص'"
        ).all()
        (id_,) = connection.exec_driver_sql("SELECT id FROM records WHERE row = 4").one()
    assert str(id_) in {row[0] for row in found}
    assert len(found) == 2


# matching


def test_rows_are_matched_by_statements_and_cards(case, file):
    card = {
        "pass": "first",
        "detainee": "3346",
        "branch": "215",
        "examination": "1025",
        "date": "",
        "legible": "yes",
        "note": "",
        "box": [],
    }
    people(case, individual("aaaa", e="1024", sex="female"), individual("bbbb", [P2]))
    case.record(Draft(CARD_TRANSCRIBED, P2, card), author(case))
    assert outcomes(case) == []
    loaded(case, file)
    found = matches.load_listing(case)
    assert outcomes(case) == [MatchOutcome.CONTRADICTS, MatchOutcome.ONE, MatchOutcome.NONE]
    assert "Sex" in found.rows[0].match.candidates[0].against[0]
    assert found.rows[1].match.candidates[0].by == "all three numbers"
    assert found.name_individual("bbbb") == "3346 / 215 / 1025"
    case.record(Draft(CARD_TRANSCRIBED, P2, {**card, "pass": "resolved", "examination": "9"}), author(case))
    assert outcomes(case)[1] is MatchOutcome.CONTRADICTS


def test_unambiguous_rows_are_accepted_in_one_act_and_taken_back_in_one(case, file):
    people(case, individual("aaaa", e="1024"), individual("bbbb", e="1025"))
    loaded(case, file)
    found = matches.load_listing(case)
    assert len(found.unambiguous) == 2
    before = case.counts().entries
    case.record(matches.make_acceptance_act(found.unambiguous), author(case))
    assert case.counts().entries == before + 1
    after = matches.load_listing(case)
    assert [row.outcome for row in after.rows] == [
        MatchOutcome.SETTLED,
        MatchOutcome.SETTLED,
        MatchOutcome.NONE,
    ]
    assert after.rows[0].link.how == "matched"
    with case.store.read() as connection:
        person = load_individuals_by_id(connection, ["aaaa"])["aaaa"]
    (name,) = [each for each in person.statements if each.fact is Fact.NAME]
    assert (name.value, name.source, name.detail) == ("Person A", found.rows[0].record, "Name: Person A")
    assert person.values(Fact.EXAMINATION_NUMBER) == ("1024",)
    assert verify_case(case, JobControl()).sound
    pen = case.signer(author(case))
    case.writer.enqueue_act(
        lambda connection: undo_latest_act(connection, pen, "2030-01-01T00:00:00+00:00")
    ).result()
    assert outcomes(case) == [MatchOutcome.ONE, MatchOutcome.ONE, MatchOutcome.NONE]
    with case.store.read() as connection:
        assert not load_individuals_by_id(connection, ["aaaa"])["aaaa"].values(Fact.NAME)
    with pytest.raises(NotAllowed):
        matches.make_acceptance_act([])


def test_a_contradiction_stays_until_a_person_settles_it_and_both_values_stand(case, file):
    people(case, individual("aaaa", e="1024", sex="female"))
    loaded(case, file)
    row = matches.load_listing(case).rows[0]
    case.record(matches.make_link_act(row, "aaaa", "the card was read again"), author(case))
    after = matches.load_listing(case)
    assert after.rows[0].outcome is MatchOutcome.SETTLED
    assert (after.rows[0].link.how, after.rows[0].link.note) == ("by hand", "the card was read again")
    with case.store.read() as connection:
        assert load_individuals_by_id(connection, ["aaaa"])["aaaa"].values(Fact.SEX) == ("female", "male")


def test_a_row_of_nobody_is_settled_with_a_note(case, file):
    loaded(case, file)
    row = matches.load_listing(case).rows[0]
    with pytest.raises(NotAllowed, match="Say why"):
        matches.make_no_individual_act(row, " ")
    case.record(matches.make_no_individual_act(row, "not photographed"), author(case))
    assert matches.load_listing(case).rows[0].link.note == "not photographed"
    assert len(matches.load_listing(case).unresolved) == 2


def test_a_merged_individual_is_matched_as_the_one_it_became(case, file):
    people(case, individual("aaaa", e="1024"), individual("bbbb", b="227"))
    body = {"merged": ["aaaa"], "photos": []}
    case.record(Draft(INDIVIDUALS_MERGED, "bbbb", body), author(case))
    loaded(case, file)
    found = matches.load_listing(case)
    assert found.rows[0].outcome is MatchOutcome.CONTRADICTS
    assert found.rows[0].match.candidates[0].individual == "bbbb"
    assert found.find_individuals_with("1024") == ["bbbb"]
    assert found.find_individuals_with("bbbb") == ["bbbb"]
    assert found.find_individuals_with("") == []
    with pytest.raises(KnownError, match="no row x"):
        found.find("x")


def test_the_mapping_in_the_ledger_is_whole_numbers_and_text_only(case, file):
    result = loaded(case, file)
    (kept,) = list_loaded_files(case)
    assert json.loads(kept.mapping)["columns"][0] == ["Examination no", "number.examination"]
    assert kept.seal == result.seal


def test_one_act_accepts_only_so_many_rows(case, file, monkeypatch):
    people(case, individual("aaaa", e="1024"), individual("bbbb", e="1025"))
    loaded(case, file)
    monkeypatch.setattr(matches, "MOST_AT_ONCE", 1)
    case.record(matches.make_acceptance_act(matches.load_listing(case).unambiguous), author(case))
    assert len(matches.load_listing(case).unambiguous) == 1


def test_rows_that_fit_nobody_propose_individuals(case, file):
    people(case, individual("aaaa", e="1024"))
    loaded(case, file)
    photos = [PhotoClues(P1, ("2012/1024/a.jpg",)), PhotoClues(P2, ("2012/1026/a.jpg",))]
    (only,) = load_record_proposals(case, photos)
    assert (only.number, only.photos) == ("1026", (P2,))
