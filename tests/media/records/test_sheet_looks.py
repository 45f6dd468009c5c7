"""What a spreadsheet shows against what it stores, what is struck out and what is hidden: doubts."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from reviewer.domain.records.table import RecordCellKind, table_from_sheet
from reviewer.media.records.sheet_looks import describe_date_format, describe_number_format
from reviewer.media.records.spreadsheet import read_workbook
from tests.support.records import workbook

SHARED = Path(__file__).parents[4] / "shared" / "inputs" / "tables"


def cells(grid):
    return {(row.number, place): cell for row in grid.rows for place, cell in enumerate(row.cells)}


@pytest.mark.parametrize(
    ("format_", "shown"),
    [
        ("General", ""),
        ("@", ""),
        ("0", "0"),
        ("#,##0", "0"),
        ("0.00", "2"),
        ('#,##0.00\\ "€"', "shown by the format"),
        ("0.00_);[Red](0.00)", "2"),
        ("0%", "shown as a percentage"),
        ("0,", "shown in thousands or millions"),
        ('"A-"0', "shown by the format"),
        ("000-000", "shown by the format"),
        ("0.00E+00", "shown by the format"),
        ("# ?/?", "shown by the format"),
    ],
)
def test_how_a_format_shows_numbers(format_, shown):
    assert describe_number_format(format_).startswith(shown) and bool(
        describe_number_format(format_)
    ) == bool(shown)


@pytest.mark.parametrize(
    ("format_", "shown"),
    [
        ("yyyy-mm-dd", ""),
        ("[$-409]d mmmm yyyy;@", ""),
        ("yyyy", "shown as a year only"),
        ("mmm-yy", "shown without the day"),
        ("d-mmm", "shown without the year"),
        ("h:mm", "shown as a time of day only"),
    ],
)
def test_how_a_format_shows_dates(format_, shown):
    assert describe_date_format(format_) == shown


def test_cells_that_show_something_else_than_they_store_are_doubts():
    def change(sheet, _book):
        for row, (value, format_) in enumerate(
            [
                (date(2012, 8, 14), "yyyy"),
                (datetime(1900, 2, 1), "yyyy-mm-dd"),
                (0.5, "0%"),
                (3450.6, "0"),
                (3451, "#,##0"),
                (date(2012, 8, 14), "yyyy-mm-dd"),
                (3450, "0,"),
            ],
            start=2,
        ):
            sheet.cell(row, 1, value).number_format = format_

    found = cells(read_workbook(workbook([["a", "b"]], change=change)))
    told = {row: (found[row, 0].kind, found[row, 0].doubt) for row in range(2, 9)}
    assert told[2] == (RecordCellKind.DOUBTFUL, "stored as 2012-08-14, shown as a year only")
    assert told[3][0] is RecordCellKind.DOUBTFUL and "before 1 March 1900" in told[3][1]
    assert told[4] == (RecordCellKind.DOUBTFUL, "stored as 0.5, shown as a percentage")
    assert told[5] == (RecordCellKind.DOUBTFUL, "stored as 3450.6, shown rounded")
    assert told[6] == (RecordCellKind.NUMBER, "")
    assert told[7] == (RecordCellKind.DATE, "")
    assert told[8] == (RecordCellKind.DOUBTFUL, "stored as 3450, shown in thousands or millions")


def test_text_that_is_struck_out_is_kept_and_read_as_nothing():
    def change(sheet, _book):
        sheet["A2"] = "3450"
        sheet["A2"].font = Font(strike=True)
        sheet["A3"] = CellRichText("3450 ", TextBlock(InlineFont(strike=True), "3451"))
        sheet["A4"] = CellRichText(TextBlock(InlineFont(b=True), "3452"))
        sheet["A5"] = 3453
        sheet["A5"].font = Font(strike=True)

    found = cells(read_workbook(workbook([["a", "b"]], change=change)))
    assert (found[2, 0].kind, found[2, 0].doubt) == (RecordCellKind.DOUBTFUL, "struck out in the file")
    assert found[3, 0].text == "3450 3451"
    assert found[3, 0].doubt == "part of it is struck out in the file: 3451"
    assert (found[4, 0].text, found[4, 0].doubt) == ("3452", "")
    assert (found[5, 0].text, found[5, 0].kind) == ("3453", RecordCellKind.DOUBTFUL)


def test_hidden_rows_and_columns_and_those_a_filter_hides_are_told():
    def change(sheet, _book):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    def filtered(sheet, book):
        change(sheet, book)
        sheet.auto_filter.ref = "A1:C4"
        sheet.auto_filter.add_filter_column(0, ["1"])

    rows = [["No", "Name", "Sex"], ["1", "x", "m"], ["2", "y", "f"], ["3", "z", "f"]]
    grid = read_workbook(workbook(rows, change=change))
    found = cells(grid)
    assert "hidden in the file" in found[3, 0].doubt and not found[3, 2].doubt
    assert [found[row, 1].doubt for row in (2, 4)] == ["in a column that is hidden in the file"] * 2
    assert not found[2, 0].doubt
    assert [note for note in grid.notes if "hidden" in note.casefold()] == [
        "Somebody has hidden 1 row of the sheet; what stands there is read, as doubts.",
        "Hidden columns: B; what stands there is read, as doubts.",
    ]
    assert "filter" in cells(read_workbook(workbook(rows, change=filtered)))[3, 0].doubt


def test_merged_names_make_two_rows_of_names():
    def change(sheet, _book):
        sheet.merge_cells("A1:B1")

    rows = [["Numbers", None, "Data"], ["Examination no", "Branch", "Sex"], ["3450", "215", "m"]]
    table = table_from_sheet(read_workbook(workbook(rows, change=change)))
    assert table.columns == ("Numbers / Examination no", "Numbers / Branch", "Data / Sex")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared inputs are not there")
def test_the_shared_sheets_are_doubted():
    odd = [cell.doubt for cell in cells(read_workbook((SHARED / "x3_odd_cells.xlsx").read_bytes())).values()]
    for word in ("shown as a year only", "struck out", "before 1 March 1900"):
        assert any(word in doubt for doubt in odd), word
    hidden = read_workbook((SHARED / "x4_hidden.xlsx").read_bytes(), "Visible")
    assert any("hidden" in note for note in hidden.notes)
