"""Dates that files record, from ingest to search, gallery, samples and exports: those of the calendar."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import String, bindparam, create_engine, select
from sqlcipher3 import dbapi2 as engine

from reviewer.domain.people.proposals import propose_from_bursts
from reviewer.domain.photos.capture_dates import keep_valid_date
from reviewer.domain.photos.case import ExaminedFile, FoundFile
from reviewer.domain.photos.photo import Capture, Photo
from reviewer.domain.search.arranging import Grouping, arrange_in_sections
from reviewer.services.search import search
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage import gallery
from reviewer.storage.people import people
from reviewer.storage.photos import photos, taken
from reviewer.storage.search import occurring_values
from tests.support import drawn, exports
from tests.support.cases import ingested, made_case
from tests.support.photos import jpeg
from tests.support.tables import rows

SHARED = Path(__file__).parents[4] / "shared" / "inputs" / "dates"
WRITTEN = {
    "good.jpg": "2012:08:14 10:22:05",
    "slashes.jpg": "2012/08/15 10:22",
    "month 13.jpg": "2012:13:45 25:61:61",
    "february.jpg": "2012:02:30 10:22:05",
    "hour 24.jpg": "2012:08:14 24:00:00",
    "blank.jpg": "    :  :     :  :  ",
    "never set.jpg": "2000:01:01 00:00:00",
}
NO_DATE = {"month 13.jpg", "february.jpg", "hour 24.jpg", "blank.jpg"}


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dates")
    source = folder / "drive"
    source.mkdir()
    for number, (name, written) in enumerate(WRITTEN.items()):
        (source / name).write_bytes(jpeg(seed=number, taken=written))
    made = made_case(folder)
    ingested(made, source)
    as_kept = Photo("e" * 64, 9, "JPEG", 64, 48, 1, Capture("2012-00-00 00:00:00"), "0" * 16)
    earlier = ExaminedFile(FoundFile(b"earlier.jpg", 9, 0), as_kept.sha256, as_kept, None)
    made.writer.enqueue_batch(
        lambda connection: photos.add_file(connection, made.sources()[0].id, earlier)
    ).result()
    yield made
    made.close()


@pytest.fixture(scope="module")
def names(case):
    return {item.sha256: item.name for item in Worklist(case, "").load().items}


def found(case, names, query):
    return {names[photo] for photo in search.find_photos(case, query, None).photos}


def test_what_was_recorded_is_kept_with_its_tag_and_its_doubt(case, names):
    with case.store.read() as connection:
        known = {names[each.sha256]: each.capture for each in photos.iterate_photos(connection)}
    assert known["good.jpg"].taken_from == "DateTimeOriginal" and not known["good.jpg"].taken_doubt
    assert known["slashes.jpg"].taken_at == "2012-08-15 10:22"
    for name in NO_DATE | {"earlier.jpg"}:
        assert known[name].taken_at == "" and "not a date" in known[name].taken_doubt
    assert known["blank.jpg"].taken_doubt == "Recorded as blanks (DateTimeOriginal), not a date."
    assert "never set" in known["never set.jpg"].taken_doubt


def test_queries_find_what_has_a_date_what_has_none_and_what_is_in_doubt(case, names):
    none = NO_DATE | {"earlier.jpg"}
    assert found(case, names, "taken:none") == none
    assert found(case, names, "taken:2012") == {"good.jpg", "slashes.jpg"}
    assert found(case, names, "taken:2012-08-15..2012-08-16") == {"slashes.jpg"}
    assert found(case, names, "-taken:none") == set(names.values()) - none
    assert found(case, names, "taken:doubt") == none | {"never set.jpg"}


def test_nothing_takes_them_for_a_date(case, names):
    with case.store.read() as connection:
        listed = gallery.load_gallery_rows_of(connection, "", list(names))
        seen = people.load_photos_for_proposals(connection)
        months = occurring_values.load_strata(connection, "month", None)
        all_taken = taken.load_times_taken(connection)
        doubtful = {names[each] for each in taken.find_doubtful_photos(connection)}
        span = taken.load_usual_dates(connection)
    titles = [section.title for section in arrange_in_sections(listed, Grouping.DATE)]
    assert titles == ["2000-01-01", "2012-08-14", "2012-08-15", "No date recorded"]
    assert {month for month in months.values() if month} == {"2000-01", "2012-08"}
    assert sorted(filter(None, all_taken.values())) == [
        "2000-01-01 00:00:00",
        "2012-08-14 10:22:05",
        "2012-08-15 10:22",
    ]
    assert propose_from_bursts(seen) == []
    assert doubtful == NO_DATE | {"earlier.jpg", "never set.jpg"}
    assert span.year == 2012 and span.ingested
    assert "12 years before 2012" in span.describe_doubt("2000-01-01 00:00:00")


def test_exports_tell_the_tag_and_the_doubt_and_no_date_that_is_none(case, tmp_path):
    told = rows(exports.made(case, "csv", tmp_path / "out") / "photographs.csv")
    by_name = {row["path"].rpartition("/")[2]: row for row in told}
    assert {name for name, row in by_name.items() if not row["taken_at"]} == NO_DATE | {"earlier.jpg"}
    assert by_name["good.jpg"]["taken_from"] == "DateTimeOriginal"
    assert by_name["earlier.jpg"]["taken_doubt"] == "Recorded as 2012-00-00 00:00:00, not a date."


ENGINE = create_engine("sqlite://", module=engine)
ASKED = select(taken.valid_date_column(bindparam("written", type_=String)))
_parts = st.integers(0, 99)


@settings(max_examples=drawn.count(300, 3000))
@given(
    st.one_of(
        st.text(max_size=20),
        st.builds("{:04d}-{:02d}-{:02d} {:02d}:{:02d}:{:02d}".format, st.integers(0, 9999), *[_parts] * 5),
        st.builds(
            "{:04d}-{:02d}-{:02d} {:02d}:{:02d}".format, st.integers(0, 9999), *[st.integers(0, 31)] * 4
        ),
        st.builds("{:04d}-{:02d}-{:02d}".format, st.integers(0, 9999), *[st.integers(0, 32)] * 2),
    )
)
@example("2012-08-14 24:00")
@example("2012-08-14 24:00:00")
def test_the_engine_and_the_domain_agree_on_what_is_a_date(text):
    if "\0" in text:
        return
    with ENGINE.connect() as connection:
        kept = connection.execute(ASKED, {"written": text}).scalar_one()
    assert kept == keep_valid_date(text)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared inputs are not there")
def test_the_shared_dates_have_their_right_value(tmp_path):
    case = made_case(tmp_path)
    try:
        ingested(case, SHARED)
        of_name = {
            item.sha256: f"{item.folder.partition('/')[2]}/{item.name}"
            for item in Worklist(case, "").load().items
        }
        with case.store.read() as connection:
            known = {
                of_name[each.sha256].lstrip("/"): each.capture for each in photos.iterate_photos(connection)
            }
        bad = {"C_month13/1.jpg", "D_month00/1.jpg", "d4_impossible.jpg", "d5_month0.jpg", "d6_hour24.jpg"}
        bad.add("d14_feb30.jpg")
        assert {name for name, capture in known.items() if not capture.taken_at} == bad & set(known)
        assert known["d9_only_gps.jpg"].taken_at == "2012-08-14 07:22:05"
        assert known["d12_single_digit.jpg"].taken_at == "2012-08-14 09:22:05"
        assert known["d13_no_seconds.jpg"].taken_at == "2012-08-14 10:22"
        assert "last changed" in known["d10_only_datetime_edited.jpg"].taken_doubt
    finally:
        case.close()
