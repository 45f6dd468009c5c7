"""The photographs of an export, each with the acts of reading that stand on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.domain.acts.finding_times import ActTimes
from reviewer.domain.grouping import group_pairs
from reviewer.domain.ledger.entry import Entry
from reviewer.domain.reading.reading import Reading
from reviewer.services.export.contents import Contents
from reviewer.services.jobs import JobControl
from reviewer.storage import ledger
from reviewer.storage.whole_photos import ExportedPhoto

_AT_ONCE = 300


def iterate_photos_with_acts(
    found: Contents, control: JobControl
) -> Iterator[tuple[ExportedPhoto, list[Entry]]]:
    """Yield every chosen photograph, in the order of ingest, with the acts of all examiners on it that are
    not taken back, oldest first. The acts of some hundred photographs are read at once."""
    for chunk in _split_into_chunks(found.photos(control)):
        photos = [whole.photo.sha256 for whole in chunk]
        entries = ledger.iterate_standing_acts_on(found.connection, photos)
        of_photo = group_pairs((entry.subject, entry) for entry in entries)
        for whole in chunk:
            yield whole, of_photo[whole.photo.sha256]


def find_reading_start(found: Contents, reading: Reading, of_readings: ActTimes) -> str:
    """Return when the first act of a Reading that is not taken back was made; without any, when it
    changed."""
    first, _last = of_readings.get((reading.examiner, reading.photo), ("", ""))
    return first or reading.changed_at or found.moment


def _split_into_chunks(photos: Iterable[ExportedPhoto]) -> Iterator[list[ExportedPhoto]]:
    chunk: list[ExportedPhoto] = []
    for whole in photos:
        chunk.append(whole)
        if len(chunk) == _AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
