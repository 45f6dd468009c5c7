"""What stands in a file of records is read without guessing."""

import pytest

from reviewer.domain.errors import KnownError
from reviewer.domain.people.individual import Fact
from reviewer.domain.records.columns import propose_facts
from reviewer.domain.records.dates import DateOrder, find_date_order_evidence, parse_record_date
from reviewer.domain.records.mapping import (
    RecordMapping,
    apply_column_choices,
    compute_rows_seal,
    decide_date_orders,
    format_citation,
    iterate_record_rows,
    mapping_from_body,
)
from reviewer.domain.records.table import RecordCell, RecordCellKind, RecordSheet, SheetRow, table_from_sheet
from reviewer.domain.records.values import make_number_key, make_zeroless_key, read_value


def grid(*rows, sheet=""):
    return RecordSheet(
        tuple(SheetRow(number, tuple(RecordCell(text) for text in row)) for number, row in rows), sheet=sheet
    )


@pytest.mark.parametrize(
    ("text", "order", "value"),
    [
        ("14/08/2012", DateOrder.DAY_FIRST, "2012-08-14"),
        ("08/14/2012", DateOrder.MONTH_FIRST, "2012-08-14"),
        ("3.4.2012", DateOrder.DAY_FIRST, "2012-04-03"),
        ("3.4.2012", DateOrder.MONTH_FIRST, "2012-03-04"),
        ("2012-08-14", None, "2012-08-14"),
        ("2012/8/14", DateOrder.MONTH_FIRST, "2012-08-14"),
        ("٢٠١٢/٠٨/١٤", None, "2012-08-14"),
        ("١٤-٨-٢٠١٢", DateOrder.DAY_FIRST, "2012-08-14"),
        ("2012-08", None, "2012-08"),
        ("2012", None, "2012"),
        ("5/5/2012", None, "2012-05-05"),
        ("14 August 2012", None, "2012-08-14"),
        ("14. März 2012", None, "2012-03-14"),
        ("1 août 2012", None, "2012-08-01"),
        ("14 آب 2012", None, "2012-08-14"),
        ("3 تشرين الثاني 2012", None, "2012-11-03"),
        ("August 14, 2012", None, "2012-08-14"),
        ("14/08/2012 10:22", DateOrder.DAY_FIRST, "2012-08-14"),
        ("2012-08-14T10:22:00Z", None, "2012-08-14"),
        ("\u200f14/08/2012", DateOrder.DAY_FIRST, "2012-08-14"),
    ],
)
def test_dates_in_the_orders_that_people_write(text, order, value):
    assert parse_record_date(text, order).value == value
    assert not parse_record_date(text, order).doubt


@pytest.mark.parametrize(
    ("text", "order", "word"),
    [
        ("03/04/2012", None, "two days"),
        ("31/02/2012", DateOrder.DAY_FIRST, "no such day"),
        ("08/14/2012", DateOrder.DAY_FIRST, "day-first"),
        ("32/13/2012", DateOrder.DAY_FIRST, "no such day"),
        ("14/08/12", DateOrder.DAY_FIRST, "two digits"),
        ("14/08/2012", DateOrder.ISO, "year"),
        ("2012-13", None, "no such month"),
        ("2012-02-30", None, "no such day"),
        ("summer", None, "not read"),
        ("14 Brumaire 2012", None, "not read"),
        ("9999", None, "no year"),
    ],
)
def test_what_is_impossible_or_can_be_two_days_is_a_doubt_and_no_date(text, order, word):
    read = parse_record_date(text, order)
    assert read.value == ""
    assert word in read.doubt


