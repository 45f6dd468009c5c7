"""Dates of other calendars, dates that cannot be meant, cells that are more than a number."""

import pytest

from reviewer.domain.errors import KnownError
from reviewer.domain.people.individual import Fact
from reviewer.domain.records.calendars import Calendar, DateWindow, parse_date_window
from reviewer.domain.records.columns import propose_facts
from reviewer.domain.records.dates import DateOrder, find_date_order_evidence, parse_record_date
from reviewer.domain.records.mapping import RecordMapping, iterate_record_rows, mapping_from_body
from reviewer.domain.records.table import RecordCell, RecordCellKind, RecordSheet, SheetRow, table_from_sheet
from reviewer.domain.records.values import DateConventions, read_value
from reviewer.media.records.calendars import to_our_calendar


@pytest.mark.parametrize(
    ("text", "calendar", "value", "exact"),
    [
        ("1433/09/26", Calendar.HIJRI, "2012-08-14", "one earlier or later"),
        ("26/09/1433 هـ", Calendar.HIJRI, "2012-08-14", "Umm al-Qura"),
        ("٢٦/٠٩/١٤٣٣ هـ", Calendar.HIJRI, "2012-08-14", "Umm al-Qura"),
        ("26 رمضان 1433", Calendar.HIJRI, "2012-08-14", "Umm al-Qura"),
        ("1391-05-24", Calendar.PERSIAN, "2012-08-14", "to the day"),
        ("24 مرداد 1391", Calendar.PERSIAN, "2012-08-14", "to the day"),
        ("31/06/1391", Calendar.PERSIAN, "2012-09-21", "to the day"),
    ],
)
def test_dates_of_another_calendar_are_converted_once_a_person_says_so(text, calendar, value, exact):
    read = parse_record_date(text, DateOrder.DAY_FIRST, calendar, to_our_calendar)
    assert read.value == value and exact in read.doubt and "converted from" in read.doubt


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("1433/09/26", "can be a year of the Hijri calendar (about 2012)"),
        ("26/09/1433", "can be a year of the Hijri calendar (about 2012)"),
        ("1433", "Hijri"),
        ("1391-05-24", "Persian calendar (about 2012) or of the Hijri one (about 1971)"),
        ("26/09/1433 هـ", "marked as one of the Hijri"),
        ("26 رمضان 1433", "a month of the Hijri"),
        ("24 مرداد 1391", "a month of the Persian"),
    ],
)
def test_without_that_they_are_doubts(text, word):
    read = parse_record_date(text, DateOrder.DAY_FIRST)
    assert read.value == "" and word in read.doubt


def test_what_a_calendar_does_not_have_or_nobody_can_convert_is_a_doubt():
    def hijri(text):
        return parse_record_date(text, DateOrder.DAY_FIRST, Calendar.HIJRI, to_our_calendar)

    assert "no such day" in hijri("1433/13/01").doubt
    assert "not converted" in hijri("1433/10/30").doubt, "a month of 29 days"
    assert "not converted" in hijri("1300/01/01").doubt, "before the tables"
    assert "no year of the Hijri" in hijri("2012-08-14").doubt
    assert "lies in two of ours" in hijri("1433").doubt
    assert not any(hijri(text).value for text in ("1433/13/01", "1433/10/30", "1300/01/01", "2012-08-14"))
    assert find_date_order_evidence(["31/06/1391"], Calendar.PERSIAN).order is DateOrder.DAY_FIRST


