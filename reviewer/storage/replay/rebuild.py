"""Rebuild the state from the ledger alone and compare: the proof that the tables say what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, select

from reviewer.domain.ledger.entry import Entry, LedgerFault
from reviewer.storage import ledger
from reviewer.storage.engine import database, numbers
from reviewer.storage.engine import tables as t
from reviewer.storage.replay.apply import apply_entry
from reviewer.storage.replay.replay import CANNOT_APPLY, replay_entries


def find_differences(
    connection: Connection, progress: Callable[[int], None] = lambda _done: None
) -> Iterator[LedgerFault]:
    """What the tables of this Case say differently from what its ledger adds up to.

    `progress` is called with the number of entries replayed so far.
    """
    with database.open_in_memory() as rebuilt:
        numbers.copy_numbers(connection, rebuilt)
        try:
            replay_entries(rebuilt, lambda: ledger.iterate_entries(connection), progress)
        except CANNOT_APPLY:
            yield _find_first_failing_entry(connection)
            return
        if _load_schema(connection) != _load_schema(rebuilt):
            yield LedgerFault("the database", "its tables are not shaped as the program makes them")
        for photo in numbers.find_number_faults(connection, rebuilt):
            yield LedgerFault(f"photo {photo[:12]}", "its number is missing or that of another")
        for table in t.STATE_TABLES:
            yield from _find_table_differences(table, connection, rebuilt)


def _find_first_failing_entry(connection: Connection) -> LedgerFault:
    """The entry that cannot be applied, found by applying one after the other."""
    position = 0
    with database.open_in_memory() as rebuilt:
        try:
            for position, entry in ledger.iterate_entries(connection):
                ledger.insert_entry(rebuilt, entry, position)
                apply_entry(rebuilt, position, entry)
        except CANNOT_APPLY as error:
            return LedgerFault(f"entry {position}", f"cannot be applied: {error.__class__.__name__}")
    raise AssertionError("one entry after the other they can be applied")


def _load_schema(connection: Connection) -> set[tuple[str, ...]]:
    """Every table, index and trigger with the statement that made it, without what the engine adds."""
    rows = connection.exec_driver_sql(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite@_%' ESCAPE '@'"
    )
    return {tuple(map(str, row)) for row in rows}


def _find_table_differences(table: Table, kept: Connection, rebuilt: Connection) -> Iterator[LedgerFault]:
    key = list(table.primary_key.columns)
    there = {tuple(row) for row in kept.execute(select(table))}
    expected = {tuple(row) for row in rebuilt.execute(select(table))}
    width = [list(table.columns).index(column) for column in key]
    for row in sorted(there ^ expected, key=repr):
        values = {column.name: row[place] for column, place in zip(key, width, strict=True)}
        at = ", ".join(f"{name} {value}" for name, value in _name_photos(rebuilt, values).items())
        what = "is not what the ledger says" if row in there else "is missing or changed"
        yield LedgerFault(f"{table.name} ({at})", what)


def _name_photos(connection: Connection, key: dict[str, Any]) -> dict[str, Any]:
    """The key of a row as one says it: a Photo by its SHA-256, no round where it is the first."""
    told = {name: value for name, value in key.items() if (name, value) != ("round", 1)}
    column = "subject" if key.get("kind") == "photo" else "photo"
    if column in told:
        query = select(t.photo_numbers.c.sha256).where(t.photo_numbers.c.number == told[column])
        told[column] = connection.execute(query).scalar() or told[column]
    return told


@contextmanager
def open_tables_from_entries(
    entries: Sequence[Entry], progress: Callable[[int], None]
) -> Iterator[Connection]:
    """The tables that these entries add up to, in memory; one of CANNOT_APPLY if they do not apply."""
    with database.open_in_memory() as rebuilt:
        replay_entries(rebuilt, lambda: enumerate(entries, start=1), progress)
        yield rebuilt
