"""Temporary views with the names of the tables: the rows of now that are not hidden, and those of then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Table

from reviewer.domain.acts.act import ThingKind
from reviewer.storage.engine import tables as t
from reviewer.storage.replay.as_of_changes import LedgerChanges
from reviewer.storage.shared.shared_rows import TABLES_OF_KIND

_AT_ONCE = 5_000
_OF_CASE = t.case_facts, t.examiners, t.sources, t.record_files
_OF_READINGS = t.readings, t.coverage, t.findings, t.finding_regions, t.scales, t.measurements
_VIEW = "CREATE TEMP VIEW {name} AS SELECT m.* FROM main.{name} m WHERE {condition}{also}"
_TABLE = "CREATE TEMP TABLE {name} AS SELECT * FROM main.{like} WHERE false"
_PUT = "INSERT INTO temp.{name} ({columns}) VALUES ({values})"
_ALL, _ALL_THEN = "SELECT {columns} FROM {name}", "SELECT * FROM temp.then_{name}"
_ANY = "SELECT 1 FROM temp.{table} LIMIT 1"
_NOT_HIDDEN = "m.{column} NOT IN (SELECT id FROM temp.{table})"
_UNTIL = "m.position <= {last:d}"
_STANDING_AS_NOW = "m.position NOT IN (SELECT position FROM temp.then_acts)"
_OTHER_READING = """
    NOT EXISTS (SELECT 1 FROM temp.then_of_readings o WHERE o.photo = m.photo AND o.examiner = m.examiner)
"""
_MARK_OF_OTHER_READING = """
    NOT EXISTS (
        SELECT 1 FROM main.findings f JOIN temp.then_of_readings o
        ON o.photo = f.photo AND o.examiner = f.examiner WHERE f.id = m.finding
    )
"""
_OTHER_PHOTO = "NOT EXISTS (SELECT 1 FROM temp.then_photos o WHERE o.photo = m.photo)"
_OTHER_THING = "NOT EXISTS (SELECT 1 FROM temp.then_things o WHERE o.kind = '{kind}' AND o.subject = m.{key})"
_HIDDEN_TEXTS = """
    INSERT INTO temp.then_hidden_texts
    SELECT x.id FROM temp.then_touched w
    JOIN main.texts x ON x.kind = 'note' AND x.owner = w.examiner || ' ' || w.sha256
    UNION SELECT x.id FROM temp.then_hidden_records r
    JOIN main.texts x ON x.kind = 'record' AND x.owner = CAST(r.id AS TEXT)
"""
_TEXTS_INDEX = (
    "CREATE VIRTUAL TABLE temp.then_texts_index USING fts5 "
    "(text, content = '', tokenize = 'unicode61 remove_diacritics 2')",
    "INSERT INTO temp.then_texts_index (rowid, text) SELECT id, text FROM temp.then_texts",
    "CREATE TEMP VIEW texts_index AS "
    "SELECT rowid AS rowid, texts_index AS texts_index FROM main.texts_index "
    "UNION ALL SELECT rowid, then_texts_index FROM temp.then_texts_index",
)
"""Whoever asks the view for a MATCH asks both: the engine hands it on to the parts of such a view."""
_KNOWN_NUMBERS = """
    DELETE FROM temp.then_photo_numbers WHERE number IN (SELECT number FROM main.photo_numbers)
"""
_IDS_OF_TEXTS = "UPDATE temp.then_texts SET id = id + (SELECT coalesce(max(id), 0) FROM main.texts)"
_ACTS_OTHERWISE = """
    SELECT a.position, a.author, a.kind, o.taken_back
    FROM temp.then_acts o JOIN main.acts a ON a.position = o.position
