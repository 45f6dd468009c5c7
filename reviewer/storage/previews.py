"""Small pictures beside the Case: a second database that can be thrown away and made again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from threading import Lock


class PreviewStore:
    """JPEG thumbnails by SHA-256. Losing it loses nothing; a damaged or unwritable one is done without."""

    def __init__(self, path: Path, read_only: bool) -> None:
        self._lock = Lock()
        self._connection = _opened(path, read_only)

    def put(self, pictures: Iterable[tuple[str, bytes]]) -> None:
        if self._connection is None:
            return
        with self._lock:
            try:
                with self._connection:
                    self._connection.executemany("INSERT OR REPLACE INTO previews VALUES (?, ?)", pictures)
            except sqlite3.Error:
                return

    def get(self, sha256: str) -> bytes | None:
        if self._connection is None:
            return None
        with self._lock:
            try:
                query = "SELECT jpeg FROM previews WHERE sha256 = ?"
                row = self._connection.execute(query, (sha256,)).fetchone()
            except sqlite3.Error:
                return None
        return row[0] if row else None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _opened(path: Path, read_only: bool) -> sqlite3.Connection | None:
    if read_only and not path.exists():
        return None
    mode = "ro" if read_only else "rwc"
    try:
        return _prepared(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, check_same_thread=False),
            read_only,
        )
    except sqlite3.DatabaseError:
        return None


def _prepared(connection: sqlite3.Connection, read_only: bool) -> sqlite3.Connection:
    try:
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS previews "
                "(sha256 TEXT PRIMARY KEY, jpeg BLOB NOT NULL) WITHOUT ROWID"
            )
        connection.execute("SELECT 1 FROM previews LIMIT 1").fetchall()
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
