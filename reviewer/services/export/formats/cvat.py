"""CVAT export: Marks as shapes of CVAT for images 1.1 (docs.cvat.ai, "XML annotation format").

CVAT turns photographs by their EXIF orientation when they are uploaded, so shapes lie on the upright
photograph. It takes only labels and attributes that its task has: `labels.json` is for its label constructor.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat
from reviewer.services.export.json_stream import to_json_bytes
from reviewer.services.export.marked_images import (
    CornerTransform,
    describe_file,
    describe_image,
    list_examiners,
    list_labels,
    make_corner_transform,
    separate_folders,
    transform_box,
)
from reviewer.services.export.xml_text import show_in_xml
from reviewer.services.jobs import JobControl
from reviewer.storage.whole_photos import ExportedPhoto

_ATTRIBUTES = (
    "finding_id",
    "answer",
    "certainty",
    "regions",
    "examiner",
    "reading_state",
    "carried_from",
)
_OPEN_SHAPES = {MarkShape.LINE: "polyline", MarkShape.FREEHAND: "polyline", MarkShape.POINT: "points"}


def make(found: Contents, folder: ExportFolder, control: JobControl) -> None:
    terms = [key for key, _group in list_labels(found)]
    examiners = list_examiners(found)
    places = separate_folders(examiners)
    with ExitStack() as files:
        sets = {examiner: _CvatFile(found, files.enter_context(folder.scratch())) for examiner in examiners}
        for whole in found.photos(control):
            for reading in whole.readings:
                sets[reading.examiner].add(whole, reading)
        for examiner, made in sets.items():
            with folder.file(f"{places[examiner]}annotations.xml") as out:
                made.assemble(out, terms)
            listed = {"info": describe_file(found, examiner, upright=True), "images": made.images}
            folder.put(f"{places[examiner]}images.json", to_json_bytes(listed) + b"\n")
    folder.put("labels.json", json.dumps(list(map(_make_label, terms)), indent=1).encode("ascii") + b"\n")


class _CvatFile:
    """What one Examiner drew: the images, kept in `file` until it is known how many they are."""

    def __init__(self, found: Contents, file: BinaryIO) -> None:
        self._found, self._file = found, file
        self.images: list[dict[str, Any]] = []

    def add(self, whole: ExportedPhoto, reading: Reading) -> None:
        marked = [(finding, mark) for finding in reading.present for mark in finding.marks]
        for page in sorted({mark.page for _finding, mark in marked}):
            image = describe_image(self._found, whole, page, upright=True)
            head = {"id": len(self.images), "name": image["file_name"]}
            size = {"width": image["width"], "height": image["height"]}
            place = make_corner_transform(whole.photo.picture(page), upright=True)
            shapes = [
                _make_shape(self._found, reading, finding, mark, place)
                for finding, mark in marked
                if mark.page == page
            ]
            written = f"  <image{_format_attributes({**head, **size})}>\n{''.join(shapes)}  </image>\n"
            self._file.write(written.encode("utf-8"))
            self.images.append(image)

    def assemble(self, out: BinaryIO, terms: Sequence[str]) -> None:
        out.write("".join(_make_header(self._found, len(self.images), terms)).encode("utf-8"))
        self._file.seek(0)
        shutil.copyfileobj(self._file, out, 1 << 20)
        out.write(b"</annotations>\n")


def _make_header(found: Contents, count: int, terms: Sequence[str]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n  <meta>\n'
    yield f"    <task>\n      <name>{_escape_text(found.name)}</name>\n      <size>{count}</size>\n"
    yield "      <mode>annotation</mode>\n      <labels>\n"
    attributes = "".join(
        f"<attribute><name>{name}</name><mutable>False</mutable><input_type>text</input_type>"
        "<default_value></default_value><values></values></attribute>"
        for name in _ATTRIBUTES
    )
    for term in terms:
        told = f"<name>{_escape_text(term)}</name><type>any</type><attributes>{attributes}</attributes>"
        yield f"        <label>{told}</label>\n"
    yield f"      </labels>\n    </task>\n    <dumped>{_escape_text(found.moment)}</dumped>\n  </meta>\n"


def _make_label(term: str) -> dict[str, Any]:
    """A label as the constructor of CVAT takes it (tab Raw)."""
    said = {"input_type": "text", "mutable": False, "values": [""]}
    return {"name": term, "attributes": [{"name": name, **said} for name in _ATTRIBUTES]}


def _make_shape(
    found: Contents, reading: Reading, finding: Finding, mark: Mark, place: CornerTransform
) -> str:
    name, points = _to_element(mark, place)
    values = (
        finding.id,
        str(finding.answer),
        finding.certainty_told,
        ";".join(finding.regions),
        found.examiner_name(reading.examiner),
        str(reading.state),
        reading.carried_from,
    )
    said = "".join(
        f"      <attribute name={quoteattr(key)}>{_escape_text(value)}</attribute>\n"
        for key, value in zip(_ATTRIBUTES, values, strict=True)
    )
    told = {"label": finding.term, "source": "manual", "occluded": 0, **points, "z_order": 0}
    return f"    <{name}{_format_attributes(told)}>\n{said}    </{name}>\n"


def _to_element(mark: Mark, place: CornerTransform) -> tuple[str, dict[str, object]]:
    """The element and its numbers. What encloses nothing runs through the middles of its pixels."""
    if mark.shape in _OPEN_SHAPES:
        return _OPEN_SHAPES[mark.shape], {
            "points": _format_points([place((x + 0.5, y + 0.5)) for x, y in mark.points])
        }
    if mark.shape is MarkShape.POLYGON:
        return "polygon", {"points": _format_points([place(point) for point in mark.points])}
    left, top, width, height = transform_box(mark, place)
    if mark.shape is MarkShape.RECTANGLE:
        corners = {"xtl": left, "ytl": top, "xbr": left + width, "ybr": top + height}
        return "box", {name: f"{value:.2f}" for name, value in corners.items()}
    middle = {"cx": left + width / 2, "cy": top + height / 2, "rx": width / 2, "ry": height / 2}
    return "ellipse", {name: f"{value:.2f}" for name, value in middle.items()}


def _format_points(points: Sequence[tuple[float, float]]) -> str:
    return ";".join(f"{x:.2f},{y:.2f}" for x, y in points)


def _format_attributes(told: dict[str, object]) -> str:
    return "".join(f" {name}={quoteattr(show_in_xml(str(value)))}" for name, value in told.items())


def _escape_text(value: str) -> str:
    return escape(show_in_xml(value))


FORMAT = ExportFormat(
    "cvat",
    "CVAT shapes",
    "annotations.xml (CVAT for images 1.1): the marks of confirmed findings that are present or non-specific "
    "as boxes, ellipses, polygons, lines and points on the upright photograph, the term as label; answer, "
    "certainty, regions, examiner as attributes; labels.json for the label constructor and images.json "
    "(which photograph is which); where several examiners have readings, a folder of each",
    "findings without marks, absent and not assessable answers, copied findings nobody confirmed, "
    "photographs without marks, qualifiers, notes, measurements",
    make,
)
