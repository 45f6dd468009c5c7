"""Rebuild the state from the ledger alone and compare: the proof that the tables say what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import DBAPIError

from reviewer.domain.errors import LedgerDamaged
from reviewer.domain.ledger import Entry, Fault
from reviewer.storage import database, ledger
from reviewer.storage import tables as t
from reviewer.storage.apply import apply


def differences(
    connection: Connection, progress: Callable[[int], None] = lambda _done: None
) -> Iterator[Fault]:
    """What the tables of this Case say differently from what its ledger adds up to.

    `progress` is called with the number of entries replayed so far.
    """
    with database.in_memory() as rebuilt:
        for done, (position, entry) in enumerate(ledger.entries(connection), start=1):
            ledger.insert(rebuilt, entry, position)
            try:
                apply(rebuilt, position, entry)
            except (DBAPIError, LedgerDamaged, KeyError, ValueError, TypeError) as error:
                yield Fault(f"entry {position}", f"cannot be applied: {error.__class__.__name__}")
                return
            progress(done)
        if _shape(connection) != _shape(rebuilt):
            yield Fault("the database", "its tables are not shaped as the program makes them")
        for table in t.STATE:
            yield from _table_differences(table, connection, rebuilt)


def _shape(connection: Connection) -> set[tuple[str, ...]]:
    """Every table, index and trigger with the statement that made it, without what the engine adds."""
    rows = connection.exec_driver_sql(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite@_%' ESCAPE '@'"
    )
    return {tuple(map(str, row)) for row in rows}


def _table_differences(table: Table, kept: Connection, rebuilt: Connection) -> Iterator[Fault]:
    key = list(table.primary_key.columns)
    there = {tuple(row) for row in kept.execute(select(table))}
    expected = {tuple(row) for row in rebuilt.execute(select(table))}
    names = [column.name for column in key]
    width = [list(table.columns).index(column) for column in key]
    for row in sorted(there ^ expected, key=repr):
        at = ", ".join(f"{name} {row[place]}" for name, place in zip(names, width, strict=True))
        what = "is not what the ledger says" if row in there else "is missing or changed"
        yield Fault(f"{table.name} ({at})", what)


@contextmanager
def from_entries(entries: Iterable[Entry]) -> Iterator[Connection]:
    """The tables that these entries add up to, in memory. What cannot be applied raises DBAPIError,
    LedgerDamaged, KeyError, ValueError or TypeError."""
    with database.in_memory() as rebuilt:
        for position, entry in enumerate(entries, start=1):
            ledger.insert(rebuilt, entry, position)
            apply(rebuilt, position, entry)
        yield rebuilt
