"""Nothing leaves the page: every label of every plot and table lies between the margins of the PDF, as a
program from outside finds it (pdftotext of poppler-utils)."""

import io
import itertools
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass, replace

import pytest
from pypdf import PdfReader

from reviewer.domain.commands.mandate import Mandate
from reviewer.domain.figures.document import (
    Document,
    DocumentDrawing,
    DocumentHeading,
    DocumentTable,
    KeyValues,
    Paragraph,
)
from reviewer.domain.figures.figures import (
    CountedUnit,
    Figure,
    ReadingsBasis,
    Statistics,
    StatisticsBasis,
    Table,
)
from reviewer.domain.figures.plots import TALLEST_PLOT, plot_bars_in_parts, plot_pairs_in_parts
from reviewer.services.report.collection import make_collection_document, make_table_blocks
from reviewer.services.report.front import LEAD_ROLE, FrontPage, make_signature_lines
from reviewer.services.report.pdf import render_pdf
from reviewer.services.vocabulary.body_maps import find_maps_showing_all

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
LONG = "burn with charring, soot or singed hair"
MM = 72 / 25.4
SIDE, TOP, BOTTOM = 20 * MM, 18 * MM, 20 * MM
"""The margins of report.typ, in points."""


@dataclass(frozen=True)
class Word:
    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def words_of(content, tmp_path):
    """Every word of a PDF with its box in points, from the left upper corner; and the size of each page."""
    (tmp_path / "made.pdf").write_bytes(content)
    command = ["pdftotext", "-bbox", tmp_path / "made.pdf", "-"]
    told = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")
    sizes, words = [], []
    for line in told.splitlines():
        numbers = [float(each) for each in re.findall(r'="([-\d.]+)"', line)]
        if "<page " in line:
            sizes.append(tuple(numbers))
        elif "<word " in line:
            words.append(Word(len(sizes), *numbers, re.sub(r"<[^>]*>", "", line).strip()))
    return words, sizes


def figure(number, label=None):
    """One of several, the later the more have it."""
    ids = [f"{number}-{each}" for each in range(200)]
    present = 2 + number
    return Figure(
        f"signs/{number}",
        label or f"sign-{number:02d} {LONG}",
        CountedUnit.INDIVIDUAL,
        tuple(ids[:present]),
        tuple(ids[present:150]),
        tuple(ids[150:]),
        drawn=True,
    )


def table(count, key="signs", labels=()):
    figures = (figure(each, labels[each] if labels else None) for each in range(count))
    return Table(
        key, "Signs, by individuals", CountedUnit.INDIVIDUAL, tuple(figures), ("A note of its limits.",)
    )


def drawings(of):
    return [
        block
        for block in make_table_blocks(of, find_maps_showing_all())
        if isinstance(block, DocumentDrawing)
    ]


def above_the_foot(words, page):
    """The words of a page without its last line, which is the foot."""
    lowest = max(each.bottom for each in words if each.page == page)
    return [each for each in words if each.page == page and each.bottom < lowest - 3]


def outside(words, sizes):
    """Words that are not between the margins: a box is that of the font, which is taller than its letters."""
    found = []
    for page, (wide, tall) in enumerate(sizes, start=1):
        found += [
            each
            for each in above_the_foot(words, page)
            if each.left < SIDE - 1
            or each.right > wide - SIDE + 1
            or each.top < TOP - 6
            or each.bottom > tall - BOTTOM + 6
        ]
    return found


def set_alone(blocks, tmp_path):
    return words_of(render_pdf(Document("Plots", "", "2026-11-26", "", tuple(blocks))), tmp_path)


@pytest.mark.parametrize(("count", "drawn"), [(10, 10), (40, 40), (90, 40)])
def test_every_bar_lies_on_a_page_with_an_axis_and_a_legend_and_the_largest_are_there(count, drawn, tmp_path):
    parts = drawings(table(count))
    words, sizes = set_alone(parts, tmp_path)
    assert outside(words, sizes) == []
    found = Counter(each.text for each in words)
    largest = [f"sign-{each:02d}" for each in range(count - drawn, count)]
    assert {each: found[each] for each in largest} == dict.fromkeys(largest, 1)
    assert sum(name.startswith("sign-") for name in found) == drawn
    assert found["singed"] == drawn, "no label is cut"
    assert found["interval"] == found["100"] == len(parts), "a legend and an axis with each part"
    assert ("drawn." in found) == (count > drawn)


