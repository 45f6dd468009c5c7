"""An open Case: what is handed to whoever needs it. There is no "current case" anywhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from reviewer.domain.errors import KnownError, LedgerDamaged
from reviewer.domain.ledger.entry import Draft, Entry, Pen
from reviewer.domain.photos.case import Counts, Examiner, Source
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.keys.key_ring import KeyRing
from reviewer.services.case.writer import Trouble, Writer
from reviewer.services.jobs import Jobs
from reviewer.services.vocabulary.vocabulary import load_vocabulary
from reviewer.storage.evidence import case_rows
from reviewer.storage.previews import PreviewStore
from reviewer.storage.store import Connection, DatabaseFault, Store, record
from reviewer.system.clock import Clock, stamp
from reviewer.system.lock import WriterLock
from reviewer.system.station import station_id

SUFFIX = ".case"
DATABASE = "case.db"
logger = logging.getLogger(__name__)


def damage_of(error: DatabaseFault) -> LedgerDamaged:
    """What is said of a database that cannot be read."""
    return LedgerDamaged(
        f"The case database is damaged: {error.orig}.", "Restore the case folder from a backup."
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
        self.station = station_id()
        self.vocabulary: Vocabulary = load_vocabulary()
        self.on_trouble: list[Callable[[Trouble | None], None]] = []
        self.recovery_key = ""
        self.notices: list[str] = []
        self.jobs = Jobs()
        self._lock = lock
        self.store = Store(folder / DATABASE, bool(read_only), keys.database_key())
        self.previews = PreviewStore(folder / "previews.db", bool(read_only), keys.previews_key())
        try:
            self._look_inside()
        except LedgerDamaged:
            self.store.close()
            self.previews.close()
            raise
        self._writer = None if read_only else Writer(self.store, self._tell_trouble)

    def _look_inside(self) -> None:
        """Refuse to write on where committed entries are missing: they would be missing for ever."""
        try:
            said = [] if self.read_only else [self.store.check_head(), self.store.mend_from_log()]
            with self.store.read() as connection:
                self.id = case_rows.fact(connection, "id")
                self.name = case_rows.fact(connection, "name")
        except DatabaseFault as error:
            raise damage_of(error) from error
        self.notices += [f"{each}. It was put right; verify the case." for each in said if each]

    @property
    def writer(self) -> Writer:
        """The writer of this Case; KnownError if it is open for reading only."""
        if self._writer is None:
            raise KnownError("This case is open for reading only.", self.read_only, code="read-only")
        return self._writer

    def pen(self, author: str) -> Pen:
        """What an Examiner signs entries with, at this workstation."""
        return Pen(author, self.station, lambda hash_: self.keys.sign(author, hash_))

    def record(self, draft: Draft, author: str) -> Entry:
        """Seal and commit an act and wait for it; for acts that are not part of reading."""
        pen = self.pen(author)

        def run(connection: Connection) -> Entry:
            return record(connection, draft, pen, stamp(self.clock()))

        return self.writer.batch(run).result()

    def examiners(self) -> list[Examiner]:
        with self.store.read() as connection:
            return case_rows.examiners(connection)

    def readers(self) -> list[Examiner]:
        """Who can act now: in an encrypted Case whose passphrase was given, without encryption everybody."""
        people = self.examiners()
        if self.read_only and not self.keys.examiner:
            return people
        return [each for each in people if self.keys.can_sign(each.id)]

    def sources(self) -> list[Source]:
        with self.store.read() as connection:
            return case_rows.sources(connection)

    def counts(self) -> Counts:
        with self.store.read() as connection:
            return case_rows.counts(connection)

    def close(self, patience: float = 10.0) -> int:
        """Stop the jobs, save what waits, tidy up, let go of keys and lock; how many acts were not saved."""
        lost = 0
        self.jobs.stop()
        if self._writer is not None:
            self._writer.settle(patience)
            lost = self._writer.waiting
            self._writer.close()
            try:
                self.store.tidy()
            except Exception:
                logger.exception("the write-ahead log could not be folded in")
        self.store.close()
        self.previews.close()
        self.keys.drop()
        if self._lock is not None:
            self._lock.release()
        return lost

    def _tell_trouble(self, trouble: Trouble | None) -> None:
        for listener in self.on_trouble:
            listener(trouble)