def test_a_column_decides_its_order_only_by_a_number_above_twelve():
    assert find_date_order_evidence(["03/04/2012", "14/04/2012"]).order is DateOrder.DAY_FIRST
    assert find_date_order_evidence(["03/04/2012", "04/14/2012"]).order is DateOrder.MONTH_FIRST
    open_ = find_date_order_evidence(["03/04/2012", "2012-08-14"])
    assert (open_.order, open_.needed, open_.example) == (None, True, "03/04/2012")
    both = find_date_order_evidence(["14/04/2012", "04/14/2012"])
    assert both.order is None
    assert both.contradictory
    assert not find_date_order_evidence(["2012-08-14", "5/5/2012", ""]).needed
    impossible = find_date_order_evidence(["31/02/2012", "03/04/2012", "45/01/2012"])
    assert (impossible.order, impossible.example) == (None, "03/04/2012"), "no date decides nothing"


def test_an_order_that_is_not_clear_has_to_be_said():
    evidence = {"Died": find_date_order_evidence(["03/04/2012"])}
    with pytest.raises(KnownError, match="Died is not clear: 03/04/2012"):
        decide_date_orders(evidence, None)
    assert decide_date_orders(evidence, DateOrder.MONTH_FIRST) == (("Died", DateOrder.MONTH_FIRST),)


@pytest.mark.parametrize(
    ("fact", "cell", "value"),
    [
        (Fact.BRANCH_NUMBER, RecordCell("215.0"), "215"),
        (Fact.BRANCH_NUMBER, RecordCell("٢١٥"), "215"),
        (Fact.BRANCH_NUMBER, RecordCell("0215"), "0215"),
        (Fact.BRANCH_NUMBER, RecordCell("215", RecordCellKind.NUMBER), "215"),
        (Fact.BRANCH_NUMBER, RecordCell("J"), "J"),
        (Fact.EXAMINATION_NUMBER, RecordCell(" b  1024 "), "b 1024"),
        (Fact.SEX, RecordCell("أنثى"), "female"),
        (Fact.SEX, RecordCell("Männlich"), "male"),
        (Fact.SEX, RecordCell("unknown"), "cannot tell"),
        (Fact.AGE_BAND, RecordCell("35"), "30-44"),
        (Fact.AGE_BAND, RecordCell("18–29"), "18-29"),
        (Fact.AGE_BAND, RecordCell("60.0"), "60 and over"),
        (Fact.AGE_BAND, RecordCell("٨"), "under 12"),
        (Fact.DIED_ON, RecordCell("2012-08-14 10:22:00", RecordCellKind.DATE), "2012-08-14"),
        (Fact.STATE, RecordCell("Fresh"), "fresh"),
        (Fact.NAME, RecordCell("\u200fشخص  ج"), "شخص ج"),
    ],
)
def test_values_are_normalised(fact, cell, value):
    read = read_value(fact, cell)
    assert (read.value, read.raw, read.doubt) == (value, cell.text, "")


@pytest.mark.parametrize(
    ("fact", "cell", "word"),
    [
        (Fact.BRANCH_NUMBER, RecordCell("215.5", RecordCellKind.NUMBER), "whole"),
        (Fact.BRANCH_NUMBER, RecordCell("-3"), "not read"),
        (Fact.BRANCH_NUMBER, RecordCell("2012-08-14", RecordCellKind.DATE), "a date"),
        (Fact.SEX, RecordCell("h"), "not read"),
        (Fact.AGE_BAND, RecordCell("about 30"), "not read"),
        (Fact.AGE_BAND, RecordCell("350"), "not read"),
        (Fact.DIED_ON, RecordCell("41135", RecordCellKind.NUMBER), "a number"),
        (Fact.STATE, RecordCell("bad"), "none of the states"),
        (Fact.NAME, RecordCell("#REF!", RecordCellKind.ERROR, ""), "error"),
    ],
)
def test_what_cannot_be_read_is_a_doubt_and_no_value(fact, cell, word):
    read = read_value(fact, cell)
    assert read.value == ""
    assert read.raw == cell.text
    assert word in read.doubt


def test_a_number_with_a_digit_that_cannot_be_read_is_kept_and_doubted():
    read = read_value(Fact.EXAMINATION_NUMBER, RecordCell("10؟4"))
    assert (read.value, bool(read.doubt)) == ("10?4", True)


