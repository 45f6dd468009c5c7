"""Every file of evidence as a pack lists it: what a seal stands for, and what no seal stands for yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from reviewer.domain.evidence.manifest import UNREAD_HASH
from reviewer.storage.engine import tables as t
from reviewer.storage.photos.standing import is_standing


@dataclass(frozen=True)
class EvidenceRow:
    """A row of a file of a Source: `sha256` is `-` if it could not be read, `size` is in bytes. `stands`
    unless its path was examined anew and has a later row."""

    sha256: str
    size: int
    path: bytes
    sealed: bool
    stands: bool

    @property
    def was_read(self) -> bool:
        return self.sha256 != UNREAD_HASH


def count_evidence_rows(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(t.source_files)).scalar_one())


def iterate_evidence_rows(connection: Connection, source: str, through: int) -> Iterator[EvidenceRow]:
    """The files of a Source by the bytes of their paths; `through` is the last row that is sealed."""
    c = t.source_files.c
    query = select(c.id, c.sha256, c.size, c.path, is_standing().label("stands")).where(c.source == source)
    for row in connection.execute(query.order_by(c.path, c.id)):
        yield EvidenceRow(
            row.sha256 or UNREAD_HASH, row.size, bytes(row.path), row.id <= through, bool(row.stands)
        )


def list_sources_added(connection: Connection) -> list[str]:
    """The ids of the Sources in the order in which the ledger adds them."""
    return list(connection.execute(_SOURCES_ADDED).scalars())


_SOURCES_ADDED = (
    select(t.ledger.c.subject).where(t.ledger.c.act == "source.added").order_by(t.ledger.c.position)
)
