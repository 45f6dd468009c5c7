"""Decisions, passes over cards, mergers, samples, rows of records: tables, as CSV and in the workbook."""

import json

import openpyxl
import pytest

from reviewer.domain.acts.shared_acts import CARD_TRANSCRIBED, INDIVIDUALS_MADE, INDIVIDUALS_MERGED
from reviewer.domain.commands.saved_lists import save_list
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.summary.decisions import SUMMARY_DECIDED
from reviewer.services.export.choice import ExportChoice
from reviewer.services.export.run import export
from reviewer.services.export.tables.case_tables import CASE_TABLES
from reviewer.services.jobs import JobControl
from reviewer.services.records import load
from reviewer.services.records.load import RecordChoices
from reviewer.services.search import sampling
from reviewer.services.search.sampling import SampleUnit
from reviewer.storage.store import undo_latest_act
from tests.faults.keep_case import photos_of
from tests.support.cases import ingested, made_case, opened_copy
from tests.support.photos import jpeg
from tests.support.records import csv_text, read_here
from tests.support.shared import CARD, DECISION, made_individual
from tests.support.tables import rows

SEX = {"one": "male", "two": "male", "three": "female"}


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    """Three individuals of two photographs, the third merged into the second; a card read twice; a decision;
    a file of three records of which one is settled."""
    folder = tmp_path_factory.mktemp("tables")
    (folder / "drive").mkdir()
    for number in range(6):
        (folder / "drive" / f"{number}.jpg").write_bytes(jpeg(seed=number + 1))
    case = made_case(folder)
    ingested(case, folder / "drive")
    photos, author = photos_of(case), case.examiners()[0].id
    made = [made_individual(id_, photos[2 * n : 2 * n + 2]) for n, id_ in enumerate(SEX)]
    for each in made:
        each["statements"][0]["value"] = SEX[each["id"]]
    for draft in (
        Draft(INDIVIDUALS_MADE, "", {"individuals": made}),
        Draft(CARD_TRANSCRIBED, photos[4], CARD),
        Draft(CARD_TRANSCRIBED, photos[4], {**CARD, "pass": "first", "detainee": "=123", "box": []}),
        Draft(SUMMARY_DECIDED, "three", {**DECISION, "why": "-seen", "better": photos[4]}),
    ):
        case.record(draft, author)
    for name, by in (("simple", ""), ("by sex", "sex")):
        wish = sampling.SampleRequest("", size=2, by=by, equal=bool(by), seed=5)
        case.record(sampling.draw_sample(case, author, wish).make_draft(case, name), author)
    case.record(Draft(INDIVIDUALS_MERGED, "two", {"merged": ["three"], "photos": photos[4:6]}), author)
    loads(case, author, folder)
    case.close()
    return folder / "test.case"