def test_numbers_are_compared_without_case_spaces_and_scripts_but_zeros_count():
    assert make_number_key("B 10-24") == make_number_key("b١٠٢٤") == "b1024"
    assert make_number_key("0215") != make_number_key("215")
    assert make_zeroless_key("0215") == make_zeroless_key("215")
    assert make_zeroless_key("000") == "000"


def test_columns_are_proposed_from_their_names_in_four_languages():
    columns = (
        "رقم الفحص",
        "Numéro du détenu",
        "Abteilung",
        "تاريخ الوفاة",
        "Geschlecht",
        "Height",
        "Branch no.",
    )
    assert [fact for _name, fact in propose_facts(columns)] == [
        Fact.EXAMINATION_NUMBER,
        Fact.DETAINEE_NUMBER,
        Fact.BRANCH_NUMBER,
        Fact.DIED_ON,
        Fact.SEX,
        None,
        None,  # a second column for the branch is for a person to choose
    ]


def test_a_title_above_the_names_is_no_header_and_odd_names_are_told():
    table = table_from_sheet(grid((1, ["List"]), (3, ["No", "", "No"]), (4, ["1", "x", "2", "y"])))
    assert table.header_row == 3
    assert table.columns == ("No", "(column B)", "No (2)", "(column D)")
    assert any("Column B has no name" in note for note in table.notes)
    assert any("several columns" in note for note in table.notes)
    assert any("Rows above row 3" in note for note in table.notes)


@pytest.mark.parametrize("rows", [[], [(1, ["a", "b"])]])
def test_a_file_without_rows_is_said_to_have_none(rows):
    with pytest.raises(KnownError, match="no rows"):
        table_from_sheet(grid(*rows))


def test_rows_keep_the_number_they_have_in_the_file_and_the_raw_text():
    table = table_from_sheet(grid((1, ["No", "Died"]), (5, ["٢١٥", "03/04/2012"]), sheet="S"))
    mapping = RecordMapping((("No", Fact.EXAMINATION_NUMBER), ("Died", Fact.DIED_ON)), sheet="S")
    (row,) = iterate_record_rows(table, mapping)
    assert (row.sheet, row.row, row.cells) == ("S", 5, ("٢١٥", "03/04/2012"))
    number, died = row.facts
    assert (number.value, number.raw) == ("215", "٢١٥")
    assert (died.value, died.raw) == ("", "03/04/2012")
    assert "two days" in died.doubt


def test_the_seal_depends_on_every_cell():
    mapping = RecordMapping((("No", Fact.EXAMINATION_NUMBER), ("x", None)))
    seals = {
        compute_rows_seal(
            iterate_record_rows(table_from_sheet(grid((1, ["No", "x"]), (2, [one, two]))), mapping)
        )
        for one, two in (("1", "a"), ("1", "b"), ("2", "a"))
    }
    assert len(seals) == 3


def test_a_mapping_stands_in_an_act_and_is_read_from_it_again():
    mapping = RecordMapping(
        (("No", Fact.EXAMINATION_NUMBER), ("x", None)), (("Died", DateOrder.ISO),), "S", 2, "utf-8", ";"
    )
    assert mapping_from_body(mapping.body()) == mapping


def test_choices_name_columns_and_facts_that_there_are():
    columns = (("No", None),)
    assert apply_column_choices(columns, {"No": "name"}) == (("No", Fact.NAME),)
    with pytest.raises(KnownError, match="no column Nr"):
        apply_column_choices(columns, {"Nr": "name"})
    with pytest.raises(KnownError, match="no fact number"):
        apply_column_choices(columns, {"No": "number"})


def test_a_citation_names_file_sheet_and_row():
    assert format_citation("abc", "a:b", 7) == "abc:a:b:7"
    assert format_citation("abc", "", 7) == "abc::7"
