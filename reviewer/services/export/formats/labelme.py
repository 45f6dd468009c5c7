"""labelme export: one JSON file for each photograph with Marks, to be put beside a copy of the photograph.

labelme (checked against version 6.3) turns a photograph by its EXIF orientation before it shows it, so the
points here are pixels of the upright photograph.
"""

from __future__ import annotations

import json
from typing import Any

from reviewer.domain.geometry import orientation
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.geometry.outline import polygon_from_mark
from reviewer.domain.photos.photo import Photo
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat
from reviewer.services.export.source_locations import SourcePathAllocator
from reviewer.services.jobs import JobControl
from reviewer.storage.whole_photos import ExportedPhoto

_LABELME_VERSION = "5.0.0"
_SHAPE_TYPES = {
    MarkShape.RECTANGLE: "rectangle",
    MarkShape.ELLIPSE: "polygon",
    MarkShape.POLYGON: "polygon",
    MarkShape.FREEHAND: "linestrip",
    MarkShape.LINE: "line",
    MarkShape.POINT: "point",
}


def make(found: Contents, folder: ExportFolder, control: JobControl) -> None:
    places = SourcePathAllocator(found)
    renamed: list[dict[str, str]] = []
    for whole in found.photos(control):
        shapes = [
            _make_shape(found, whole.photo, reading, finding, mark)
            for reading in whole.readings
            for finding in reading.present
            for mark in finding.marks
            if mark.page == 1
        ]
        if shapes and whole.files:
            # the name of the photograph with .json, as labelme looks for it; or with more of the name
            folders, name = places.split(whole.files[0])
            wished = (name.rpartition(".")[0] or name, name)
            content = json.dumps(_make_document(name, whole, shapes), ensure_ascii=False, indent=1)
            place = places.take(folders, wished, whole.photo.sha256, ".json")
            folder.put(place.path, content.encode("utf-8") + b"\n")
            if place.is_renamed:
                source, path = found.source_and_path(whole.files[0])
                told = {"file": place.path, "source": source, "path": path, "sha256": whole.photo.sha256}
                renamed.append(told)
    about = {**found.about_facts(), **({"renamed": renamed} if renamed else {})}
    folder.put("about.json", json.dumps(about, ensure_ascii=False, indent=1).encode("utf-8") + b"\n")
    folder.renamed = len(renamed)


def _make_document(name: str, whole: ExportedPhoto, shapes: list[dict[str, Any]]) -> dict[str, Any]:
    width, height = whole.photo.upright_size
    return {
        "version": _LABELME_VERSION,
        "flags": {"damaged": True} if whole.photo.damage else {},
        "shapes": shapes,
        "imagePath": name,
        "imageData": None,
        "imageHeight": height,
        "imageWidth": width,
        "sha256": whole.photo.sha256,
        "damage": whole.photo.damage,
    }


def _make_shape(
    found: Contents, photo: Photo, reading: Reading, finding: Finding, mark: Mark
) -> dict[str, Any]:
    size = photo.width, photo.height, photo.orientation
    upright = Mark(mark.id, mark.shape, tuple(orientation.to_upright(point, *size) for point in mark.points))
    points = polygon_from_mark(upright) if mark.shape is MarkShape.ELLIPSE else upright.points
    examiner = found.examiner_name(reading.examiner)
    said = [found.vocabulary.term_name(finding.term), finding.answer, finding.certainty_in_words, examiner]
    return {
        "label": finding.term,
        "points": [list(point) for point in points],
        "group_id": None,
        "description": "; ".join(filter(None, said)),
        "shape_type": _SHAPE_TYPES[mark.shape],
        "flags": {},
        "mask": None,
        "finding_id": finding.id,
        "drawn_as": str(mark.shape),
        "certainty_stated": finding.certainty_stated,
        "examiner_id": reading.examiner,
        "reading_state": str(reading.state),
        "carried_from": reading.carried_from,
    }


FORMAT = ExportFormat(
    "labelme",
    "labelme marks",
    "for each photograph with marks of confirmed findings that are present or non-specific a JSON file of "
    "labelme, in folders like those of the source, to be put beside copies of the photographs; the label is "
    "the term",
    "marks on the second and further pictures of a file, which labelme does not show, "
    "photographs without marks, findings without marks, absent and not assessable answers, copied findings "
    "nobody confirmed, notes, regions, measurements; ellipses become polygons of 64 corners; only the first "
    "place of a photograph has a file; names that are no text, or have characters some system cannot keep, "
    "are written otherwise; points are pixels of the upright photograph",
    make,
)
