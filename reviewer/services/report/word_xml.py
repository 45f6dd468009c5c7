"""Paragraphs and tables in the words of ECMA-376 (WordprocessingML), as text that is parsed once.

A table of thousands of rows is one text: asking python-docx for each cell takes time by the square of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from reviewer.domain.figures.passages import Passage, begins_arabic, runs_from_right, split_into_passages

WIDTH = 9638
"""Between the margins, in twentieths of a point: 170 mm."""
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ARABIC = "ar-SY"
FIGURE, FRAME = "Figure", "FrameCell"
"""Styles of paragraphs that wait for a picture: a drawing, a small photograph."""
PICTURE_PARAGRAPHS = f'.//w:p[w:pPr/w:pStyle[@w:val="{FIGURE}" or @w:val="{FRAME}"]]'
REPLACEMENT_SIGN = "\ufffd"
NOT_ALLOWED_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML 1.0 (section 2.2) cannot hold."""
_BREAKS = re.compile(r"(\r\n|[\r\n\t])")
_GAP = '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'
"""Two tables with no paragraph between them are one table."""
_TABLE_END = f"</w:tbl>{_GAP}"


def make_paragraph(text: str, style: str, *, is_justified: bool = False, on_new_page: bool = False) -> str:
    """A paragraph in its own direction, each passage in its own; `is_justified` where it begins in Arabic."""
    justified = '<w:jc w:val="both"/>' if is_justified and begins_arabic(text) else ""
    return _make_styled_paragraph(text, style, "<w:pageBreakBefore/>" if on_new_page else "", justified)


def make_page_break() -> str:
    return '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'


def _make_styled_paragraph(text: str, style: str, before: str, after: str) -> str:
    direction = "<w:bidi/>" if runs_from_right(text) else ""
    kept = f'<w:pPr><w:pStyle w:val="{style}"/>{before}{direction}{after}</w:pPr>'
    return f"<w:p>{kept}{make_runs(text)}</w:p>"


def make_line(content: str, style: str) -> str:
    """A paragraph of runs and fields, from left to right, to be parsed by itself."""
    return f'<w:p {NAMESPACE}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def replace_controls(text: str) -> str:
    """The text with U+FFFD for each sign that XML cannot hold."""
    return NOT_ALLOWED_IN_XML.sub(REPLACEMENT_SIGN, text)


def make_runs(text: str) -> str:
    """The text in runs of one direction, without what XML cannot hold."""
    return "".join(_make_run(passage) for passage in split_into_passages(replace_controls(text)))


def _make_run(passage: Passage) -> str:
    language = f'<w:lang w:bidi="{ARABIC}"/>' if passage.is_arabic else ""
    kept = f"<w:rPr><w:rtl/>{language}</w:rPr>" if passage.from_right else ""
    return f"<w:r>{kept}{''.join(map(_make_piece, _BREAKS.split(passage.text)))}</w:r>"


def _make_piece(text: str) -> str:
    if text == "\t":
        return "<w:tab/>"
    if text in {"\n", "\r", "\r\n"}:
        return "<w:br/>"
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


def make_field(instruction: str) -> str:
    """A number that the word processor puts in: PAGE, NUMPAGES."""
    return f"<w:fldSimple w:instr={quoteattr(instruction)}><w:r><w:t>1</w:t></w:r></w:fldSimple>"


def make_table(
    head: Sequence[str], rows: Iterable[Sequence[str]], parts: Sequence[int], *, numbers: bool
) -> Iterator[str]:
    """A table whose head is printed again on each page; `parts` are those of the width."""
    widths = _share_width(parts)
    styles = ["Cell", *(("CellNumber" if numbers else "Cell") for _column in head[1:])]
    heads = ["CellHead", *(("CellHeadNumber" if numbers else "CellHead") for _column in head[1:])]
    yield _begin_table(widths, has_head=True)
    yield _make_row(head, heads, widths, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
    for row in rows:
        yield _make_row(row, styles, widths, "")
    yield _TABLE_END


def make_key_values(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A table of names and values, without a head."""
    widths = _share_width((35, 65))
    yield _begin_table(widths, has_head=False)
    for row in rows:
        yield _make_row(row, ("FactCell", "FactCell"), widths, "")
    yield _TABLE_END


def make_picture_frames(captions: Sequence[str], beside: int) -> Iterator[str]:
    """A table without lines: cells with room for a picture and what is said of it; `beside` in a row."""
    widths = _share_width([1] * beside)
    yield _begin_table(widths, has_head=False, style="TableNormal")
    for first in range(0, len(captions), beside):
        framed = [
            make_paragraph("", FRAME) + make_paragraph(text, "CaptionCell")
            for text in captions[first:][:beside]
        ]
        framed += [make_paragraph("", "CaptionCell")] * (beside - len(framed))
        cells = (_make_cell(width, content) for width, content in zip(widths, framed, strict=True))
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"
    yield _TABLE_END


def _share_width(parts: Sequence[int]) -> list[int]:
    return [WIDTH * part // sum(parts) for part in parts]


def _begin_table(widths: Sequence[int], *, has_head: bool, style: str = "ReportTable") -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = f'<w:tblLook w:val="{"0020" if has_head else "0000"}" w:firstRow="{int(has_head)}"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def _make_cell(width: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _make_row(cells: Sequence[str], styles: Sequence[str], widths: Sequence[int], kept: str) -> str:
    written = (
        _make_cell(width, _make_cell_paragraph(text, style))
        for text, style, width in zip(cells, styles, widths, strict=True)
    )
    return f"<w:tr>{kept}{''.join(written)}</w:tr>"


def _make_cell_paragraph(text: str, style: str) -> str:
    """Right means the end of the line: in a cell that runs from the right the same side has another name."""
    mirrored = '<w:jc w:val="left"/>' if style.endswith("Number") and runs_from_right(text) else ""
    return _make_styled_paragraph(text, style, "", mirrored)
