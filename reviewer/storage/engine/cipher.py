"""Connections to database files, encrypted or not. The only module that knows SQLCipher.

An encrypted file has SQLCipher's format 4: AES-256 per page and HMAC-SHA512 over each, so that a changed
bit anywhere in the file is seen. Without a key the same engine reads and writes plain SQLite.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlcipher3 import dbapi2 as driver

from reviewer.domain.errors import KnownError
from reviewer.system.files import flush_to_drive

DRIVER = driver
BUSY_MS = 5000
CACHE_KIB = 65_536
"""Decrypted pages that a connection keeps: looking up again costs as little as without a key."""
_PAGES_AT_ONCE = 2048
_STEPS_BETWEEN_SYNCS, _CACHE_OF_COPY_KIB = 8, 2048
_MOST_IN_MEMORY = 1 << 30
ANALYSIS_LIMIT = 1000
"""Rows of each index that the engine looks at for its statistics: quick at any size."""
PAGES_IN_A_STEP = 256
"""A megabyte: some hundredths of a second, in which an act waits."""
PLAIN_HEADER = b"SQLite format 3\0"
DatabaseError = driver.DatabaseError
OperationalError = driver.OperationalError
RawConnection = Any  # the driver's connection; it has no types of its own


class HeldKey:
    """The key of a database for as long as that is open; once forgotten, no further connection can be
    opened."""

    def __init__(self, key: bytes | None) -> None:
        self._key = None if key is None else bytearray(key)
        self.is_held = True

    def get(self) -> bytes | None:
        """32 bytes, None for a database without encryption; KnownError once it is forgotten."""
        if not self.is_held:
            raise KnownError("The case is closed.", "Open it again.", code="closing")
        return None if self._key is None else bytes(self._key)

    def replace(self, key: bytes) -> None:
        """Go on with another key."""
        if self._key is not None:
            self._key[:] = key

    def forget(self) -> None:
        """Forget the key, as far as Python frees memory."""
        self.is_held = False
        if self._key is not None:
            self._key[:] = bytes(len(self._key))
            self._key = None


def connect(
    path: Path, mode: str, key: bytes | None, *, synchronous: str = "FULL", cache_kib: int = CACHE_KIB
) -> RawConnection:
    """A connection that any thread may use, one at a time. `mode` is "ro", "rw" or "rwc", `key` 32 bytes."""
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    if mode == "ro" and not _can_share_log(path):
        address += "&immutable=1"
    connection = driver.connect(
        address, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
    )
    try:
        _unlock(connection, key)
        connection.execute("PRAGMA foreign_keys = ON")
        # Without it INSERT OR REPLACE would take rows of history away and no trigger would hear of it.
        connection.execute("PRAGMA recursive_triggers = ON")
        if mode != "ro":
            connection.execute(f"PRAGMA synchronous = {synchronous}")
            connection.execute("PRAGMA fullfsync = ON")  # of macOS alone: see flush_to_drive
        connection.execute(f"PRAGMA cache_size = -{cache_kib}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.set_authorizer(_authorize)
    except UnicodeDecodeError as error:  # the engine's own words about a schema that is no text any more
        connection.close()
        raise DatabaseError("its schema cannot be read") from error
    except driver.Error:
        connection.close()
        raise
    return connection


def connect_in_memory() -> RawConnection:
    connection = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.set_authorizer(_authorize)
    return connection


def find_version() -> str:
    """The version of SQLCipher, as it says itself: "4.6.1 community"."""
    connection = connect_in_memory()
    try:
        return str(connection.execute("PRAGMA cipher_version").fetchone()[0])
    finally:
        connection.close()


def _authorize(action: int, *_about: str | None) -> int:
    """No second database: ATTACH and VACUUM INTO could write all of a case to a file that is not encrypted.

    Asked when a statement is prepared, not when it runs.
    """
    return int(driver.SQLITE_DENY if action == driver.SQLITE_ATTACH else driver.SQLITE_OK)


def copy_database(
    source: RawConnection, path: Path, key: bytes | None, go_on: Callable[[], None] = lambda: None
) -> None:
    """Write all of an open database, as it is at this moment, to a new file under the same key.

    `go_on` is asked between its parts and ends the copying by raising. The parts are of one moment: the read
    transaction that is held meanwhile keeps later commits out of sight.
    """
    target = connect(path, "rwc", key)
    own = not source.in_transaction
    try:
        if own:
            source.execute("BEGIN")
        source.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        source.backup(target, pages=_PAGES_AT_ONCE, progress=lambda *_counts: go_on())
    finally:
        if own and source.in_transaction:
            source.execute("ROLLBACK")
        target.close()


def look_at_indexes(connection: RawConnection) -> None:
    """Let the engine see what its indexes are worth after tables were made anew: until then it guesses."""
    connection.execute(f"PRAGMA analysis_limit = {ANALYSIS_LIMIT}")
    connection.execute("ANALYZE")


def take_back_room(connection: RawConnection) -> None:
    """Write an open database anew without the pages that are free, where a quarter of it is.

    It is held in memory meanwhile, since nothing of it may lie beside it: a large one stays as it is, and
    what comes next uses its room. Killed, or without room on the drive, it is as it was.
    """
    pages, free, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    if free * 4 < pages or (pages - free) * size > _MOST_IN_MEMORY:
        return
    connection.set_authorizer(None)  # the engine attaches a database of its own, in memory
    try:
        connection.execute("VACUUM")
    except OperationalError:
        return
    finally:
        connection.set_authorizer(_authorize)


def remove_database(path: Path) -> None:
    """Remove a database that nobody has open, with what the engine keeps beside it, if there is one."""
    path.unlink(missing_ok=True)
    remove_log(path)


def remove_log(path: Path) -> None:
    """Remove what the engine keeps beside a database that nobody has open."""
    for part in ("-wal", "-shm", "-journal"):
        path.with_name(f"{path.name}{part}").unlink(missing_ok=True)


HEADER_BYTES = 16
"""The beginning of a database file. Encrypted it is the salt of the file, chosen by chance when it is made
(SQLCipher's format 4), so it says which of two files this is to anybody, and nothing else."""


def has_log(path: Path) -> bool:
    """Whether a write-ahead log lies beside the database at `path`."""
    return _name_log(path).exists()


def sweep_log(path: Path, key: bytes | None) -> None:
    """Remove the empty log and its index that connections for reading have left beside a database.

    Only a connection that may write can; it writes nothing. The engine itself keeps both while anybody else
    has the database open, and they stay where it cannot be done: nothing is in them.
    """
    try:
        if _name_log(path).stat().st_size:
            return
        connection = connect(path, "rw", key)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        finally:
            connection.close()
    except (OSError, driver.DatabaseError):
        return


def _name_log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def read_header(path: Path) -> bytes:
    """The first bytes of a database file, b"" if there is none. Not for one that this program has open as a
    database: to close it here would let go of the locks that the engine holds on it (fcntl(2))."""
    try:
        with open(path, "rb") as file:
            return file.read(HEADER_BYTES)
    except OSError:
        return b""


def copy_under_key(
    source: RawConnection, path: Path, key: bytes, between: Callable[[int, bytes], None]
) -> None:
    """Write an open database, step by step, to a new file under another key.

    `between` is told how many pages are left, after each step but the last, and with which bytes the new file
    will begin. What `source` itself commits meanwhile arrives in the copy as well; another connection must
    not write. If `between` raises, nothing was done. Afterwards the copy is on the drive, whole.
    """
    (count,) = source.execute("PRAGMA page_count").fetchone()
    pages = max(1, min(PAGES_IN_A_STEP, int(count) // 2))  # two steps at least: it is asked before the last
    target = connect(path, "rwc", key, synchronous="OFF", cache_kib=_CACHE_OF_COPY_KIB)
    header = bytes.fromhex(target.execute("PRAGMA cipher_salt").fetchone()[0])
    steps = 0
    try:
        with open(path, "r+b") as file:

            def on_step(_status: int, left: int, _total: int) -> None:
                nonlocal steps
                steps += 1
                if left and (steps % _STEPS_BETWEEN_SYNCS == 0 or left <= PAGES_IN_A_STEP):
                    flush_to_drive(file.fileno())  # by and by: at the end nobody can wait for all
                if left:
                    between(left, header)

            source.backup(target, pages=pages, progress=on_step)
            target.close()
            flush_to_drive(file.fileno())
    finally:
        target.close()
    if read_header(path) != header:
        raise DatabaseError("the copy does not begin as it was said")


def find_damaged_pages(connection: RawConnection) -> list[str]:
    """What the authentication of the pages of an encrypted file finds wrong; nothing for a plain one."""
    return [str(line) for (line,) in connection.execute("PRAGMA cipher_integrity_check")]


def find_surplus_bytes(connection: RawConnection, path: Path) -> list[str]:
    """Bytes behind the last page, which no page holds and nothing authenticates."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()  # a number, or as text if there is a key
    behind = path.stat().st_size - int(pages) * int(size)
    return [f"{behind:,} bytes stand behind its last page that nothing wrote there"] if behind > 0 else []


def is_unencrypted(path: Path) -> bool:
    """Whether the file is a database that is not encrypted."""
    with open(path, "rb") as file:
        return file.read(len(PLAIN_HEADER)) == PLAIN_HEADER


def _unlock(connection: RawConnection, key: bytes | None) -> None:
    if key is None:
        return
    # The engine would tell each failed authentication on standard error, with the path.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def _can_share_log(path: Path) -> bool:
    """Whether the write-ahead log can be read: it needs its index beside it, or leave to make one."""
    if has_log(path):
        return True
    return os.access(path.parent, os.W_OK)
