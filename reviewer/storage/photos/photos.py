"""Photos and the files they were found in: rows of evidence, written once by ingest."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from sys import intern
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Table, bindparam, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from reviewer.domain.evidence import manifest
from reviewer.domain.ledger.entry import to_canonical_json
from reviewer.domain.names import path_to_text
from reviewer.domain.photos.capture_dates import describe_stored_doubt, keep_valid_date
from reviewer.domain.photos.case import ExaminedFile, SourceFile
from reviewer.domain.photos.names_met import NameClass, NamesMet, classify_name, make_names_met
from reviewer.domain.photos.photo import Capture, IngestOutcome, Photo, PictureInFile, Problem, ProblemKind
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ids_as_subquery
from reviewer.storage.engine.evidence_tables import ADDED_LATER
from reviewer.storage.engine.indexes import keep_off_index
from reviewer.storage.engine.plain_rows import fetch_plain_rows
from reviewer.storage.photos.standing import is_standing
from reviewer.storage.photos.taken import valid_date_column

_ADD_PHOTOS, _ADD_FILES = t.photos.insert(), t.source_files.insert()
_ID_OF = select(t.photos.c.id).where(t.photos.c.sha256 == bindparam("of"))
_LISTED = func.json_each(bindparam("among")).table_valued("value")
_IDS_AMONG = select(t.photos.c.sha256, t.photos.c.id).where(t.photos.c.sha256.in_(select(_LISTED.c.value)))


def add_file(
    connection: Connection, source: str, examined: ExaminedFile, replaces: int | None = None
) -> IngestOutcome:
    """Keep one file of a Source, as `add_files` does."""
    return add_files(connection, source, [(examined, replaces)])[0]


def add_files(
    connection: Connection, source: str, files: Sequence[tuple[ExaminedFile, int | None]]
) -> list[IngestOutcome]:
    """Keep files of a Source in their order, each with the row that stood for its path until now, if any.

    The first file of a content makes the Photo, later ones are duplicates. Rows go to the database together:
    a statement for each file costs more than what it writes.
    """
    ids = _load_photo_ids(connection, {file.sha256 for file, _replaces in files if file.problem is None})
    made: dict[str, dict[str, object]] = {}
    outcomes = []
    for file, _replaces in files:
        outcomes.append(_find_outcome(file, file.sha256 in ids or file.sha256 in made))
        if outcomes[-1] is IngestOutcome.PHOTO:
            made[file.sha256] = _make_photo_row(file)
    if made:
        connection.execute(_ADD_PHOTOS, list(made.values()))
        ids |= _load_photo_ids(connection, made)
    rows = [
        _make_file_row(source, file, outcome, ids.get(file.sha256) if file.problem is None else None, before)
        for (file, before), outcome in zip(files, outcomes, strict=True)
    ]
    if rows:
        connection.execute(_ADD_FILES, rows)
    return outcomes


def _load_photo_ids(connection: Connection, sha256s: Collection[str]) -> dict[str, int]:
    rows = connection.execute(_IDS_AMONG, {"among": json.dumps(list(sha256s))})
    return {row.sha256: row.id for row in rows}


def _find_outcome(examined: ExaminedFile, is_known: bool) -> IngestOutcome:
    if examined.problem is not None:
        return IngestOutcome.LEFT_OUT if examined.left_out else IngestOutcome.PROBLEM
    return IngestOutcome.DUPLICATE if is_known else IngestOutcome.PHOTO


def _make_file_row(
    source: str, examined: ExaminedFile, outcome: IngestOutcome, photo: int | None, replaces: int | None
) -> dict[str, object]:
    folder, _slash, name = path_to_text(examined.file.path).rpartition("/")
    return {
        "source": source,
        "path": examined.file.path,
        "folder": folder,
        "name": name,
        "size": examined.file.size,
        "modified_ns": examined.file.modified_ns,
        "sha256": examined.sha256 or None,
        "outcome": str(outcome),
        "photo": photo,
        "problem_kind": str(examined.problem.kind) if examined.problem else "",
        "problem_reason": examined.problem.reason if examined.problem else "",
        "content_kind": examined.content_kind,
        "media_type": examined.media_type,
        "replaces": replaces,
    }


def _make_photo_row(examined: ExaminedFile) -> dict[str, object]:
    photo = examined.photo
    if photo is None:
        raise ValueError("a file without a Problem must be a Photo")
    capture = photo.capture
    return {
        "sha256": photo.sha256,
        "size": photo.size,
        "format": photo.format,
        "width": photo.width,
        "height": photo.height,
        "orientation": photo.orientation,
        "taken_at": capture.taken_at,
        "make": capture.make,
        "model": capture.model,
        "tags": json.dumps(capture.tags, ensure_ascii=False, sort_keys=True),
        "likeness": photo.likeness,
        "damage": photo.damage,
        "pictures": json.dumps(photo.pictures, ensure_ascii=False) if photo.pictures else "",
        "shown_as": photo.shown_as,
        "taken_from": capture.taken_from,
        "taken_doubt": capture.taken_doubt,
    }


def record_changed_file(connection: Connection, source_file: int, sha256: str, found_at: str) -> None:
    """Keep that a file no longer has the content it was ingested with."""
    statement = insert(t.changed_files).values(source_file=source_file, sha256=sha256, found_at=found_at)
    connection.execute(statement.on_conflict_do_nothing())


def find_photo_id(connection: Connection, sha256: str) -> int | None:
    return connection.execute(_ID_OF, {"of": sha256}).scalar()


def find_photo(connection: Connection, sha256: str) -> Photo | None:
    row = connection.execute(select(t.photos).where(t.photos.c.sha256 == sha256)).first()
    return photo_from_row(row) if row else None


def load_photos_among(connection: Connection, sha256s: Sequence[str]) -> list[Photo]:
    """Load those of these Photos (SHA-256) that there are, in no order."""
    rows = connection.execute(select(t.photos).where(t.photos.c.sha256.in_(ids_as_subquery(sha256s))))
    return [photo_from_row(row) for row in rows]


def load_known_hashes(connection: Connection) -> set[str]:
    return set(connection.execute(select(t.photos.c.sha256)).scalars())


@dataclass(frozen=True)
class SourceSeal:
    """What binds the rows of a Source to the ledger: two hashes over the rows up to `through`."""

    manifest: str
    records: str
    files: int
    through: int


def compute_seal(connection: Connection, source: str, through: int | None = None) -> SourceSeal:
    """The seal of a Source as its rows stand now, of all rows or of those up to `through`."""
    return compute_seals(connection, source, [_EVERY_ROW if through is None else through])[0]


def compute_seals(connection: Connection, source: str, throughs: Sequence[int]) -> list[SourceSeal]:
    """The seals of the rows of a Source up to each of `throughs`, in that order; the rows are read once."""
    c = t.source_files.c
    rows = connection.execute(select(t.source_files).where(c.source == source).order_by(c.id))
    seals = [_GrowingSeal(through) for through in throughs]
    made_by: dict[int, int] = {}
    for row in rows:
        line = manifest.format_manifest_line(row.sha256 or "", row.size, row.path)
        told = to_canonical_json(_list_sealed_columns(t.source_files, row))
        if row.outcome == "photo":
            made_by[row.photo] = row.id
        for seal in seals:
            seal.add_row(row.id, line, told)
    for photo in connection.execute(select(t.photos).order_by(t.photos.c.id)):
        if photo.id in made_by:
            told = to_canonical_json(_list_sealed_columns(t.photos, photo))
            for seal in seals:
                seal.add_photo(made_by[photo.id], told)
    return [seal.close() for seal in seals]


_EVERY_ROW = (1 << 63) - 1


class _GrowingSeal:
    """`records` is SHA-256 over every column of the rows up to `through`, and of the Photos they made, in
    order, in canonical form."""

    def __init__(self, through: int) -> None:
        self._through, self._last = through, 0
        self._lines: list[bytes] = []
        self._records = hashlib.sha256()

    def add_row(self, row: int, line: bytes, told: bytes) -> None:
        if row <= self._through:
            self._last = row
            self._lines.append(line)
            self._records.update(told)

    def add_photo(self, made_by: int, told: bytes) -> None:
        if made_by <= self._through:
            self._records.update(told)

    def close(self) -> SourceSeal:
        listed = manifest.compute_manifest_hash(self._lines)
        return SourceSeal(listed, self._records.hexdigest(), len(self._lines), self._last)


def _list_sealed_columns(table: Table, row: Row[Any]) -> list[object]:
    """Every column of a row; at the end, by name, what columns added to the format later say, if anything."""
    later = ADDED_LATER[table]
    first = len(row) - len(later)
    columns = [value.hex() if isinstance(value, bytes) else value for value in row[:first]]
    told = {
        name: value
        for (name, default), value in zip(later.items(), row[first:], strict=True)
        if value != default
    }
    return [*columns, told] if told else columns


def load_paths(connection: Connection, sha256: str) -> list[tuple[str, bytes]]:
    """Where a content was found: (Source id, path below its root); what stands first, then in order of
    ingest."""
    c = t.source_files.c
    photo = select(t.photos.c.id).where(t.photos.c.sha256 == sha256).scalar_subquery()
    query = (
        select(c.source, c.path)
        .where(or_(c.photo == photo, c.photo.is_(None) & (c.sha256 == sha256)))
        .order_by(is_standing().desc(), c.id)
    )
    return [(row.source, row.path) for row in connection.execute(query)]


class PhotoLocation(NamedTuple):
    """Where the file lies that made a Photo, below which Source, and when it was taken; `taken_at` is ""
    where no date of the calendar was recorded."""

    id: int
    sha256: str
    source: str
    folder: str
    name: str
    taken_at: str


def load_photo_hashes(connection: Connection, after: int = 0) -> dict[int, str]:
    """The id of each Photo with id > `after` -> its SHA-256; each text once in memory."""
    p = t.photos.c
    query = select(p.id, p.sha256)
    rows = fetch_plain_rows(connection, query.where(p.id > after) if after else query)
    return {id_: intern(sha256) for id_, sha256 in rows}


def load_photo_locations(
    connection: Connection, hashes: Mapping[int, str], after: int = 0
) -> list[PhotoLocation]:
    """Where each of the Photos in `hashes` with id > `after` lies, in the order of ingest.

    Of all Photos, the rows themselves are not read, which an encrypted Case would have to decrypt: what is
    asked stands in indexes.
    """
    c, p = t.source_files.c, t.photos.c
    dates = select(p.id, valid_date_column(p.taken_at)).where(p.taken_at != "")
    files = select(c.id, c.photo, c.source, c.folder, c.name)
    others: Collection[int] = ()
    if after:
        dates = dates.where(p.id > after)
        files = files.where(c.photo > after, c.outcome.concat("") == _MADE_PHOTO)
    else:
        files = files.where(keep_off_index(c.photo).is_not(None))
        others = frozenset(connection.execute(select(c.id).where(c.outcome != _MADE_PHOTO)).scalars())
    taken_at = dict(fetch_plain_rows(connection, dates))
    found = [
        PhotoLocation(photo, hashes[photo], source, folder, name, taken_at.get(photo, ""))
        for id_, photo, source, folder, name in fetch_plain_rows(connection, files)
        if id_ not in others and photo in hashes
    ]
    found.sort(key=itemgetter(0))
    return found


_MADE_PHOTO = str(IngestOutcome.PHOTO)
_UNUSED_OUTCOMES = [str(IngestOutcome.PROBLEM), str(IngestOutcome.LEFT_OUT)]


def iterate_problem_files(connection: Connection) -> Iterator[SourceFile]:
    """Every name that could not be used or was left out, in the order of ingest."""
    c = t.source_files.c
    query = select(t.source_files).where(c.outcome.in_(_UNUSED_OUTCOMES), is_standing()).order_by(c.id)
    return map(_source_file_from_row, connection.execute(query))


def iterate_changed_files(connection: Connection) -> Iterator[SourceFile]:
    """Every file whose content is no longer what was ingested, as a Problem."""
    query = select(t.source_files, t.changed_files.c.sha256.label("now"), t.changed_files.c.found_at).join(
        t.changed_files, t.changed_files.c.source_file == t.source_files.c.id
    )
    for row in connection.execute(query.order_by(t.changed_files.c.id)):
        reason = f"On {row.found_at} its content was no longer what was ingested; SHA-256 now {row.now}."
        yield SourceFile(
            source=row.source,
            path=path_to_text(row.path),
            size=row.size,
            sha256=row.sha256 or "",
            outcome=IngestOutcome(row.outcome),
            problem=Problem(ProblemKind.CHANGED, reason),
        )


def count_outcomes(connection: Connection, source: str | None = None) -> dict[IngestOutcome, int]:
    """How many of the names that stand have each outcome: all rows, without those that later ones replace."""
    c, later = t.source_files.c, t.source_files.alias().c
    every = select(c.outcome, func.count()).group_by(c.outcome)
    replaced = select(c.outcome, func.count()).join(later.replaces.table, later.replaces == c.id)
    replaced = replaced.where(later.replaces.is_not(None)).group_by(c.outcome)
    if source is not None:
        every, replaced = every.where(c.source == source), replaced.where(c.source == source)
    found = dict.fromkeys(IngestOutcome, 0)
    for outcome, count in connection.execute(every):
        found[IngestOutcome(outcome)] += count
    for outcome, count in connection.execute(replaced):
        found[IngestOutcome(outcome)] -= count
    return found


def count_names_met(connection: Connection, source: str) -> NamesMet:
    """How many of the names that stand in a Source are in each class."""
    c = t.source_files.c
    query = select(c.outcome, c.problem_kind, func.count()).where(c.source == source, is_standing())
    counts: Counter[NameClass] = Counter()
    for outcome, kind, count in connection.execute(query.group_by(c.outcome, c.problem_kind)):
        counts[classify_name(IngestOutcome(outcome), kind)] += count
    return make_names_met(counts)


def sum_sizes(connection: Connection, photos: Sequence[str]) -> int:
    """How many bytes the originals of these Photos (SHA-256) have together."""
    query = select(func.coalesce(func.sum(t.photos.c.size), 0))
    return int(connection.execute(query.where(t.photos.c.sha256.in_(ids_as_subquery(photos)))).scalar_one())


def iterate_photos(connection: Connection) -> Iterable[Photo]:
    return map(photo_from_row, connection.execute(select(t.photos).order_by(t.photos.c.id)))


def photo_from_row(row: Row) -> Photo:  # type: ignore[type-arg]
    return Photo(
        sha256=row.sha256,
        size=row.size,
        format=row.format,
        width=row.width,
        height=row.height,
        orientation=row.orientation,
        capture=_capture_from_row(row),
        likeness=row.likeness,
        damage=row.damage,
        pictures=tuple(PictureInFile(*picture) for picture in json.loads(row.pictures or "[]")),
        shown_as=row.shown_as,
    )


def _capture_from_row(row: Row) -> Capture:  # type: ignore[type-arg]
    """Read capture data; a stored text that is no date is read as none, with a doubt."""
    return Capture(
        keep_valid_date(row.taken_at),
        row.make,
        row.model,
        json.loads(row.tags),
        row.taken_from,
        describe_stored_doubt(row.taken_at, row.taken_doubt),
    )


def _source_file_from_row(row: Row) -> SourceFile:  # type: ignore[type-arg]
    problem = Problem(ProblemKind(row.problem_kind), row.problem_reason) if row.problem_kind else None
    return SourceFile(
        source=row.source,
        path=path_to_text(row.path),
        size=row.size,
        sha256=row.sha256 or "",
        outcome=IngestOutcome(row.outcome),
        problem=problem,
        content_kind=row.content_kind,
        media_type=row.media_type,
        path_bytes=bytes(row.path),
    )


def load_hashes_by_path(connection: Connection, source: str) -> dict[bytes, str]:
    """Path -> SHA-256 of every name of a Source as it was ingested last, "" for what could not be read."""
    c = t.source_files.c
    rows = connection.execute(select(c.path, c.sha256).where(c.source == source, is_standing()))
    return {bytes(row.path): row.sha256 or "" for row in rows}
