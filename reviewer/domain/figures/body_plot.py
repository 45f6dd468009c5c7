"""The body map as a plot: Regions shaded by the share of those in whom they could be judged."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from reviewer.domain.figures.figures import Figure, Table
from reviewer.domain.figures.svg_sheet import (
    FONT_SIZE,
    LINE_HEIGHT,
    PRINT_COLOURS,
    HitArea,
    Plot,
    PlotColours,
    SvgSheet,
    measure_text_width,
    mix_shade,
    wrap_text,
)
from reviewer.domain.vocabulary.body_map import BodyMap, MapPolygon

SHADE_CLASSES = 5
_LIGHTEST = 0.14
_EDGE, _SWATCH = 4.0, 22.0
_LEGEND = 210.0
_SMALLEST, _LARGEST = 0.3, 0.8
_FEWEST_JUDGED = 10  # below so many who could be judged, a share says little
_HAND_POSITIONS = (20.0, 232.0)  # below which hands the sides are named, in the units of the maps
_FIGURES_IN_FIRST_ROW = 2  # so many figures stand in the first row, beside the legend
_SIDES = {"L": "left", "R": "right"}
FigurePlacement = tuple[float, float, float]
"""Where the left upper corner of a figure lies, and its scale."""
_SCALE_MAXIMA = (0.5, 1, 2.5, 5, 10, 25, 50, 100)


def list_shades(ink: PlotColours) -> tuple[str, ...]:
    """The colours of the classes, from the least share to the greatest, in equal steps."""
    step = (1 - _LIGHTEST) / (SHADE_CLASSES - 1)
    return tuple(mix_shade(ink, _LIGHTEST + step * place) for place in range(SHADE_CLASSES))


def plot_body_map(
    table: Table, maps: Sequence[BodyMap], ink: PlotColours = PRINT_COLOURS, width: int = 680
) -> Plot:
    """The first two figures side by side, the legend to their right, all others in a row below. Keys of the
    table end in "/" and a Region.

    The classes are equal parts of what is rounded up from the greatest share. What nobody could judge is
    hatched, and never white; a share of fewer than ten is shaded and hatched.
    """
    by_region = {figure.key.rpartition("/")[2]: figure for figure in table.figures}
    top = _round_up_share(by_region.values())
    first, others = maps[:_FIGURES_IN_FIRST_ROW], maps[_FIGURES_IN_FIRST_ROW:]
    room = (width - _LEGEND - 4 * _EDGE) / sum(body_map.width for body_map in first)
    scale = min(_LARGEST, max(_SMALLEST, room))
    sheet = SvgSheet(ink)
    x, drawn = _draw_row(sheet, first, by_region, top, (_EDGE, _EDGE, scale))
    below = max(drawn, _draw_legend(sheet, table, top, by_region, x))
    right = x + _LEGEND
    if others:
        room = (max(width, right) - _EDGE * (len(others) + 1)) / sum(body_map.width for body_map in others)
        _x, below = _draw_row(sheet, others, by_region, top, (_EDGE, below + _EDGE, min(scale, room)))
    return sheet.make_plot(table.title, max(width, right), below + _EDGE)


def _round_up_share(figures: Iterable[Figure]) -> float:
    """The greatest share in percent, rounded up to a number that divides well."""
    greatest = max((figure.of_all.percent or 0.0 for figure in figures), default=0.0)
    return next(top for top in _SCALE_MAXIMA if greatest <= top + 1e-9)


def find_shade_class(figure: Figure | None, top: float) -> int | None:
    """Return 0 to 4; -1 where nothing is present; None where the Region could never be judged."""
    if figure is None or not (figure.present or figure.absent):
        return None
    share = figure.of_all.percent or 0.0
    return min(SHADE_CLASSES - 1, math.ceil(share / top * SHADE_CLASSES - 1e-9) - 1)


def _draw_row(
    sheet: SvgSheet, maps: Sequence[BodyMap], by_region: Mapping[str, Figure], top: float, at: FigurePlacement
) -> tuple[float, float]:
    """Figures side by side from a corner on; where the row ends at the right, and below."""
    x, y, scale = at
    for body_map in maps:
        _draw_figure(sheet, body_map, by_region, top, (x, y, scale))
        x += body_map.width * scale + _EDGE
    return x, y + max((drawn.height * scale for drawn in maps), default=0) + LINE_HEIGHT + _EDGE


def _draw_figure(
    sheet: SvgSheet, body_map: BodyMap, by_region: Mapping[str, Figure], top: float, at: FigurePlacement
) -> None:
    for outline in body_map.outlines:
        sheet.polygon(_place_polygon(outline, at), "none", sheet.ink.line)
    for shape in (*body_map.again, *body_map.shapes):
        figure = by_region.get(shape.region)
        points = _place_polygon(shape.polygon, at)
        _draw_shape(sheet, points, find_shade_class(figure, top), _is_judged_by_few(figure))
        if figure is not None:
            sheet.place(_make_hit_area(figure.key, points))
    _draw_caption(sheet, body_map, at)


def _draw_caption(sheet: SvgSheet, body_map: BodyMap, at: FigurePlacement) -> None:
    """The sides below the hands of a whole figure: of the front the right of the body is on the left of the
    picture. Below any other figure what it shows."""
    left, above, scale = at
    y = above + body_map.height * scale + LINE_HEIGHT
    if body_map.view in {"front", "back"}:
        for side, middle in zip(body_map.sides, _HAND_POSITIONS, strict=True):
            word = _SIDES[side]
            sheet.text(max(left, left + middle * scale - measure_text_width(word) / 2), y, word, quiet=True)
        return
    first, last = body_map.sides or ("", "")
    whole = f"{first} {body_map.name.lower()} {last}".strip()
    room = body_map.width * scale
    word = next(
        (caption for caption in (whole, body_map.name.lower()) if measure_text_width(caption) <= room), ""
    )
    if word:
        sheet.text(left + (room - measure_text_width(word)) / 2, y, word, quiet=True)


def _is_judged_by_few(figure: Figure | None) -> bool:
    return figure is not None and 0 < figure.of_all.of < _FEWEST_JUDGED


def _draw_shape(
    sheet: SvgSheet, points: tuple[tuple[float, float], ...], kind: int | None, few: bool
) -> None:
    sheet.polygon(points, _choose_fill_colour(sheet.ink, kind), sheet.ink.line)
    if kind is None:
        sheet.draw_hatching(points, sheet.ink.untold)
    elif few and kind >= 0:
        sheet.draw_hatching(points, sheet.ink.untold if kind < SHADE_CLASSES // 2 else sheet.ink.paper)


def _place_polygon(polygon: MapPolygon, at: FigurePlacement) -> tuple[tuple[float, float], ...]:
    left, above, scale = at
    return tuple((left + x * scale, above + y * scale) for x, y in polygon)


def _make_hit_area(key: str, points: tuple[tuple[float, float], ...]) -> HitArea:
    xs, ys = zip(*points, strict=True)
    return HitArea(key, min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys), points)


def _draw_legend(
    sheet: SvgSheet, table: Table, top: float, by_region: Mapping[str, Figure], left: float
) -> float:
    """The limits of each class and how many Regions are in it; returns where it ends."""
    y = FONT_SIZE + _EDGE
    for line in wrap_text(
        f"Share of all {table.unit} counted in whom something was found there", _LEGEND - _EDGE
    ):
        sheet.text(left, y, line)
        y += LINE_HEIGHT
    y += _EDGE
    kinds = [find_shade_class(figure, top) for figure in by_region.values()]
    for kind in (*range(SHADE_CLASSES - 1, -1, -1), -1, None):
        count = kinds.count(kind)
        if kind is None:
            sheet.draw_inconclusive(left, y - 10, _SWATCH, 12)
        else:
            sheet.box(left, y - 10, _SWATCH, 12, _choose_fill_colour(sheet.ink, kind), sheet.ink.line)
        sheet.text(left + _SWATCH + 8, y, f"{_describe_class(kind, top)}: {count:,}", quiet=True)
        y += LINE_HEIGHT + 6
    notes = ["After the colon: regions."]
    if any(_is_judged_by_few(figure) and figure.present for figure in by_region.values()):
        notes.append(f"Shaded and hatched: fewer than {_FEWEST_JUDGED} {table.unit} are counted.")
    for note in notes:
        for line in wrap_text(note, _LEGEND - _EDGE):
            sheet.text(left, y, line, quiet=True)
            y += LINE_HEIGHT
    return y


def _choose_fill_colour(ink: PlotColours, kind: int | None) -> str:
    return ink.paper if kind is None or kind < 0 else list_shades(ink)[kind]


def _describe_class(kind: int | None, top: float) -> str:
    if kind is None:
        return "nobody could judge"
    if kind < 0:
        return "present in nobody"
    low, high = top * kind / SHADE_CLASSES, top * (kind + 1) / SHADE_CLASSES
    return f"over {low:g} to {high:g} %"
