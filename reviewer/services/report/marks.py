"""The marks of findings on the small photographs of a sheet, and in words which is which."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.geometry.mark import Mark
from reviewer.domain.geometry.orientation import to_upright
from reviewer.domain.geometry.outline import has_area, polygon_from_mark
from reviewer.domain.photos.photo import Photo
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.media.pictures.marked import NumberedOutline, draw_outlines
from reviewer.services.case.open_case import OpenCase
from reviewer.storage.photos import photos

FIRST_PAGE = 1


def draw_marks(case: OpenCase, jpeg: bytes, sha256: str, readings: Sequence[Reading]) -> bytes:
    """A small picture of a Photo with the marks of what was found present on its first picture. The number of
    a mark is that of its Finding in `marks_in_words`."""
    with case.store.read() as connection:
        photo = photos.find_photo(connection, sha256)
    if photo is None:
        return jpeg
    outlines = [
        _make_outline(mark, photo, f"{number}")
        for number, finding in enumerate(_list_marked_findings(sha256, readings), start=1)
        for mark in finding.marks
        if mark.page == FIRST_PAGE
    ]
    return draw_outlines(jpeg, photo.upright_size, outlines) if outlines else jpeg


def describe_marks(sha256: str, readings: Sequence[Reading], vocabulary: Vocabulary) -> str:
    """ "marked: 1 bruise, 2 linear bruise"; "" where nothing is."""
    names = [
        f"{number} {vocabulary.term_name(finding.term)}"
        for number, finding in enumerate(_list_marked_findings(sha256, readings), start=1)
    ]
    return f"marked: {', '.join(names)}" if names else ""


def _list_marked_findings(sha256: str, readings: Sequence[Reading]) -> list[Finding]:
    return [
        finding
        for reading in readings
        if reading.photo == sha256
        for finding in reading.present
        if any(mark.page == FIRST_PAGE for mark in finding.marks)
    ]


def _make_outline(mark: Mark, photo: Photo, number: str) -> NumberedOutline:
    """What encloses an area as a polygon; lines, strokes and points as they are."""
    closed = has_area(mark)
    corners = polygon_from_mark(mark) if closed else [(float(x), float(y)) for x, y in mark.points]
    upright = tuple(
        to_upright((round(x), round(y)), photo.width, photo.height, photo.orientation) for x, y in corners
    )
    return NumberedOutline(upright, closed, number)