"""
_HIDING = (
    ("then_hidden_files", t.source_files, "id"),
    ("then_hidden_photos", t.photos, "id"),
    ("then_hidden_records", t.records, "id"),
    ("then_hidden_records", t.record_facts, "record"),
)


def put_brought_forward(connection: Connection, folded: Connection) -> frozenset[Table]:
    """Copy rows into temporary tables: those of the case with its own names, the others named `then_...`.

    Returns the others of which there are any.
    """
    for table in _OF_CASE:
        _make_table(connection, table, table.name)
        _copy_rows(folded, connection, table, table.name)
    filled = set()
    for table in (*_OF_READINGS, t.marks, *_iterate_shared_tables(), t.texts, t.photo_numbers):
        _make_table(connection, table, f"then_{table.name}")
        if _copy_rows(folded, connection, table, f"then_{table.name}"):
            filled.add(table)
    connection.exec_driver_sql(_KNOWN_NUMBERS)
    if connection.exec_driver_sql(_ANY.format(table="then_photo_numbers")).first() is None:
        filled.discard(t.photo_numbers)
    connection.exec_driver_sql(_IDS_OF_TEXTS)
    for table in filled:
        _make_indexes(connection, table)
    return frozenset(filled)


def show_as_of(connection: Connection, changes: LedgerChanges, filled: frozenset[Table]) -> None:
    """Make the views. A table of which nothing is hidden, and nothing was otherwise, gets none."""
    until = _UNTIL.format(last=changes.last)
    stood = f"{until} AND {_STANDING_AS_NOW}"
    _make_view(connection, t.ledger, until)
    _make_view(connection, t.act_subjects, until)
    _make_view(connection, t.acts, stood, _ACTS_OTHERWISE if changes.acts else "")
    if changes.readings or t.readings in filled:
        for table in _OF_READINGS:
            _make_view(connection, table, _OTHER_READING, _select_then(table, filled))
        _make_view(connection, t.marks, _MARK_OF_OTHER_READING, _select_then(t.marks, filled))
    if changes.things:
        for table, condition in _iterate_shared_conditions():
            _make_view(connection, table, condition, _select_then(table, filled))
    _show_evidence(connection)
    _show_texts(connection, filled)
    if t.photo_numbers in filled:
        _make_view(connection, t.photo_numbers, "true", _select_then(t.photo_numbers, filled))


def show_chains(connection: Connection, chains: Sequence[tuple[str, str, int, str]]) -> None:
    """Put the ends of the chains (author, station, number, hash) in the place of those of now."""
    _make_table(connection, t.chains, t.chains.name)
    if chains:
        connection.exec_driver_sql("INSERT INTO temp.chains VALUES (?, ?, ?, ?)", list(chains))


def _show_evidence(connection: Connection) -> None:
    for of, table, column in _HIDING:
        if connection.exec_driver_sql(_ANY.format(table=of)).first() is not None:
            _make_view(connection, table, _NOT_HIDDEN.format(column=column, table=of))
    _make_view(connection, t.record_contents, "m.file IN (SELECT id FROM temp.record_files)")


def _show_texts(connection: Connection, filled: frozenset[Table]) -> None:
    """Texts of notes and records, and the words of the former notes in an index of their own."""
    connection.exec_driver_sql("CREATE TEMP TABLE then_hidden_texts (id INTEGER PRIMARY KEY)")
    connection.exec_driver_sql(_HIDDEN_TEXTS)
    condition = _NOT_HIDDEN.format(column="id", table="then_hidden_texts")
    _make_view(connection, t.texts, condition, _select_then(t.texts, filled))
    if t.texts in filled:
        for statement in _TEXTS_INDEX:
            connection.exec_driver_sql(statement)


def _iterate_shared_tables() -> Iterator[Table]:
    for tables in TABLES_OF_KIND.values():
        yield from (table for table, _key in tables)


def _iterate_shared_conditions() -> Iterator[tuple[Table, str]]:
    for kind, tables in TABLES_OF_KIND.items():
        for table, key in tables:
            is_photo = kind is ThingKind.PHOTO
            yield table, _OTHER_PHOTO if is_photo else _OTHER_THING.format(kind=kind, key=key)


def _select_then(table: Table, filled: frozenset[Table]) -> str:
    return _ALL_THEN.format(name=table.name) if table in filled else ""


def _make_view(connection: Connection, table: Table, condition: str, more: str = "") -> None:
    also = f" UNION ALL {more}" if more else ""
    connection.exec_driver_sql(_VIEW.format(name=table.name, condition=condition, also=also))


def _make_table(connection: Connection, table: Table, name: str) -> None:
    connection.exec_driver_sql(_TABLE.format(name=name, like=table.name))


def _copy_rows(folded: Connection, connection: Connection, table: Table, name: str) -> bool:
    """Copy all rows of a table; whether there were any."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    put = _PUT.format(name=name, columns=columns, values=", ".join("?" * len(table.columns)))
    there = False
    for some in folded.exec_driver_sql(_ALL.format(name=table.name, columns=columns)).partitions(_AT_ONCE):
        connection.exec_driver_sql(put, [tuple(row) for row in some])
        there = True
    return there


def _make_indexes(connection: Connection, table: Table) -> None:
    """The same indexes as the table has, for its rows of then."""
    name = f"then_{table.name}"
    key = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    connection.exec_driver_sql(f"CREATE INDEX temp.{name}_key ON {name} ({key})")
    query = "SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql <> ''"
    for index, made in connection.exec_driver_sql(query, (table.name,)).all():
        columns = made[made.index("(") :]
        connection.exec_driver_sql(f"CREATE INDEX temp.then_{index} ON {name} {columns}")
