"""The files of a Source as a manifest needs them: one by one, in the order of their names as bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from reviewer.storage.engine import tables as t
from reviewer.storage.photos.standing import is_standing


@dataclass(frozen=True)
class ListedFile:
    """A file as it was ingested: path below the root, size in bytes, SHA-256 ("" if it could not be read);
    `reason` is what was wrong with it, "" if nothing; `changed` whether it was found changed since,
    `replaces` whether it replaced a different content."""

    path: bytes
    size: int
    sha256: str
    reason: str
    changed: bool
    replaces: bool


def count_listed_files(connection: Connection) -> int:
    return int(
        connection.execute(select(func.count()).select_from(t.source_files).where(is_standing())).scalar_one()
    )


def iterate_listed_files(connection: Connection, source: str) -> Iterator[ListedFile]:
    """Sorted by the bytes of the path, as SQLite compares them."""
    c = t.source_files.c
    changed = set(connection.execute(select(t.changed_files.c.source_file)).scalars())
    query = select(c.id, c.path, c.size, c.sha256, c.problem_reason, c.replaces)
    query = query.where(c.source == source, is_standing())
    for row in connection.execute(query.order_by(c.path)):
        remarks = (row.problem_reason, row.id in changed, row.replaces in changed)
        yield ListedFile(bytes(row.path), row.size, row.sha256 or "", *remarks)
