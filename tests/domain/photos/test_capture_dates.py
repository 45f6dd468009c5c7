"""A date that a file records is one only if the calendar has it; what was written otherwise is told."""

from datetime import datetime

import pytest

from reviewer.domain.figures.months import list_month_lines
from reviewer.domain.photos.capture_dates import (
    GPS_TIME,
    UsualDates,
    describe_recorded_date,
    describe_stored_doubt,
    find_capture_date,
    find_utc_offset,
    keep_valid_date,
    parse_capture_date,
    parse_exact_moment,
)
from reviewer.domain.photos.photo import Capture


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2012:08:14 10:22:05", "2012-08-14 10:22:05"),
        ("2012/08/14 10:22:05", "2012-08-14 10:22:05"),
        ("2012.08.14 10:22:05", "2012-08-14 10:22:05"),
        ("2012:8:14 9:22:05", "2012-08-14 09:22:05"),
        ("2012:08:14 10:22", "2012-08-14 10:22"),
        ("2012-08-14T10:22:05.250+03:00", "2012-08-14 10:22:05"),
        ("2012:08:14", "2012-08-14"),
        ("2012:08:14   :  :  ", "2012-08-14"),
        ("٢٠١٢:٠٨:١٤ ١٠:٢٢:٠٥", "2012-08-14 10:22:05"),
        ("2012:02:29 00:00:00", "2012-02-29 00:00:00"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_was_written(written, at):
    assert parse_capture_date(written) == at
    assert keep_valid_date(at) == at


@pytest.mark.parametrize(
    "written",
    [
        "2012:13:45 25:61:61",
        "2012:00:00 00:00:00",
        "2012:02:30 10:22:05",
        "2011:02:29 10:22:05",
        "2012:08:14 24:00:00",
        "2012:08:14 10:22:60",
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "",
        "14/08/2012 10:22:05",
        "08:14:2012 10:22:05",
        "2012:08:14 10:22:05 PM",
        "not a date",
    ],
)
def test_what_the_calendar_does_not_have_is_no_date_and_is_told(written):
    taken = find_capture_date({"DateTimeOriginal": written})
    assert (taken.at, taken.source) == ("", "")
    told = written.strip() if written.strip(" :") else "blanks"
    assert taken.doubt == f"Recorded as {told} (DateTimeOriginal), not a date."


def test_the_next_good_tag_is_taken_and_named():
    tags = {"DateTimeOriginal": "0000:00:00 00:00:00", "DateTimeDigitized": "2012:08:14 10:22:05"}
    taken = find_capture_date({**tags, "DateTime": "2015:01:23 09:00:00"})
    assert (taken.at, taken.source) == ("2012-08-14 10:22:05", "DateTimeDigitized")
    assert taken.doubt == (
        "Recorded as 0000:00:00 00:00:00 (DateTimeOriginal), not a date. "
        "The date is that of DateTimeDigitized."
    )
    edited = find_capture_date({"DateTime": "2015:01:23 09:00:00"})
    assert (edited.at, edited.source) == ("2015-01-23 09:00:00", "DateTime")
    assert "last changed" in edited.doubt
    gps = find_capture_date({"GPSDateStamp": "2012:08:14", "GPSTimeStamp": "(7.0, 22.0, 5.0)"})
    assert (gps.at, gps.source) == ("2012-08-14 07:22:05", GPS_TIME)
    assert "UTC" in gps.doubt
    assert find_capture_date({"GPSDateStamp": "2012:13:14", "GPSTimeStamp": "(7.0, 22.0, 5.0)"}).at == ""
    assert find_capture_date({}) == find_capture_date({"Make": "Norda"}) and find_capture_date({}).doubt == ""


@pytest.mark.parametrize(
    "at", ["2000:01:01 00:00:00", "2000:01:01 07:13:00", "1980:01:01 00:00:00", "1970:06:01 01:00:00"]
)
def test_where_clocks_begin_that_were_never_set_is_a_doubt(at):
    taken = find_capture_date({"DateTimeOriginal": at})
    assert taken.at and "never set" in taken.doubt


def test_a_good_date_has_no_doubt_and_its_offset_is_told_as_recorded():
    tags = {"DateTimeOriginal": "2012:08:14 10:22:05", "OffsetTimeOriginal": "+03:00"}
    taken = find_capture_date(tags)
    assert taken.doubt == "" and find_utc_offset(tags, taken.source) == "+03:00"
    capture = Capture(taken.at, tags=tags, taken_from=taken.source)
    assert describe_recorded_date(capture) == "2012-08-14 10:22 as recorded, +03:00"
    assert (
        describe_recorded_date(Capture(taken.at, taken_from="DateTime"))
        == "2012-08-14 10:22 as recorded (DateTime)"
    )
    assert describe_recorded_date(Capture()) == "no date recorded"


def test_what_earlier_versions_kept_is_read_as_no_date_and_told():
    assert keep_valid_date("2012-13-45 25:61:61") == keep_valid_date("2012-02-30 10:22:05") == ""
    assert describe_stored_doubt("2012-13-45 25:61:61", "") == "Recorded as 2012-13-45 25:61:61, not a date."
    assert describe_stored_doubt("2012-08-14 10:22:05", "") == describe_stored_doubt("", "") == ""


def test_a_moment_is_exact_only_with_its_seconds():
    assert parse_exact_moment("2012-08-14 10:22:05") == datetime(2012, 8, 14, 10, 22, 5)
    assert (
        parse_exact_moment("2012-08-14 10:22")
        is parse_exact_moment("2012-08-14")
        is parse_exact_moment("2012-13-01 10:22:05")
    )


def test_a_date_far_from_all_others_is_a_doubt():
    span = UsualDates(2012, "2014-01-31")
    assert (
        span.describe_doubt("2012-08-14 10:22:05")
        == span.describe_doubt("2007-01-01 10:00:00")
        == span.describe_doubt("")
        == ""
    )
    assert "6 years before 2012" in span.describe_doubt("2006-12-31 10:00:00")
    assert "after 2014-01-31" in span.describe_doubt("2031-08-14 10:22:05")
    assert span.describe_doubt("2014-02-01 01:00:00") == "", "one day is left for clocks of other zones"
    assert UsualDates().describe_doubt("2031-08-14 10:22:05") == ""


def test_months_are_all_there_and_many_empty_ones_are_one_line():
    assert list(list_month_lines(["2012-12", "2012-10", "2013-02"])) == [
        "2012-10", "2012-11", "2012-12", "2013-01", "2013-02",
    ]  # fmt: skip
    lines = list_month_lines(["2012-05", "2000-01", "0001-01"])
    assert list(lines.values()) == [
        "0001-01",
        "0001-02 to 1999-12 (23,987 months, none)",
        "2000-01",
        "2000-02 to 2012-04 (147 months, none)",
        "2012-05",
    ]
    assert list_month_lines([]) == {}
