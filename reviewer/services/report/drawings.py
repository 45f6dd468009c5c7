"""Drawings on a page: how large one may be, and one as a picture for forms that know no SVG."""

from __future__ import annotations

import re

from reviewer.domain.errors import KnownError
from reviewer.domain.figures.document import DocumentDrawing
from reviewer.services.report.typesetting import TypesettingFailed, compile_typst

WIDTH_MM = 170
"""Between the margins of A4 (report.typ)."""
_TALLEST_DRAWING = 180 / WIDTH_MM
"""How tall a drawing may be, in parts of that width."""
_VIEW_BOX = re.compile(r'<svg[^>]* viewBox="0 0 ([\d.]+) ([\d.]+)"')
_DOTS = 200.0
"""To the inch: a line of print stays sharp, and a drawing of half a page has 60 KB."""


def find_fitting_share(drawing: DocumentDrawing) -> float:
    """Return the share of the width between the margins, in percent: less than asked for where the drawing
    would be taller than the room on a page with a heading and notes."""
    size = _VIEW_BOX.search(drawing.svg)
    if size is None:
        return drawing.share
    wide, tall = float(size[1]), float(size[2])
    return min(drawing.share, round(100 * _TALLEST_DRAWING * wide / tall, 2)) if tall > 0 else drawing.share


def render_png(drawing: DocumentDrawing) -> bytes:
    """The drawing on white, at the width it has on the page; the same bytes each time. KnownError if it
    cannot be drawn."""
    width = WIDTH_MM * find_fitting_share(drawing) / 100
    page = f"#set page(width: {width:.2f}mm, height: auto, margin: 0mm, fill: white)"
    main = f'{page}\n#image("drawing.svg", width: 100%)\n'
    files = {"main.typ": main.encode(), "drawing.svg": drawing.svg.encode("utf-8")}
    try:
        return compile_typst(files, format="png", ppi=_DOTS)[0]
    except TypesettingFailed as error:
        raise KnownError(f"A drawing of the report cannot be made: {error}.", code="report") from error
