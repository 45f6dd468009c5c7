"""Photos with everything that is known of them, a few hundred at a time: for exports, which never hold a
whole Case in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, select

from reviewer.domain.evidence.nested_sources import locate_file
from reviewer.domain.grouping import group_pairs
from reviewer.domain.photos.photo import Photo
from reviewer.domain.reading.reading import Reading
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ReadingSelection, ids_as_subquery
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos.photos import photo_from_row
from reviewer.storage.photos.standing import is_standing
from reviewer.storage.reading import readings
from reviewer.storage.shared import shared_rows

_AT_ONCE = 300


@dataclass(frozen=True)
class FileLocation:
    """One file with the content of a Photo: Source (id), path below its root, time of change in ns; not
    `stands` if its path has a different content now."""

    source: str
    path: bytes
    modified_ns: int
    stands: bool = True


@dataclass(frozen=True)
class ExportedPhoto:
    """A Photo, its files in the order in which they were met (the first made the Photo; each once, however
    many Sources it lies in), every Examiner's Reading of it by the Examiner's id, its category, its
    Individual (an id) and what stands for its group of near-duplicates (the SHA-256 of the first); "" where
    nothing was said."""

    photo: Photo
    files: tuple[FileLocation, ...]
    readings: tuple[Reading, ...]
    category: str
    individual: str
    alike: str

    @property
    def files_there(self) -> int:
        """How many files have this content, as far as was ingested."""
        return sum(file.stands for file in self.files)


def count_photos(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(t.photos)).scalar_one())


def iterate_exported_photos(connection: Connection) -> Iterator[ExportedPhoto]:
    """Every Photo in the order of ingest."""
    examiners = readings.load_examiners_with_readings(connection)
    last = 0
    in_order = select(t.photos).order_by(t.photos.c.id).limit(_AT_ONCE)
    while rows := connection.execute(in_order.where(t.photos.c.id > last)).all():
        last = rows[-1].id
        yield from _complete_photos(connection, examiners, [photo_from_row(row) for row in rows])


def _complete_photos(
    connection: Connection, examiners: Sequence[str], photos: Sequence[Photo]
) -> Iterator[ExportedPhoto]:
    hashes = [photo.sha256 for photo in photos]
    found = readings.load_many(connection, ReadingSelection(examiners, hashes))
    read = group_pairs((reading.photo, reading) for reading in found)
    files = _load_files(connection, hashes)
    facts = shared_rows.load_assignments(connection, hashes)
    for photo in photos:
        assignment = facts.get(photo.sha256, ("", "", ""))
        yield ExportedPhoto(photo, tuple(files[photo.sha256]), tuple(read[photo.sha256]), *assignment)


def _load_files(connection: Connection, hashes: Sequence[str]) -> dict[str, list[FileLocation]]:
    c = t.source_files.c
    ids = select(t.photos.c.id).where(t.photos.c.sha256.in_(ids_as_subquery(hashes)))
    query = select(c.sha256, c.source, c.path, c.modified_ns, is_standing().label("stands"))
    roots = case_rows.load_source_roots(connection)
    found: dict[str, dict[bytes, FileLocation]] = defaultdict(dict)
    for row in connection.execute(query.where(c.photo.in_(ids)).order_by(c.id)):
        path = bytes(row.path)
        where = locate_file(roots.get(row.source, row.source.encode("ascii")), path)
        first = found[row.sha256].get(where)
        if first is None:
            found[row.sha256][where] = FileLocation(row.source, path, row.modified_ns, bool(row.stands))
        elif row.stands and not first.stands:
            found[row.sha256][where] = replace(first, stands=True)
    return defaultdict(list, {sha256: list(files.values()) for sha256, files in found.items()})
