"""The body map as a plot: Regions shaded by the share of those in whom they could be judged."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from reviewer.domain.figures.figures import Figure, Table
from reviewer.domain.figures.svg_sheet import (
    LINE,
    PRINT,
    SIZE,
    Ink,
    Place,
    Plot,
    Sheet,
    shade,
    width_of,
    wrapped,
)
from reviewer.domain.vocabulary.body_map import BodyMap, Polygon

CLASSES = 5
_LIGHTEST = 0.14
_EDGE, _SWATCH = 4.0, 22.0
_LEGEND = 210.0
_SMALLEST, _LARGEST = 0.3, 0.8
_FEW = 10  # below so many who could be judged, a share says little
_HANDS = (20.0, 232.0)  # below which hands the sides are named, in the units of the maps
_FIRST = 2  # so many figures stand in the first row, beside the legend
_SIDES = {"L": "left", "R": "right"}
Spot = tuple[float, float, float]
"""Where the left upper corner of a figure lies, and its scale."""
_TOPS = (0.5, 1, 2.5, 5, 10, 25, 50, 100)


def shades(ink: Ink) -> tuple[str, ...]:
    """The colours of the classes, from the least share to the greatest, in equal steps."""
    step = (1 - _LIGHTEST) / (CLASSES - 1)
    return tuple(shade(ink, _LIGHTEST + step * place) for place in range(CLASSES))


def body(table: Table, maps: Sequence[BodyMap], ink: Ink = PRINT, width: int = 680) -> Plot:
    """The first two figures side by side, the legend to their right, all others in a row below. Keys of the
    table end in "/" and a Region.

    The classes are equal parts of what is rounded up from the greatest share. What nobody could judge is
    hatched, and never white; a share of fewer than ten is shaded and hatched.
    """
    by_region = {figure.key.rpartition("/")[2]: figure for figure in table.figures}
    top = _top(by_region.values())
    first, others = maps[:_FIRST], maps[_FIRST:]
    room = (width - _LEGEND - 4 * _EDGE) / sum(each.width for each in first)
    scale = min(_LARGEST, max(_SMALLEST, room))
    sheet = Sheet(ink)
    x, drawn = _row(sheet, first, by_region, top, (_EDGE, _EDGE, scale))
    below = max(drawn, _legend(sheet, table, top, by_region, x))
    right = x + _LEGEND
    if others:
        room = (max(width, right) - _EDGE * (len(others) + 1)) / sum(each.width for each in others)
        _x, below = _row(sheet, others, by_region, top, (_EDGE, below + _EDGE, min(scale, room)))
    return sheet.plot(table.title, max(width, right), below + _EDGE)


def _top(figures: Iterable[Figure]) -> float:
    """The greatest share in percent, rounded up to a number that divides well."""
    greatest = max((figure.of_all.percent or 0.0 for figure in figures), default=0.0)
    return next(top for top in _TOPS if greatest <= top + 1e-9)


def class_of(figure: Figure | None, top: float) -> int | None:
    """0 to 4; -1 where nothing is present; None where nobody could judge."""
    if figure is None or not (figure.present or figure.absent):
        return None
    share = figure.of_all.percent or 0.0
    return min(CLASSES - 1, math.ceil(share / top * CLASSES - 1e-9) - 1)


def _row(
    sheet: Sheet, maps: Sequence[BodyMap], by_region: Mapping[str, Figure], top: float, at: Spot
) -> tuple[float, float]:
    """Figures side by side from a corner on; where the row ends at the right, and below."""
    x, y, scale = at
    for body_map in maps:
        _figure(sheet, body_map, by_region, top, (x, y, scale))
        x += body_map.width * scale + _EDGE
    return x, y + max((each.height * scale for each in maps), default=0) + LINE + _EDGE


def _figure(sheet: Sheet, body_map: BodyMap, by_region: Mapping[str, Figure], top: float, at: Spot) -> None:
    for outline in body_map.outlines:
        sheet.polygon(_moved(outline, at), "none", sheet.ink.line)
    for shape in (*body_map.again, *body_map.shapes):
        figure = by_region.get(shape.region)
        points = _moved(shape.polygon, at)
        _shape(sheet, points, class_of(figure, top), _is_few(figure))
        if figure is not None:
            sheet.place(_place(figure.key, points))
    _caption(sheet, body_map, at)


def _caption(sheet: Sheet, body_map: BodyMap, at: Spot) -> None:
    """The sides below the hands of a whole figure: of the front the right of the body is on the left of the
    picture. Below any other figure what it shows."""
    left, above, scale = at
    y = above + body_map.height * scale + LINE
    if body_map.view in {"front", "back"}:
        for side, middle in zip(body_map.sides, _HANDS, strict=True):
            word = _SIDES[side]
            sheet.text(max(left, left + middle * scale - width_of(word) / 2), y, word, quiet=True)
        return
    first, last = body_map.sides or ("", "")
    whole = f"{first} {body_map.name.lower()} {last}".strip()
    room = body_map.width * scale
    word = next((each for each in (whole, body_map.name.lower()) if width_of(each) <= room), "")
    if word:
        sheet.text(left + (room - width_of(word)) / 2, y, word, quiet=True)


def _is_few(figure: Figure | None) -> bool:
    return figure is not None and 0 < figure.of_all.of < _FEW


def _shape(sheet: Sheet, points: tuple[tuple[float, float], ...], kind: int | None, few: bool) -> None:
    sheet.polygon(points, _fill(sheet.ink, kind), sheet.ink.line)
    if kind is None:
        sheet.hatched(points, sheet.ink.untold)
    elif few and kind >= 0:
        sheet.hatched(points, sheet.ink.untold if kind < CLASSES // 2 else sheet.ink.paper)


def _moved(polygon: Polygon, at: Spot) -> tuple[tuple[float, float], ...]:
    left, above, scale = at
    return tuple((left + x * scale, above + y * scale) for x, y in polygon)


def _place(key: str, points: tuple[tuple[float, float], ...]) -> Place:
    xs, ys = zip(*points, strict=True)
    return Place(key, min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys), points)


def _legend(sheet: Sheet, table: Table, top: float, by_region: Mapping[str, Figure], left: float) -> float:
    """The limits of each class and how many Regions are in it; returns where it ends."""
    y = SIZE + _EDGE
    for line in wrapped(
        f"Share of all {table.unit} counted in whom something was found there", _LEGEND - _EDGE
    ):
        sheet.text(left, y, line)
        y += LINE
    y += _EDGE
    kinds = [class_of(figure, top) for figure in by_region.values()]
    for kind in (*range(CLASSES - 1, -1, -1), -1, None):
        count = kinds.count(kind)
        if kind is None:
            sheet.untold(left, y - 10, _SWATCH, 12)
        else:
            sheet.box(left, y - 10, _SWATCH, 12, _fill(sheet.ink, kind), sheet.ink.line)
        sheet.text(left + _SWATCH + 8, y, f"{_named(kind, top)}: {count:,}", quiet=True)
        y += LINE + 6
    notes = ["After the colon: regions."]
    if any(_is_few(figure) and figure.present for figure in by_region.values()):
        notes.append(f"Shaded and hatched: fewer than {_FEW} {table.unit} are counted.")
    for note in notes:
        for line in wrapped(note, _LEGEND - _EDGE):
            sheet.text(left, y, line, quiet=True)
            y += LINE
    return y


def _fill(ink: Ink, kind: int | None) -> str:
    return ink.paper if kind is None or kind < 0 else shades(ink)[kind]


def _named(kind: int | None, top: float) -> str:
    if kind is None:
        return "nobody could judge"
    if kind < 0:
        return "present in nobody"
    low, high = top * kind / CLASSES, top * (kind + 1) / CLASSES
    return f"over {low:g} to {high:g} %"
