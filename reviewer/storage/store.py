"""The store of one Case: transactions for the one writer, connections for everybody else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError as DatabaseFault
from sqlalchemy.exc import IntegrityError, ProgrammingError

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import ACT_TAKEN_BACK, Draft, Entry, Signer
from reviewer.storage import ledger
from reviewer.storage.engine import cipher, database
from reviewer.storage.engine.head_journal import HeadJournal, JournalHead, load_head
from reviewer.storage.replay.apply import apply_entry, find_redo_target, find_undo_target

__all__ = [
    "Connection",
    "DatabaseFault",
    "SaveFailed",
    "Store",
    "record_draft",
    "redo_latest_act",
    "undo_latest_act",
]

_ANALYSIS_LIMIT = 1000
"""Rows of each index that the engine looks at for its statistics: quick at any size."""


class SaveFailed(KnownError):
    """A commit did not succeed; nothing of the transaction is in the Case, and it can be tried again."""

    code = "save-failed"


class Store:
    """Holds the engines of an open case database."""

    def __init__(self, path: Path, read_only: bool, key: bytes | None = None) -> None:
        self._path, self._key = path, cipher.HeldKey(key)
        self._reading: Engine = database.make_reading_engine(path, self._key)
        self._writing: Engine | None = None if read_only else database.make_writing_engine(path, self._key)
        self.journal = HeadJournal(path)
        self._head: JournalHead | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of the Case, for any thread."""
        with self._reading.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: committed and synchronised when the block ends, or SaveFailed and no trace."""
        if self._writing is None:
            raise KnownError("This case is open for reading only.", code="read-only")
        try:
            with self._writing.begin() as connection:
                yield connection
                head = load_head(connection)
        except (IntegrityError, ProgrammingError):
            raise  # no lack of room or of a drive: a fault of the program, and trying again would not help
        except DatabaseFault as error:
            raise SaveFailed(f"Not saved: {error.orig}.") from error
        if head is not None and head != self._head:
            self._head = head
            self.journal.append(head)

    def check_head(self) -> str:
        """Whether what was committed last is still there; LedgerDamaged if not. For the one writer.

        A sentence if the journal itself was not whole and has been put right, "" if it was.
        """
        with self.read() as connection:
            self.journal.check(connection)
            said = self.journal.repair_end(connection)
            self._head = load_head(connection)
        return said

    def repair_from_wal(self) -> str:
        """Put pages right that were torn when the power failed while the write-ahead log was folded in.

        The log still holds them whole, so nothing is lost; but they would look like damage for as long as
        they lie in the file. A sentence if there were some, else "". For the one writer, after `check_head`.
        """
        log = self._path.with_name(self._path.name + "-wal")
        if not log.exists() or not log.stat().st_size:
            return ""
        try:
            torn = self.find_damaged_pages()
            if torn:
                self.tidy()
            if not torn or self.find_damaged_pages():
                return ""
        except (cipher.DatabaseError, DatabaseFault):
            return ""  # then it is for `verify` to say what it is
        return (
            f"{len(torn)} pages of the database were not whole, as after a power failure, "
            "and were taken from its write-ahead log"
        )

    def tidy(self) -> None:
        """Move the write-ahead log into the database, so that little lies outside the one file; and let the
        engine look anew, if tables have grown, at what its indexes are worth.

        One rotten bit in the log would silently drop the commits behind it; so it is kept short. Nobody
        waits: if another connection is reading just now, it is done next time.
        """
        if self._writing is not None and self._key.is_held:
            with self._writing.connect() as connection:
                raw = connection.connection.dbapi_connection
                if raw is not None:
                    cursor = raw.cursor()
                    cursor.execute("PRAGMA busy_timeout = 0")
                    cursor.execute(f"PRAGMA analysis_limit = {_ANALYSIS_LIMIT}")
                    with contextlib.suppress(cipher.DatabaseError):  # damage is for `verify` to find
                        cursor.execute("PRAGMA optimize").fetchall()
                    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                    cursor.execute(f"PRAGMA busy_timeout = {cipher.BUSY_MS}")
                    cursor.close()

    def find_damaged_pages(self) -> list[str]:
        """What the authentication of the pages of an encrypted database finds; bytes that are in no page."""
        with self.read() as connection:
            raw = connection.connection.dbapi_connection
            return cipher.find_damaged_pages(raw) + cipher.find_surplus_bytes(raw, self._path)

    def copy_to(self, path: Path, go_on: Callable[[], None] = lambda: None) -> None:
        """Write the database as it is at this moment to a new file, under the same key; acts may go on.

        `go_on` is asked again and again and ends it by raising.
        """
        with self.read() as connection:
            cipher.copy_database(connection.connection.dbapi_connection, path, self._key.get(), go_on)

    def close(self) -> None:
        """Close all connections and forget the key: nobody opens another one.

        The write-ahead log is gone afterwards if no other program reads.
        """
        if self._writing is not None:
            self.journal.write_pending()
        self._reading.dispose()
        if self._writing is not None:
            self._writing.dispose()
        self._key.forget()


def record_draft(connection: Connection, draft: Draft, pen: Signer, at: str) -> Entry:
    """The one way in for every change: append the entry and apply it, in the transaction of `connection`.

    If the clock of the machine stands before the latest entry, that is put on record first. The order of
    entries does not depend on clocks.
    """
    before = ledger.load_latest_time(connection)
    if at < before:
        _append_and_apply(connection, Draft(acts.CLOCK_SET_BACK, "", {"latest": before}), pen, at)
    return _append_and_apply(connection, draft, pen, at)


def _append_and_apply(connection: Connection, draft: Draft, pen: Signer, at: str) -> Entry:
    position, entry = ledger.append_draft(connection, draft, pen, at)
    apply_entry(connection, position, entry)
    return entry


def undo_latest_act(connection: Connection, pen: Signer, at: str) -> tuple[Entry, Entry] | None:
    """Undo the author's latest standing act: the undo's entry and the act taken back, or None."""
    return _record_taking_back(connection, find_undo_target(connection, pen.author), pen, at)


def redo_latest_act(connection: Connection, pen: Signer, at: str) -> tuple[Entry, Entry] | None:
    """Redo: take the latest undo back; the redo's entry and the act that stands again."""
    undo = find_redo_target(connection, pen.author)
    done = _record_taking_back(connection, undo, pen, at)
    if done is None or undo is None:
        return None
    original = ledger.find_by_hash(connection, undo.takes_back)
    return (done[0], original[1]) if original else None


def _record_taking_back(
    connection: Connection, target: Entry | None, pen: Signer, at: str
) -> tuple[Entry, Entry] | None:
    if target is None:
        return None
    draft = Draft(ACT_TAKEN_BACK, target.subject, takes_back=target.hash)
    return record_draft(connection, draft, pen, at), target
