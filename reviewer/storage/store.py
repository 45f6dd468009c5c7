"""The store of one Case: transactions for the one writer, connections for everybody else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError as DatabaseFault
from sqlalchemy.exc import IntegrityError, ProgrammingError

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError, ReadOnly
from reviewer.domain.ledger.entry import ACT_TAKEN_BACK, Draft, Entry, Signer
from reviewer.storage import ledger
from reviewer.storage.engine import cipher, database
from reviewer.storage.engine.head_journal import HeadJournal, JournalHead, load_head
from reviewer.storage.replay.apply import Changes, apply_entry, find_redo_target, find_undo_target

__all__ = [
    "Changes",
    "Connection",
    "DatabaseFault",
    "RecordedAct",
    "SaveFailed",
    "Store",
    "describe_fault",
    "record_draft",
    "redo_latest_act",
    "undo_latest_act",
]

_ANALYSIS_LIMIT = 1000
"""Rows of each index that the engine looks at for its statistics: quick at any size."""


class SaveFailed(KnownError):
    """A commit did not succeed; nothing of the transaction is in the Case, and it can be tried again."""

    code = "save-failed"


def describe_fault(fault: DatabaseFault) -> str:
    """Return what the database itself said."""
    return str(fault.orig)


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
            raise ReadOnly
        try:
            with self._writing.begin() as connection:
                yield connection
                head = load_head(connection)
        except (IntegrityError, ProgrammingError):
            raise  # no lack of room or of a drive: a fault of the program, and trying again would not help
        except DatabaseFault as error:
            raise SaveFailed(f"Not saved: {describe_fault(error)}.") from error
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
                self.checkpoint()
            if not torn or self.find_damaged_pages():
                return ""
        except (cipher.DatabaseError, DatabaseFault):
            return ""  # then it is for `verify` to say what it is
        return (
            f"{len(torn)} pages of the database were not whole, as after a power failure, "
            "and were taken from its write-ahead log"
        )

    def checkpoint(self) -> None:
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
        """Close all connections and forget the key, so that no further one can be opened.

        The write-ahead log is gone afterwards if no other program reads.
        """
        if self._writing is not None:
            self.journal.write_pending()
        self._reading.dispose()
        if self._writing is not None:
            self._writing.dispose()
        self._key.forget()


@dataclass(frozen=True)
class RecordedAct:
    """An entry that was appended. `about` is the act that was done, taken back or done again by it (`entry`
    itself unless an act was taken back), `changes` what became different."""

    entry: Entry
    about: Entry
    changes: Changes


def record_draft(connection: Connection, draft: Draft, pen: Signer, at: str) -> RecordedAct:
    """Append an entry and apply it, in the transaction of `connection`: every change is made here.

    If the clock of the machine stands before the latest entry, that is put on record first. The order of
    entries does not depend on clocks.
    """
    before = ledger.load_latest_time(connection)
    if at < before:
        _append_and_apply(connection, Draft(acts.CLOCK_SET_BACK, "", {"latest": before}), pen, at)
    return _append_and_apply(connection, draft, pen, at)


def _append_and_apply(connection: Connection, draft: Draft, pen: Signer, at: str) -> RecordedAct:
    position, entry = ledger.append_draft(connection, draft, pen, at)
    return RecordedAct(entry, entry, apply_entry(connection, position, entry))


def undo_latest_act(connection: Connection, pen: Signer, at: str) -> RecordedAct | None:
    """Undo the author's latest standing act; None if there is none."""
    target = find_undo_target(connection, pen.author)
    return _take_back(connection, target, target, pen, at) if target is not None else None


def redo_latest_act(connection: Connection, pen: Signer, at: str) -> RecordedAct | None:
    """Redo: take the latest undo back; None if there is nothing to do again."""
    undo = find_redo_target(connection, pen.author)
    original = ledger.find_by_hash(connection, undo.takes_back) if undo is not None else None
    if undo is None or original is None:
        return None
    return _take_back(connection, undo, original[1], pen, at)


def _take_back(connection: Connection, target: Entry, about: Entry, pen: Signer, at: str) -> RecordedAct:
    draft = Draft(ACT_TAKEN_BACK, target.subject, takes_back=target.hash)
    return replace(record_draft(connection, draft, pen, at), about=about)
