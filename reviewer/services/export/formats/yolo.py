"""YOLO export: a text file of boxes for each photograph with Marks that enclose something.

The format is that of Ultralytics (docs.ultralytics.com, "Object Detection Datasets"): class, middle, width
and height, as shares of the photograph as its EXIF orientation turns it. A photograph without a label file is
read as one with nothing on it: so only those with Marks are listed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from reviewer.domain.geometry.outline import has_area
from reviewer.domain.reading.reading import Reading
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat
from reviewer.services.export.json_stream import to_json_bytes
from reviewer.services.export.marked_images import (
    describe_file,
    describe_image,
    list_examiners,
    list_labels,
    make_corner_transform,
    separate_folders,
    transform_box,
)
from reviewer.services.jobs import JobControl
from reviewer.storage.whole_photos import ExportedPhoto


def make(found: Contents, folder: ExportFolder, control: JobControl) -> None:
    classes = {key: number for number, (key, _group) in enumerate(list_labels(found))}
    examiners = list_examiners(found)
    places = separate_folders(examiners)
    images: dict[str, list[dict[str, Any]]] = {examiner: [] for examiner in examiners}
    for whole in found.photos(control):
        for reading in whole.readings:
            for page, lines in _make_label_lines(whole, reading, classes).items():
                told = describe_image(found, whole, page, upright=True)
                stem = told["file_name"].rpartition(".")[0]
                folder.put(f"{places[reading.examiner]}labels/{stem}.txt", "".join(lines).encode("ascii"))
                images[reading.examiner].append(told)
    for examiner in examiners:
        listed = {"info": describe_file(found, examiner, upright=True), "images": images[examiner]}
        folder.put(f"{places[examiner]}images.json", to_json_bytes(listed) + b"\n")
        folder.put(f"{places[examiner]}data.yaml", "".join(_make_data_yaml(classes)).encode("ascii"))


def _make_label_lines(
    whole: ExportedPhoto, reading: Reading, classes: Mapping[str, int]
) -> dict[int, list[str]]:
    """Page -> a line for each Mark that encloses something."""
    lines: dict[int, list[str]] = {}
    for finding in reading.present:
        for mark in filter(has_area, finding.marks):
            picture = whole.photo.picture(mark.page)
            across, down = picture.upright_size
            left, top, width, height = transform_box(mark, make_corner_transform(picture, upright=True))
            shares = ((left + width / 2) / across, (top + height / 2) / down, width / across, height / down)
            told = " ".join(f"{share:.6f}" for share in shares)
            lines.setdefault(mark.page, []).append(f"{classes[finding.term]} {told}\n")
    return lines


def _make_data_yaml(classes: Mapping[str, int]) -> Iterator[str]:
    """YAML, by hand: a string of JSON is one of YAML."""
    yield "# The images of images.json belong into images/, beside labels/; split train and val yourself.\n"
    yield "path: .\ntrain: images\nval: images\nnames:\n"
    for key, number in classes.items():
        yield f"  {number}: {json.dumps(key)}\n"


FORMAT = ExportFormat(
    "yolo",
    "YOLO boxes",
    "labels/ with a text file for each photograph with marks that enclose something (class, middle, width "
    "and height as shares of the upright photograph, as YOLO reads them), data.yaml (the terms as classes) "
    "and images.json (which photograph is which, with source, path and SHA-256); where several examiners "
    "have readings, a folder of each",
    "all but the box of a mark and its term: outlines, answers, certainty, regions, notes, measurements; "
    "lines, points and strokes, which enclose nothing; findings without marks, absent and not assessable "
    "answers, copied findings nobody confirmed, photographs without marks (one without labels would "
    "mean that nothing is there)",
    make,
)
