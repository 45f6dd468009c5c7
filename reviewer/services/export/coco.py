"""COCO export: Marks as boxes and polygons, for programs that train or compare detectors.

The format is that of the COCO data sets (cocodataset.org, "Data format", object detection). It knows no
"absent" and takes a listed photograph without annotations for one with nothing on it: so only photographs
with Marks are listed.
"""

from __future__ import annotations

from typing import Any

from reviewer.domain.mark import Mark, on_page
from reviewer.domain.outline import area, box, has_area, polygon
from reviewer.domain.reading import Finding, Reading
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import Folder
from reviewer.services.export.format import Format
from reviewer.services.export.json_stream import ListWriter
from reviewer.services.jobs import JobControl
from reviewer.storage.terms import terms_in_use
from reviewer.storage.whole_photos import WholePhoto


def make(found: Contents, folder: Folder, control: JobControl) -> None:
    categories = _categories(found)
    ids = {each["name"]: each["id"] for each in categories}
    head = {"info": _info(found), "licenses": [], "categories": categories}
    images: list[dict[str, Any]] = []
    with folder.file("annotations.json") as file:
        annotations = ListWriter(file, head, "annotations")
        for whole in found.photos(control):
            marked = [
                (reading, finding, mark)
                for reading in whole.readings
                for finding in reading.present
                for mark in finding.marks
            ]
            at = {
                page: len(images) + number
                for number, page in enumerate(sorted({mark.page for _r, _f, mark in marked}), start=1)
            }
            images += [_image(found, whole, number, page) for page, number in at.items()]
            for reading, finding, mark in marked:
                told = _annotation(found, reading, finding, mark)
                numbers = {"id": annotations.count + 1, "image_id": at[mark.page]}
                annotations.add({**numbers, "category_id": ids[finding.term], **told})
        annotations.end({"images": images})


def _info(found: Contents) -> dict[str, Any]:
    said = "Only photographs with marks are listed; points are pixels of the file before EXIF orientation"
    return {"description": said, "date_created": found.moment, **found.facts()}


def _categories(found: Contents) -> list[dict[str, Any]]:
    """The Terms of the vocabulary in its order, then those of other versions that were used."""
    vocabulary = found.vocabulary
    groups = {group.key: group.name for group in vocabulary.term_groups}
    known = [(term.key, groups.get(term.group, term.group)) for term in vocabulary.terms]
    others = [(key, "") for key in terms_in_use(found.connection) if vocabulary.term(key) is None]
    return [
        {"id": number, "name": key, "supercategory": group, "title": vocabulary.term_name(key)}
        for number, (key, group) in enumerate([*known, *others], start=1)
    ]


def _image(found: Contents, whole: WholePhoto, number: int, page: int) -> dict[str, Any]:
    """An image of COCO is one picture; `page` is said of those that are not the first of their file."""
    photo, picture = whole.photo, whole.photo.picture(page)
    source, path = found.place(whole.files[0]) if whole.files else ("", "")
    return {
        "id": number,
        "file_name": path,
        "width": picture.width,
        "height": picture.height,
        "source": source,
        "sha256": photo.sha256,
        "exif_orientation": picture.orientation,
        "damage": photo.damage,
        **on_page(page),
    }


def _annotation(found: Contents, reading: Reading, finding: Finding, mark: Mark) -> dict[str, Any]:
    """Box, outline and area in recorded pixels, and what COCO has no word for."""
    corners = polygon(mark)
    return {
        "bbox": list(box(mark.points)),
        "segmentation": [[value for corner in corners for value in corner]],
        "area": area(corners),
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


FORMAT = Format(
    "coco",
    "COCO marks",
    "annotations.json in the format of the COCO data sets: the marks of confirmed findings that are present "
    "or non-specific, each with box, polygon and area in recorded pixels, its term as category; certainty, "
    "regions, examiner and SHA-256 in fields of their own",
    "findings without marks, absent and not assessable answers, copied findings nobody confirmed, "
    "photographs without marks (a listed one without annotations would mean that nothing is there), notes, "
    "measurements; ellipses become polygons of 64 corners, lines, points and strokes ribbons one pixel wide; "
    "pixels are those before EXIF orientation; of a file with several pictures each marked one is an image, "
    "those after the first with their page",
    make,
)
