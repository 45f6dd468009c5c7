"""A report as PDF/A-2a, set by Typst: without system fonts, without the network, without a file in between.

The same page gives the same bytes. All text goes in as data and never as markup; photographs go in inside
SVG, because Typst takes files in memory as text only.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from functools import singledispatch
from typing import Any

import typst

from reviewer.domain.errors import KnownError
from reviewer.domain.page import (
    Block,
    Drawing,
    Facts,
    Grid,
    Heading,
    NewPage,
    Page,
    Paragraph,
    Pictures,
    Points,
)
from reviewer.system.resources import resource

STANDARD = "a-2a"
"""ISO 19005-2, level A: fonts embedded, text as text and in reading order, each picture with words for it."""
_VIEW_BOX = re.compile(r'<svg[^>]* viewBox="0 0 ([\d.]+) ([\d.]+)"')
_TALLEST = 180 / 170
"""How tall a drawing may be, in parts of the width between the margins (170 mm, report.typ): 180 mm."""
_compile: Callable[..., Any] = typst.compile  # its types do not know files in memory


def pdf(page: Page) -> bytes:
    """The bytes of the PDF. KnownError if it cannot be set."""
    files: dict[str, bytes] = {"main.typ": resource("report", "report.typ").read_bytes()}
    blocks = [_told(block, files) for block in page.blocks]
    told = {
        "title": page.title,
        "subtitle": page.subtitle,
        "date": page.date,
        "foot": page.foot,
        "blocks": blocks,
    }
    files["report.json"] = json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8")
    try:
        fonts = [str(resource("fonts"))]
        made = _compile(
            files, format="pdf", pdf_standards=STANDARD, ignore_system_fonts=True, font_paths=fonts
        )
    except typst.TypstError as error:
        raise KnownError(f"The report cannot be set as PDF: {error}.", code="report") from error
    if not isinstance(made, bytes):
        raise KnownError("The report cannot be set as PDF.", code="report")
    return made


@singledispatch
def _told(block: Block, _files: dict[str, bytes]) -> dict[str, Any]:
    """A block as data; its drawings and pictures are put among the files."""
    raise TypeError(block)


@_told.register
def _heading(block: Heading, _files: dict[str, bytes]) -> dict[str, Any]:
    return {"kind": "heading", "text": block.text, "level": block.level}


@_told.register
def _paragraph(block: Paragraph, _files: dict[str, bytes]) -> dict[str, Any]:
    return {"kind": "paragraph", "text": block.text, "quiet": block.quiet}


@_told.register
def _points(block: Points, _files: dict[str, bytes]) -> dict[str, Any]:
    return {"kind": "points", "items": list(block.items)}


@_told.register
def _facts(block: Facts, _files: dict[str, bytes]) -> dict[str, Any]:
    return {"kind": "facts", "rows": [list(row) for row in block.rows]}


@_told.register
def _grid(block: Grid, _files: dict[str, bytes]) -> dict[str, Any]:
    widths = block.widths or (3, *(1 for _column in block.head[1:]))
    rows = [list(row) for row in block.rows]
    kept = {"head": list(block.head), "rows": rows, "numbers": block.numbers, "widths": list(widths)}
    return {"kind": "grid", **kept}


@_told.register
def _drawing(block: Drawing, files: dict[str, bytes]) -> dict[str, Any]:
    name = _put(files, block.svg.encode("utf-8"))
    share = _share_that_fits(block)
    return {"kind": "drawing", "file": name, "says": block.says, "share": share}


def _share_that_fits(drawing: Drawing) -> float:
    """In percent of the width between the margins: less than was asked for where the drawing would be taller
    than a page with a heading and its notes has room for."""
    size = _VIEW_BOX.search(drawing.svg)
    if size is None:
        return drawing.share
    wide, tall = float(size[1]), float(size[2])
    return min(drawing.share, round(100 * _TALLEST * wide / tall, 2)) if tall > 0 else drawing.share


@_told.register
def _some(block: Pictures, files: dict[str, bytes]) -> dict[str, Any]:
    items = [{"file": _put(files, _as_svg(each.jpeg)), "caption": each.caption} for each in block.items]
    return {"kind": "pictures", "items": items}


@_told.register
def _new_page(_block: NewPage, _files: dict[str, bytes]) -> dict[str, Any]:
    return {"kind": "page"}


def _put(files: dict[str, bytes], content: bytes) -> str:
    name = f"{len(files)}.svg"
    files[name] = content
    return name


def _as_svg(jpeg: bytes) -> bytes:
    """A picture in a frame of four by three, whole and in its own proportions."""
    data = base64.b64encode(jpeg).decode("ascii")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300" viewBox="0 0 400 300">'
        f'<image width="400" height="300" href="data:image/jpeg;base64,{data}"/></svg>'
    ).encode("ascii")
