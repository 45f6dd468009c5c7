"""Marked photographs for programs that train or compare detectors: what the formats of these have in common.

Images go by their hashes, boxes lie on the upright photograph or on the recorded one, and what several
examiners drew is kept apart (docs/decisions/0049).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from reviewer.domain.geometry.mark import Mark, page_to_body
from reviewer.domain.geometry.orientation import UPRIGHT, corner_to_upright
from reviewer.domain.geometry.outline import OutlineCorner, compute_bounding_box
from reviewer.domain.photos.photo import Photo, PictureInFile
from reviewer.services.export.contents import Contents
from reviewer.services.export.json_stream import JsonObject
from reviewer.storage.reading import readings
from reviewer.storage.reading.terms import list_terms_in_use
from reviewer.storage.whole_photos import ExportedPhoto

_EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "TIFF": "tif", "BMP": "bmp", "GIF": "gif", "WEBP": "webp"}
"""Formats that the usual loaders open, by the ending that they know them by."""
CornerTransform = Callable[[OutlineCorner], OutlineCorner]


def list_examiners(found: Contents) -> list[str]:
    """Return the Examiners (ids) with chosen Readings, in the order of enrolment; "" if there are none."""
    read = set(filter(found.scope.includes_examiner, readings.load_examiners_with_readings(found.connection)))
    known = [id_ for id_ in found.examiners if id_ in read]
    return [*known, *sorted(read - set(known))] or [""]


def separate_folders(examiners: Sequence[str]) -> dict[str, str]:
    """Return the folder for each Examiner (id); "" if there is only one."""
    if len(examiners) == 1:
        return {examiners[0]: ""}
    return {examiner: f"examiner-{number}/" for number, examiner in enumerate(examiners, start=1)}


def list_labels(found: Contents) -> list[tuple[str, str]]:
    """Return (key, group) of the vocabulary's Terms in its order, then of Terms of other versions in use."""
    vocabulary = found.vocabulary
    groups = {group.key: group.name for group in vocabulary.term_groups}
    known = [(term.key, groups.get(term.group, term.group)) for term in vocabulary.terms]
    others = [(key, "") for key in list_terms_in_use(found.connection) if vocabulary.term(key) is None]
    return [*known, *others]


def describe_file(found: Contents, examiner: str, *, upright: bool) -> JsonObject:
    """Return the facts a file states about itself."""
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
        **found.about_facts(),
    }


def describe_image(found: Contents, whole: ExportedPhoto, page: int, *, upright: bool) -> JsonObject:
    """Describe one picture; `page` is given for all but the first of a file."""
    photo, picture = whole.photo, whole.photo.picture(page)
    source, path = found.source_and_path(whole.files[0]) if whole.files else ("", "")
    width, height = picture.upright_size if upright else (picture.width, picture.height)
    return {
        "file_name": make_image_file_name(photo, page),
        "width": width,
        "height": height,
        "source": source,
        "path": path,
        "sha256": photo.sha256,
        "exif_orientation": picture.orientation,
        "damage": photo.damage,
        **page_to_body(page),
    }


def make_image_file_name(photo: Photo, page: int) -> str:
    """Return a name of small letters and digits that no other image has, whatever the file is called.

    A picture that loaders would not show, one behind the first or of a format they do not know, is to be put
    there as PNG.
    """
    if page > 1:
        return f"{photo.sha256}-page-{page}.png"
    ending = _EXTENSIONS.get(photo.format, "png") if not photo.shown_as else "png"
    return f"{photo.sha256}.{ending}"


def make_corner_transform(picture: PictureInFile, *, upright: bool) -> CornerTransform:
    """Return the function from a recorded corner to the grid of the export."""
    turn = picture.orientation if upright else UPRIGHT
    return partial(corner_to_upright, width=picture.width, height=picture.height, orientation=turn)


def transform_box(mark: Mark, place: CornerTransform) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the box around the Mark, in whole pixels."""
    left, top, width, height = compute_bounding_box(mark.points)
    (x1, y1), (x2, y2) = place((left, top)), place((left + width, top + height))
    return min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)
