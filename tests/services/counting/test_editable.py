"""The editable form holds what the HTML form holds, block for block, and is read by another program."""

import hashlib
import io
import os
import pyexpat
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import docx as python_docx
import pytest
from docx.table import Table

from reviewer.domain.acts import acts
from reviewer.domain.figures.document import (
    BulletList,
    Document,
    DocumentDrawing,
    DocumentHeading,
    DocumentPicture,
    DocumentPictureRow,
    DocumentTable,
    KeyValues,
    Origin,
    OwnText,
    PageBreak,
    Paragraph,
)
from reviewer.domain.ledger.entry import Draft
from reviewer.services.jobs import JobControl
from reviewer.services.report import run, wording
from reviewer.services.report.editable import render_docx
from reviewer.services.report.html import render_html
from reviewer.services.report.pdf import render_pdf
from reviewer.services.report.run import ReportRequest, SheetPhotographs
from tests.services.report.test_pages import HOSTILE, NAME, SVG, small_jpeg
from tests.support.counting import ends, finds

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOTE = "لوحظت كدمة على الرقبة في الصورة IMG_2215.jpg يوم 12/08/2013."
ROOT = Path(__file__).parents[3]


ORIGIN = Origin("Case", 12, "ab12 cd34")


def page_of(*blocks, title="Report"):
    return Document(title, "A subtitle", "2026-11-26", "Case · entry 12", blocks, ORIGIN)


def everything():
    """A page with every kind of block."""
    return page_of(
        DocumentHeading("Limits"),
        BulletList(("One limit.", HOSTILE, NOTE)),
        DocumentHeading("A section", 2),
        DocumentHeading("Below it", 3),
        Paragraph("A sentence.", quiet=True),
        Paragraph(NOTE),
        Paragraph(f"The card says {NAME}, and nothing else."),
        KeyValues((("Name in records", NAME), ("Head", "ab12 cd34\nef56\t0078"))),
        KeyValues((("Signature", "_" * 36),)),
        DocumentTable(("finding", "present"), (("bruise", "12"), (NAME, NAME)) * 40),
        DocumentTable(
            ("photo", "name", "what"), (("1", " two  blanks ", ""),), numbers=False, widths=(5, 20, 75)
        ),
        DocumentDrawing(SVG, f"A drawing of {NAME}", 50),
        PageBreak(),
        DocumentHeading("Opinion"),
        OwnText("Text of the expert", 2),
        DocumentPictureRow(
            tuple(DocumentPicture(small_jpeg(), f"{number} {HOSTILE}") for number in range(5))
        ),
        PageBreak(),
        DocumentTable(("a",), (("b",),)),
        title=f"Report {HOSTILE}",
    )


class Said(HTMLParser):
    """Every text of an HTML form in order, a drawing's own texts and the style left out."""

    KEPT = ("h1", "h2", "h3", "h4", "p", "li", "td", "th", "figcaption")

    def __init__(self, content):
        super().__init__()
        self.texts, self._open = [], False
        self.feed(re.sub(r"<svg.*?</svg>", "", content.decode("utf-8"), flags=re.DOTALL))

    def handle_starttag(self, tag, _attributes):
        if tag in self.KEPT:
            self._open = True
            self.texts.append("")

    def handle_endtag(self, tag):
        if tag in self.KEPT:
            self._open = False

    def handle_data(self, data):
        if self._open:
            self.texts[-1] += data


def opened(content):
    return python_docx.Document(io.BytesIO(content))


def said_in(document):
    """Every text of the document in order, as python-docx reads it."""
    found = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            cells = [cell for row in part.rows for cell in row.cells]
            found += ["\n".join(each.text for each in cell.paragraphs) for cell in cells]
        else:
            found.append(part.text)
    return found


def words(texts):
    return [text.strip("\n") for text in texts if text.strip()]


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def same_as_html(page):
    told = words(said_in(opened(render_docx(page))))
    own = {wording.describe_editable(page.origin)}
    own |= {block.heading for block in page.blocks if isinstance(block, OwnText)}
    assert own <= set(told)
    assert [text for text in told if text not in own] == words(Said(render_html(page)).texts)


def test_it_holds_every_text_of_the_html_form_in_the_same_order():
    same_as_html(everything())


def test_so_do_the_reports_of_a_case(case, desk, people):
    finds(desk, people[0][0])
    ends(desk, [photo for person in people for photo in person])
    desk.submit(Draft(acts.NOTE_WRITTEN, people[0][0], {"text": f"A fold.\n{NOTE}"})).result()
    wish = ReportRequest("", (desk.examiner.id,), photographs=SheetPhotographs.SMALL)
    same_as_html(run.make_collection_report(case, wish, JobControl()))
    ((_name, page),) = run.make_sheets(case, wish, JobControl(), "person 0")
    same_as_html(page)
    told = said_in(opened(render_docx(page)))
    assert NOTE in told
    assert told.index("Opinion") < told.index(wording.OWN_TEXT) < told.index("Signature")
    assert told[told.index(wording.OWN_TEXT) + 1] == "", "room to write"


