"""Redactions: areas of a Photo that no redacted copy shows. They belong to the Photo and to all Examiners.

An area is drawn in recorded pixels like a Mark. The original is never touched: areas are burnt into copies
that leave the Case, and only there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.errors import NotAllowed
from reviewer.domain.geometry.mark import (
    Mark,
    MarkShape,
    PixelPoint,
    check_mark,
    page_from_body,
    page_to_body,
)
from reviewer.domain.ledger.entry import Draft, Entry, EntryBody

REDACTION_DRAWN = "redaction.drawn"
REDACTION_REMOVED = "redaction.removed"
REDACTION_SHAPES = (MarkShape.RECTANGLE, MarkShape.ELLIPSE, MarkShape.POLYGON)
"""What has an inside."""


class RedactionPurpose(StrEnum):
    """Why an area is not shown."""

    FACE = "face"
    GENITALS = "genitals"
    NAME = "name"
    OTHER = "other"


@dataclass(frozen=True)
class Redaction:
    """One area. `points` are whole pixels (x, y) of the recorded grid of the Photo (SHA-256), on the picture
    `page` of its file, counted from 1."""

    id: str
    photo: str = ""
    shape: MarkShape = MarkShape.RECTANGLE
    points: tuple[PixelPoint, ...] = ()
    purpose: RedactionPurpose = RedactionPurpose.OTHER
    author: str = ""
    at: str = ""
    page: int = 1


def draw_redaction(area: Redaction, width: int, height: int) -> Draft:
    """The act that draws an area on a Photo of `width` x `height` recorded pixels; NotAllowed if it has no
    inside or reaches out of the photograph."""
    if area.shape not in REDACTION_SHAPES:
        raise NotAllowed(f"A {area.shape} has no inside; draw a rectangle, an ellipse or a polygon.")
    check_mark(Mark(area.id, area.shape, area.points))
    if not is_inside_photo(area.points, width, height):
        raise NotAllowed("The area reaches out of the photograph.")
    if area.shape is MarkShape.POLYGON and _is_flat(area.points):
        raise NotAllowed("The corners lie on one line: that is no area.")
    body = {
        "id": area.id,
        "shape": str(area.shape),
        "points": [list(point) for point in area.points],
        "purpose": str(area.purpose),
        **page_to_body(area.page),
    }
    return Draft(REDACTION_DRAWN, area.photo, body)


def remove_redaction(areas: Iterable[Redaction], id_: str) -> Draft:
    """The act that removes one of these areas; NotAllowed if it is not among them."""
    found = next((area for area in areas if area.id == id_), None)
    if found is None:
        raise NotAllowed("Choose an area to redact first: V and a click in it, or Ctrl+Down.")
    return Draft(REDACTION_REMOVED, found.photo, {"id": found.id})


def redaction_from_body(body: EntryBody, entry: Entry) -> Redaction:
    """The area that an act drew."""
    return Redaction(
        body["id"],
        entry.subject,
        MarkShape(body["shape"]),
        tuple((x, y) for x, y in body["points"]),
        RedactionPurpose(body["purpose"]),
        entry.author,
        entry.at,
        page_from_body(body),
    )


def is_inside_photo(points: Iterable[PixelPoint], width: int, height: int) -> bool:
    return all(0 <= x < width and 0 <= y < height for x, y in points)


def _is_flat(points: tuple[PixelPoint, ...]) -> bool:
    """Whether all points lie on one line, or in one place."""
    x0, y0 = points[0]
    far = max(points, key=lambda point: abs(point[0] - x0) + abs(point[1] - y0))
    dx, dy = far[0] - x0, far[1] - y0
    return all((x - x0) * dy == (y - y0) * dx for x, y in points)
