"""An open Case: what is handed to whoever needs it. There is no "current case" anywhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.domain.acts.roles import ACTS_ABOUT_ROLES, RoleHistory
from reviewer.domain.errors import KnownError, LedgerDamaged, ReadOnly
from reviewer.domain.ledger.entry import Draft, Entry, Signer
from reviewer.domain.ledger.vouching import format_fingerprint
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import CaseCounts, Examiner, Source
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.keys.key_ring import KeyRing
from reviewer.services.case.writer import SaveTrouble, Writer
from reviewer.services.events import Event
from reviewer.services.jobs import Jobs
from reviewer.services.vocabulary.vocabulary import load_vocabulary
from reviewer.storage import ledger
from reviewer.storage.evidence import case_rows
from reviewer.storage.previews import PreviewStore
from reviewer.storage.store import Connection, DatabaseFault, SaveFailed, Store, describe_fault, record_draft
from reviewer.system.clock import Clock, format_timestamp
from reviewer.system.lock import LockHeld, WriterLock
from reviewer.system.station import load_station_id

CASE_SUFFIX = ".case"
DATABASE_NAME = "case.db"
logger = logging.getLogger(__name__)


def make_damage_error(error: DatabaseFault) -> LedgerDamaged:
    """Return the error for a database that cannot be read."""
    return LedgerDamaged(
        f"The case database is damaged: {describe_fault(error)}.", "Restore the case folder from a backup."
    )


@dataclass(frozen=True)
class KeyQuestion:
    """The key file holds another key for an Examiner (`found`, "" for none) than the ledger states.

    `vouchers` are the names of those who vouched for it so far, and are not enough.
    """

    examiner: str
    name: str
    stated: str
    found: str
    vouchers: tuple[str, ...] = ()


class KeyDiffers(KnownError):
    """Nobody can act for an Examiner until the Examiner has said why the keys differ."""

    code = "key-differs"

    def __init__(self, question: KeyQuestion) -> None:
        found = format_fingerprint(question.found) or "none"
        super().__init__(
            f"The ledger states another key for {make_printable(question.name)} than the key file holds. The "
            f"ledger: {format_fingerprint(question.stated)}. The key file: {found}.",
            "Either the program ended while the key was set, or somebody exchanged it. Compare both with "
            "your paper; open the case in the window to answer, or for reading only.",
        )
        self.question = question


class KnowsLess(KnownError):
    """The Case has `entries` entries and contradicts kept `receipts`, each as entries and head; `judged` are
    sentences on which of the others let that be."""

    code = "knows-less"

    def __init__(
        self, message: str, entries: int, receipts: Sequence[tuple[int, str]], judged: Sequence[str]
    ) -> None:
        super().__init__(
            message,
            "An older copy may have been put back, or its history written anew. Open it for reading only, or "
            "judge that: `reviewer receipts CASE --judge REASON`.",
        )
        self.entries, self.receipts, self.judged = entries, receipts, judged


class OpenCase:
    """A Case that is open, for writing or, with the reason in `read_only`, for reading only.

    `recovery_key` is to be shown once after the Case was made; `notices` are sentences for whoever opens it.
    `key_questions` has, by Examiner, what the program found different between key file and ledger.
    `was_recovered`: the recovery key opened it, and at first there is nobody who could act.
    `knows_less` is what kept receipts say against it, until an Examiner's judgement of that is recorded;
    `judgement` is the reason that was given and is not recorded yet. Before, only a lost passphrase is set.
    `at_close` is called when everything is saved and the keys are still there; it never fails, and returns a
    sentence on what it could not do, which stands in `said_at_close` then.
    """

    def __init__(
        self, folder: Path, keys: KeyRing, lock: WriterLock | None, read_only: str, clock: Clock
    ) -> None:
        self.keys = keys
        self.was_recovered = keys.encrypted and not keys.examiner
        self.read_only = read_only
        self.clock = clock
        self.station = load_station_id()
        self.vocabulary: Vocabulary = load_vocabulary()
        self.on_trouble: Event[SaveTrouble | None] = Event()
        self.on_journal_trouble: Event[str] = Event()
        self.recovery_key = ""
        self.notices: list[str] = []
        self.key_questions: dict[str, KeyQuestion] = {}
        self.knows_less: KnowsLess | None = None
        self.judgement = ""
        self.at_close: Callable[[], str] = str
        self.said_at_close = ""
        self.jobs = Jobs()
        self._lock = lock
        self._roles: RoleHistory | None = None
        self.store = Store(folder / DATABASE_NAME, bool(read_only), keys.database_key())
        self.store.hold_lock = self._hold_lock
        self.previews = PreviewStore(folder / "previews.db", bool(read_only), keys.previews_key())
        try:
            self._check_and_load()
        except BaseException:
            self.store.close()
            self.previews.close()
            raise
        self._writer = (
            None
            if read_only
            else Writer(self.store, self.on_trouble.emit, lambda _why: self._tell_journal_trouble())
        )

    @property
    def folder(self) -> Path:
        """The folder of the Case, where it is now: it stays the one that was opened if it is moved."""
        return self.store.folder.locate()

    def describe_journal_trouble(self) -> str:
        """One sentence if what was committed last cannot be noted in the head journal; "" if it can."""
        why = self.store.journal_trouble
        if not why:
            return ""
        return (
            f"All acts are saved, but the head journal beside the database cannot be written ({why}): until "
            "it can, a loss of the newest acts would not be found."
        )

    def _tell_journal_trouble(self) -> None:
        self.on_journal_trouble.emit(self.describe_journal_trouble())

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
        if self.knows_less is not None and not self.judgement and not self.was_recovered:
            raise self.knows_less
        return self._writer

    def become_read_only(self, reason: str) -> None:
        """Save what waits, and write nothing any more; others may open the Case for writing from now on."""
        if self._writer is not None:
            self._writer.drain()
            self._writer.close()
            self._writer = None
        self.read_only = reason
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def require_writable(self) -> None:
        """Raise ReadOnly unless acts can be recorded; for work that precedes its act."""
        _ = self.writer

    def _hold_lock(self) -> bool:
        """Take the lock again if its file was deleted; whether it was."""
        if self._lock is None:
            return False
        try:
            taken_again = self._lock.hold(format_timestamp(self.clock()))
        except LockHeld as held:
            raise SaveFailed(
                f"Not saved: the lock of this case was deleted, and it is open elsewhere now: "
                f"{make_printable(held.by)}.",
                "Close it there.",
            ) from None
        except OSError as error:
            raise SaveFailed(f"Not saved: the lock of this case is gone: {error.strerror}.") from error
        if taken_again:
            logger.warning("the lock of the case was deleted and was taken again")
        return taken_again

    def signer(self, author: str) -> Signer:
        """Return what signs the entries of an Examiner at this workstation.

        KeyDiffers while that Examiner's key in the key file is not the one that the ledger states.
        """
        if author in self.key_questions and not self.read_only:
            raise KeyDiffers(self.key_questions[author])
        return Signer(
            author,
            self.station,
            lambda hash_: self.keys.sign(author, hash_),
            lambda act: self.roles.require(author, act),
        )

    @property
    def roles(self) -> RoleHistory:
        """The roles of all Examiners, as the ledger states them now."""
        if self._roles is None or not self._roles.maker:
            history = RoleHistory()
            with self.store.read() as connection:
                for entry in ledger.load_entries_of_acts(connection, ACTS_ABOUT_ROLES):
                    for _fault in history.note_entry(entry):
                        pass  # `verify` names it
            self._roles = history
        return self._roles

    def forget_roles(self) -> None:
        """Read them again when they are next asked for."""
        self._roles = None

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
        able = self.key_questions.keys() if not self.keys.encrypted else ()
        return [examiner for examiner in people if self.keys.can_sign(examiner.id) or examiner.id in able]

    def sources(self) -> list[Source]:
        with self.store.read() as connection:
            return case_rows.load_sources(connection)

    def count_entries(self) -> int:
        """How many entries the ledger has; unlike `counts`, it costs nothing that a window would notice."""
        with self.store.read() as connection:
            return ledger.load_size_and_head(connection)[0]

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
            self.said_at_close = self.at_close()
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
