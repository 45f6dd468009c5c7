"""Body maps: schematic figures whose closed shapes are the Regions, and which Region lies under a point."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree as Xml

from reviewer.domain.vocabulary.coverage import region_of_coverage_key

_SVG = "{http://www.w3.org/2000/svg}"
_GRID_STEPS = 24
_PATH = re.compile(r"^M((?:-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?)(?: L-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?)*) Z$")

MapPoint = tuple[float, float]
MapPolygon = tuple[MapPoint, ...]


@dataclass(frozen=True)
class RegionShape:
    """A closed polygon of a Region, or of one side of it, in the map's own units; `key` as in Coverage."""

    key: str
    polygon: MapPolygon

    @cached_property
    def region(self) -> str:
        """The Region it belongs to."""
        return region_of_coverage_key(self.key)

    @cached_property
    def area(self) -> float:
        """Its area, in the map's own units squared."""
        return compute_polygon_area(self.polygon)

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies within it; most lie outside its box, which is asked first."""
        left, top, right, bottom = self._box
        return left <= x <= right and top <= y <= bottom and polygon_contains(self.polygon, x, y)

    @cached_property
    def _box(self) -> tuple[float, float, float, float]:
        xs, ys = zip(*self.polygon, strict=True)
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True)
class BodyMap:
    """One figure. `shapes` has each of its Regions (or sides of them) once; `again` shows what belongs to
    another figure, so that it can be pointed at here too; `outlines` belong to no Region.

    `name` is what stands below it; `sides` are the sides of the body at the left and the right of the
    picture, ("R", "L") where it is seen from the front, empty where it shows one side only.
    """

    view: str
    name: str
    sides: tuple[str, ...]
    width: float
    height: float
    shapes: tuple[RegionShape, ...]
    again: tuple[RegionShape, ...]
    outlines: tuple[MapPolygon, ...]

    def shows(self, region: str) -> bool:
        """Whether a Region, or a side of one, is drawn on it."""
        return any(region in {shape.key, shape.region} for shape in (*self.shapes, *self.again))

    def find_point_in(self, shape: RegionShape) -> MapPoint:
        """Find a point that lies in a shape: the middle of its box, or the nearest to it that lies in no
        smaller shape. ValueError if the shape has no such point."""
        xs, ys = zip(*shape.polygon, strict=True)
        middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
        steps = [place / _GRID_STEPS for place in range(1, _GRID_STEPS)]
        grid = [
            (min(xs) + (max(xs) - min(xs)) * i, min(ys) + (max(ys) - min(ys)) * j)
            for i in steps
            for j in steps
        ]
        hits = [point for point in (middle, *grid) if self.key_at(*point) == shape.key]
        if not hits:
            raise ValueError(f"{shape.key} cannot be pointed at")
        return min(hits, key=lambda point: math.dist(point, middle))

    def key_at(self, x: float, y: float) -> str | None:
        """Return the key, as in Coverage, of what lies under a point; of the smallest where shapes
        overlap, as the eyeball in the orbit."""
        hits = [shape for shape in (*self.shapes, *self.again) if shape.contains(x, y)]
        return min(hits, key=lambda shape: shape.area).key if hits else None


@dataclass(frozen=True)
class MapPage:
    """Figures that are seen together."""

    key: str
    name: str
    maps: tuple[BodyMap, ...]

    def shows(self, region: str) -> bool:
        """Whether a Region, or a side of one, is drawn on one of the figures."""
        return any(body_map.shows(region) for body_map in self.maps)


def body_map_from_svg(svg: str, view: str) -> BodyMap:
    """Read a map; ValueError names a shape that is not one closed path of straight lines."""
    root = Xml.fromstring(svg)  # noqa: S314 (our own resource, never a file of a Case)
    _x, _y, width, height = (float(number) for number in root.attrib["viewBox"].split())
    groups = {group.attrib["class"]: list(group) for group in root.iter(f"{_SVG}g")}
    return BodyMap(
        view=view,
        name=root.attrib["data-name"],
        sides=tuple(root.attrib["data-sides"].split()),
        width=width,
        height=height,
        shapes=tuple(_parse_shape(path.attrib["id"], path) for path in groups["regions"]),
        again=tuple(_parse_shape(path.attrib["data-region"], path) for path in groups.get("again", ())),
        outlines=tuple(_parse_polygon("an outline", path.attrib["d"]) for path in groups["outline"]),
    )


def _parse_shape(key: str, path: Xml.Element) -> RegionShape:
    return RegionShape(key, _parse_polygon(key, path.attrib["d"]))


def _parse_polygon(name: str, path: str) -> MapPolygon:
    found = _PATH.match(path)
    points = tuple(_parse_point(pair) for pair in found.group(1).split(" L")) if found else ()
    if len(points) < 3:
        raise ValueError(f"{name} is not one closed path of straight lines")
    return points


def _parse_point(pair: str) -> MapPoint:
    x, y = pair.split(",")
    return float(x), float(y)


def polygon_contains(polygon: MapPolygon, x: float, y: float) -> bool:
    """Whether a point lies within a polygon, by the even-odd rule (a ray to the right)."""
    inside = False
    for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def compute_polygon_area(polygon: MapPolygon) -> float:
    """The area of a simple polygon, by the shoelace formula."""
    pairs = zip(polygon, (*polygon[1:], polygon[0]), strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2
