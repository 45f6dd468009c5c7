"""What RFC 7946 and QuPath ask of a file of annotations. QuPath itself, a desktop program, is not part of the
tests; its keys are those that its reader knows (qupath.lib.io, QuPathTypeAdapters and ROITypeAdapters)."""

import json
import math
from itertools import pairwise
from uuid import UUID

_PROPERTIES = {"objectType", "classification", "name", "isLocked", "metadata"}
_DEPTH = {"Point": 0, "LineString": 1, "Polygon": 2}


def read_annotations(path):
    """The Features of a file; AssertionError where a rule is broken."""
    told = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refused)
    assert set(told) == {"type", "features"}
    assert told["type"] == "FeatureCollection"
    for feature in told["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert UUID(feature["id"]).version == 5
        _check_geometry(feature["geometry"])
        _check_properties(feature["properties"])
    return told["features"]


def positions(geometry):
    """Every position of a geometry, one list."""
    deep = geometry["coordinates"]
    for _level in range(_DEPTH[geometry["type"]] - 1):
        deep = [inner for outer in deep for inner in outer]
    return deep if _DEPTH[geometry["type"]] else [deep]


def _refused(name):
    raise AssertionError(f"{name} is no JSON")


def _check_geometry(geometry):
    kind = geometry["type"]
    assert set(geometry) - {"isEllipse"} == {"type", "coordinates"}
    assert geometry.get("isEllipse", True) is True
    assert "isEllipse" not in geometry or kind == "Polygon"
    for position in positions(geometry):
        assert len(position) == 2
        assert all(isinstance(value, int | float) and math.isfinite(value) for value in position)
    if kind == "LineString":
        assert len(geometry["coordinates"]) >= 2
    if kind == "Polygon":
        (ring,) = geometry["coordinates"]
        assert len(ring) >= 4
        assert ring[0] == ring[-1]
        assert sum(x * y2 - x2 * y for (x, y), (x2, y2) in pairwise(ring)) >= 0


def _check_properties(told):
    assert set(told) == _PROPERTIES
    assert told["objectType"] == "annotation"
    assert isinstance(told["name"], str)
    assert isinstance(told["isLocked"], bool)
    assert set(told["classification"]) == {"name", "color"}
    assert isinstance(told["classification"]["name"], str)
    assert len(told["classification"]["color"]) == 3
    assert all(type(value) is int and 0 <= value <= 255 for value in told["classification"]["color"])
    assert all(isinstance(key, str) and isinstance(value, str) for key, value in told["metadata"].items())