def loads(case, author, folder):
    path = folder / "list.csv"
    path.write_text(csv_text(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "read_grid", read_here)
        looked = load.preview_file(case, path, RecordChoices(), JobControl())
        load.load_file(case, looked, author, JobControl())


@pytest.fixture
def case(made_once, tmp_path):
    with opened_copy(made_once, tmp_path) as made:
        yield made


def exported(case, out, key="csv", **wish):
    export(case, case.examiners()[0].id, key, out, JobControl(), ExportChoice(**wish))
    return out


def table(case, tmp_path, name):
    return rows(exported(case, tmp_path / name) / f"{name}.csv")


def test_a_decision_leads_to_who_decided_it_and_on_what(case, tmp_path):
    (row,) = table(case, tmp_path, "decisions")
    assert (row["individual"], row["decided_of"]) == ("two", "three"), "it was merged since"
    assert (row["term"], row["term_name"], row["result"]) == (DECISION["term"], "ligature mark", "present")
    assert (row["why"], row["photographs"]) == ("'-seen", ";".join(DECISION["photos"]))
    assert (row["examiner"], row["better"]) == ("Dr Okoye", photos_of(case)[4])


def test_each_pass_over_a_card_has_its_row(case, tmp_path):
    first, second = table(case, tmp_path, "card_passes")
    assert (first["pass"], first["detainee"], first["box"]) == ("first", "'=123", "")
    assert (second["pass"], second["detainee"], second["legible"]) == ("second", "12?", "in part")
    assert json.loads(second["box"]) == CARD["box"]
    assert {each["individual"] for each in (first, second)} == {"two"}


def test_a_merger_is_told_until_it_is_taken_back(case, tmp_path):
    (row,) = table(case, tmp_path, "merges")
    assert (row["individual"], row["merged_into"], row["stands_for_it"]) == ("three", "two", "two")
    assert (row["photographs"], row["examiner"]) == ("2", "Dr Okoye")
    pen = case.signer(case.examiners()[0].id)
    undone = case.writer.enqueue_batch(
        lambda connection: undo_latest_act(connection, pen, row["at"])
    ).result()
    assert undone.about.act == INDIVIDUALS_MERGED
    assert rows(exported(case, tmp_path / "after") / "merges.csv") == []


def test_a_sample_is_told_by_stratum_with_its_weight_and_every_unit(case, tmp_path):
    by_sex, simple = {}, {}
    for row in table(case, tmp_path, "samples"):
        (simple if row["sample"] == "simple" else by_sex)[row["stratum"]] = row
    assert (simple[""]["population"], simple[""]["drawn"], simple[""]["weight"]) == ("3", "2", "1.500000")
    assert (simple[""]["seed"], simple[""]["of"], simple[""]["by"]) == ("5", "individuals", "")
    assert {value: (row["population"], row["drawn"]) for value, row in by_sex.items()} == {
        "male": ("2", "1"),
        "female": ("1", "1"),
    }
    assert (by_sex["male"]["weight"], by_sex["female"]["weight"]) == ("2.000000", "1.000000")
    units = rows(tmp_path / "samples" / "sample_units.csv")
    drawn = [each for each in units if each["sample"] == "by sex"]
    assert len(drawn) == 2
    for each in drawn:
        assert SEX[each["unit"]] == each["stratum"]
        assert each["weight"] == by_sex[each["stratum"]]["weight"]
        assert each["stands_for_it"] == ("two" if each["unit"] == "three" else each["unit"])


def test_of_a_sample_drawn_before_units_were_kept_no_weight_is_guessed(case, tmp_path):
    drawn = sampling.draw_sample(
        case, case.examiners()[0].id, sampling.SampleRequest("", size=3, of=SampleUnit.PHOTOS, seed=1)
    )
    for name, more in (("old", {}), ("old strata", {"by": "sex", "strata": STRATA})):
        details = {**drawn.details, **more}
        details.pop("units")
        made = save_list([], name, name, "", details=details, photos=drawn.photos)
        case.record(made, case.examiners()[0].id)
    units = table(case, tmp_path, "sample_units")
    old = [each for each in units if each["sample"] == "old"]
    assert [each["unit"] for each in old] == list(drawn.photos)
    assert {each["weight"] for each in old} == {"2.000000"}
    assert {(e["stratum"], e["weight"]) for e in units if e["sample"] == "old strata"} == {("", "")}


STRATA = [{"value": "male", "there": 4, "drawn": 2}, {"value": "female", "there": 2, "drawn": 1}]


def test_each_row_of_a_file_of_records_is_told_as_it_stands_there(case, tmp_path):
    found = table(case, tmp_path, "record_rows")
    assert [row["row"] for row in found] == ["2", "3", "4"]
    assert json.loads(found[1]["cells"])[-1] == "شخص ب"
    facts = {fact["fact"]: (fact["value"], fact["raw"]) for fact in json.loads(found[2]["facts"])}
    assert facts["number.examination"] == ("1026", "١٠٢٦")
    assert {(row["file"], row["individual"], row["how"]) for row in found} == {("list.csv", "", "")}
    assert found[0]["record"].endswith(":2")


def test_the_workbook_holds_the_same_rows(case, tmp_path):
    csv, xlsx = exported(case, tmp_path / "csv"), exported(case, tmp_path / "xlsx", "xlsx")
    book = openpyxl.load_workbook(xlsx / "reviewer.xlsx")
    for each in CASE_TABLES:
        names, *found = book[each.name].iter_rows(values_only=True)
        free = {column.name for column in each.columns if column.free}
        numbers = {column.name for column in each.columns if column.number}
        there = rows(csv / f"{each.name}.csv")
        assert len(found) == len(there), each.name
        for one, other in zip(found, there, strict=True):
            for name, cell in zip(names, one, strict=True):
                told = other[name].removeprefix("'") if name in free else other[name]
                if name in numbers:
                    assert cell == pytest.approx(float(told)), (each.name, name)
                else:
                    assert ("" if cell is None else str(cell)) == told, (each.name, name)


def test_every_table_is_explained(case, tmp_path):
    out = exported(case, tmp_path / "csv")
    described = {(row["file"], row["column"]) for row in rows(out / "dictionary.csv") if row["meaning"]}
    for path in out.glob("*.csv"):
        if path.name not in {"dictionary.csv", "about.csv"}:
            head = path.read_text(encoding="utf-8").splitlines()[0].split(",")
            assert {column for file, column in described if file == path.name} == set(head), path.name


def test_a_query_narrows_them_to_whom_it_finds(case, tmp_path):
    out = exported(case, tmp_path / "some", query="file:0.jpg")
    assert [row["photo_sha256"] for row in rows(out / "photographs.csv")] == photos_of(case)[:1]
    for name in ("decisions", "card_passes", "merges", "record_rows"):
        assert rows(out / f"{name}.csv") == [], name
    assert len({row["sample"] for row in rows(out / "samples.csv")}) == 2
