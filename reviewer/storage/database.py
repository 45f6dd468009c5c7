"""Opening a case database: pragmas, version, one writing connection, any number of reading ones."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

from reviewer.domain.errors import CaseUnusable, LedgerDamaged
from reviewer.storage.migrations import runner

APPLICATION_ID = 0x52565752  # "RVWR"
BUSY_MS = 5000
LATEST = runner.LATEST


def create(path: Path) -> None:
    """Make an empty case database at `path`, which must not exist."""
    if path.exists():
        raise CaseUnusable(f"There is a case database at {path} already.")
    connection = _connected(path, mode="rwc")
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        runner.migrate(connection)
    finally:
        connection.close()


def check(path: Path) -> int:
    """The version of the database at `path`; CaseUnusable or LedgerDamaged if it cannot be opened."""
    if not path.is_file():
        raise CaseUnusable(f"There is no case database at {path}.", "Choose the folder that ends in .case.")
    try:
        connection = _connected(path, mode="ro")
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        raise CaseUnusable(f"The case database at {path} cannot be opened: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise LedgerDamaged(
            f"{path} is damaged: {error}.", "Restore the case folder from a copy and verify that."
        ) from error
    if application != APPLICATION_ID:
        raise CaseUnusable(f"{path} is a database of another program.")
    _refuse_newer(int(version))
    return int(version)


def _refuse_newer(version: int) -> None:
    """A newer minor version opens; a newer major version is refused."""
    if version // runner.MAJOR > runner.LATEST // runner.MAJOR:
        raise CaseUnusable(
            f"This case was made by a newer version of the program (case format {runner.named(version)}; "
            f"this program knows {runner.named(runner.LATEST)}).",
            "Open it with the newer version. Nothing was changed.",
            code="case-newer",
        )


def writing_engine(path: Path) -> Engine:
    """The engine of the one writer: a single connection, full synchronisation, immediate transactions."""
    return _engine(path, "rw", "BEGIN IMMEDIATE", StaticPool)


def reading_engine(path: Path) -> Engine:
    """An engine that cannot write; connections are kept for the next use, whichever thread that is in."""
    return _engine(path, "ro", "BEGIN", QueuePool)


@contextmanager
def in_memory() -> Iterator[Connection]:
    """A database in memory with the tables of a case, for rebuilding state from the ledger."""
    raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        runner.migrate(raw)
        engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool, hide_parameters=True)
        _own_transactions(engine, "BEGIN")
        with engine.begin() as connection:
            yield connection
    finally:
        raw.close()


def migrate(path: Path) -> None:
    """Bring an older database to the present version; the file is copied beside itself first."""
    runner.back_up(path)
    connection = _connected(path, mode="rw")
    try:
        runner.migrate(connection)
    finally:
        connection.close()


def _engine(path: Path, mode: str, begin: str, pool: Any) -> Engine:
    engine = create_engine(
        "sqlite://", creator=lambda: _connected(path, mode), poolclass=pool, hide_parameters=True
    )
    _own_transactions(engine, begin)
    return engine


def _own_transactions(engine: Engine, begin: str) -> None:
    """Say BEGIN ourselves: the driver's own guess at when to begin would leave reads outside."""

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    if mode == "ro" and not _can_share(path):
        address += "&immutable=1"
    connection = sqlite3.connect(
        address, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        if mode != "ro":
            connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA temp_store = MEMORY")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _can_share(path: Path) -> bool:
    """Whether the write-ahead log can be read: it needs its index beside it, or leave to make one."""
    if path.with_name(path.name + "-wal").exists():
        return True
    return os.access(path.parent, os.W_OK)