def test_of_thirty_pairs_each_lies_on_a_page(tmp_path):
    labels = [f"pair-{each:02d} {LONG} and {LONG}" for each in range(30)]
    words, sizes = set_alone(drawings(table(30, "together", labels)), tmp_path)
    assert outside(words, sizes) == []
    found = [each.text for each in words if each.text.startswith("pair-")]
    assert found == [f"pair-{each:02d}" for each in reversed(range(30))], "those with the most first"


@pytest.mark.parametrize("count", [1, 11, 12, 13, 25, 40])
def test_parts_are_of_about_the_same_height_and_on_the_same_scale(count):
    parts = plot_bars_in_parts(table(count))
    assert [place.key for part in parts for place in part.places] == [
        f"signs/{each}" for each in range(count)
    ]
    assert all(part.height <= TALLEST_PLOT for part in parts)
    assert {part.width for part in parts} == {parts[0].width}
    many = [len(part.places) for part in parts]
    assert max(many) - min(many) <= max(2, max(many) // 3)
    assert plot_pairs_in_parts(table(count))[0].places[0].key == f"signs/{count - 1}"


def test_one_bar_whose_name_is_taller_than_a_part_still_has_one():
    parts = plot_bars_in_parts(table(3, labels=["word " * 400, "short", "short"]))
    assert [place.key for part in parts for place in part.places] == ["signs/0", "signs/1", "signs/2"]


def test_a_drawing_that_is_taller_than_a_page_is_set_smaller(tmp_path):
    tall = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="900" viewBox="0 0 100 900">'
        '<text x="2" y="890" font-size="11" font-family="DejaVu Sans Mono">below</text></svg>'
    )
    words, sizes = set_alone([DocumentHeading("Tall"), DocumentDrawing(tall, "tall")], tmp_path)
    assert len(sizes) == 1
    assert "below" in [each.text for each in words]
    assert outside(words, sizes) == []


FRONT = FrontPage(
    (("Examiner One", LEAD_ROLE), ("Examiner Two", "")),
    "Examiner One",
    "2026-11-01T08:00:00Z",
    "2026-11-26T10:00:00Z",
    Mandate("By order of the court. " * 12, "Photographs only. " * 12, "one", "2026-11-01T08:00:00Z"),
    "Examiner One",
)


def counted(tables):
    basis = StatisticsBasis(
        "Case", "", ("Examiner One",), 12, "0" * 64, "2026-11-26T10:00:00Z", "2.0.0", "0.1.0"
    )
    return Statistics(basis, 400, 200, (), tuple(tables), {}, {}, ReadingsBasis(200, 200, 90))


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    tables = [table(count, f"t{count}") for count in (3, 10, 14, 5, 40, 7, 12, 1, 90)]
    return words_of(
        render_pdf(make_collection_document(counted(tables), find_maps_showing_all(), FRONT)),
        tmp_path_factory.mktemp("report"),
    )


def test_in_a_whole_report_nothing_leaves_the_page(report):
    words, sizes = report
    assert outside(words, sizes) == []
    names = Counter(each.text for each in words)
    assert names["sign-00"] == 9 + 8, (
        "in each table, and in each plot but that of the forty largest of ninety"
    )


def test_no_column_of_a_table_runs_into_the_next(report):
    words, _sizes = report
    crossing = [
        (one.text, other.text)
        for one, other in itertools.pairwise(words)
        if one.page == other.page
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 2
        and min(one.right, other.right) - max(one.left, other.left) > 0.5
    ]
    assert crossing == []


def test_no_page_holds_a_heading_and_nothing_else(report):
    words, sizes = report
    for page in range(1, len(sizes) + 1):
        body = above_the_foot(words, page)
        lowest = max(each.bottom for each in body)
        line = " ".join(each.text for each in body if each.bottom > lowest - 3)
        assert not line.endswith("by individuals"), f"page {page} ends with a heading: {line}"
        assert len(body) > 20, f"page {page} is all but blank"


