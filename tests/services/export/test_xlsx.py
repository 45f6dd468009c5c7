"""The workbook opens in another program, holds what was found, runs nothing, and is the same every time."""

import json
import re
import secrets
import zipfile
from io import BytesIO

import openpyxl
import pytest

from reviewer.domain.commands import finding_commands
from reviewer.domain.commands.individual_commands import make_individual, state_fact
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.geometry.measuring import Measurement, Quantity, Scale, Take, compute_measurement
from reviewer.domain.people.individual import Fact, Statement, StatementSourceKind
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.services.export import workbook
from reviewer.services.export.tables.case_tables import CASE_TABLES
from reviewer.services.export.tables.findings import FINDING_COLUMNS
from reviewer.services.export.tables.readings import READING_COLUMNS
from reviewer.services.export.workbook import LONGEST_CELL, WorkbookSheet, truncate_text, write_workbook
from reviewer.services.jobs import post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage.people import people
from tests.support.cases import ingested, made_case, opened_copy
from tests.support.exports import content, made
from tests.support.photos import drive, jpeg
from tests.support.tables import rows

NOTE = '=HYPERLINK("http://x";"y")\nملاحظة \x0b _x0041_ <&>'


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("xlsx")
    source = folder / "=drive"
    source.mkdir()
    whole = jpeg(640, 480, seed=50)
    (source / "+cut.jpg").write_bytes(whole[: len(whole) * 2 // 3])
    made_ = made_case(folder, "@case")
    ingested(made_, drive(source))
    desk = ActQueue(made_, made_.examiners()[0], post_at_once)
    first, second = (item.sha256 for item in Worklist(made_, "").load().items[:2])
    there = Finding(secrets.token_hex(8), "neck.ligature_mark", made_.vocabulary.version)
    absent = Finding(secrets.token_hex(8), "elec.mark", made_.vocabulary.version, FindingAnswer.ABSENT)
    retired = Finding(secrets.token_hex(8), "old.term", "0.9.0")
    copied = Finding(secrets.token_hex(8), "blunt.bruise", "1.1.0", copied_from="0" * 64, confirmed=False)
    for draft in (
        finding_commands.add_finding(desk.reading(first), there),
        finding_commands.add_mark(desk.reading(first), there, Mark("m", MarkShape.LINE, ((1, 2), (3, 4)))),
        finding_commands.add_finding(desk.reading(first), absent),
        finding_commands.add_finding(desk.reading(first), retired),
        finding_commands.add_finding(desk.reading(first), copied),
        finding_commands.write_note(desk.reading(first), NOTE),
        finding_commands.write_note(desk.reading(second), "-1+2"),
    ):
        desk.submit(draft)
    made_.writer.drain()
    desk.detach()
    draft = make_individual([first, second], lambda: "i1", "=same folder")
    made_.record(draft, made_.examiners()[0].id)
    with made_.store.read() as connection:
        one = people.load_individuals(connection)["i1"]
    said = Statement("s1", Fact.DETAINEE_NUMBER, "01204", "definite", StatementSourceKind.EXAMINER)
    made_.record(state_fact(one, said), made_.examiners()[0].id)
    made_.close()
    return made_.folder


@pytest.fixture
def case(made_once, tmp_path):
    with opened_copy(made_once, tmp_path) as made_:
        yield made_


def read(path):
    """Sheet -> its rows as dictionaries, by the reader of openpyxl."""
    book = openpyxl.load_workbook(path)
    told = {}
    for sheet in book.worksheets:
        names, *rows = sheet.iter_rows(values_only=True)
        told[sheet.title] = [dict(zip(names, row, strict=True)) for row in rows]
    return told


def test_the_sheets_hold_what_was_found(case, tmp_path):
    told = read(made(case, "xlsx", tmp_path / "out") / "reviewer.xlsx")
    further = [each.name for each in CASE_TABLES]
    assert list(told) == [
        "long", "wide", "readings", "measurements", *further, "individuals", "data dictionary", "about",
    ]  # fmt: skip
    by_term = {row["term"]: row for row in told["long"]}
    assert by_term["neck.ligature_mark"]["answer"] == "present"
    assert by_term["neck.ligature_mark"]["number"] == 1
    assert json.loads(by_term["neck.ligature_mark"]["marks"])[0]["points"] == [[1, 2], [3, 4]]
    assert by_term["old.term"]["vocabulary"] == "0.9.0"
    assert by_term["blunt.bruise"]["confirmed"] == "no"
    assert len(told["readings"]) == 2
    about = {row["fact"]: row["value"] for row in told["about"]}
    assert about["ledger_head"] == case.counts().head
    assert about["case"] == "@case"
    assert about["photographs"] == case.counts().photos == len(told["wide"])
    assert about["photographs_nobody_read"] == len(told["wide"]) - 2


def test_the_wide_sheet_says_nothing_where_nobody_said_anything(case, tmp_path):
    told = read(made(case, "xlsx", tmp_path / "out") / "reviewer.xlsx")
    first, second, *others = told["wide"]
    assert (first["neck.ligature_mark"], first["elec.mark"], first["old.term"]) == (
        "present",
        "absent",
        "present",
    )
    assert (first["blunt.bruise"], first["unconfirmed"]) == (None, 1)
    assert (second["looks"], second["neck.ligature_mark"]) == (1, None)
    terms = {term.key for term in case.vocabulary.terms} | {"old.term"}
    assert terms <= set(first)
    for row in others:
        assert row["looks"] == 0
        assert not any(row[term] for term in terms)
    damaged = [row["path"] for row in told["wide"] if row["damage"]]
    assert damaged == ["+cut.jpg"]


def test_individuals_have_a_row_each(case, tmp_path):
    told = read(made(case, "xlsx", tmp_path / "out") / "reviewer.xlsx")
    (row,) = told["individuals"]
    assert (row["individual"], row["number.detainee"], row["name"]) == ("i1", "01204", None)
    assert (row["photographs"], row["read"], row["accepted_for"]) == (2, 2, "=same folder")
    assert [each["individual"] for each in told["wide"][:3]] == ["i1", "i1", None]


def test_the_dictionary_explains_every_column(case, tmp_path):
    path = made(case, "xlsx", tmp_path / "out") / "reviewer.xlsx"
    described = {(row["sheet"], row["column"]): row["meaning"] for row in read(path)["data dictionary"]}
    for sheet in openpyxl.load_workbook(path).worksheets:
        for cell in sheet[1]:
            assert described[sheet.title, cell.value]
    assert "another version" in described["wide", "old.term"]
    assert "another version" not in described["wide", "elec.mark"]


def test_no_text_is_a_formula(case, tmp_path):
    path = made(case, "xlsx", tmp_path / "out") / "reviewer.xlsx"
    book = openpyxl.load_workbook(path)
    risky = 0
    for sheet in book.worksheets:
        for cell in (each for row in sheet.iter_rows() for each in row):
            assert cell.data_type != "f", cell.coordinate
            if isinstance(cell.value, str) and cell.value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
                risky += 1
                assert cell.data_type == "s"
                assert cell.quotePrefix, cell.coordinate
    assert risky >= 4
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert not re.search(rb"<f[ >/]|<\w+:f[ >/]", archive.read(name)), name


def test_texts_come_back_and_what_xml_cannot_say_is_escaped_as_the_standard_asks(case, tmp_path):
    path = made(case, "xlsx", tmp_path / "out") / "reviewer.xlsx"
    note = read(path)["readings"][0]["note"]
    assert re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), note) == NOTE
    assert "_x000B_" in note
    assert "_x005F_x0041_" in note


