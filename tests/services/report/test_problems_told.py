"""Files that could not be opened stand on page 1 of every collection report and in every table export."""

import io

import openpyxl
import pytest
from pypdf import PdfReader

from reviewer.domain.figures.document import DocumentTable, Paragraph
from reviewer.domain.photos.seen_elsewhere import mark_seen_elsewhere
from reviewer.services.evidence.problems import count_problems_of_case, load_problem_files
from reviewer.services.jobs import JobControl
from reviewer.services.report import run
from tests.support.cases import ingested, made_case
from tests.support.contents import KINDS
from tests.support.exports import made
from tests.support.photos import jpeg
from tests.support.tables import rows

STICK = ("mp4", "avi", "zip", "pdf", "ds_store", "text")
CONTROL = JobControl()


@pytest.fixture
def case(tmp_path):
    """One photograph and six files that are none, of which four may hold photographs."""
    drive = tmp_path / "drive"
    drive.mkdir()
    (drive / "a.jpg").write_bytes(jpeg())
    for name in STICK:
        (drive / f"={name}").write_bytes(KINDS[name][0])
    found = made_case(tmp_path)
    ingested(found, drive)
    yield found
    found.close()


def report(case, query="", entries=None):
    return run.make_collection_report(
        case, run.ReportRequest(query, (case.examiners()[0].id,), entries), CONTROL
    )


def first_page(page):
    with io.BytesIO(run.RENDERERS[".pdf"](page)) as file:
        return " ".join(PdfReader(file).pages[0].extract_text().split())


def paragraphs(page):
    return [block.text for block in page.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("query", ["", "individual:none -state:complete"])
def test_page_one_says_how_many_of_which_kind_and_what_may_hold_photographs(case, query):
    said = first_page(report(case, query))
    assert "6 files could not be opened as photographs: " in said
    assert "video 2" in said
    assert "May hold photographs: 4, of them seen elsewhere 0, open 4." in said
    assert "Nobody has said that 4 of these were seen elsewhere: video 2, archive 1, document 1." in said
    assert "Nothing was left out." not in paragraphs(report(case, query))


def test_what_was_seen_elsewhere_is_told_and_as_it_was_before(case):
    entries = case.counts().entries
    videos = [each.id for each in load_problem_files(case) if each.kind_name == "video"]
    case.record(mark_seen_elsewhere(videos, "watched in a player"), case.examiners()[0].id)
    assert "seen elsewhere 2, open 2." in first_page(report(case))
    assert "seen elsewhere 0, open 4." in first_page(report(case, entries=entries))


def test_nothing_was_left_out_is_said_only_where_that_is_so(tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    case = made_case(tmp_path)
    ingested(case, drive)
    page = report(case)
    assert "Every file that was met in the sources is a photograph that could be opened." in first_page(page)
    assert "Nothing was left out." in paragraphs(page)
    (drive / "a.jpg").write_bytes(jpeg())
    ingested(case, drive)
    page = report(case)
    assert "Nothing was left out." not in paragraphs(page), "the photograph is of nobody yet"
    assert any("of no individual" in row[0] for block in page.blocks if isinstance(block, DocumentTable)
               for row in block.rows)  # fmt: skip
    case.close()


def test_each_is_a_row_of_every_table_export(case, tmp_path):
    videos = [each.id for each in load_problem_files(case) if each.kind_name == "video"]
    case.record(mark_seen_elsewhere(videos[:1], "=watched"), case.examiners()[0].id)
    told = rows(made(case, "csv", tmp_path / "csv") / "problems.csv")
    assert [row["path"].removeprefix("'") for row in told] == [
        each.file.path for each in load_problem_files(case)
    ]
    assert {row["path"].removeprefix("'=").rpartition("/")[2] for row in told} == set(STICK)
    found = count_problems_of_case(case)
    assert sum(row["may_hold_photographs"] == "yes" for row in told) == found.may_hold == 4
    assert sum(row["open"] == "yes" for row in told) == found.open == 3
    (seen,) = [row for row in told if row["seen_elsewhere"]]
    assert (seen["content"], seen["seen_elsewhere"], seen["seen_by"]) == ("video", "'=watched", "Dr Okoye")
    book = openpyxl.load_workbook(made(case, "xlsx", tmp_path / "xlsx") / "reviewer.xlsx")
    names, *lines = book["problems"].iter_rows(values_only=True)
    assert list(names) == list(told[0])
    assert len(lines) == len(told)
