"""A page is the same bytes each time, PDF/A with its fonts inside, or one HTML file that loads nothing."""

import io
import re
from html.parser import HTMLParser

import pytest
from PIL import Image
from pypdf import PdfReader

from reviewer.domain.figures.document import (
    BulletList,
    Document,
    DocumentDrawing,
    DocumentHeading,
    DocumentPicture,
    DocumentPictureRow,
    DocumentTable,
    KeyValues,
    PageBreak,
    Paragraph,
)
from reviewer.services.report.html import render_html
from reviewer.services.report.pdf import render_pdf

NAME = "اسم عبد الله ٢١٥"
HOSTILE = '#panic("x") *bold* <script>alert(1)</script> & $x$ [a] \\ @ref'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="9" height="9"/></svg>'


def small_jpeg():
    written = io.BytesIO()
    Image.new("RGB", (32, 24), (90, 100, 110)).save(written, "JPEG")
    return written.getvalue()


@pytest.fixture(scope="module")
def page():
    return Document(
        f"Report {HOSTILE}",
        "A subtitle",
        "2026-11-26",
        "Case · entry 12",
        (
            DocumentHeading("Limits"),
            BulletList(("One limit.", HOSTILE)),
            Paragraph("A sentence.", quiet=True),
            KeyValues((("Name in records", NAME), ("Number", "215-12?"))),
            DocumentTable(("finding", "present"), (("bruise", "12"),) * 80),
            DocumentDrawing(SVG, "A drawing"),
            PageBreak(),
            DocumentPictureRow((DocumentPicture(small_jpeg(), f"1 {HOSTILE}"),) * 5),
        ),
    )


@pytest.fixture(scope="module")
def read(page):
    return PdfReader(io.BytesIO(render_pdf(page)))


def test_the_same_page_gives_the_same_bytes(page):
    assert render_pdf(page) == render_pdf(page)
    assert render_html(page) == render_html(page)


def test_it_says_that_it_is_pdf_a_and_has_its_fonts_inside(page, read):
    content = render_pdf(page)
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in content
    fonts = {}
    for sheet in read.pages:
        for font in (sheet["/Resources"].get("/Font") or {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            fonts[inner["/FontName"]] = {"/FontFile2", "/FontFile3"} & set(inner)
    assert len(fonts) >= 2
    assert all(fonts.values())


def test_its_date_is_that_of_what_it_rests_on(read):
    assert read.metadata.creation_date_raw.startswith("D:20261126")


def test_text_is_data_and_never_markup(read):
    text = "\n".join(sheet.extract_text() for sheet in read.pages)
    assert '#panic("x") *bold* <script>alert(1)</script> & $x$ [a] \\ @ref' in " ".join(text.split())


def test_a_table_has_its_head_on_each_page(read):
    with_rows = [sheet.extract_text() for sheet in read.pages if "bruise" in sheet.extract_text()]
    assert len(with_rows) > 1
    assert all("finding" in text for text in with_rows)


def test_arabic_letters_are_joined():
    """Joined letters are other glyphs than the same letters apart."""
    assert set(glyphs_of("محمد")) != set(glyphs_of("م ح م د"))
    assert set(glyphs_of("abcd")) == set(glyphs_of("abcd"))


def glyphs_of(text):
    made = PdfReader(io.BytesIO(render_pdf(Document("t", "", "2026-11-26", "", (Paragraph(text),)))))
    content = made.pages[0].get_contents().get_data()
    return re.findall(rb"<([0-9A-Fa-f]{4,})>|\(((?:\\.|[^\\)])*)\)", content)


class Read(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"src", "href", "action"}]

    def handle_data(self, data):
        self.text.append(data)


def test_html_loads_nothing_and_runs_nothing(page):
    read = Read()
    read.feed(render_html(page).decode("utf-8"))
    assert "script" not in read.tags
    assert all(link.startswith("data:image/jpeg;base64,") for link in read.links)
    assert read.tags.count("img") == 5
    assert HOSTILE in "".join(read.text)
    assert NAME in "".join(read.text)
    assert f'<td dir="auto" lang="ar">{NAME}</td>'.encode() in render_html(page)
    assert b"default-src 'none'" in render_html(page)
    assert "svg" in read.tags


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "By the court (المحكمة الأولى) & no other",
            '<p dir="auto">By the court (<span lang="ar">المحكمة الأولى</span>) &amp; no other</p>',
        ),
        (
            "أمر المحكمة <Branch 215> اليوم",
            '<p dir="auto" lang="ar">أمر المحكمة &lt;<span lang="en">Branch 215</span>&gt; اليوم</p>',
        ),
        ("3 × 4 cm – no more", '<p dir="auto">3 × 4 cm – no more</p>'),
        ("صورة 12", '<p dir="auto" lang="ar">صورة 12</p>'),
    ],
)
def test_html_says_of_each_passage_in_which_language_it_is(text, said):
    page = Document(text, text, "2026-11-26", text, (Paragraph(text),))
    made = render_html(page).decode("utf-8")
    assert made.count(said) == 2, "as a paragraph and as the line below the title"
    inner = said.removeprefix("<p").removesuffix("</p>")
    assert f"<h1{inner}</h1>" in made
    assert f"<footer{inner}</footer>" in made


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("照片 ثم", "U+7167, U+7247"),
        ("a note \U0001f600", "U+1F600"),
        ("\ue000 of nobody", "U+E000"),
        ("a bell \x07", "U+0007"),
        ("\U0001f468\u200d\U0001f469", "U+1F468"),
    ],
)
def test_what_no_typeface_has_is_a_square_and_named_and_everything_else_is_set(text, codes):
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="9">{text[:1]}</text></svg>'
    )
    blocks = (
        Paragraph(f"Before {text} after"),
        DocumentTable(("a", text), ((text, "b"),)),
        DocumentDrawing(svg, text),
    )
    if "\x07" in text:
        blocks = blocks[:2]
    said = (
        PdfReader(io.BytesIO(render_pdf(Document(text, "", "2026-11-26", text, blocks))))
        .pages[0]
        .extract_text()
    )
    assert "\u25a1" in said
    assert codes in " ".join(said.split())
    assert "Before" in said and "after" in said


def test_where_every_sign_has_a_shape_nothing_is_said_of_it(read):
    assert not any("\u25a1" in sheet.extract_text() for sheet in read.pages)
