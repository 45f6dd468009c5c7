"""Positions, serial numbers and software of a file: searched, and in no copy that did not ask."""

import io
import zipfile

import pytest

from reviewer.services.export.all_formats import EXPORT_FORMATS
from reviewer.services.jobs import JobControl
from reviewer.services.pack.run import PackRequest as PackWish
from reviewer.services.pack.run import make_pack
from reviewer.services.report.html import render_html
from reviewer.services.report.run import ReportRequest, SheetPhotographs, make_reports_for_pack, make_sheets
from reviewer.services.search import search
from reviewer.services.search.explain import explain_match
from tests.support import packs
from tests.support.cases import ingested, made_case, opened_copy
from tests.support.exports import content, made
from tests.support.photos import drive, picture
from tests.support.tagged import MARKS, OWNER, SERIAL, SOFTWARE, small_jpeg, tagged_jpeg


@pytest.fixture(scope="module")
def tagged(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tags")
    source = drive(folder / "drive")
    for number in range(3):
        image = picture(320, 240, 70 + number)
        (source / f"a tagged {number}.jpg").write_bytes(tagged_jpeg(image, small_jpeg(image)))
    case = made_case(folder)
    ingested(case, source)
    packs.fill(case)
    case.close()
    return case.folder


@pytest.fixture
def case(tagged, tmp_path):
    with opened_copy(tagged, tmp_path) as case:
        yield case


def names(case, text):
    hits = search.find_photos(case, text, None)
    with case.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT sha256, tags FROM photos").fetchall()
    tags = dict(rows)
    for photo in hits.photos:
        assert explain_match(case, text, None, photo)
    return sum(SERIAL in tags[photo] for photo in hits.photos), len(hits.photos)


def test_search_finds_by_software_serial_number_position_and_any_tag(case):
    total = case.counts().photos
    assert total > 3
    assert names(case, f"serial:{SERIAL[:6]}") == (3, 3)
    assert names(case, f'serial="{SERIAL}"') == (3, 3)
    assert names(case, f"serial:{OWNER.lower()}") == (3, 3)
    assert names(case, "serial:SERIAL?ARK*") == (3, 3)
    assert names(case, f'serial="{SERIAL[:6]}"') == (0, 0)
    assert names(case, "serial:none") == (0, total - 3)
    assert names(case, "software:softmark") == (3, 3)
    assert names(case, f'software="{SOFTWARE}" gps:recorded') == (3, 3)
    assert names(case, "position:recorded") == (3, 3)
    assert names(case, "position:none") == (0, total - 3)
    assert names(case, "not position:recorded") == (0, total - 3)
    assert names(case, "tag:GPSLatitudeRef") == (3, 3)
    assert names(case, "tag:ModelMark") == (3, 3)
    assert names(case, "tag:nothing-of-the-kind") == (0, 0)
    assert [each.text for each in search.suggest_completions(case, "serial:SER", 10).found] == [SERIAL]
    with case.store.read() as connection:
        photo = connection.exec_driver_sql(
            "SELECT sha256 FROM photos WHERE tags LIKE '%SERIALMARK%'"
        ).scalar()
    assert any(
        SERIAL in each and "as recorded" in each for each in explain_match(case, "serial:SER", None, photo)
    )


def held(files):
    """Which of the marks turn up in these contents, archives unpacked."""
    found = set()
    for name, data in files.items():
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                found |= held({part: archive.read(part) for part in archive.namelist()})
        found |= {(name, mark) for mark in MARKS if mark.encode() in data or mark.encode("utf-16-le") in data}
    return found


@pytest.mark.parametrize("key", [each.key for each in EXPORT_FORMATS if each.key != "case-uco-tags"])
def test_no_export_that_did_not_ask_carries_them(case, tmp_path, key):
    assert held(content(made(case, key, tmp_path / "out"))) == set()


def test_the_one_that_asks_carries_them_and_says_so(case, tmp_path):
    (told,) = [each for each in EXPORT_FORMATS if each.key == "case-uco-tags"]
    assert "position" in told.what
    assert "position" in told.name
    (plain,) = [each for each in EXPORT_FORMATS if each.key == "case-uco"]
    assert plain.losses.startswith("the tags of the files (position")
    assert "EXIF" not in plain.what
    marks = {mark for _name, mark in held(content(made(case, "case-uco-tags", tmp_path / "out")))}
    assert {SERIAL, SOFTWARE, OWNER, "45.12375"} <= marks


def test_no_report_no_sheet_and_no_court_pack_carries_them(case, tmp_path):
    author = case.readers()[0].id
    wish = ReportRequest("", (author,), photographs=SheetPhotographs.SMALL)
    pages = {name: render_html(page) for name, page in make_sheets(case, wish, JobControl())}
    assert pages
    assert held(pages) == set()
    reports = make_reports_for_pack(case, author, JobControl())
    assert held(dict(reports)) == set()
    make_pack(case, author, tmp_path / "pack", JobControl(), PackWish(query="", reports=reports))
    assert held(content(tmp_path / "pack")) == set()


def test_a_pack_with_the_original_files_has_them_as_the_files_have_them(case, tmp_path):
    author = case.readers()[0].id
    make_pack(case, author, tmp_path / "pack", JobControl(), PackWish(query="", originals=True))
    found = held(content(tmp_path / "pack"))
    assert {mark for _name, mark in found} >= {SERIAL, SOFTWARE}
    assert all("exhibit" in name for name, _mark in found)