def test_dates_outside_the_window_are_doubts_and_the_window_can_be_said():
    reading = DateConventions(window=DateWindow("2000-01-01", "2024-05-17"))

    def died(text, kind=RecordCellKind.TEXT):
        return read_value(Fact.DIED_ON, RecordCell(text, kind), reading)

    assert died("2012-08-14").value == "2012-08-14" and died("2024").value == "2024"
    assert died("2102-08-14").value == "" and "lies after 2024-05-17" in died("2102-08-14").doubt
    assert "lies before 2000-01-01" in died("1912-08-14", RecordCellKind.DATE).doubt
    assert died("2024-06").value == "" and died("2024-05").value == "2024-05"
    assert parse_date_window("1990..2013-08") == DateWindow("1990-01-01", "2013-08-31")
    assert parse_date_window("..2013") == DateWindow("", "2013-12-31")
    for text in ("", "2012", "..", "2013-13..", "2014..2012"):
        with pytest.raises(KnownError):
            parse_date_window(text)


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        (RecordCell("3450-3452"), "range"),
        (RecordCell("3450 – 52"), "range"),
        (RecordCell("3450 to 3452"), "range"),
        (RecordCell("true", RecordCellKind.TRUTH), "true or false"),
        (RecordCell("TRUE"), "true or false"),
        (RecordCell("نعم"), "true or false"),
        (RecordCell("3.450"), "sign for thousands"),
        (RecordCell("3 451"), "sign for thousands"),
        (RecordCell("3.000"), "sign for thousands"),
        (RecordCell("3,451"), "sign for thousands"),
        (RecordCell("3451", RecordCellKind.DOUBTFUL, "struck out"), "struck out"),
    ],
)
def test_what_can_be_something_else_is_no_number(cell, word):
    read = read_value(Fact.EXAMINATION_NUMBER, cell)
    assert read.value == "" and word in read.doubt and read.raw == cell.text


@pytest.mark.parametrize("text", ["215-3450", "9580-901", "3452-17", "3450", "0215", "A-12", "10?4"])
def test_numbers_of_cards_stay_numbers(text):
    assert read_value(Fact.EXAMINATION_NUMBER, RecordCell(text)).value == text


def test_a_mapping_of_an_earlier_version_is_read_as_it_was():
    body = RecordMapping((("Died", Fact.DIED_ON),)).body()
    for later in ("header_rows", "calendars", "window"):
        del body[later]
    assert mapping_from_body(body) == RecordMapping((("Died", Fact.DIED_ON),))
    mapping = RecordMapping(
        (("Died", Fact.DIED_ON),),
        header_rows=2,
        calendars=(("Died", Calendar.HIJRI),),
        window=DateWindow("2000-01-01", "2024-01-01"),
    )
    assert mapping_from_body(mapping.body()) == mapping
    grid = RecordSheet((SheetRow(1, (RecordCell("Died"),)), SheetRow(2, (RecordCell("1433/09/26"),))))
    (row,) = iterate_record_rows(table_from_sheet(grid), mapping, to_our_calendar)
    assert row.facts[0].value == "2012-08-14"


def test_names_over_several_columns_are_joined_with_those_below_and_proposed_by_the_lowest():
    rows = (
        SheetRow(1, (RecordCell("List"),)),
        SheetRow(2, (RecordCell("Numbers"), RecordCell(""), RecordCell("Name"), RecordCell("Data"))),
        SheetRow(3, (RecordCell("Examination no"), RecordCell("Branch"), RecordCell(""), RecordCell("Sex"))),
        SheetRow(4, tuple(RecordCell(text) for text in ("3450", "215", "A", "m"))),
    )
    grid = RecordSheet(rows, merged=((1, 2, 2, 2), (3, 2, 3, 3)))
    names = ("Numbers / Examination no", "Numbers / Branch", "Name", "Data / Sex")
    for table in (table_from_sheet(grid), table_from_sheet(grid, 2, 2)):
        assert table.columns == names
        assert [row.number for row in table.rows] == [4] and table.header_rows == 2
    assert any("rows 2 to 3" in note for note in table_from_sheet(grid).notes)
    facts = [fact for _name, fact in propose_facts(names)]
    assert facts == [Fact.EXAMINATION_NUMBER, Fact.BRANCH_NUMBER, Fact.NAME, Fact.SEX]
    assert len(table_from_sheet(grid, 2, 1).rows) == 2
