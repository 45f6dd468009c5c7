"""A report as PDF/A-2a, set by Typst: without system fonts, without the network, without a file in between.

The same page gives the same bytes. All text goes in as data and never as markup; photographs go in inside
SVG, because Typst takes files in memory as text only.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from reviewer.domain.errors import KnownError
from reviewer.domain.figures.document import (
    BulletList,
    Document,
    DocumentBlock,
    DocumentDrawing,
    DocumentHeading,
    DocumentPictureRow,
    DocumentTable,
    KeyValues,
    PageBreak,
    Paragraph,
    list_blocks_for_record,
)
from reviewer.services.report.drawings import find_fitting_share
from reviewer.services.report.typesetting import TypesettingFailed, compile_typst
from reviewer.system.resources import find_resource

PDF_STANDARD = "a-2a"
"""ISO 19005-2, level A: fonts embedded, text as text and in reading order, each picture with words for it."""
_NO_GLYPH_MESSAGE = re.compile(r'(?:the text|contains the codepoint) `"(.+?)"`')
_ESCAPED_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
SQUARE, _MOST_TRIES = "\u25a1", 5
_PREVIEW_DOTS = 110.0
"""To the inch: a page is then about as wide as it is shown, with large type too."""


def render_pdf(page: Document) -> bytes:
    """The bytes of the PDF. KnownError if it cannot be set.

    What no face of the report has (most scripts, pictographs) stands as a square, and a sentence at the end
    names each by its number: PDF/A knows no letter without a shape. HTML has them all.
    """
    return _set_with_squares(page)[0]


@dataclass(frozen=True)
class PdfPreview:
    """The first page as a PNG, how many pages the PDF has, and how many bytes."""

    first_page: bytes
    pages: int
    size: int


def preview_pdf(page: Document) -> PdfPreview:
    """The PDF that `render_pdf` would make, looked at and not kept. KnownError if it cannot be set."""
    content, missing = _set_with_squares(page)
    try:
        pictures = compile_typst(_make_files(page, missing), format="png", ppi=_PREVIEW_DOTS)
    except TypesettingFailed as error:
        raise _make_error(str(error)) from error
    return PdfPreview(pictures[0], len(pictures), len(content))


def find_signs_without_shape(page: Document) -> tuple[str, ...]:
    """Return the signs on a page that no typeface of the program has, in the order in which they are met."""
    return _set_with_squares(page)[1]


def format_sign_numbers(signs: Iterable[str]) -> str:
    """Format signs by their numbers: "U+7167, U+1F468+U+200D"."""
    return ", ".join("+".join(f"U+{ord(sign):04X}" for sign in text) for text in signs)


def _set_with_squares(page: Document) -> tuple[bytes, tuple[str, ...]]:
    missing: dict[str, None] = {}
    for _try in range(_MOST_TRIES):
        try:
            return _typeset(_make_files(page, list(missing))), tuple(missing)
        except TypesettingFailed as error:
            found = [text for text in _find_without_glyph(error.diagnostic) if text not in missing]
            if not found:
                raise _make_error(str(error)) from error
            missing.update(dict.fromkeys(found))
    raise _make_error("its text has too many letters without a shape")


def _make_error(why: str) -> KnownError:
    return KnownError(f"The report cannot be set as PDF: {why}.", code="report")


def _typeset(files: dict[str, bytes]) -> bytes:
    (made,) = compile_typst(files, format="pdf", pdf_standards=PDF_STANDARD)
    return made


def _make_files(page: Document, missing: Sequence[str]) -> dict[str, bytes]:
    """What Typst is given, with a square in place of what is `missing`."""
    files: dict[str, bytes] = {"main.typ": find_resource("report", "report.typ").read_bytes()}
    end = (Paragraph(_explain_missing(missing), quiet=True),) if missing else ()
    blocks = [_block_to_data(block, files) for block in (*list_blocks_for_record(page), *end)]
    told = {
        "title": page.title,
        "subtitle": page.subtitle,
        "date": page.date,
        "foot": page.foot,
        "blocks": blocks,
    }
    files["report.json"] = json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8")
    if not missing:
        return files
    return {
        name: content
        if name == "main.typ"
        else replace_with_squares(content.decode("utf-8"), missing).encode("utf-8")
        for name, content in files.items()
    }


def replace_with_squares(text: str, signs: Sequence[str]) -> str:
    """Return the text, of a drawing or of JSON too, with a square in place of each of these signs."""
    forms = {form for sign in signs for form in (sign, json.dumps(sign, ensure_ascii=False)[1:-1])}
    any_of = re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))))
    return any_of.sub(SQUARE, text) if forms else text


def _explain_missing(missing: Sequence[str]) -> str:
    codes = format_sign_numbers(missing)
    return (
        f"Signs that no typeface of this report has stand as {SQUARE}. They are, by their numbers: {codes}."
    )


def _find_without_glyph(diagnostic: str) -> Iterator[str]:
    """Yield the texts for which Typst has no shape, each once."""
    for found in dict.fromkeys(_NO_GLYPH_MESSAGE.findall(diagnostic)):
        yield _ESCAPED_CODE.sub(lambda code: chr(int(code[1], 16)), found)


@singledispatch
def _block_to_data(block: DocumentBlock, _files: dict[str, bytes]) -> dict[str, Any]:
    """A block as data; its drawings and pictures are put among the files."""
    raise TypeError(block)


@_block_to_data.register
def _heading_to_data(block: DocumentHeading, _files: dict[str, bytes]) -> dict[str, Any]:
    return {"kind": "heading", "text": block.text, "level": block.level}


@_block_to_data.register
def _paragraph_to_data(block: Paragraph, _files: dict[str, bytes]) -> dict[str, Any]:
    return {"kind": "paragraph", "text": block.text, "quiet": block.quiet}


@_block_to_data.register
def _bullet_list_to_data(block: BulletList, _files: dict[str, bytes]) -> dict[str, Any]:
    return {"kind": "points", "items": list(block.items)}


@_block_to_data.register
def _key_values_to_data(block: KeyValues, _files: dict[str, bytes]) -> dict[str, Any]:
    return {"kind": "facts", "rows": [list(row) for row in block.rows]}


@_block_to_data.register
def _table_to_data(block: DocumentTable, _files: dict[str, bytes]) -> dict[str, Any]:
    widths = block.widths or (3, *(1 for _column in block.head[1:]))
    rows = [list(row) for row in block.rows]
    kept = {"head": list(block.head), "rows": rows, "numbers": block.numbers, "widths": list(widths)}
    return {"kind": "grid", **kept}


@_block_to_data.register
def _drawing_to_data(block: DocumentDrawing, files: dict[str, bytes]) -> dict[str, Any]:
    name = _add_file(files, block.svg.encode("utf-8"))
    share = find_fitting_share(block)
    return {"kind": "drawing", "file": name, "says": block.says, "share": share}


@_block_to_data.register
def _pictures_to_data(block: DocumentPictureRow, files: dict[str, bytes]) -> dict[str, Any]:
    items = [
        {"file": _add_file(files, _wrap_in_svg(item.jpeg)), "caption": item.caption} for item in block.items
    ]
    return {"kind": "pictures", "items": items}


@_block_to_data.register
def _page_break_to_data(_block: PageBreak, _files: dict[str, bytes]) -> dict[str, Any]:
    return {"kind": "page"}


def _add_file(files: dict[str, bytes], content: bytes) -> str:
    name = f"{len(files)}.svg"
    files[name] = content
    return name


def _wrap_in_svg(jpeg: bytes) -> bytes:
    """A picture in a frame of four by three, whole and in its own proportions."""
    data = base64.b64encode(jpeg).decode("ascii")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300" viewBox="0 0 400 300">'
        f'<image width="400" height="300" href="data:image/jpeg;base64,{data}"/></svg>'
    ).encode("ascii")