def test_the_same_state_gives_the_same_bytes(case, tmp_path):
    first = content(made(case, "xlsx", tmp_path / "a"))
    assert first == content(made(case, "xlsx", tmp_path / "b"))
    assert list(first) == ["reviewer.xlsx"]
    with zipfile.ZipFile(BytesIO(first["reviewer.xlsx"])) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    book = openpyxl.load_workbook(BytesIO(first["reviewer.xlsx"]))
    with case.store.read() as connection:
        (at,) = connection.exec_driver_sql("SELECT at FROM ledger ORDER BY tick DESC LIMIT 1").one()
    assert book.properties.created.isoformat() == at[:19]


def test_long_texts_are_cut_and_say_so():
    assert truncate_text("x" * LONGEST_CELL) == "x" * LONGEST_CELL
    long = truncate_text("😀" * LONGEST_CELL)
    assert len(long.encode("utf-16-le")) // 2 <= LONGEST_CELL + 100
    assert f"{LONGEST_CELL - LONGEST_CELL // 2:,} characters more" in long


def test_a_full_sheet_goes_on_in_another(case, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    book = openpyxl.load_workbook(made(case, "xlsx", tmp_path / "out") / "reviewer.xlsx")
    assert [book["long"].max_row, book["long 2"].max_row] == [3, 3]
    assert [cell.value for cell in book["long 2"][1]] == [column.name for column in FINDING_COLUMNS]
    assert "readings 2" not in book.sheetnames
    assert len(READING_COLUMNS) == book["readings"].max_column


def test_columns_beyond_z(tmp_path):
    sheet = WorkbookSheet("x", [f"c{number}" for number in range(800)], BytesIO())
    sheet.add(range(800))
    out = BytesIO()
    write_workbook([sheet], "t", "", out)
    (row,) = openpyxl.load_workbook(out).worksheets[0].iter_rows(min_row=2, values_only=True)
    assert row == tuple(range(800))


def test_heads_stay_in_sight_and_filter_and_columns_are_as_wide_as_what_is_in_them(case, tmp_path):
    path = made(case, "xlsx", tmp_path / "out") / "reviewer.xlsx"
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2", sheet.title
        assert sheet.auto_filter.ref == sheet.dimensions, sheet.title
        for cell in sheet[1]:
            width = sheet.column_dimensions[cell.column_letter].width
            assert min(60, len(cell.value)) < width <= 60, (sheet.title, cell.value)
    with zipfile.ZipFile(path) as archive:
        names = archive.read("xl/workbook.xml").decode()
    assert names.count("_xlnm._FilterDatabase") == len(book.worksheets)
    assert f">'long'!$A$1:${book['long'].dimensions.split(':')[1].rstrip('0123456789')}$" in names
    assert book["long"].column_dimensions["A"].width > book["long"].column_dimensions["K"].width


@pytest.mark.parametrize("id_", ["1234567890123456", "12e4567890123456", "00000000000000e1", "1.5", "3/4"])
def test_an_id_that_looks_like_a_number_or_a_date_is_text_and_stays_text_when_it_is_edited(id_):
    sheet = WorkbookSheet("x", ["id", "count", "share"], BytesIO())
    sheet.add([id_, 12, 1.5])
    out = BytesIO()
    write_workbook([sheet], "t", "", out)
    told, count, share = openpyxl.load_workbook(out).worksheets[0][2]
    assert (told.value, told.data_type, told.number_format) == (id_, "s", "@")
    assert (count.value, count.data_type, count.number_format) == (12, "n", "General")
    assert (share.value, share.data_type) == (1.5, "n")


def test_what_was_measured_is_numbers(tmp_path):
    (tmp_path / "drive").mkdir()
    case = made_case(tmp_path)
    ingested(case, drive(tmp_path / "drive"))
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    photo = Worklist(case, "").load().items[0].sha256
    scale = Scale("s", ((0, 0), (1000, 0)), (100_000,), "ruler", 10, known_by="printed", off_plane=20)
    takes = (Take(((0, 0), (500, 0))), Take(((0, 0), (502, 0))))
    first = Measurement("1e5", Quantity.LENGTH, takes[:1], "s")
    for wish in (
        lambda reading: finding_commands.mark_scale(reading, scale),
        lambda reading: finding_commands.take_measurement(reading, first),
        lambda reading: finding_commands.repeat_measurement(reading, "1e5", takes[1]),
        lambda reading: finding_commands.take_measurement(
            reading, Measurement("px", Quantity.LENGTH, takes[:1])
        ),
    ):
        desk.submit(wish(desk.reading(photo))).result()
    case.writer.drain()
    desk.detach()
    one, other = read(made(case, "xlsx", tmp_path / "out") / "reviewer.xlsx")["measurements"]
    csv = rows(made(case, "csv", tmp_path / "csv") / "measurements.csv")
    case.close()
    assert one["measurement_id"] == "1e5"
    result = compute_measurement(Measurement("1e5", Quantity.LENGTH, takes, "s"), scale)
    assert one["value"] == pytest.approx(result.value, abs=1e-4) == 50.1
    assert one["margin"] == pytest.approx(result.margin, abs=1e-4)
    assert (one["unit"], one["tilt"], one["repeats"], one["scale_tilt"]) == ("mm", 10, 2, 10)
    assert (other["value"], other["unit"], other["tilt"]) == (500, "px", None)
    assert [row["value"] for row in csv] == ["50.1000", "500.0000"]
    assert [(row["unit"], row["tilt"]) for row in csv] == [("mm", "10.00"), ("px", "")]
