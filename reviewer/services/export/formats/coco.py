"""COCO export: Marks as boxes and polygons, for programs that train or compare detectors.

The format is that of the COCO data sets (cocodataset.org, "Data format", object detection). It knows no
"absent" and takes a listed photograph without annotations for one with nothing on it: so only photographs
with Marks are listed. It knows no examiner either: what several drew on one photograph would be taken for
several things, so that each examiner has a file. Why upright, and why images go by their hashes:
docs/decisions/0049.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import BinaryIO

from reviewer.domain.geometry.mark import Mark
from reviewer.domain.geometry.outline import compute_outline_area, has_area, polygon_from_mark
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat
from reviewer.services.export.json_stream import JsonListWriter, JsonObject
from reviewer.services.export.marked_images import (
    CornerTransform,
    describe_file,
    describe_image,
    list_examiners,
    list_labels,
    make_corner_transform,
    transform_box,
)
from reviewer.services.jobs import JobControl
from reviewer.storage.whole_photos import ExportedPhoto


def _make(found: Contents, folder: ExportFolder, control: JobControl, *, upright: bool) -> None:
    categories = _make_categories(found)
    examiners = list_examiners(found)
    with ExitStack() as files:
        opened = [files.enter_context(folder.file(name)) for name in _make_file_names(len(examiners))]
        sets = {
            examiner: _CocoFile(found, file, examiner, categories, upright=upright)
            for examiner, file in zip(examiners, opened, strict=True)
        }
        for whole in found.photos(control):
            for reading in whole.readings:
                sets[reading.examiner].add(whole, reading)
        for coco_file in sets.values():
            coco_file.end()


def _make_file_names(count: int) -> list[str]:
    if count == 1:
        return ["annotations.json"]
    return [f"annotations-{number}.json" for number in range(1, count + 1)]


class _CocoFile:
    """One file: what one Examiner drew. `upright`: boxes lie on the photograph as EXIF turns it."""

    def __init__(
        self, found: Contents, file: BinaryIO, examiner: str, categories: list[JsonObject], *, upright: bool
    ) -> None:
        self._found, self._upright = found, upright
        self._categories = {category["name"]: category["id"] for category in categories}
        self._images: list[JsonObject] = []
        told = describe_file(found, examiner, upright=upright)
        head = {"info": told, "licenses": [], "categories": categories}
        self._annotations = JsonListWriter(file, head, "annotations")

    def add(self, whole: ExportedPhoto, reading: Reading) -> None:
        marked = [(finding, mark) for finding in reading.present for mark in finding.marks]
        numbers = {}
        for page in sorted({mark.page for _finding, mark in marked}):
            numbers[page] = len(self._images) + 1
            picture = describe_image(self._found, whole, page, upright=self._upright)
            self._images.append({"id": numbers[page], **picture})
        for finding, mark in marked:
            place = make_corner_transform(whole.photo.picture(mark.page), upright=self._upright)
            ids = {"id": self._annotations.count + 1, "image_id": numbers[mark.page]}
            told = _make_annotation(self._found, reading, finding, mark, place)
            self._annotations.add({**ids, "category_id": self._categories[finding.term], **told})

    def end(self) -> None:
        self._annotations.end({"images": self._images})


def _make_categories(found: Contents) -> list[JsonObject]:
    return [
        {"id": number, "name": key, "supercategory": group, "title": found.vocabulary.term_name(key)}
        for number, (key, group) in enumerate(list_labels(found), start=1)
    ]


def _make_annotation(
    found: Contents, reading: Reading, finding: Finding, mark: Mark, place: CornerTransform
) -> JsonObject:
    """Box, outline and area, each corner placed on the grid of the export, and what COCO has no word for."""
    corners = list(map(place, polygon_from_mark(mark)))
    return {
        "bbox": list(transform_box(mark, place)),
        "segmentation": [[value for corner in corners for value in corner]],
        "area": compute_outline_area(corners),
        "iscrowd": 0,
        "shape": str(mark.shape),
        "has_area": has_area(mark),
        "finding_id": finding.id,
        "answer": str(finding.answer),
        "certainty": finding.certainty_told,
        "certainty_stated": finding.certainty_stated,
        "regions": list(finding.regions),
        "examiner": found.examiner_name(reading.examiner),
        "examiner_id": reading.examiner,
        "reading_state": str(reading.state),
        "carried_from": reading.carried_from,
    }


_WHAT = (
    "annotations.json in the format of the COCO data sets: the marks of confirmed findings that are present "
    "or non-specific, each with box, polygon and area, its term as category; certainty, regions, examiner "
    "and SHA-256 in fields of their own; where several examiners have readings, annotations-N.json of each; "
    "images go by their SHA-256, with source and path beside it; "
)
_LOSSES = (
    "findings without marks, absent and not assessable answers, copied findings nobody confirmed, "
    "photographs without marks (a listed one without annotations would mean that nothing is there), notes, "
    "measurements; ellipses become polygons of 64 corners, lines, points and strokes ribbons one pixel wide; "
    "of a file with several pictures each marked one is an image, those after the first with their page"
)

FORMAT = ExportFormat(
    "coco",
    "COCO marks, upright",
    f"{_WHAT}boxes lie on the upright photograph, as programs see it that apply the EXIF orientation",
    _LOSSES,
    partial(_make, upright=True),
)
RECORDED_FORMAT = ExportFormat(
    "coco-recorded",
    "COCO marks, as recorded",
    f"{_WHAT}boxes lie on the pixels of the file, for programs that do not apply the EXIF orientation",
    _LOSSES,
    partial(_make, upright=False),
)
