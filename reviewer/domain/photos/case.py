"""The Case and who and what belongs to it, and the record of one file met while ingesting."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewer.domain.photos.photo import IngestOutcome, Photo, Problem


@dataclass(frozen=True)
class Examiner:
    """`key` is the public key that entries are checked with, as hex; "" before signing."""

    id: str
    name: str
    enrolled_at: str = field(default="", compare=False)
    key: str = field(default="", compare=False)


@dataclass(frozen=True)
class Source:
    """A folder that was ingested.

    `manifest` and `records` are the hashes that the last ingest was sealed with ("" before the first seal):
    over the files and over everything found out about them, up to the row `through`.
    """

    id: str
    path: str
    added_at: str
    ingested_at: str
    manifest: str
    records: str
    files: int
    through: int


@dataclass(frozen=True)
class FoundFile:
    """A file met under a Source: its path below the Source's root as bytes, size in bytes, mtime in ns."""

    path: bytes
    size: int
    modified_ns: int


@dataclass(frozen=True)
class ExaminedFile:
    """What examining one file gave: a Photo or a Problem, never both; `sha256` is "" if it was unreadable.

    `content_kind` and `media_type` say what the content of a file is that is no Photo, "" if unknown.
    `left_out` is a name that is not looked into on purpose; its Problem says why.
    """

    file: FoundFile
    sha256: str
    photo: Photo | None
    problem: Problem | None
    thumbnail: bytes | None = None
    greys: bytes = b""
    content_kind: str = ""
    media_type: str = ""
    left_out: bool = False
    by: int = field(default=0, compare=False)
    """The process whose word it is and that is not proved yet; 0 if there is none."""


@dataclass(frozen=True)
class SourceFile:
    """A path at which something was found, and what became of it; `path` is text made safe to show."""

    source: str
    path: str
    size: int
    sha256: str
    outcome: IngestOutcome
    problem: Problem | None
    content_kind: str = ""
    media_type: str = ""
    path_bytes: bytes = b""
    """The path as it lies on disk."""


@dataclass(frozen=True)
class CaseCounts:
    """The size of a Case.

    `names` = `photos` - `earlier` + `duplicates` + `problems` + `left_out` are met in its Sources; `earlier`
    are Photos whose path has another content now. `files` are regular files, each counted once however many
    Sources it lies in.
    """

    photos: int
    earlier: int
    names: int
    files: int
    duplicates: int
    problems: int
    left_out: int
    changed: int
    examiners: int
    complete: int
    open: int
    set_aside: int
    findings: int
    entries: int
    head: str
