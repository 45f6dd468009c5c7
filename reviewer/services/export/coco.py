"""COCO export: Marks as boxes and polygons, for programs that train or compare detectors.

The format is that of the COCO data sets (cocodataset.org, "Data format", object detection). It knows no
"absent" and takes a listed photograph without annotations for one with nothing on it: so only photographs
with Marks are listed. It knows no examiner either: what several drew on one photograph would be taken for
several things, so that each examiner has a file. Why upright, and why images go by their hashes:
docs/decisions/0049.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Any, BinaryIO

from reviewer.domain.mark import Mark, on_page
from reviewer.domain.orientation import UPRIGHT, corner_to_upright
from reviewer.domain.outline import Corner, area, box, has_area, polygon
from reviewer.domain.photo import Photo
from reviewer.domain.reading import Finding, Reading
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import Folder
from reviewer.services.export.format import Format
from reviewer.services.export.json_stream import ListWriter
from reviewer.services.jobs import JobControl
from reviewer.storage import readings
from reviewer.storage.terms import terms_in_use
from reviewer.storage.whole_photos import WholePhoto

_ENDINGS = {"JPEG": "jpg", "PNG": "png", "TIFF": "tif", "BMP": "bmp", "GIF": "gif", "WEBP": "webp"}
"""Formats that the usual loaders open, by the ending that they know them by."""
Json = dict[str, Any]


def _make(found: Contents, folder: Folder, control: JobControl, *, upright: bool) -> None:
    categories = _categories(found)
    read = set(filter(found.scope.tells, readings.examiners(found.connection)))
    known = [id_ for id_ in found.examiners if id_ in read]
    whose = [*known, *sorted(read - set(known))] or [""]
    with ExitStack() as files:
        opened = [files.enter_context(folder.file(name)) for name in _names(len(whose))]
        sets = {
            examiner: _Set(found, file, examiner, categories, upright=upright)
            for examiner, file in zip(whose, opened, strict=True)
        }
        for whole in found.photos(control):
            for reading in whole.readings:
                sets[reading.examiner].add(whole, reading)
        for each in sets.values():
            each.end()


def _names(count: int) -> list[str]:
    if count == 1:
        return ["annotations.json"]
    return [f"annotations-{number}.json" for number in range(1, count + 1)]


class _Set:
    """One file: what one Examiner drew. `upright`: boxes lie on the photograph as EXIF turns it."""

    def __init__(
        self, found: Contents, file: BinaryIO, examiner: str, categories: list[Json], *, upright: bool
    ) -> None:
        self._found, self._upright = found, upright
        self._categories = {each["name"]: each["id"] for each in categories}
        self._images: list[Json] = []
        info = _info(found, examiner, upright)
        head = {"info": info, "licenses": [], "categories": categories}
        self._annotations = ListWriter(file, head, "annotations")

    def add(self, whole: WholePhoto, reading: Reading) -> None:
        marked = [(finding, mark) for finding in reading.present for mark in finding.marks]
        numbers = {}
        for page in sorted({mark.page for _finding, mark in marked}):
            numbers[page] = len(self._images) + 1
            self._images.append(_image(self._found, whole, numbers[page], page, self._upright))
        for finding, mark in marked:
            picture = whole.photo.picture(mark.page)
            turn = picture.orientation if self._upright else UPRIGHT
            place = partial(corner_to_upright, width=picture.width, height=picture.height, orientation=turn)
            ids = {"id": self._annotations.count + 1, "image_id": numbers[mark.page]}
            told = _annotation(self._found, reading, finding, mark, place)
            self._annotations.add({**ids, "category_id": self._categories[finding.term], **told})

    def end(self) -> None:
        self._annotations.end({"images": self._images})


def _info(found: Contents, examiner: str, upright: bool) -> Json:
    where = (
        "points are pixels of the photograph as its EXIF orientation turns it"
        if upright
        else "points are pixels of the file before EXIF orientation"
    )
    return {
        "description": f"Only photographs with marks are listed; {where}",
        "date_created": found.moment,
        "coordinates": "upright" if upright else "recorded",
        "examiner": found.examiner_name(examiner),
        "examiner_id": examiner,
        **found.facts(),
    }


def _categories(found: Contents) -> list[Json]:
    """The Terms of the vocabulary in its order, then those of other versions that were used."""
    vocabulary = found.vocabulary
    groups = {group.key: group.name for group in vocabulary.term_groups}
    known = [(term.key, groups.get(term.group, term.group)) for term in vocabulary.terms]
    others = [(key, "") for key in terms_in_use(found.connection) if vocabulary.term(key) is None]
    return [
        {"id": number, "name": key, "supercategory": group, "title": vocabulary.term_name(key)}
        for number, (key, group) in enumerate([*known, *others], start=1)
    ]


def _image(found: Contents, whole: WholePhoto, number: int, page: int, upright: bool) -> Json:
    """An image of COCO is one picture; `page` is said of those that are not the first of their file."""
    photo, picture = whole.photo, whole.photo.picture(page)
    source, path = found.place(whole.files[0]) if whole.files else ("", "")
    width, height = picture.upright_size if upright else (picture.width, picture.height)
    return {
        "id": number,
        "file_name": _file_name(photo, page),
        "width": width,
        "height": height,
        "source": source,
        "path": path,
        "sha256": photo.sha256,
        "exif_orientation": picture.orientation,
        "damage": photo.damage,
        **on_page(page),
    }


def _file_name(photo: Photo, page: int) -> str:
    """A name of small letters and digits that no other image has, whatever the file is called.

    A picture that loaders would not show, one behind the first or of a format they do not know, is to be put
    there as PNG.
    """
    if page > 1:
        return f"{photo.sha256}-page-{page}.png"
    ending = _ENDINGS.get(photo.format, "png") if not photo.shown_as else "png"
    return f"{photo.sha256}.{ending}"


def _annotation(
    found: Contents, reading: Reading, finding: Finding, mark: Mark, place: Callable[[Corner], Corner]
) -> Json:
    """Box, outline and area, each corner placed on the grid of the export, and what COCO has no word for."""
    corners = list(map(place, polygon(mark)))
    return {
        "bbox": _box(mark, place),
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


def _box(mark: Mark, place: Callable[[Corner], Corner]) -> list[float]:
    """Left, top, width, height of what holds the Mark, in whole pixels."""
    left, top, width, height = box(mark.points)
    (x1, y1), (x2, y2) = place((left, top)), place((left + width, top + height))
    return [min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)]


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

FORMAT = Format(
    "coco",
    "COCO marks, upright",
    f"{_WHAT}boxes lie on the upright photograph, as programs see it that apply the EXIF orientation",
    _LOSSES,
    partial(_make, upright=True),
)
RECORDED = Format(
    "coco-recorded",
    "COCO marks, as recorded",
    f"{_WHAT}boxes lie on the pixels of the file, for programs that do not apply the EXIF orientation",
    _LOSSES,
    partial(_make, upright=False),
)
