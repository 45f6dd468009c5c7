"""The body map of one person: where something was found, on the front, the back and what else it takes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reviewer.domain.figures.svg_sheet import LINE_HEIGHT, PRINT_COLOURS, Plot, PlotColours, SvgSheet
from reviewer.domain.vocabulary.body_map import BodyMap, MapPolygon

_EDGE = 6.0


def plot_person_regions(
    maps: Sequence[BodyMap], regions: Collection[str], ink: PlotColours = PRINT_COLOURS, width: int = 480
) -> Plot:
    """Regions with a finding are dark. Of figures seen from the front the body's right is on the left."""
    wanted, sheet = set(regions), SvgSheet(ink)
    across = sum(body_map.width for body_map in maps)
    scale = (width - _EDGE * (len(maps) + 1)) / across if across else 1.0
    left = _EDGE
    for body_map in maps:
        for outline in body_map.outlines:
            sheet.polygon(_place_polygon(outline, left, scale), "none", ink.line)
        for shape in (*body_map.again, *body_map.shapes):
            fill = ink.present if shape.region in wanted else ink.paper
            sheet.polygon(_place_polygon(shape.polygon, left, scale), fill, ink.line)
        sheet.text(left, body_map.height * scale + _EDGE + LINE_HEIGHT, body_map.name.lower(), quiet=True)
        left += body_map.width * scale + _EDGE
    height = max((body_map.height for body_map in maps), default=0) * scale + 2 * _EDGE + LINE_HEIGHT
    return sheet.make_plot("Regions with a finding that is present", width, height)


def _place_polygon(polygon: MapPolygon, left: float, scale: float) -> tuple[tuple[float, float], ...]:
    return tuple((left + x * scale, _EDGE + y * scale) for x, y in polygon)
