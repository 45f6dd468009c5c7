"""Beside the Case: small pictures, places and work under way. A second database that can be thrown away.

It is encrypted as the Case is, under a key of its own. Each row carries a hash of its content, so that a
changed bit is found in a file without encryption too.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from reviewer.storage.engine import cipher
from reviewer.system.files import replace_file
from reviewer.system.held_folder import HeldFolder

Result = TypeVar("Result")
_CACHE_KIB = 8192
"""Enough for the way to a picture: the pictures themselves are kept by whoever shows them."""
_PUT_AT_ONCE = 32
_LET_IN = 0.001
"""Seconds between two steps of a long copy: a lock that is taken again at once is got by nobody else."""
# What is larger or of another type was written by somebody else, and is left where it is, unread.
_PICTURE_QUERY = (
    "SELECT jpeg, sum FROM pictures WHERE sha256 = ? AND typeof(jpeg) = 'blob' AND length(jpeg) <= 1048576"
)
_ALL_FINGERPRINTS_QUERY = (
    "SELECT sha256, greys, sum FROM looks "
    "WHERE typeof(greys) = 'blob' AND length(greys) <= 65536 AND length(sha256) = 64"
)
_FINGERPRINT_QUERY = """
    SELECT sha256, greys, sum FROM looks
    WHERE sha256 = ? AND typeof(greys) = 'blob' AND length(greys) <= 65536
"""
_NOTE_QUERY = "SELECT text FROM notes WHERE name = ? AND length(text) <= 4194304"
_CHECKED_QUERY = (
    "SELECT path, sha256 FROM checked WHERE run = ? AND source = ? AND typeof(path) = 'blob' "
    "AND length(path) <= 65536 AND typeof(sha256) = 'text' AND length(sha256) <= 64"
)
_CONTENT_QUERIES = {
    "small picture": """
        SELECT substr(sha256, 1, 64),
        CASE WHEN typeof(jpeg) = 'blob' AND length(jpeg) <= 1048576 THEN jpeg END,
        substr(sum, 1, 64) FROM pictures
    """,
    "picture in grey": """
        SELECT substr(sha256, 1, 64),
        CASE WHEN typeof(greys) = 'blob' AND length(greys) <= 65536 THEN greys END,
        substr(sum, 1, 64) FROM looks
    """,
}
# Pictures and greys lie in the order they came, beside an index of their names: sorted by a hash each would
# go to a page of its own, which is read, encrypted and written anew. Files of before have them so, and work.
_TABLES = (
    "CREATE TABLE IF NOT EXISTS pictures "
    "(sha256 TEXT NOT NULL PRIMARY KEY, jpeg BLOB NOT NULL, sum TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS looks "
    "(sha256 TEXT NOT NULL PRIMARY KEY, greys BLOB NOT NULL, sum TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS checked (run TEXT NOT NULL, source TEXT NOT NULL, path BLOB NOT NULL, "
    "sha256 TEXT NOT NULL, PRIMARY KEY (run, source, path)) WITHOUT ROWID",
)


class PreviewStore:
    """JPEG thumbnails and greys by SHA-256, and notes. Losing it loses nothing."""

    def __init__(self, path: Path, read_only: bool, key: bytes | None = None) -> None:
        self._lock = Lock()
        self._name, self._folder = path.name, HeldFolder(path.parent)
        self._sweeps = read_only and not cipher.has_log(path)
        self._key = cipher.HeldKey(key if self._sweeps else None)
        self._connection = _open_or_recreate(path, read_only, key)

    def put(self, pictures: Iterable[tuple[str, bytes]]) -> None:
        self.put_examined((name, jpeg, b"") for name, jpeg in pictures)

    def put_examined(self, files: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Keep JPEG and greys of Photos, b"" for what is not there.

        A few at a time: whoever wants a small picture meanwhile waits for no more than that.
        """
        left = iter(files)
        while part := list(islice(left, _PUT_AT_ONCE)):
            pictures = [(name, jpeg, _compute_checksum(name, jpeg)) for name, jpeg, _greys in part if jpeg]
            looks = [(name, greys, _compute_checksum(name, greys)) for name, _jpeg, greys in part if greys]
            self._try_in_transaction(partial(_put_rows, pictures=pictures, looks=looks))

    def get(self, sha256: str) -> bytes | None:
        row = self._try_in_transaction(lambda c: c.execute(_PICTURE_QUERY, (sha256,)).fetchone())
        return row[0] if row and row[1] == _compute_checksum(sha256, row[0]) else None

    def put_fingerprints(self, looks: Iterable[tuple[str, bytes]]) -> None:
        """Keep the greys that near-duplicates are found by."""
        self.put_examined((name, b"", greys) for name, greys in looks)

    def load_fingerprints(self, of: Iterable[str] | None = None) -> dict[str, bytes]:
        """SHA-256 -> greys, of these Photos or of all; one that is not as it was written is left out."""
        if of is None:
            rows = self._try_in_transaction(lambda c: c.execute(_ALL_FINGERPRINTS_QUERY).fetchall())
        else:
            asked = [(name,) for name in of]
            rows = self._try_in_transaction(
                lambda c: [row for name in asked for row in c.execute(_FINGERPRINT_QUERY, name).fetchall()]
            )
        return {name: greys for name, greys, sum_ in rows or [] if _compute_checksum(name, greys) == sum_}

    def keep_note(self, name: str, text: str) -> None:
        """Keep a small note; an earlier one of that name is gone."""
        self._try_in_transaction(
            lambda c: c.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, text))
        )

    def load_note(self, name: str) -> str:
        """Return the note of that name, "" if none was kept."""
        row = self._try_in_transaction(lambda c: c.execute(_NOTE_QUERY, (name,)).fetchone())
        return str(row[0]) if row else ""

    def note_checked(self, run: str, source: str, files: Iterable[tuple[bytes, str]]) -> None:
        """Keep how far a verification of originals has come: path and hash found, "" if unreadable."""
        rows = [(run, source, path, sha256) for path, sha256 in files]
        self._try_in_transaction(
            lambda c: c.executemany("INSERT OR REPLACE INTO checked VALUES (?, ?, ?, ?)", rows)
        )

    def load_checked(self, run: str, source: str) -> dict[bytes, str]:
        rows = self._try_in_transaction(lambda c: c.execute(_CHECKED_QUERY, (run, source)).fetchall())
        return {bytes(path): str(sha256) for path, sha256 in rows or []}

    def forget_checked(self) -> None:
        self._try_in_transaction(lambda c: c.execute("DELETE FROM checked"))

    def faults(self) -> list[str]:
        """What is not as it was written; nothing for a file that is sound or not there."""
        if self._connection is None:
            return ["cannot be opened"] if self._folder.has_file(self._name) else []
        path = self._folder.locate() / self._name
        found = self._try_in_transaction(lambda c: _find_faults(c) + cipher.find_surplus_bytes(c, path))
        return ["cannot be read to the end"] if found is None else found

    def change_key(self, key: bytes, check: Callable[[], None] = lambda: None) -> None:
        """Encrypt it anew under `key`, while others go on using it. What cannot be carried over is thrown
        away: the small pictures are made again, and the notes stay. `check` ends it by raising; that leaves
        the same."""
        if self._connection is None:
            return
        path = self._folder.locate() / self._name
        beside = path.with_name(f"{path.stem}-changing.db")

        def between(left: int, _header: bytes) -> None:
            check()
            if left > cipher.PAGES_IN_A_STEP:
                self._lock.release()  # whoever waits comes in
                time.sleep(_LET_IN)
                self._lock.acquire()

        with self._lock:
            try:
                cipher.remove_database(beside)
                cipher.copy_under_key(self._connection, beside, key, between)
                self._connection.close()
                for part in ("-wal", "-shm"):
                    path.with_name(f"{path.name}{part}").unlink(missing_ok=True)
                replace_file(beside, path)
                self._connection = _prepare(path, False, key)
            except (OSError, cipher.DatabaseError):
                self._begin_anew(path, key)
            except BaseException:
                self._begin_anew(path, key)
                raise
            finally:
                with suppress(OSError):
                    cipher.remove_database(beside)

    def _begin_anew(self, path: Path, key: bytes) -> None:
        """Throw away all but the notes, in which something may stand that somebody typed."""
        notes: list[Any] = []
        with suppress(cipher.DatabaseError):
            notes = self._connection.execute("SELECT name, text FROM notes").fetchall()
        self._connection.close()
        self._connection = _recreate(path, key)
        if self._connection is not None:
            with suppress(cipher.DatabaseError):
                self._connection.executemany("INSERT OR REPLACE INTO notes VALUES (?, ?)", notes)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            if self._sweeps and self._key.is_held:
                cipher.sweep_log(self._folder.locate() / self._name, self._key.get())
        self._key.forget()
        self._folder.close()

    def _try_in_transaction(self, work: Callable[[Any], Result]) -> Result | None:
        """Do something in a transaction of its own, or do without it."""
        if self._connection is None:
            return None
        with self._lock:
            try:
                with self._connection:
                    return work(self._connection)
            except (cipher.DatabaseError, OSError):
                return None


