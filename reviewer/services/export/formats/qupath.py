"""QuPath export: Marks as annotations in GeoJSON, one file for each photograph, to be imported in QuPath.

Keys are those that QuPath 0.4 to 0.6 reads (qupath.lib.io, QuPathTypeAdapters and ROITypeAdapters), the
geometry is that of RFC 7946 but in pixels, from the upper left corner of the picture as it is recorded:
QuPath does not apply the EXIF orientation. Why, and how that was found out: docs/decisions/0044.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewer.domain.geometry.mark import Mark, MarkShape, page_to_body
from reviewer.domain.geometry.outline import OutlineCorner, polygon_from_mark
from reviewer.domain.names import make_printable
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat
from reviewer.services.export.json_stream import JsonObject, to_json_bytes
from reviewer.services.export.marked_images import (
    describe_file,
    describe_image,
    list_examiners,
    list_labels,
    separate_folders,
)
from reviewer.services.jobs import JobControl
from reviewer.storage.whole_photos import ExportedPhoto

_COLOURS = (
    (230, 159, 0),
    (86, 180, 233),
    (0, 158, 115),
    (240, 228, 66),
    (0, 114, 178),
    (213, 94, 0),
    (204, 121, 167),
)
"""Colours that people with any colour vision tell apart (Okabe and Ito, "Color Universal Design")."""


def make(found: Contents, folder: ExportFolder, control: JobControl) -> None:
    colours = _choose_group_colours(found)
    examiners = list_examiners(found)
    places = separate_folders(examiners)
    images: dict[str, list[JsonObject]] = {examiner: [] for examiner in examiners}
    for whole in found.photos(control):
        for reading in whole.readings:
            for page, features in _make_features(found, whole, reading, colours).items():
                told = describe_image(found, whole, page, upright=False)
                name = f"{told['file_name'].rpartition('.')[0]}.geojson"
                collection = {"type": "FeatureCollection", "features": features}
                folder.put(f"{places[reading.examiner]}{name}", to_json_bytes(collection) + b"\n")
                images[reading.examiner].append({**told, "annotations": name})
    for examiner in examiners:
        listed = {"info": describe_file(found, examiner, upright=False), "images": images[examiner]}
        folder.put(f"{places[examiner]}images.json", to_json_bytes(listed) + b"\n")


def _choose_group_colours(found: Contents) -> dict[str, Sequence[int]]:
    """Term (key) -> red, green, blue: one colour for the Terms of a group, as far as there are enough."""
    groups = {group.key: number for number, group in enumerate(found.vocabulary.term_groups)}
    numbers = {term.key: groups.get(term.group, 0) for term in found.vocabulary.terms}
    return {key: _COLOURS[numbers.get(key, 0) % len(_COLOURS)] for key, _group in list_labels(found)}


def _make_features(
    found: Contents, whole: ExportedPhoto, reading: Reading, colours: Mapping[str, Sequence[int]]
) -> dict[int, list[JsonObject]]:
    """Page -> a Feature for each Mark of what is present."""
    features: dict[int, list[JsonObject]] = {}
    for finding in reading.present:
        for mark in finding.marks:
            shown = found.vocabulary.term_name(finding.term)
            feature = {
                "type": "Feature",
                "id": found.uuid("mark", mark.id),
                "geometry": _make_geometry(mark),
                "properties": {
                    "objectType": "annotation",
                    "classification": {"name": make_printable(finding.term), "color": colours[finding.term]},
                    "name": make_printable(shown),
                    "isLocked": True,
                    "metadata": _make_metadata(found, whole, reading, finding, mark),
                },
            }
            features.setdefault(mark.page, []).append(feature)
    return features


def _make_metadata(
    found: Contents, whole: ExportedPhoto, reading: Reading, finding: Finding, mark: Mark
) -> dict[str, str]:
    """Make the metadata of a Mark. QuPath keeps texts only."""
    metadata = {
        "finding_id": finding.id,
        "answer": str(finding.answer),
        "certainty": finding.certainty_told,
        "regions": ";".join(finding.regions),
        "examiner": found.examiner_name(reading.examiner),
        "examiner_id": reading.examiner,
        "reading_state": str(reading.state),
        "carried_from": reading.carried_from,
        "drawn_as": str(mark.shape),
        "sha256": whole.photo.sha256,
        **page_to_body(mark.page),
    }
    return {key: make_printable(str(value)) for key, value in metadata.items()}


def _make_geometry(mark: Mark) -> JsonObject:
    """Where the Mark lies. What encloses nothing runs through the middles of its pixels."""
    middles = [[x + 0.5, y + 0.5] for x, y in mark.points]
    if mark.shape is MarkShape.POINT:
        return {"type": "Point", "coordinates": middles[0]}
    if mark.shape in {MarkShape.LINE, MarkShape.FREEHAND}:
        return {"type": "LineString", "coordinates": middles}
    drawn: JsonObject = {"type": "Polygon", "coordinates": [_close_ring(polygon_from_mark(mark))]}
    if mark.shape is MarkShape.ELLIPSE:
        drawn["isEllipse"] = True  # QuPath makes it of the box that holds the corners
    return drawn


def _close_ring(corners: Sequence[OutlineCorner]) -> list[list[float]]:
    """A closed ring, counterclockwise by its numbers (RFC 7946, section 3.1.6)."""
    following = [*corners[1:], corners[0]]
    twice = sum(x * y2 - x2 * y for (x, y), (x2, y2) in zip(corners, following, strict=True))
    turned = corners if twice >= 0 else [corners[0], *reversed(corners[1:])]
    return [[x, y] for x, y in [*turned, turned[0]]]


FORMAT = ExportFormat(
    "qupath",
    "QuPath annotations",
    "for each photograph with marks of confirmed findings that are present or non-specific a GeoJSON file, "
    "to be imported in QuPath when the photograph is open: polygons, ellipses, lines and points in pixels of "
    "the file, since QuPath does not apply the EXIF orientation; the term is the class; answer, certainty, "
    "regions, examiner and SHA-256 are metadata of each; images.json says which photograph is which; where "
    "several examiners have readings, a folder of each",
    "findings without marks, absent and not assessable answers, copied findings nobody confirmed, "
    "photographs without marks, qualifiers, notes, measurements; that rectangles were rectangles is in the "
    "metadata only",
    make,
)
