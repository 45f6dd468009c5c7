"""The table of readings, and the columns that say where what is read came from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from reviewer.domain.photos.photo import Photo
from reviewer.domain.reading.reading import Reading
from reviewer.domain.reading.sign_lists import format_checked_lists
from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.storage.whole_photos import ExportedPhoto


@dataclass(frozen=True)
class ReadingRow:
    """One Reading with what is needed to say where its Photo came from."""

    reading: Reading
    photo: Photo
    source: str
    path: str
    copies: int
    examiner: str
    category: str = ""


def make_reading_rows(found: Contents, whole: ExportedPhoto) -> Iterator[ReadingRow]:
    for reading in whole.readings:
        source, path = found.source_and_path(whole.files[0]) if whole.files else ("", "")
        name = found.examiner_name(reading.examiner)
        yield ReadingRow(reading, whole.photo, source, path, whole.files_there, name, whole.category)


_ORIGIN_COLUMNS: tuple[ExportColumn[ReadingRow], ...] = (
    ExportColumn("photo_sha256", "SHA-256 of the photograph's file: what was read", lambda r: r.photo.sha256),
    ExportColumn("source", "folder the photograph was ingested from", lambda r: r.source, free=True),
    ExportColumn("path", "first place it was found at, below the source", lambda r: r.path, free=True),
    ExportColumn(
        "category",
        "what the photograph is of, as sorted; empty if it was not. What is read on one sorted as soldier, "
        "scene, document or other is in no summary of an individual and in no figure",
        lambda r: r.category,
    ),
    ExportColumn("examiner", "name of the examiner who read it", lambda r: r.examiner, free=True),
    ExportColumn("examiner_id", "the examiner's id in the ledger", lambda r: r.reading.examiner),
    ExportColumn("reading_state", "open, complete or set aside", lambda r: str(r.reading.state)),
    ExportColumn(
        "carried_from",
        "SHA-256 of the near-duplicate whose reading was carried over; such a reading is no look of its own "
        "and is not to be counted beside it; empty if the examiner looked",
        lambda r: r.reading.carried_from,
    ),
    ExportColumn("damage", "what the decoder complained of; empty if nothing", lambda r: r.photo.damage),
    ExportColumn(
        "shown_as",
        "what stands for a camera raw file; empty for the picture itself",
        lambda r: r.photo.shown_as,
    ),
    ExportColumn(
        "pictures", "how many pictures the file holds", lambda r: str(r.photo.picture_count), whole=True
    ),
)

READING_COLUMNS: tuple[ExportColumn[ReadingRow], ...] = (
    *_ORIGIN_COLUMNS,
    ExportColumn(
        "conclusion",
        "what is said of the whole photograph: nothing visible in the assessable regions, not assessable, "
        "or empty when findings say it",
        lambda r: str(r.reading.conclusion),
    ),
    ExportColumn("reason", "why the photograph is not assessable", lambda r: r.reading.reason),
    ExportColumn(
        "looked_for",
        "the lists of signs of which the examiner said that nothing but the findings is visible where the "
        "photograph shows well enough, separated by ;: key of the list and version of the vocabulary",
        lambda r: format_checked_lists(r.reading.looked_for),
    ),
    ExportColumn(
        "findings", "number of findings of this reading", lambda r: str(len(r.reading.findings)), whole=True
    ),
    ExportColumn(
        "description",
        "JSON object: what is said of the photograph as a whole (state of the body, card, scene), key to "
        "list of values; an empty object if nothing was said",
        lambda r: json.dumps({key: list(values) for key, values in r.reading.description}),
    ),
    ExportColumn(
        "context_seen",
        "what the examiner saw, while it was masked, of the card, name, date, number, record or person, "
        "separated by ;: findings made after it say so",
        lambda r: ";".join(r.reading.context_seen),
    ),
    ExportColumn("note", "the examiner's note", lambda r: r.reading.note, free=True),
    ExportColumn("changed_at", "UTC time of the last act of this reading", lambda r: r.reading.changed_at),
    ExportColumn(
        "width", "pixels of the file across, before orientation", lambda r: str(r.photo.width), whole=True
    ),
    ExportColumn(
        "height", "pixels of the file down, before orientation", lambda r: str(r.photo.height), whole=True
    ),
    ExportColumn("orientation", "EXIF orientation, 1 to 8", lambda r: str(r.photo.orientation), whole=True),
    ExportColumn(
        "taken_at",
        "date and time as recorded in the file, empty if nothing recorded is a date of the calendar; not "
        "verified, no time zone",
        lambda r: r.photo.capture.taken_at,
        free=True,
    ),
    ExportColumn(
        "taken_from",
        "the tag the date is from; empty for files ingested before format 1.4",
        lambda r: r.photo.capture.taken_from,
        free=True,
    ),
    ExportColumn(
        "taken_doubt",
        "what is odd about the date, or was recorded and is none",
        lambda r: r.photo.capture.taken_doubt,
        free=True,
    ),
    ExportColumn(
        "files_with_this_content",
        "how many files have this content as ingested last; one that lies in two sources is one file",
        lambda r: str(r.copies),
        whole=True,
    ),
)


def make_origin_columns() -> Iterator[ExportColumn[Any]]:
    """Make these columns for a table whose rows lie `within` a reading."""
    for column in _ORIGIN_COLUMNS:
        value = partial(_find_value_of_reading, column.value)
        yield ExportColumn(column.name, column.meaning, value, column.free)


def _find_value_of_reading(value: Callable[[ReadingRow], str], row: Any) -> str:
    return value(row.within)
