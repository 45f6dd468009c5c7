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
from reviewer.storage.engine.numbers import copy_numbers
from reviewer.storage.replay.replay import replay_entries

_ROWS_AT_ONCE = 5_000


@contextmanager
def open_as_of(
    connection: Connection, entries: int, progress: Callable[[int], None] = lambda _done: None
) -> Iterator[Connection]:
    """The database after the first `entries` entries, in memory, never on disk.

    `progress` is called with the number of entries replayed, and ends it by raising.
    """
    with database.open_in_memory() as then:
        copy_numbers(connection, then)
        replay_entries(then, lambda: islice(ledger.iterate_entries(connection), entries), progress)
        _copy_evidence(connection, then)
        yield then


def _copy_evidence(connection: Connection, then: Connection) -> None:
    """What was ingested and sealed by then: rows of files up to where each Source was through."""
    f, r = t.source_files.c, t.records.c
    for source in then.execute(select(t.sources.c.id, t.sources.c.through)).all():
        rows = select(t.source_files).where(f.source == source.id, f.id <= source.through).order_by(f.id)
        photos = select(t.photos).where(t.photos.c.id.in_(rows.with_only_columns(f.photo)))
        _copy_rows(connection, then, photos, t.photos)
        _copy_rows(connection, then, rows, t.source_files)
        _copy_rows(connection, then, _select_changed_files(then, source.id), t.changed_files)
    for file in then.execute(select(t.record_files.c.id)).scalars().all():
        rows = select(t.records).where(r.file == file)
        ids = rows.with_only_columns(r.id)
        _copy_rows(connection, then, rows, t.records)
        _copy_rows(
            connection, then, select(t.record_facts).where(t.record_facts.c.record.in_(ids)), t.record_facts
        )
        cells = connection.execute(rows.with_only_columns(r.id, r.cells)).all()
        texts_of_rows = [(str(row.id), texts.join_record_cells(json.loads(row.cells))) for row in cells]
        texts.add_texts(then, "record", texts_of_rows)


def _select_changed_files(then: Connection, source: str) -> Select[Any]:
    """The notes of files found changed that were sealed by then."""
    c, f = t.changed_files.c, t.source_files.c
    found = ledger.find_latest(then, acts.CHANGED_FILES_FOUND, source)
    through = found[1].body["through"] if found is not None else 0
    of = select(f.id).where(f.source == source)
    return select(t.changed_files).where(c.source_file.in_(of), c.id <= through).order_by(c.id)


def _copy_rows(connection: Connection, then: Connection, query: Select[Any], table: Table) -> None:
    """Rows of a table; one that is there already stays: a Photo may lie in two Sources."""
    rows = [dict(row) for row in connection.execute(query).mappings()]
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        then.execute(table.insert().prefix_with("OR IGNORE"), rows[start : start + _ROWS_AT_ONCE])
