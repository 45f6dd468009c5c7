"""Files of records of every bad kind end in one sentence or in a doubt, in a process of their own."""

import io
import random
import subprocess
import sys
import zipfile

import pytest

from reviewer.domain.errors import KnownError
from reviewer.domain.records.columns import propose_facts
from reviewer.domain.records.mapping import RecordMapping, compute_rows_seal, iterate_record_rows
from reviewer.domain.records.table import RecordCellKind, table_from_sheet
from reviewer.media.records import delimited, spreadsheet
from reviewer.media.records.delimited import read_delimited
from reviewer.media.records.spreadsheet import read_workbook
from reviewer.media.records.table_reader import read_content, read_grid
from tests.support.records import HEAD, ROWS, csv_text, with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"


def texts(grid):
    return [[cell.text for cell in row.cells] for row in grid.rows]


def doubts(grid):
    return {
        (row.number, place): cell.doubt
        for row in grid.rows
        for place, cell in enumerate(row.cells)
        if cell.doubt
    }


def refusal(work, *arguments, **options):
    with pytest.raises(KnownError) as caught:
        work(*arguments, **options)
    return caught.value.message


# in the confined process


def test_text_and_workbook_come_back_the_same_from_the_confined_process():
    table = (HEAD, *ROWS)
    one = read_grid(csv_text().encode(), "a.csv")
    other = read_grid(workbook(table), "a.xlsx")
    assert texts(one) == texts(other) == [list(row) for row in table]
    assert (one.encoding, one.delimiter) == ("utf-8", ",")
    assert other.sheet == "Sheet1"


def test_what_is_refused_in_the_process_is_refused_here():
    assert "no readable spreadsheet" in refusal(read_grid, b"PK\x03\x04rubbish", "a.xlsx")
    assert "named like a spreadsheet" in refusal(read_grid, b"a,b\n1,2\n", "a.xlsx")
    assert "old format" in refusal(read_grid, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls")


@pytest.mark.parametrize(
    ("program", "word"),
    [
        ("pass", "brought the reading process down"),
        ("import json; print(json.dumps({'ok': True, 'state': 'ready'})); input()", "down"),
        ("print('{\"ok\": true}', flush=True); import signal; signal.pause()", "longer than"),
        (
            'print(\'{"ok": true}\', flush=True); input(); print(\'{"ok": true, "bytes": 7}\', flush=True);'
            "import signal; signal.pause()",
            "down",
        ),
    ],
)
def test_a_process_that_dies_hangs_or_answers_nonsense_ends_in_a_sentence(program, word):
    message = refusal(read_grid, b"a,b\n", "a.csv", seconds=0.3, command=(sys.executable, "-c", program))
    assert word in message


def test_reading_can_be_stopped():
    class Stopped(Exception):
        pass

    def check():
        raise Stopped

    program = "print('{\"ok\": true}', flush=True); import signal; signal.pause()"
    with pytest.raises(Stopped):
        read_grid(b"a,b\n", "a.csv", seconds=60, command=(sys.executable, "-c", program), check=check)


def test_what_is_no_regular_file_is_not_opened(tmp_path):
    assert "cannot be read" in refusal(read_content, str(tmp_path))
    assert "cannot be read" in refusal(read_content, str(tmp_path / "none.csv"))
    (tmp_path / "empty.csv").touch()
    assert "empty" in refusal(read_content, str(tmp_path / "empty.csv"))
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate((64 << 20) + 1)
    assert "67 MB" in refusal(read_content, str(tmp_path / "large.csv"))


# text

ARABIC = "الاسم,الجنس,رقم الفرع\nشخص ا,ذكر,٢١٥\nشخص ب,انثى,٢١٥\n"
WESTERN = "Prénom;Décès\nRené;août\nZoë;février\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (ARABIC.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + ARABIC.encode(), "utf-8"),
        (ARABIC.encode("utf-16"), "utf-16"),
        (ARABIC.replace("٢١٥", "215").encode("cp1256"), "windows-1256"),
        (WESTERN.encode("cp1252"), "windows-1252"),
    ],
)
def test_the_encoding_is_found_by_a_stated_rule(content, encoding):
    grid = read_delimited(content, "", False)
    assert grid.encoding == encoding
    assert grid.why
    assert texts(grid)[0][0] in {"الاسم", "Prénom"}


def test_an_encoding_that_the_bytes_do_not_tell_is_asked_for():
    mixed = b"Name,Ort\n" + b"\xe1,\xc7\n"
    assert "do not tell" in refusal(read_delimited, mixed, "", False)
    assert texts(read_delimited(mixed, "windows-1252", False))[1] == ["á", "Ç"]
    assert texts(read_delimited(mixed, "windows-1256", False))[1] == ["ل", "ا"]