def _put_rows(
    connection: Any, *, pictures: Sequence[tuple[str, bytes, str]], looks: Sequence[tuple[str, bytes, str]]
) -> None:
    connection.execute("BEGIN")  # else each row would be a transaction
    connection.executemany("INSERT OR REPLACE INTO pictures VALUES (?, ?, ?)", pictures)
    connection.executemany("INSERT OR REPLACE INTO looks VALUES (?, ?, ?)", looks)


def _compute_checksum(name: str, content: bytes) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace") + content).hexdigest()


def _find_faults(connection: Any) -> list[str]:
    found = cipher.find_damaged_pages(connection)
    lines = connection.execute("PRAGMA integrity_check(20)").fetchall()
    found += [str(line) for (line,) in lines if line != "ok"]
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    for what, query in _CONTENT_QUERIES.items():
        if what == "picture in grey" and "looks" not in there:  # of an older version
            continue
        for name, content, sum_ in connection.execute(query):
            if content is None or _compute_checksum(str(name), content) != sum_:
                found.append(f"the {what} of {str(name)[:12]} is not what was written")
    return found


def _open_or_recreate(path: Path, read_only: bool, key: bytes | None) -> Any:
    """A connection with the tables in it; None if it has to do without. What is damaged is made anew."""
    if read_only and not path.exists():
        return None
    try:
        return _prepare(path, read_only, key)
    except cipher.OperationalError:
        return None
    except cipher.DatabaseError:
        return None if read_only else _recreate(path, key)


def _recreate(path: Path, key: bytes | None) -> Any:
    try:
        cipher.remove_database(path)
        return _prepare(path, False, key)
    except (OSError, cipher.DatabaseError):
        return None


def _prepare(path: Path, read_only: bool, key: bytes | None) -> Any:
    mode, begins = ("ro" if read_only else "rwc"), "PRAGMA journal_mode = WAL"
    connection = cipher.connect(path, mode, key, synchronous="NORMAL", cache_kib=_CACHE_KIB)
    try:
        if not read_only:
            connection.execute(begins)
            for statement in _TABLES:
                connection.execute(statement)
        connection.execute("SELECT 1 FROM pictures LIMIT 1").fetchall()
    except cipher.DatabaseError:
        connection.close()
        raise
    return connection
