"""Opening a case database: pragmas, version, one writing connection, any number of reading ones."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import NullPool, QueuePool, StaticPool
from sqlalchemy.util import LRUCache

from reviewer.domain.errors import CaseUnusable, LedgerDamaged
from reviewer.storage.engine import cipher
from reviewer.storage.migrations import runner

APPLICATION_ID = 0x52565752  # "RVWR"
LATEST_VERSION = runner.LATEST_VERSION
format_version = runner.format_version
"""A version of the format as people read it: 1004 is "1.4"."""
HEADER_BYTES = 100
_KEPT, _MOST = 2, 15
"""Connections that read: kept, and open at once."""
_STATEMENTS: LRUCache[Any, Any] = LRUCache(1000)
"""Statements that were made into SQL, of all engines: a case that is opened finds those of the one before,
and who reads those of who writes."""
_READABLE = b"SQLite format 3\0"
_APPLICATION = slice(68, 72)  # where the header of a database file has it (sqlite.org/fileformat.html, 1.3)


class CaseDialect(SQLiteDialect_pysqlite):
    """That of one engine is as good as that of any other: all are of the same driver. So what was made into
    SQL for one serves all."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CaseDialect)

    def __hash__(self) -> int:
        return hash(CaseDialect)


registry.register("sqlite.case", __name__, CaseDialect.__name__)


def create_database(path: Path, key: bytes | None = None) -> None:
    """Make an empty case database at `path`, which must not exist; encrypted if there is a key."""
    if path.exists():
        raise CaseUnusable(f"There is a case database at {path} already.")
    connection = cipher.connect(path, "rwc", key)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        runner.run_migrations(connection)
    finally:
        connection.close()


def is_readable_header(header: bytes) -> bool:
    """Whether a file begins as a database that is not encrypted."""
    return header.startswith(_READABLE)


def is_own_header(header: bytes) -> bool:
    """Whether the header of a database that is not encrypted says that this program made it."""
    return header[_APPLICATION] == APPLICATION_ID.to_bytes(4, "big")


def check_database(path: Path, key: bytes | None = None) -> int:
    """The version of the database at `path`; CaseUnusable or LedgerDamaged if it cannot be opened."""
    if not path.is_file():
        raise CaseUnusable(f"There is no case database at {path}.", "Choose the folder that ends in .case.")
    had_log = cipher.has_log(path)
    try:
        connection = cipher.connect(path, "ro", key)
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        finally:
            connection.close()
    except cipher.OperationalError as error:
        raise CaseUnusable(f"The case database at {path} cannot be opened: {error}.") from error
    except cipher.DatabaseError as error:
        raise LedgerDamaged(
            f"{path} is damaged: {error}.", "Restore the case folder from a copy and verify that."
        ) from error
    if not had_log:
        cipher.sweep_log(path, key)
    if application != APPLICATION_ID:
        raise CaseUnusable(f"{path} is a database of another program.")
    _refuse_newer(int(version))
    return int(version)


def _refuse_newer(version: int) -> None:
    """Whatever is newer is refused: also what a minor step adds can be of tables that all is read from."""
    if version > runner.LATEST_VERSION:
        raise CaseUnusable(
            "This case was made by a newer version of the program "
            f"(case format {runner.format_version(version)}; "
            f"this program knows {runner.format_version(runner.LATEST_VERSION)}).",
            "Open it with the newer version. Nothing was changed.",
            code="case-newer",
        )


def make_writing_engine(locate: Callable[[], Path], key: cipher.HeldKey) -> Engine:
    """The engine of the one writer: a single connection, full synchronisation, immediate transactions.

    `locate` is asked for the path of the database before each connection: its folder may be moved.
    """
    return _make_engine(locate, "rw", key, "BEGIN IMMEDIATE", StaticPool)


def make_reading_engine(locate: Callable[[], Path], key: cipher.HeldKey) -> Engine:
    """An engine that cannot write; connections are kept for the next use, whichever thread that is in.

    Two are kept, the one used last is used next: each may hold a page cache of CACHE_KIB for as long as the
    case is open. More that are needed at the same time are closed when they come back.
    """
    return _make_engine(
        locate, "ro", key, "BEGIN", QueuePool, pool_use_lifo=True, pool_size=_KEPT, max_overflow=_MOST - _KEPT
    )


_COPYING = threading.Lock()


@cache
def _make_empty() -> cipher.RawConnection:
    """A database in memory with the tables of a case and nothing in them, made once and only copied."""
    raw = cipher.connect_in_memory()
    runner.run_migrations(raw)
    return raw


def _copy_empty() -> cipher.RawConnection:
    raw = cipher.connect_in_memory()
    with _COPYING:
        _make_empty().backup(raw)
    return raw


@cache
def _make_memory_engine() -> Engine:
    """One for all. Every connection is a database of its own."""
    engine = create_engine(
        "sqlite+case://",
        module=cipher.DRIVER,
        creator=_copy_empty,
        poolclass=NullPool,
        hide_parameters=True,
        execution_options={"compiled_cache": _STATEMENTS},
    )
    _begin_explicitly(engine, "BEGIN")
    return engine


@contextmanager
def open_in_memory() -> Iterator[Connection]:
    """A database in memory with the tables of a case, for rebuilding state from the ledger."""
    with _make_memory_engine().begin() as connection:
        yield connection


def find_structure_faults(connection: Connection) -> list[str]:
    """What SQLite finds wrong with its own pages, tables and indexes; none if all is well."""
    lines = connection.exec_driver_sql("PRAGMA integrity_check(100)").scalars()
    return [str(line) for line in lines if line != "ok"]


def name_copy_before(path: Path, version: int) -> Path:
    """Where the copy lies that is made of a database of an earlier version before it is brought forward."""
    now, older = runner.format_version(LATEST_VERSION), runner.format_version(version)
    return path.with_name(f"{path.stem}-before-{now}-from-{older}.db")


def migrate_database(path: Path, key: bytes | None = None) -> None:
    """Bring an older database to the present version; the file is copied beside itself first."""
    connection = cipher.connect(path, "rw", key)
    try:
        cipher.copy_database(connection, name_copy_before(path, runner.read_version(connection)), key)
        runner.run_migrations(connection)
        cipher.look_at_indexes(connection)
        cipher.take_back_room(connection)
    except cipher.OperationalError as error:
        raise CaseUnusable(
            f"The case could not be brought to the present version: {error}.",
            "It is as it was. Is there room on the drive?",
        ) from error
    except cipher.DatabaseError as error:
        raise LedgerDamaged(
            f"{path} is damaged: {error}.", "Restore the case folder from a copy and verify that."
        ) from error
    finally:
        connection.close()


def _make_engine(
    locate: Callable[[], Path], mode: str, key: cipher.HeldKey, begin: str, pool: Any, **of_pool: Any
) -> Engine:
    engine = create_engine(
        "sqlite+case://",
        module=cipher.DRIVER,
        creator=lambda: cipher.connect(locate(), mode, key.get()),
        poolclass=pool,
        hide_parameters=True,
        execution_options={"compiled_cache": _STATEMENTS},
        **of_pool,
    )
    _begin_explicitly(engine, begin)
    return engine


def _begin_explicitly(engine: Engine, begin: str) -> None:
    """Say BEGIN ourselves: the driver's own guess at when to begin would leave reads outside."""

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)