def test_a_wrong_choice_of_encoding_is_a_sentence():
    assert "is not utf-8: byte 10, in line 2" in refusal(read_delimited, b"Name,Ort\n\xe1", "utf-8", False)
    assert "zero bytes" in refusal(read_delimited, b"a\0\0b\1", "", False)
    assert "does not read" in refusal(read_delimited, b"a,b", "latin-9", False)
    assert texts(read_delimited("a,b".encode("utf-16-le"), "utf-16", False)) == [["a", "b"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_divides_most_rows_alike(delimiter):
    grid = read_delimited(csv_text(delimiter=delimiter).encode(), "", False)
    assert grid.delimiter == delimiter
    assert len(grid.rows[0].cells) == len(HEAD)


def test_ragged_rows_are_doubts_where_they_end_and_where_they_are_too_long():
    grid = read_delimited(b"a,b,c\n1,2,3\n1\n1,2,3,4\n1,2,\n", "", False)
    assert doubts(grid) == {
        (3, 1): "the row has 1 cells where most have 3",
        (4, 3): "a cell beyond the 3 that most rows have",
    }


def test_cells_that_begin_with_an_equals_sign_stay_text():
    grid = read_delimited(b'a,b\n"=cmd()",2\n', "", False)
    assert grid.rows[1].cells[0].text == "=cmd()"
    assert "not computed" in doubts(grid)[2, 0]


def test_rows_keep_their_number_over_empty_rows_and_line_feeds_in_cells():
    grid = read_delimited(b'a,b\n\n"1\n1",2\n,\n3,4\n', "", False)
    assert [row.number for row in grid.rows] == [1, 3, 5]
    assert grid.rows[1].cells[0].text == "1\n1"


def test_broken_quotation_and_giant_cells_are_a_sentence():
    assert "Row 2 " in refusal(read_delimited, b'a,b\n"1,2\n3,4\n', "", False)
    giant = b"a,b\n" + b"x" * 40_000 + b",2\n"
    assert "Row 2 " in refusal(read_delimited, giant, "", False)


def test_too_many_rows_and_columns_are_a_sentence(monkeypatch):
    monkeypatch.setattr(delimited, "MOST_ROWS", 3)
    monkeypatch.setattr(delimited, "MOST_EMPTY", 5)
    assert "more than 3 rows" in refusal(read_delimited, b"a,b\n" * 5, "", False)
    assert "more than 5 empty rows" in refusal(read_delimited, b"a,b\n" + b"\n" * 9, "", False)
    assert "more than 256 columns" in refusal(read_delimited, b"a," * 300 + b"\n", "", False)


# spreadsheets


def test_dates_numbers_and_zeros_of_a_spreadsheet():
    from datetime import date, datetime

    def change(sheet, _book):
        sheet["C2"].number_format = "0000"

    content = workbook(
        (
            ["No", "Died", "Code", "Text", "Seen", "Big", "Half"],
            [215.0, date(2012, 8, 14), 42, "0215", datetime(2012, 8, 14, 10, 22), 1234567890123456789, 2.5],
        ),
        change=change,
    )
    cells = read_workbook(content).rows[1].cells
    assert [cell.text for cell in cells[:5]] == ["215", "2012-08-14", "0042", "0215", "2012-08-14 10:22:00"]
    assert cells[1].kind is cells[4].kind is RecordCellKind.DATE
    assert "shown as 0042" in cells[2].doubt
    assert "15 digits" in cells[5].doubt
    assert cells[6].text == "2.5"


def test_a_formula_is_the_value_that_the_file_keeps_or_a_doubt():
    content = workbook((["No", "Sum"], ["=1+1", "=2+2"]))
    grid = read_workbook(content)
    assert "keeps no value" in doubts(grid)[2, 0]
    kept = with_part(content, SHEET, lambda xml: xml.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"))
    assert kept != content
    grid = read_workbook(kept)
    assert grid.rows[1].cells[0].text == "2"
    assert (2, 0) not in doubts(grid)


def test_error_values_are_doubts():
    content = workbook((["No", "x"], ["#REF!", "=cmd"]), change=_as_text)
    cells = read_workbook(content).rows[1].cells
    assert cells[0].kind is RecordCellKind.ERROR
    assert cells[1].text == "=cmd"
    assert "not computed" in cells[1].doubt


def _as_text(sheet, _book):
    sheet["B2"].data_type = "s"


def test_merged_cells_are_not_filled_and_say_what_they_are_merged_with():
    def change(sheet, _book):
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("A5:B5")

    content = workbook((["No", "x"], ["215", "1"], [None, "2"], ["216", "3"], ["217", None]), change=change)
    grid = read_workbook(content)
    assert doubts(grid) == {
        (3, 0): "merged with A2, which holds: 215",
        (5, 1): "merged with A5, which holds: 217",
    }
    assert grid.rows[2].cells[0].text == ""


def test_several_sheets_are_asked_about_and_a_hidden_one_is_told():
    def change(_sheet, book):
        other = book.create_sheet("Liste 2")
        other.append(["No", "x"])
        other.sheet_state = "hidden"
        book.create_sheet("Empty")

    content = workbook((["No", "x"], [1, 2]), change=change)
    assert "several sheets" in refusal(read_workbook, content)
    grid = read_workbook(content, "Liste 2")
    assert "hidden" in grid.notes[0]
    assert "no sheet X" in refusal(read_workbook, content, "X")
    assert "no rows" in refusal(read_workbook, workbook(()))


def rows_of_xml(inside):
    return (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>" + inside + b"</sheetData></worksheet>"
    )


def test_a_million_empty_rows_are_passed_over():
    last = b'<row r="1048576"><c r="A1048576"><v>7</v></c></row>'
    first = b'<row r="1"><c r="A1" t="inlineStr"><is><t>No</t></is></c></row>'
    empty = b"".join(b'<row r="%d"/>' % number for number in range(2, 60_000))
    content = with_part(workbook((["x"],)), SHEET, rows_of_xml(first + empty + last))
    grid = read_grid(content, "a.xlsx")
    assert [row.number for row in grid.rows] == [1, 1048576]


def test_more_rows_than_any_spreadsheet_has_are_refused(monkeypatch):
    monkeypatch.setattr(spreadsheet, "MOST_EMPTY", 10)
    content = with_part(workbook((["x"],)), SHEET, rows_of_xml(b"<row/>" * 20))
    assert "more than 10 rows" in refusal(read_workbook, content)


def test_a_bomb_is_refused_before_it_is_unpacked():
    content = with_part(workbook((["x"],)), SHEET, bytes(300 << 20))
    assert len(content) < 1 << 20
    assert "unpacks to 31" in refusal(read_workbook, content)


def test_entities_are_refused():
    bad = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    assert "entities" in refusal(read_workbook, with_part(workbook((["x"],)), SHEET, bad))


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"<worksheet",
        rows_of_xml(b'<row r="1"><c r="A1" t="s"><v>99</v></c></row>'),
        rows_of_xml(b'<row r="x"><c r="A1"><v>1</v></c></row>'),
        rows_of_xml(b'<row r="1"><c r="??"><v>1</v></c></row>'),
        rows_of_xml(b'<row r="1"><c r="A1"><v>one</v></c></row>'),
        rows_of_xml(b'<row r="1"><c r="A1"><v>1</v></c></row>' * 2),
    ],
)
def test_damaged_sheets_are_a_sentence(part):
    message = refusal(read_workbook, with_part(workbook((["x"],)), SHEET, part))
    assert message.endswith(".")


def test_any_zip_and_any_office_file_is_no_spreadsheet():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "no spreadsheet of Excel" in refusal(read_workbook, written.getvalue())
    whole = workbook((["No"], [1]))
    for length in range(100, len(whole), 499):
        refusal(read_workbook, whole[:length])


def test_one_long_text_in_very_many_cells_is_refused():
    long = b'<c t="inlineStr"><is><t>' + b"x" * 30_000 + b"</t></is></c>"
    rows = b"".join(b"<row>" + long * 50 + b"</row>" for _number in range(100))
    content = with_part(workbook((["x"],)), SHEET, rows_of_xml(rows))
    assert "134 MB of text" in refusal(read_grid, content, "a.xlsx")


def mutated(content, chance):
    """A few bytes changed, taken out or put in."""
    found = bytearray(content)
    for _time in range(chance.randint(1, 6)):
        place, kind = chance.randrange(len(found) or 1), chance.random()
        if kind < 0.5 and found:
            found[place] = chance.randrange(256)
        elif kind < 0.8:
            del found[place : place + chance.randint(1, 20)]
        else:
            found[place:place] = bytes(chance.choice(b'<>&"=/0123456789') for _sign in range(5))
    return bytes(found)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_done_to_a_file_it_is_read_or_refused_in_a_sentence(seed):
    chance = random.Random(seed)
    whole = workbook((HEAD, *ROWS))
    names = zipfile.ZipFile(io.BytesIO(whole)).namelist()
    changed = [
        mutated(whole, chance),
        with_part(whole, chance.choice(names), lambda part: mutated(part, chance)),
        mutated(csv_text().encode(chance.choice(["utf-8", "utf-16", "utf-8-sig"])), chance),
    ]
    for content, read in zip(changed, (read_workbook, read_workbook, read_text), strict=True):
        try:
            table = table_from_sheet(read(content))
        except KnownError as error:
            assert error.message.endswith(".")
        else:
            assert (
                compute_rows_seal(iterate_record_rows(table, RecordMapping(propose_facts(table.columns))))[0]
                > 0
            )


def read_text(content):
    return read_delimited(content, "", False)


def test_spreadsheets_are_parsed_by_the_same_parser_whatever_else_is_installed():
    asked = "import reviewer.media.records.spreadsheet, openpyxl; print(openpyxl.LXML)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
