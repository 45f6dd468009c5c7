"""A report as a document for the expert's own text (.docx, ECMA-376): real headings, tables whose heads
repeat, pictures with words for them, Arabic from right to left. No record: docs/decisions/0047.

The same page gives the same bytes: no time but a given one stands in it, and nothing in it is compressed,
since two builds of zlib need not agree. python-docx is loaded with the first report, not with the program.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from functools import singledispatch
from typing import TYPE_CHECKING

from reviewer.domain.figures.document import (
    BulletList,
    DocumentBlock,
    DocumentDrawing,
    DocumentHeading,
    DocumentPictureRow,
    DocumentTable,
    KeyValues,
    OwnText,
    PageBreak,
    Paragraph,
)
from reviewer.domain.figures.document import (
    Document as Page,
)
from reviewer.services.report import word_xml as word
from reviewer.services.report import wording
from reviewer.services.report.drawings import WIDTH_MM, find_fitting_share, render_png
from reviewer.services.report.pdf import (
    SQUARE,
    find_signs_without_shape,
    format_sign_numbers,
    replace_with_squares,
)
from reviewer.system.resources import find_resource
from reviewer.system.zipped_resources import make_timeless_entry, zip_resources

if TYPE_CHECKING:
    from docx.document import Document

_PICTURES_IN_A_ROW, _WIDEST_MM, _TALLEST_MM = 4, 39, 30
"""Small photographs in a row, and the frame of one."""
_SELDOM = re.compile("[^\x00-\u024f\u0600-\u06ff\u2000-\u206f]")
"""Beyond Latin, Arabic and signs of writing: whether the typefaces have it is asked."""
_TEXT = "word/document.xml"
_LONGEST_TITLE = 255  # characters of a property of a document (python-docx refuses more)


def render_docx(page: Page) -> bytes:
    """The bytes of the document. KnownError if a drawing of it cannot be made.

    What XML cannot hold (control signs) stands as U+FFFD, and a sentence at the end names each by its number;
    another names what no typeface has, a square in drawings.
    """
    from docx import Document

    body = _DocumentBody()
    _write_all(page, body)
    document = Document(io.BytesIO(_make_package(body.xml())))
    _put_pictures(document, body.pictures)
    _set_properties(document, page)
    written = io.BytesIO()
    document.save(written)
    return _repack(written)


def _write_all(page: Page, body: _DocumentBody) -> None:
    body.paragraph(page.title, "Title")
    if page.subtitle:
        body.paragraph(page.subtitle, "Subtitle")
    if page.origin is not None:
        body.paragraph(wording.describe_editable(page.origin), "Notice")
    squared = _find_signs_without_shape_in_drawings(page)
    for block in page.blocks:
        if isinstance(block, DocumentDrawing):
            block = replace(block, svg=replace_with_squares(block.svg, squared))
        _write_block(block, body)
    refused = dict.fromkeys(
        sign for text in _list_texts(page) for sign in word.NOT_ALLOWED_IN_XML.findall(text)
    )
    if refused:
        said = wording.sentence("no_xml").format(
            sign=word.REPLACEMENT_SIGN, codes=format_sign_numbers(refused)
        )
        body.paragraph(said, "Quiet")
    if squared:
        said = wording.sentence("no_shape").format(sign=SQUARE, codes=format_sign_numbers(squared))
        body.paragraph(said, "Quiet")


def _find_signs_without_shape_in_drawings(page: Page) -> tuple[str, ...]:
    doubtful = (
        block for block in page.blocks if isinstance(block, DocumentDrawing) and _SELDOM.search(block.svg)
    )
    drawn = tuple(doubtful)
    return find_signs_without_shape(Page("", "", page.date, "", drawn)) if drawn else ()


@dataclass(frozen=True)
class _PlacedPicture:
    """A picture for the next paragraph that holds one; `width` in mm, 0 for that of a small photograph."""

    content: bytes
    says: str
    width: float = 0


class _DocumentBody:
    """Takes the text of a document in order, and the pictures for its places. The text is parsed once, where
    it stays: to move a long table from one tree to another takes time by the square of its rows."""

    def __init__(self) -> None:
        self.pictures: list[_PlacedPicture] = []
        self.is_on_new_page = False
        self._parts: list[str] = []

    def paragraph(self, text: str, style: str, *, is_justified: bool = False) -> None:
        broken, self.is_on_new_page = self.is_on_new_page, False
        self._parts.append(word.make_paragraph(text, style, is_justified=is_justified, on_new_page=broken))

    def table(self, parts: Iterator[str]) -> None:
        if self.is_on_new_page:
            self._parts.append(word.make_page_break())
            self.is_on_new_page = False
        self._parts += parts

    def xml(self) -> str:
        return "".join(self._parts)


def _put_pictures(document: Document, pictures: Sequence[_PlacedPicture]) -> None:
    from docx.image.image import Image
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml.shape import CT_Inline
    from docx.parts.image import ImagePart
    from docx.shared import Mm

    holders = document.element.body.xpath(word.PICTURE_PARAGRAPHS)
    for number, (holder, put) in enumerate(zip(holders, pictures, strict=True), start=1):
        image = Image.from_blob(put.content)
        name = f"image{number}.{image.ext}"
        part = ImagePart.from_image(image, PackURI(f"/word/media/{name}"))
        related = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        wide, tall = image.px_width, image.px_height
        millimetres = (put.width or min(_WIDEST_MM, _TALLEST_MM * wide / tall)) / wide
        size = Mm(wide * millimetres), Mm(tall * millimetres)
        inline = CT_Inline.new_pic_inline(number, related, name, *size)
        inline.docPr.set("descr", word.replace_controls(put.says))
        for side in ("distT", "distB", "distL", "distR"):  # without them LibreOffice sets 3 mm
            inline.set(side, "0")
        holder.add_r().add_drawing(inline)


@singledispatch
def _write_block(block: DocumentBlock, _body: _DocumentBody) -> None:
    raise TypeError(block)


@_write_block.register
def _write_heading(block: DocumentHeading, body: _DocumentBody) -> None:
    body.paragraph(block.text, f"Heading{block.level}")


@_write_block.register
def _write_own_text(block: OwnText, body: _DocumentBody) -> None:
    body.paragraph(block.heading, f"Heading{block.level}")
    body.paragraph("", "ExpertText")


@_write_block.register
def _write_paragraph(block: Paragraph, body: _DocumentBody) -> None:
    body.paragraph(block.text, "Quiet" if block.quiet else "Normal", is_justified=not block.quiet)


@_write_block.register
def _write_bullet_list(block: BulletList, body: _DocumentBody) -> None:
    for item in block.items:
        body.paragraph(item, "ListBullet", is_justified=True)


@_write_block.register
def _write_key_values(block: KeyValues, body: _DocumentBody) -> None:
    body.table(word.make_key_values(block.rows))


@_write_block.register
def _write_table(block: DocumentTable, body: _DocumentBody) -> None:
    parts = block.widths or (3, *(1 for _column in block.head[1:]))
    body.table(word.make_table(block.head, block.rows, parts, numbers=block.numbers))


@_write_block.register
def _write_drawing(block: DocumentDrawing, body: _DocumentBody) -> None:
    width = WIDTH_MM * find_fitting_share(block) / 100
    body.paragraph("", word.FIGURE)
    body.pictures.append(_PlacedPicture(render_png(block), block.says, width))
    body.paragraph(block.says, "Caption")


@_write_block.register
def _write_pictures(block: DocumentPictureRow, body: _DocumentBody) -> None:
    """Write a table without lines: in each cell a photograph, below it its caption."""
    body.table(word.make_picture_frames([item.caption for item in block.items], _PICTURES_IN_A_ROW))
    body.pictures += (_PlacedPicture(item.jpeg, item.caption) for item in block.items)


@_write_block.register
def _write_page_break(_block: PageBreak, body: _DocumentBody) -> None:
    body.is_on_new_page = True


def _set_properties(document: Document, page: Page) -> None:
    """Title and date as properties; title above, foot and number below each page."""
    from docx.oxml import parse_xml

    day = datetime.fromisoformat(page.date)
    kept = document.core_properties
    kept.title = word.replace_controls(page.title)[:_LONGEST_TITLE]
    kept.subject = word.replace_controls(page.subtitle)[:_LONGEST_TITLE]
    kept.created = kept.modified = day
    section = document.sections[0]
    case = page.origin.case if page.origin is not None else ""
    above = page.title if case in page.title else f"{page.title}\t{case}"
    page_number = word.make_runs(chr(9) + "Page ") + word.make_field("PAGE")
    numbers = page_number + word.make_runs(" of ") + word.make_field("NUMPAGES")
    for part, xml in (
        (section.header, word.make_line(word.make_runs(above), "Header")),
        (section.footer, word.make_line(word.make_runs(page.foot) + numbers, "Footer")),
    ):
        part.is_linked_to_previous = False
        (empty,) = (paragraph._p for paragraph in part.paragraphs)
        empty.getparent().replace(empty, parse_xml(xml))


def _list_texts(value: object) -> Iterator[str]:
    """Every text of a page, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _list_texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _list_texts(getattr(value, field.name))


def _make_package(body: str) -> bytes:
    """A document of that text with the styles of reports, put together from its parts (resources)."""
    text = find_resource("report", "docx", *_TEXT.split("/")).read_bytes()
    text = text.replace(b"<w:sectPr>", body.encode("utf-8") + b"<w:sectPr>")
    return zip_resources("report", "docx", changed={_TEXT: text})


def _repack(document: io.BytesIO) -> bytes:
    """The same parts, as they are and of no time."""
    written = io.BytesIO()
    with zipfile.ZipFile(document) as made, zipfile.ZipFile(written, "w") as archive:
        for name in made.namelist():
            archive.writestr(make_timeless_entry(name), made.read(name))
    return written.getvalue()
