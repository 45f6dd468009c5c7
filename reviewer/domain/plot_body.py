"""The body map as a plot: Regions shaded by the share of those in whom they could be judged."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from reviewer.domain.body_map import BodyMap, Polygon
from reviewer.domain.figures import Figure, Table
from reviewer.domain.plot_sheet import LINE, PRINT, SIZE, Ink, Place, Plot, Sheet, shade, width_of, wrapped

CLASSES = 5
_LIGHTEST = 0.14
_EDGE, _SWATCH = 4.0, 22.0
_LEGEND = 210.0
_SMALLEST, _LARGEST = 0.3, 0.8
_FEW = 10  # below so many who could be judged, a share says little
_HANDS = (20.0, 232.0)  # below which hands the sides are named, in the units of the maps
_TOPS = (0.5, 1, 2.5, 5, 10, 25, 50, 100)


def shades(ink: Ink) -> tuple[str, ...]:
    """The colours of the classes, from the least share to the greatest, in equal steps."""
    step = (1 - _LIGHTEST) / (CLASSES - 1)
    return tuple(shade(ink, _LIGHTEST + step * place) for place in range(CLASSES))


def body(table: Table, maps: Sequence[BodyMap], ink: Ink = PRINT, width: int = 680) -> Plot:
    """The figures side by side, the legend to their right. Keys of the table end in "/" and a Region.

    The classes are equal parts of what is rounded up from the greatest share. What nobody could judge is
    hatched, and never white; a share of fewer than ten is shaded and hatched.
    """
    by_region = {figure.key.rpartition("/")[2]: figure for figure in table.figures}
    top = _top(by_region.values())
    room = (width - _LEGEND - 4 * _EDGE) / sum(each.width for each in maps)
    scale = min(_LARGEST, max(_SMALLEST, room))
    sheet = Sheet(ink)
    x = _EDGE
    for body_map in maps:
        _figure(sheet, body_map, by_region, top, x, scale)
        x += body_map.width * scale + _EDGE
    y = _legend(sheet, table, top, by_region, x)
    drawn = max((each.height * scale for each in maps), default=0) + LINE + 2 * _EDGE
    return sheet.plot(table.title, max(width, x + _LEGEND), max(drawn, y) + _EDGE)


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


def _figure(
    sheet: Sheet, body_map: BodyMap, by_region: Mapping[str, Figure], top: float, left: float, scale: float
) -> None:
    for outline in body_map.outlines:
        sheet.polygon(_moved(outline, left, scale), "none", sheet.ink.line)
    for shape in (*body_map.again, *body_map.shapes):
        figure = by_region.get(shape.region)
        points = _moved(shape.polygon, left, scale)
        _shape(sheet, points, class_of(figure, top), _is_few(figure))
        if figure is not None:
            sheet.place(_place(figure.key, points))
    # On the front figure the right of the body is on the left of the picture.
    y = _EDGE + body_map.height * scale + LINE
    for word, middle in zip(_sides(body_map), _HANDS, strict=True):
        room = width_of(word)
        sheet.text(max(left, left + middle * scale - room / 2), y, word, quiet=True)


def _sides(body_map: BodyMap) -> tuple[str, str]:
    return ("right", "left") if body_map.view == "front" else ("left", "right")


def _is_few(figure: Figure | None) -> bool:
    return figure is not None and 0 < figure.of_all.of < _FEW


def _shape(sheet: Sheet, points: tuple[tuple[float, float], ...], kind: int | None, few: bool) -> None:
    sheet.polygon(points, _fill(sheet.ink, kind), sheet.ink.line)
    if kind is None:
        sheet.hatched(points, sheet.ink.untold)
    elif few and kind >= 0:
        sheet.hatched(points, sheet.ink.untold if kind < CLASSES // 2 else sheet.ink.paper)


def _moved(polygon: Polygon, left: float, scale: float) -> tuple[tuple[float, float], ...]:
    return tuple((left + x * scale, _EDGE + y * scale) for x, y in polygon)


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