def test_a_heading_with_long_notes_goes_where_its_plot_goes(tmp_path):
    long_note = Paragraph("A sentence that says what a figure is no proof of. " * 40, quiet=True)
    filler = [Paragraph("A line.")] * 22
    blocks = [*filler, DocumentHeading("Kept", 2), long_note, *drawings(table(10))]
    words, _sizes = set_alone(blocks, tmp_path)
    pages = {each.text: each.page for each in words}
    assert pages["Kept"] == pages["sign-00"] == 2


@pytest.mark.parametrize("lines", [34, 36, 38])
def test_a_table_of_a_few_rows_is_not_broken_over_pages(lines, tmp_path):
    rows = tuple((f"row-{number}", "1") for number in range(6))
    blocks = [*[Paragraph("A line.")] * lines, DocumentTable(("individuals", "how many"), rows)]
    words, sizes = set_alone(blocks, tmp_path)
    assert len(sizes) == 2
    assert {each.page for each in words if each.text.startswith("row-")} == {2}


def test_a_line_to_sign_on_has_room_for_a_hand(tmp_path):
    signing = KeyValues(make_signature_lines(["Examiner One"]))
    words, _sizes = set_alone([signing], tmp_path)
    (name,) = (each for each in words if each.text == "Examiner")
    (line,) = (each for each in words if each.text.startswith("___"))
    assert line.bottom - name.bottom > 8 * MM


PASSAGE = "بيان ما يظهر في الصور من علامات بأمر من قاضي التحقيق " * 6


def test_arabic_is_set_in_a_book_face_from_right_to_left_and_justified(tmp_path):
    blocks = [Paragraph(PASSAGE), Paragraph("A sentence with ملاحظة in it.")]
    content = render_pdf(Document("Page", "", "2026-11-26", "", tuple(blocks)))
    words, sizes = words_of(content, tmp_path)
    assert outside(words, sizes) == []
    left, right = SIDE, sizes[0][0] - SIDE
    rows = {}
    for each in above_the_foot(words, 1):
        if not each.text.isascii():
            rows.setdefault(round(each.bottom), []).append(each)
    long = [row for row in rows.values() if len(row) > 6]
    assert len(long) >= 3
    assert all(abs(max(each.right for each in row) - right) < 2 for row in long), "lines begin at the right"
    full = [row for row in long if abs(min(each.left for each in row) - left) < 2]
    assert len(full) >= len(long) - 1, "and but for the last end at the left"
    lying = [re.sub("[\u202a-\u202e]", "", each.text)[::-1] for each in words]
    assert set(PASSAGE.split()) | {"ملاحظة"} <= set(lying), "what is copied out of it is what was written"
    read = PdfReader(io.BytesIO(content))
    fonts = [font["/BaseFont"] for page in read.pages for font in page["/Resources"]["/Font"].values()]
    assert any("Amiri" in name for name in fonts)
    assert not any("Mono" in name for name in fonts)
    languages = {
        each.get("/Lang")
        for each in map(read.get_object, range(1, read.trailer["/Size"]))
        if hasattr(each, "get")
    }
    assert {"ar", "en"} <= languages


def test_however_long_the_mandate_is_page_one_says_what_must_stand_on_it(tmp_path):
    long = Mandate("By order of the court. " * 170, "Photographs only. " * 220, "one", "2026-11-01T08:00:00Z")
    told = counted([table(3)])
    chosen = replace(told, basis=replace(told.basis, query="term:bruise"))
    page = make_collection_document(chosen, find_maps_showing_all(), replace(FRONT, mandate=long))
    words, sizes = words_of(render_pdf(page), tmp_path)
    assert outside(words, sizes) == []
    first = " ".join(each.text for each in words if each.page == 1)
    for said in (
        "term:bruise",
        "Examiner One (leads the case)",
        "Period of examination",
        "could not be opened",
    ):
        assert said in first
    assert "Place, date, signature:" in " ".join(each.text for each in words)
