"""Which row of a path stands, and what is counted of those that do.

A file that is examined anew gets a row beside the earlier one, which it replaces. What speaks of what is
there now asks for the rows that stand; where a Photo was found is said by every row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from reviewer.domain.evidence.nested_sources import find_overlapping_sources, locate_file
from reviewer.domain.photos.photo import KINDS_WITHOUT_FILE, IngestOutcome
from reviewer.storage.engine import tables as t


@dataclass(frozen=True)
class KnownFile:
    """What stands for a path: its row, size in bytes, mtime in ns, SHA-256 ("" if it could not be read), and
    whether it is a Photo that is damaged."""

    row: int
    size: int
    modified_ns: int
    sha256: str
    outcome: IngestOutcome
    problem_kind: str
    problem_reason: str
    content_kind: str
    media_type: str
    damaged: bool


def is_standing() -> ColumnElement[bool]:
    """Of a row of `source_files`: no later row replaces it."""
    replaced = t.source_files.alias().c.replaces
    return t.source_files.c.id.not_in(select(replaced).where(replaced.is_not(None)))


def load_known_files(connection: Connection, source: str) -> dict[bytes, KnownFile]:
    """What stands for each path of a Source."""
    c = t.source_files.c
    query = select(
        c.path,
        c.id,
        c.size,
        c.modified_ns,
        func.coalesce(c.sha256, ""),
        c.outcome,
        c.problem_kind,
        c.problem_reason,
        c.content_kind,
        c.media_type,
        func.coalesce(t.photos.c.damage, "") != "",
    ).outerjoin(t.photos, t.photos.c.id == c.photo)
    query = query.where(c.source == source, is_standing())
    return {
        bytes(path): KnownFile(row, size, modified, sha, IngestOutcome(outcome), *told)
        for path, row, size, modified, sha, outcome, *told in connection.execute(query)
    }


def count_earlier_photos(connection: Connection) -> int:
    """Count the rows whose Photo no longer stands: their path has a different content now."""
    c, later = t.source_files.c, t.source_files.alias()
    query = select(func.count()).select_from(t.source_files.join(later, later.c.replaces == c.id))
    query = query.where(later.c.replaces.is_not(None), c.outcome == "photo")
    return int(connection.execute(query).scalar_one())


def count_files(connection: Connection, names: int, roots: Mapping[str, bytes]) -> int:
    """How many of `names` that stand are files, each once however many Sources it lies in: links, folders and
    what was left out are none. `roots`: Source id -> path."""
    c = t.source_files.c
    no_file = c.problem_kind.in_([str(kind) for kind in KINDS_WITHOUT_FILE])
    unused = c.outcome.in_([str(IngestOutcome.PROBLEM), str(IngestOutcome.LEFT_OUT)])
    query = select(func.count()).select_from(t.source_files).where(unused, no_file, is_standing())
    files = names - int(connection.execute(query).scalar_one())
    within = find_overlapping_sources(roots)
    if within:
        query_within = select(c.source, c.path).where(is_standing(), ~no_file, c.source.in_(within))
        met = [locate_file(roots[source], bytes(path)) for source, path in connection.execute(query_within)]
        files -= len(met) - len(set(met))
    return files


def count_shared_photos(connection: Connection, source: str) -> tuple[int, dict[str, int]]:
    """How many Photos stand in a Source, and how many of them in each other Source too (by its id)."""
    c, other = t.source_files.c, t.source_files.alias().c
    own = select(c.photo).where(c.source == source, c.photo.is_not(None), is_standing()).distinct()
    total = connection.execute(select(func.count()).select_from(own.subquery())).scalar_one()
    query = select(other.source, func.count(other.photo.distinct())).where(
        other.photo.in_(own), other.source != source
    )
    return int(total), {
        other_source: int(count) for other_source, count in connection.execute(query.group_by(other.source))
    }