def test_the_forms_of_record_have_no_room_for_text():
    page, without = page_of(DocumentHeading("a"), OwnText("Mine")), page_of(DocumentHeading("a"))
    assert render_html(page) == render_html(without)
    assert render_pdf(page) == render_pdf(without)
    assert render_docx(page) != render_docx(without)
    assert set(run.OF_RECORD) == {".pdf", ".html"}, "what a court is given"


def test_page_1_says_that_it_is_no_record_and_of_what_it_was_made():
    first = [part.text for part in opened(render_docx(everything())).paragraphs][:3]
    assert first[2].startswith("This is the editable form")
    assert "no record" in first[2]
    assert "as of entry 12 of the ledger, whose fingerprint is ab12 cd34." in first[2]


def test_the_same_page_gives_the_same_bytes_whatever_the_machine_is_set_to():
    made = hashlib.sha256(render_docx(everything())).hexdigest()
    asked = (
        "import hashlib; from tests.services.counting.test_editable import render_docx, everything; "
        "print(hashlib.sha256(render_docx(everything())).hexdigest())"
    )
    for zone, locale, seed in (("Asia/Damascus", "ar_SY.UTF-8", "1"), ("America/St_Johns", "C", "2")):
        set_so = {
            "TZ": zone,
            "LC_ALL": locale,
            "LANG": locale,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(ROOT),
        }
        told = subprocess.run(
            [sys.executable, "-c", asked],
            cwd=ROOT,
            env={**os.environ, **set_so},
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.strip() == made


def test_no_time_but_that_of_the_last_entry_and_no_maker_stands_in_it():
    content = render_docx(everything())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    assert {each.date_time for each in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {each.compress_type for each in entries} == {zipfile.ZIP_STORED}
    kept = opened(content).core_properties
    assert (kept.created.isoformat()[:19], kept.modified.isoformat()[:19]) == ("2026-11-26T00:00:00",) * 2
    assert (kept.author, kept.last_modified_by, kept.language) == ("", "", "en-GB")
    assert kept.title == f"Report {HOSTILE}"
    assert not any(b"python-docx" in part for part in parts(content).values())


def test_it_loads_nothing_and_runs_nothing_and_every_part_is_sound():
    found = parts(render_docx(everything()))
    for name, content in found.items():
        if name.endswith((".xml", ".rels")):
            pyexpat.ParserCreate().Parse(content, True)
            assert b"TargetMode" not in content, "a relationship to something outside"
            assert not re.search(
                rb"vba|macro|activeX|oleObject|attachedTemplate|mailMerge", content, re.IGNORECASE
            )
    assert {name.rpartition(".")[2] for name in found} == {"xml", "rels", "png", "jpg"}


def test_headings_are_headings_and_a_new_page_begins_with_what_follows():
    paragraphs = opened(render_docx(everything())).paragraphs
    levels = {part.text: part.style.name for part in paragraphs if part.style.name.startswith("Heading")}
    assert levels == {
        "Limits": "Heading 1",
        "A section": "Heading 2",
        "Below it": "Heading 3",
        "Opinion": "Heading 1",
        "Text of the expert": "Heading 2",
    }
    broken = [part.text for part in paragraphs if part.paragraph_format.page_break_before]
    assert broken == ["Opinion"]
    assert sum('w:type="page"' in part._p.xml for part in paragraphs) == 1, "before the last table"


def test_every_page_has_title_case_foot_and_its_number():
    section = opened(render_docx(everything())).sections[0]
    (above,), (below,) = section.header.paragraphs, section.footer.paragraphs
    assert above.text == f"Report {HOSTILE}\tCase"
    assert below.text.startswith("Case · entry 12\tPage ")
    fields = [each.get(f"{W}instr") for each in below._p.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_table_repeats_its_head_is_as_wide_as_the_page_and_tables_stay_apart():
    document = opened(render_docx(everything()))
    tables = document.tables
    assert len(tables) == 6, "two that stand beside one another are two"
    heads = [
        [row for row in table._tbl.tr_lst if row.find(f".//{W}tblHeader") is not None] for table in tables
    ]
    assert [len(each) for each in heads] == [0, 0, 1, 1, 0, 1]
    assert all(table.rows[0]._tr is head[0] for table, head in zip(tables, heads, strict=True) if head)
    assert all(table._tbl.getnext().tag == f"{W}p" for table in tables), "Word makes one of two that touch"
    for table in tables:
        assert abs(sum(column.width.mm for column in table.columns) - 170) < 0.1
    shares = [column.width.mm / 1.7 for column in tables[3].columns]
    assert [round(each) for each in shares] == [5, 20, 75]
    bruise, number = tables[2].rows[1].cells
    assert (bruise.paragraphs[0].style.name, number.paragraphs[0].style.name) == ("Cell", "Cell Number")


def test_each_picture_has_words_and_fits_its_place():
    document = opened(render_docx(everything()))
    shown = list(
        document.element.body.iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
        )
    )
    told = [each.docPr.get("descr") for each in shown]
    assert told == [f"A drawing of {NAME}", *(f"{number} {HOSTILE}" for number in range(5))]
    assert len({each.docPr.get("id") for each in shown}) == 6
    assert all({each.get(side) for side in ("distT", "distB", "distL", "distR")} == {"0"} for each in shown)
    sizes = [(each.extent.cx / 36_000, each.extent.cy / 36_000) for each in shown]
    assert sizes[0] == pytest.approx((85, 42.5), abs=0.1)
    assert set(sizes[1:]) == {(39.0, 29.25)}


def test_arabic_runs_from_the_right_and_says_its_language():
    body = opened(render_docx(page_of(Paragraph(NOTE), BulletList((NOTE,)), Paragraph(f"Card: {NAME}, a"))))
    note, point, card = body.paragraphs[3:]
    for part in (note, point):
        assert part._p.pPr.find(f"{W}bidi") is not None
        assert part._p.pPr.find(f"{W}jc").get(f"{W}val") == "both"
    assert card._p.pPr.find(f"{W}bidi") is None
    assert runs_of(note) == [
        ("لوحظت كدمة على الرقبة في الصورة ", True),
        ("IMG_2215.jpg", False),
        (" يوم 12/08/2013.", True),
    ]
    assert runs_of(card) == [("Card: ", False), (NAME, True), (", a", False)]
    languages = {each.get(f"{W}bidi") for each in note._p.iter(f"{W}lang")}
    assert languages == {"ar-SY"}
    defaults = body.styles.element.find(f"{W}docDefaults")
    assert defaults.find(f".//{W}rFonts").get(f"{W}cs") == "Amiri"
    assert defaults.find(f".//{W}lang").get(f"{W}val") == "en-GB"


def runs_of(paragraph):
    return [(each.text, each._r.find(f"{W}rPr/{W}rtl") is not None) for each in paragraph.runs]


def test_a_number_column_stays_on_the_right_in_a_cell_that_runs_from_there():
    (table,) = opened(render_docx(page_of(DocumentTable(("a", "b"), ((NAME, NAME),))))).tables
    first, second = (cell.paragraphs[0]._p.pPr for cell in table.rows[1].cells)
    assert first.find(f"{W}jc") is None
    assert second.find(f"{W}jc").get(f"{W}val") == "left", "which is the right in what runs from the right"


def test_what_xml_cannot_hold_is_replaced_and_named():
    bell = "a bell \x07 and \ufffe"
    page = page_of(
        Paragraph(bell),
        DocumentDrawing(SVG, bell),
        DocumentPictureRow((DocumentPicture(small_jpeg(), bell),)),
        title=bell,
    )
    told = words(said_in(opened(render_docx(page))))
    assert told.count("a bell \ufffd and \ufffd") == 4
    assert told[-1] == wording.sentence("no_xml").format(sign="\ufffd", codes="U+0007, U+FFFE")
    assert not any("cannot hold" in text for text in said_in(opened(render_docx(everything()))))


def test_what_no_typeface_has_is_a_square_in_a_drawing_and_whole_elsewhere():
    def drawn(text):
        svg = SVG.replace("</svg>", f'<text y="15">{text} – é</text></svg>')
        content = render_docx(page_of(Paragraph("骨折"), DocumentDrawing(svg, "A drawing of 骨折")))
        return said_in(opened(content)), parts(content)["word/media/image1.png"]

    (told, picture), (_told, squares) = drawn("骨折"), drawn("□□")
    assert told[-1] == wording.sentence("no_shape").format(sign="□", codes="U+9AA8, U+6298")
    assert picture == squares
    assert "骨折" in told
    plain = said_in(opened(render_docx(page_of(Paragraph("骨折"), DocumentDrawing(SVG, "A drawing")))))
    assert plain[-1] == "A drawing"


def test_a_long_title_is_whole_where_it_is_read():
    title = "long " * 100
    document = opened(render_docx(page_of(title=title)))
    assert document.paragraphs[0].text == title
    assert len(document.core_properties.title) == 255
