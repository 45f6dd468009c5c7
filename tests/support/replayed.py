"""The second way to an earlier moment of a case: its ledger replayed into empty tables, and both compared."""

import json
from contextlib import contextmanager
from itertools import islice

from sqlalchemy import select

from reviewer.domain.acts import acts
from reviewer.storage import ledger
from reviewer.storage.engine import database, texts
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.numbers import copy_numbers
from reviewer.storage.replay.as_of import open_as_of
from reviewer.storage.replay.replay import replay_entries

_OTHERWISE = (t.texts, t.photo_numbers, t.record_contents)
"""Texts have ids of their own, Photos keep the numbers of now; contents of records were not replayed."""


@contextmanager
def open_replayed(connection, entries):
    """The database after the first `entries` entries, replayed in memory, with the evidence of then."""
    with database.open_in_memory() as then:
        copy_numbers(connection, then)
        replay_entries(then, lambda: islice(ledger.iterate_entries(connection), entries))
        _copy_evidence(connection, then)
        yield then


def find_unlike(store, entries):
    """What the two ways say differently: (table, row) of each row that only one of them has."""
    with (
        store.read() as connection,
        open_replayed(connection, entries) as replayed,
        store.read_apart() as apart,
        open_as_of(apart, entries) as past,
    ):
        tables = [table for table in t.metadata.sorted_tables if table not in _OTHERWISE]
        found = {
            (table.name, row)
            for table in tables
            for row in _load_rows(select(table), past.connection) ^ _load_rows(select(table), replayed)
        }
        c = t.texts.c
        kept = select(c.kind, c.owner, c.text)
        of_texts = _load_rows(kept, replayed)
        found |= {("texts", row) for row in _load_rows(kept, past.connection) ^ of_texts}
        for word in sorted({word for row in of_texts for word in row.text.split()})[:20]:
            if _find_owners(past.connection, word) != _find_owners(replayed, word):
                found.add(("texts_index", word))
        if (past.entries, past.head) != ledger.load_size_and_head(replayed):
            found.add(("head", past.head))
        if past.at != ledger.load_latest_time(replayed):
            found.add(("time", past.at))
        return found


def _load_rows(query, connection):
    rows = connection.execute(query).all()
    assert len(set(rows)) == len(rows), "no row stands twice"
    return set(rows)


def _find_owners(connection, word):
    query = "SELECT owner FROM texts WHERE id IN (SELECT rowid FROM texts_index WHERE texts_index MATCH ?)"
    return set(connection.exec_driver_sql(query, ('"' + word.replace('"', '""') + '"',)).scalars())


def _copy_evidence(connection, then):
    f, r = t.source_files.c, t.records.c
    for source in then.execute(select(t.sources.c.id, t.sources.c.through)).all():
        rows = select(t.source_files).where(f.source == source.id, f.id <= source.through).order_by(f.id)
        photos = select(t.photos).where(t.photos.c.id.in_(rows.with_only_columns(f.photo)))
        _copy_rows(connection, then, photos, t.photos)
        _copy_rows(connection, then, rows, t.source_files)
        _copy_rows(connection, then, _select_changed_files(then, source.id), t.changed_files)
    for file in then.execute(select(t.record_files.c.id)).scalars().all():
        rows = select(t.records).where(r.file == file)
        of = t.record_facts.c.record.in_(rows.with_only_columns(r.id))
        _copy_rows(connection, then, rows, t.records)
        _copy_rows(connection, then, select(t.record_facts).where(of), t.record_facts)
        cells = connection.execute(rows.with_only_columns(r.id, r.cells)).all()
        told = [(str(row.id), texts.join_record_cells(json.loads(row.cells))) for row in cells]
        texts.add_texts(then, "record", told)


def _select_changed_files(then, source):
    c, f = t.changed_files.c, t.source_files.c
    found = ledger.find_latest(then, acts.CHANGED_FILES_FOUND, source)
    through = found[1].body["through"] if found is not None else 0
    of = select(f.id).where(f.source == source)
    return select(t.changed_files).where(c.source_file.in_(of), c.id <= through).order_by(c.id)


def _copy_rows(connection, then, query, table):
    rows = [dict(row) for row in connection.execute(query).mappings()]
    if rows:
        then.execute(table.insert().prefix_with("OR IGNORE"), rows)
