"""The store of one Case: transactions for the one writer, connections for everybody else."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
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
from reviewer.storage.engine.read_gate import ReadGate
from reviewer.storage.replay.apply import Changes, apply_entry, find_redo_target, find_undo_target
from reviewer.system.files import replace_file, sync_folder
from reviewer.system.held_folder import HeldFolder

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

CHANGING_NAME = "case-changing.db"
PREVIEWS_CHANGING_NAME = "previews-changing.db"
"""The databases as they will be, while the key is changed."""
_LONG, _MOMENT = 0.3, 0.05
"""Seconds that are waited for readers: with the gate open, and with it closed."""
_PATIENCE = cipher.BUSY_MS / 1000
"""Seconds that tidying up waits for a commit."""


class SaveFailed(KnownError):
    """A commit did not succeed; nothing of the transaction is in the Case, and it can be tried again."""

    code = "save-failed"


def describe_fault(fault: DatabaseFault) -> str:
    """Return what the database itself said."""
    return str(fault.orig)


class Store:
    """Holds the engines of an open case database."""

    def __init__(self, path: Path, read_only: bool, key: bytes | None = None) -> None:
        self.folder = HeldFolder(path.parent)
        self._name, self._key = path.name, cipher.HeldKey(key)
        self._sweeps = read_only and not cipher.has_log(path)
        self._reading: Engine = database.make_reading_engine(self._locate, self._key)
        self._writing: Engine | None = (
            None if read_only else database.make_writing_engine(self._locate, self._key)
        )
        self._gate = ReadGate()
        self._used = threading.Lock()
        """Held by who uses the one connection that writes: whoever gave it back within the transaction of
        another thread would take that transaction back."""
        self.journal = HeadJournal(self.folder)
        self._head: JournalHead | None = None
        self._is_outdated = False
        self.hold_lock: Callable[[], bool] = lambda: False
        """Asked before each transaction: makes sure that nobody else may write, and says whether somebody
        could have since the last one. Raises SaveFailed if somebody else writes now."""

    def _locate(self) -> Path:
        """Where the database is now: with its folder, wherever that was moved."""
        return self.folder.locate() / self._name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of the Case, for any thread."""
        with self._gate.pass_through(), self._reading.connect() as connection:
            yield connection

    @contextmanager
    def read_apart(self) -> Iterator[Connection]:
        """The same on a connection of its own, closed at the end with all that was made temporary."""
        with self._gate.pass_through(), self._reading.connect() as connection:
            connection.detach()
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: committed and synchronised when the block ends, or SaveFailed and no trace."""
        if self._writing is None:
            raise ReadOnly
        if self.hold_lock() and self._head is not None:
            with self.read() as connection:
                self._is_outdated = load_head(connection) != self._head
        if self._is_outdated:
            raise SaveFailed(
                "Not saved: the lock of this case was deleted, and another program has written since.",
                "Close the case and open it again.",
            )
        try:
            with self._used, self._writing.begin() as connection:
                yield connection
                head = load_head(connection)
        except (IntegrityError, ProgrammingError):
            raise  # no lack of room or of a drive: a fault of the program, and trying again would not help
        except DatabaseFault as error:
            raise SaveFailed(f"Not saved: {describe_fault(error)}.") from error
        if head is not None and head != self._head:
            self._head = head
            self.journal.append(head)

    @property
    def journal_trouble(self) -> str:
        """Why what was committed last is not in the head journal, in the words of the system; "" if it is."""
        return self.journal.trouble

    def catch_up_journal(self) -> None:
        """Try again to keep the head that could not be kept; nothing if none waits."""
        self.journal.write_pending()

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
        log = self._locate().with_name(f"{self._name}-wal")
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
        waits long: if somebody reads just now, or a commit takes its time, it is done next time.
        """
        if self._writing is None or not self._key.is_held or not self._used.acquire(timeout=_PATIENCE):
            return
        try:
            with self._writing.connect() as connection:
                raw = connection.connection.dbapi_connection
                if raw is not None:
                    cursor = raw.cursor()
                    cursor.execute("PRAGMA busy_timeout = 0")
                    cursor.execute(f"PRAGMA analysis_limit = {cipher.ANALYSIS_LIMIT}")
                    with contextlib.suppress(cipher.DatabaseError):  # damage is for `verify` to find
                        cursor.execute("PRAGMA optimize").fetchall()
                    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                    cursor.execute(f"PRAGMA busy_timeout = {cipher.BUSY_MS}")
                    cursor.close()
        finally:
            self._used.release()

    def find_damaged_pages(self) -> list[str]:
        """What the authentication of the pages of an encrypted database finds; bytes that are in no page."""
        with self.read() as connection:
            raw = connection.connection.dbapi_connection
            return cipher.find_damaged_pages(raw) + cipher.find_surplus_bytes(raw, self._locate())

    def copy_to(self, path: Path, go_on: Callable[[], None] = lambda: None) -> None:
        """Write the database as it is at this moment to a new file, under the same key; acts may go on.

        `go_on` is asked again and again and ends it by raising.
        """
        with self.read() as connection:
            cipher.copy_database(connection.connection.dbapi_connection, path, self._key.get(), go_on)

    def change_key(
        self,
        key: bytes,
        go_on: Callable[[float], None],
        is_ready: Callable[[bytes], bool],
        adopt: Callable[[], None],
    ) -> None:
        """Encrypt the database anew under `key`, in the thread of the one writer; reading goes on.

        `go_on` is told the share that is done, between steps: it may commit by this store, and ends all by
        raising. At the end nobody reads or writes for a moment, in which the new file is put in the place of
        the old one and `adopt` is called. Until nobody reads, and `is_ready` says so, which is told how the
        new file begins, it waits, and asks `go_on` again and again. SaveFailed if the drive does not let it.
        After any error the database is as it was.
        """
        if self._writing is None:
            raise ReadOnly
        beside = self.folder.locate() / CHANGING_NAME
        closed = False

        def between(left: int, header: bytes) -> None:
            nonlocal closed
            if closed:
                return
            go_on(1 - left / max(left, pages))
            if left <= cipher.PAGES_IN_A_STEP:
                while not (
                    self._gate.wait_until_empty(_LONG)
                    and is_ready(header)
                    and self._gate.try_to_close(_MOMENT)
                ):
                    go_on(1.0)
                closed = True

        try:
            cipher.remove_database(beside)
            with self._writing.connect() as connection:
                raw: cipher.RawConnection = connection.connection.dbapi_connection
                pages = int(raw.execute("PRAGMA page_count").fetchone()[0])
                cipher.copy_under_key(raw, beside, key, between)
            self._exchange(beside)
            self._key.replace(key)
            adopt()
        except (OSError, cipher.DatabaseError, DatabaseFault) as error:
            raise SaveFailed(f"The key of the case could not be changed: {error}.") from error
        finally:
            if closed:
                self._gate.open()
            with suppress(OSError):
                cipher.remove_database(beside)
                sync_folder(beside.parent)

    def remove_unfinished_copy(self) -> None:
        """Remove what a change of the key left that was cut off. For the one writer, before it changes it."""
        for name in (CHANGING_NAME, PREVIEWS_CHANGING_NAME):
            with suppress(OSError):
                cipher.remove_database(self.folder.locate() / name)

    def _exchange(self, beside: Path) -> None:
        """Put a whole copy in the place of the database, which nobody has open but this store."""
        path = self._locate()
        self._reading.dispose()
        if self._writing is not None:
            with self._writing.connect() as connection:
                raw: cipher.RawConnection = connection.connection.dbapi_connection
                raw.execute("PRAGMA busy_timeout = 0")  # who waits for this store now waits for all of it
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._writing.dispose()
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise SaveFailed("The key of the case was not changed: another program reads the case now.")
        for part in ("-wal", "-shm"):  # nothing of the old database may be taken for a part of the new one
            path.with_name(f"{path.name}{part}").unlink(missing_ok=True)
        replace_file(beside, path)

    def close(self) -> None:
        """Close all connections and forget the key, so that no further one can be opened.

        The write-ahead log is gone afterwards if no other program reads; where nothing was written, it stays
        if it was there before.
        """
        if self._writing is not None:
            self.journal.write_pending()
        self._reading.dispose()
        if self._writing is not None:
            self._writing.dispose()
        if self._sweeps and self._key.is_held:
            cipher.sweep_log(self._locate(), self._key.get())
        self._key.forget()
        self.folder.close()


@dataclass(frozen=True)
class RecordedAct:
    """An entry that was appended. `about` is the act that was done, taken back or done again by it (`entry`
    itself unless an act was taken back), `changes` what became different."""

    entry: Entry
    about: Entry
    changes: Changes


def record_draft(connection: Connection, draft: Draft, pen: Signer, at: str) -> RecordedAct:
    """Append an entry and apply it, in the transaction of `connection`: every change is made here.

    NotAllowed for an act that its author may not do. If the clock of the machine stands before the latest
    entry, that is put on record first. The order of entries does not depend on clocks.
    """
    pen.require_right(draft.act)
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
