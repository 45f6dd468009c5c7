"""Findings and Readings in the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/).

An AnnotationCollection with pages of some thousand Annotations. A Finding is one Annotation: its Term is a
tag, its targets are the Marks on the photograph (media fragments and SVG), or the whole photograph. A Reading
is one Annotation about the whole photograph. What they say stands as values in a body of its own
(`said_bodies`), and everything is named by an absolute IRI.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from xml.sax.saxutils import quoteattr

from reviewer import __version__
from reviewer.domain.acts.finding_times import ActTimes, compute_finding_times, compute_reading_times
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.geometry.outline import compute_bounding_box
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat, Standard
from reviewer.services.export.json_stream import JsonListWriter, JsonObject, to_json_bytes
from reviewer.services.export.media_types import find_media_type
from reviewer.services.export.photo_acts import find_reading_start, iterate_photos_with_acts
from reviewer.services.export.said_bodies import CONTEXT, make_finding_bodies, make_reading_bodies
from reviewer.services.jobs import JobControl
from reviewer.storage.whole_photos import ExportedPhoto

PER_PAGE = 10_000
_FRAGMENT = "http://www.w3.org/TR/media-frags/"


def make(found: Contents, folder: ExportFolder, control: JobControl) -> None:
    pages = _AnnotationPages(found, folder)
    looked = 0
    with pages:
        for whole, entries in iterate_photos_with_acts(found, control):
            looked += bool(whole.readings)
            for told in _make_annotations(
                found, whole, compute_finding_times(entries), compute_reading_times(entries)
            ):
                pages.add(told)
    photos = f"{looked:,} photographs with a reading; a photograph without one has no annotation"
    collection: JsonObject = {
        "@context": CONTEXT,
        "id": pages.collection,
        "type": "AnnotationCollection",
        "label": f"{found.name}: {photos}",
        "generator": _make_generator(),
        "generated": _format_utc(found.moment),
        "dc:description": [f"{name}: {value}" for name, value in found.about_facts().items()],
        "total": pages.total,
        "first": pages.id_of(1),
        "last": pages.id_of(pages.number),
        "schema:hasPart": [
            {"id": pages.id_of(number), "schema:contentUrl": pages.file_name_of(number)}
            for number in range(1, pages.number + 1)
        ],
    }
    folder.put("collection.jsonld", to_json_bytes(collection) + b"\n")


class _AnnotationPages:
    """Pages of at most PER_PAGE Annotations; there is always one. The names of their files are no ids:
    wherever the folder lies, an id is the same."""

    def __init__(self, found: Contents, folder: ExportFolder) -> None:
        self._found, self._folder = found, folder
        self.collection = f"urn:uuid:{found.uuid('annotations', 'collection')}"
        self.number, self.total = 0, 0
        self._file = ExitStack()
        self._page: JsonListWriter | None = None

    def __enter__(self) -> _AnnotationPages:
        self._begin_page()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        if kind is None:
            self._end_page({})
        else:
            self._file.__exit__(kind, error, trace)

    @staticmethod
    def file_name_of(number: int) -> str:
        return f"page-{number:05}.jsonld"

    def id_of(self, number: int) -> str:
        return f"urn:uuid:{self._found.uuid('annotations page', str(number))}"

    def add(self, annotation: JsonObject) -> None:
        if self._page is not None and self._page.count >= PER_PAGE:
            self._end_page({"next": self.id_of(self.number + 1)})
            self._begin_page()
        if self._page is not None:
            self._page.add(annotation)
        self.total += 1

    def _begin_page(self) -> None:
        self.number += 1
        name = self.file_name_of(self.number)
        file = self._file.enter_context(self._folder.file(name))
        head: JsonObject = {"@context": CONTEXT, "id": self.id_of(self.number), "type": "AnnotationPage"}
        head |= {"partOf": self.collection, "startIndex": self.total}
        if self.number > 1:
            head["prev"] = self.id_of(self.number - 1)
        self._page = JsonListWriter(file, head, "items")

    def _end_page(self, tail: JsonObject) -> None:
        if self._page is not None:
            self._page.end(tail)
        self._file.close()


def _make_annotations(
    found: Contents, whole: ExportedPhoto, times: ActTimes, of_readings: ActTimes
) -> Iterator[JsonObject]:
    source = _make_source(found, whole)
    for reading in whole.readings:
        creator = _make_creator(found, reading.examiner)
        began = find_reading_start(found, reading, of_readings)
        yield {
            "id": f"urn:uuid:{found.uuid('reading', f'{reading.examiner} {reading.photo}')}",
            "type": "Annotation",
            "motivation": "assessing",
            "creator": creator,
            **_format_times(began, reading.changed_at or began),
            "body": list(make_reading_bodies(found, reading)),
            "target": source,
        }
        for finding in reading.findings:
            yield {
                "id": f"urn:uuid:{found.uuid('finding', f'{reading.examiner} {finding.id}')}",
                "type": "Annotation",
                "motivation": "tagging",
                "creator": creator,
                **_format_times(
                    *times.get((reading.examiner, finding.id), (began, reading.changed_at or began))
                ),
                "body": list(make_finding_bodies(found, reading, finding)),
                "target": [_make_target(source, mark) for mark in finding.marks] or source,
            }


def _make_source(found: Contents, whole: ExportedPhoto) -> JsonObject:
    """The photograph by its content; where it was found and what was recorded of it."""
    photo = whole.photo
    node: JsonObject = {
        "id": f"urn:sha256:{photo.sha256}",
        "type": "Image",
        **({"format": find_media_type(photo.format)} if find_media_type(photo.format) else {}),
        "dc:title": [path for _source, path in map(found.source_and_path, whole.files)],
        "schema:width": photo.width,
        "schema:height": photo.height,
    }
    if photo.orientation != 1:
        turn = {"type": "schema:PropertyValue", "schema:name": "Orientation"}
        node["schema:exifData"] = {**turn, "schema:value": photo.orientation}
    if photo.damage:
        node["dc:description"] = f"damaged: {photo.damage}"
    return node


def _make_target(source: JsonObject, mark: Mark) -> JsonObject:
    """A mark on the second or a further picture of a file: first the page, then what lies on it."""
    selector = _make_selector(mark)
    if mark.page > 1:
        selector = {"type": "FragmentSelector", "value": f"page={mark.page}", "refinedBy": selector}
    return {"type": "SpecificResource", "source": source, "selector": selector}


def _make_selector(mark: Mark) -> JsonObject:
    """Section 4.2.1 for a rectangle, 4.2.7 for all else; pixels of the file before EXIF orientation."""
    left, top, width, height = compute_bounding_box(mark.points)
    if mark.shape is MarkShape.RECTANGLE:
        value = f"xywh=pixel:{left},{top},{width},{height}"
        return {"type": "FragmentSelector", "conformsTo": _FRAGMENT, "value": value}
    points = " ".join(f"{x},{y}" for x, y in mark.points)
    if mark.shape is MarkShape.ELLIPSE:
        centre = f'cx="{left + width / 2:g}" cy="{top + height / 2:g}"'
        drawn = f'<ellipse {centre} rx="{width / 2:g}" ry="{height / 2:g}"/>'
    elif mark.shape is MarkShape.POINT:
        drawn = f'<circle cx="{left}" cy="{top}" r="1"/>'
    else:
        name = "polygon" if mark.shape is MarkShape.POLYGON else "polyline"
        drawn = f'<{name} points={quoteattr(points)} fill="none"/>'
    return {"type": "SvgSelector", "value": f'<svg xmlns="http://www.w3.org/2000/svg">{drawn}</svg>'}


def _make_creator(found: Contents, examiner: str) -> JsonObject:
    return {
        "id": f"urn:uuid:{found.uuid('examiner', examiner)}",
        "type": "Person",
        "name": found.examiner_name(examiner),
    }


def _make_generator() -> JsonObject:
    return {"type": "Software", "name": f"reviewer {__version__}"}


def _format_times(created: str, modified: str) -> JsonObject:
    return {"created": _format_utc(created), "modified": _format_utc(modified)}


def _format_utc(at: str) -> str:
    """The model asks for Z in place of an offset (section 3.3.2)."""
    return at.replace("+00:00", "Z")


FORMAT = ExportFormat(
    "annotations",
    "Web annotations",
    "collection.jsonld and pages of at most 10,000 annotations (W3C Web Annotation Data Model, JSON-LD): one "
    "for each finding (its name as a tag; term, answer, certainty, regions, qualifiers as values; marks as "
    "targets) and one for each reading (state, conclusion, coverage, description, note), each with examiner "
    "and times; all ids are absolute, photographs are named by SHA-256",
    "the history of acts, measurements, how a finding was seen, individuals; photographs that nobody read; "
    "values have names of this program, since the model has no words for them; marks are in pixels of the "
    "file before EXIF orientation, which other programs may apply",
    make,
    standards=(Standard(".jsonld", "https://www.w3.org/TR/annotation-model/", "Web Annotation Data Model"),),
)
