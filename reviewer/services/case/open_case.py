"""An open Case: what is handed to whoever needs it. There is no "current case" anywhere else."""

from __future__ import annotations

import logging
from pathlib import Path

from reviewer.domain.errors import LedgerDamaged, ReadOnly
from reviewer.domain.ledger.entry import Draft, Entry, Signer
from reviewer.domain.photos.case import CaseCounts, Examiner, Source
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.keys.key_ring import KeyRing
from reviewer.services.case.writer import SaveTrouble, Writer
from reviewer.services.events import Event
from reviewer.services.jobs import Jobs
from reviewer.services.vocabulary.vocabulary import load_vocabulary
from reviewer.storage.evidence import case_rows
from reviewer.storage.previews import PreviewStore
from reviewer.storage.store import Connection, DatabaseFault, Store, describe_fault, record_draft
from reviewer.system.clock import Clock, format_timestamp
from reviewer.system.lock import WriterLock
from reviewer.system.station import load_station_id

CASE_SUFFIX = ".case"
DATABASE_NAME = "case.db"
logger = logging.getLogger(__name__)


def make_damage_error(error: DatabaseFault) -> LedgerDamaged:
    """Return the error for a database that cannot be read."""
    return LedgerDamaged(
        f"The case database is damaged: {describe_fault(error)}.", "Restore the case folder from a backup."
    )


class OpenCase:
    """A Case that is open, for writing or, with the reason in `read_only`, for reading only.

    `recovery_key` is to be shown once after the Case was made; `notices` are sentences for whoever opens it.
    """

    def __init__(
        self, folder: Path, keys: KeyRing, lock: WriterLock | None, read_only: str, clock: Clock
    ) -> None:
        self.folder = folder
        self.keys = keys
        self.read_only = read_only
        self.clock = clock
        self.station = load_station_id()
        self.vocabulary: Vocabulary = load_vocabulary()
        self.on_trouble: Event[SaveTrouble | None] = Event()
        self.recovery_key = ""
        self.notices: list[str] = []
        self.jobs = Jobs()
        self._lock = lock
        self.store = Store(folder / DATABASE_NAME, bool(read_only), keys.database_key())
        self.previews = PreviewStore(folder / "previews.db", bool(read_only), keys.previews_key())
        try:
            self._check_and_load()
        except LedgerDamaged:
            self.store.close()
            self.previews.close()
            raise
        self._writer = None if read_only else Writer(self.store, self.on_trouble.emit)

    def _check_and_load(self) -> None:
        """Refuse to write on where committed entries are missing: they would be missing for ever."""
        try:
            said = [] if self.read_only else [self.store.check_head(), self.store.repair_from_wal()]
            with self.store.read() as connection:
                self.id = case_rows.load_fact(connection, "id")
                self.name = case_rows.load_fact(connection, "name")
        except DatabaseFault as error:
            raise make_damage_error(error) from error
        self.notices += [f"{sentence}. It was put right; verify the case." for sentence in said if sentence]

    @property
    def writer(self) -> Writer:
        """The writer of this Case; ReadOnly if it is open for reading only."""
        if self._writer is None:
            raise ReadOnly(self.read_only)
        return self._writer

    def require_writable(self) -> None:
        """Raise ReadOnly unless acts can be recorded; for work that precedes its act."""
        _ = self.writer

    def signer(self, author: str) -> Signer:
        """Return what signs the entries of an Examiner at this workstation."""
        return Signer(author, self.station, lambda hash_: self.keys.sign(author, hash_))

    def record(self, draft: Draft, author: str) -> Entry:
        """Seal and commit an act and wait for it; for acts that are not part of reading."""
        pen = self.signer(author)

        def run(connection: Connection) -> Entry:
            return record_draft(connection, draft, pen, format_timestamp(self.clock())).entry

        return self.writer.enqueue_batch(run).result()

    def examiners(self) -> list[Examiner]:
        with self.store.read() as connection:
            return case_rows.load_examiners(connection)

    def readers(self) -> list[Examiner]:
        """Return the Examiners who can act now: the holder of the passphrase given, or all where the Case is
        not encrypted."""
        people = self.examiners()
        if self.read_only and not self.keys.examiner:
            return people
        return [examiner for examiner in people if self.keys.can_sign(examiner.id)]

    def sources(self) -> list[Source]:
        with self.store.read() as connection:
            return case_rows.load_sources(connection)

    def counts(self) -> CaseCounts:
        with self.store.read() as connection:
            return case_rows.count_case(connection)

    def close(self, patience: float = 10.0) -> int:
        """Stop the jobs, save what waits, release keys and lock; return how many acts could not be saved."""
        lost = 0
        self.jobs.stop()
        if self._writer is not None:
            self._writer.drain(patience)
            lost = self._writer.waiting
            self._writer.close()
            try:
                self.store.checkpoint()
            except Exception:
                logger.exception("the write-ahead log could not be folded in")
        self.store.close()
        self.previews.close()
        self.keys.drop()
        if self._lock is not None:
            self._lock.release()
        return lost
