"""The Case as it was after some entry of its ledger: state folded anew in memory, evidence beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from reviewer.domain.acts import acts
from reviewer.storage import ledger
from reviewer.storage.engine import database, texts
from reviewer.storage.engine import tables as t
from reviewer.storage.replay.replay import replay

_AT_ONCE = 5_000


@contextmanager
def as_of(
    connection: Connection, entries: int, progress: Callable[[int], None] = lambda _done: None
) -> Iterator[Connection]:
    """The database after the first `entries` entries, in memory, never on disk.

    `progress` is called with the number of entries replayed, and ends it by raising.
    """
    with database.in_memory() as then:
        replay(then, lambda: islice(ledger.entries(connection), entries), progress)
        _bring_evidence(connection, then)
        yield then


def _bring_evidence(connection: Connection, then: Connection) -> None:
    """What was ingested and sealed by then: rows of files up to where each Source was through."""
    f, r = t.source_files.c, t.records.c
    for source in then.execute(select(t.sources.c.id, t.sources.c.through)).all():
        rows = select(t.source_files).where(f.source == source.id, f.id <= source.through).order_by(f.id)
        photos = select(t.photos).where(t.photos.c.id.in_(rows.with_only_columns(f.photo)))
        _copy(connection, then, photos, t.photos)
        _copy(connection, then, rows, t.source_files)
        _copy(connection, then, _found_changed(then, source.id), t.changed_files)
    for file in then.execute(select(t.record_files.c.id)).scalars().all():
        rows = select(t.records).where(r.file == file)
        ids = rows.with_only_columns(r.id)
        _copy(connection, then, rows, t.records)
        _copy(
            connection, then, select(t.record_facts).where(t.record_facts.c.record.in_(ids)), t.record_facts
        )
        cells = connection.execute(rows.with_only_columns(r.id, r.cells)).all()
        told = [(str(row.id), texts.record_text(json.loads(row.cells))) for row in cells]
        texts.add_many(then, "record", told)


def _found_changed(then: Connection, source: str) -> Select[Any]:
    """The notes of files found changed that were sealed by then."""
    c, f = t.changed_files.c, t.source_files.c
    told = ledger.latest(then, acts.CHANGED_FILES_FOUND, source)
    through = told[1].body["through"] if told is not None else 0
    of = select(f.id).where(f.source == source)
    return select(t.changed_files).where(c.source_file.in_(of), c.id <= through).order_by(c.id)


def _copy(connection: Connection, then: Connection, query: Select[Any], table: Table) -> None:
    """Rows of a table; one that is there already stays: a Photo may lie in two Sources."""
    rows = [dict(row) for row in connection.execute(query).mappings()]
    for start in range(0, len(rows), _AT_ONCE):
        then.execute(table.insert().prefix_with("OR IGNORE"), rows[start : start + _AT_ONCE])
