"""An open Case: what is handed to whoever needs it. There is no "current case" anywhere else."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from pathlib import Path

from reviewer.domain import acts
from reviewer.domain.case import Counts, Examiner, Source
from reviewer.domain.errors import CaseBusy, CaseUnusable, KnownError, LedgerDamaged
from reviewer.domain.intents import written
from reviewer.domain.ledger import Draft, Entry
from reviewer.domain.names import printable
from reviewer.domain.vocabulary import Vocabulary
from reviewer.services.vocabulary import load_vocabulary
from reviewer.services.writer import Trouble, Writer
from reviewer.storage import case_rows, database
from reviewer.storage.previews import PreviewStore
from reviewer.storage.store import Connection, Store, record
from reviewer.system.clock import Clock, now, stamp
from reviewer.system.files import make_private_folder
from reviewer.system.lock import Held, WriterLock
from reviewer.system.mounts import network_file_system
from reviewer.system.station import station_id

SUFFIX = ".case"
LONGEST_NAME = 200
logger = logging.getLogger(__name__)


class OpenCase:
    """A Case that is open, for writing or, with the reason in `read_only`, for reading only."""

    def __init__(self, folder: Path, lock: WriterLock | None, read_only: str, clock: Clock) -> None:
        self.folder = folder
        self.read_only = read_only
        self.clock = clock
        self.station = station_id()
        self.vocabulary: Vocabulary = load_vocabulary()
        self.on_trouble: list[Callable[[Trouble | None], None]] = []
        self._lock = lock
        self.store = Store(folder / "case.db", bool(read_only))
        self.previews = PreviewStore(folder / "previews.db", bool(read_only))
        if not read_only:
            self._check_head()
        self._writer = None if read_only else Writer(self.store, self._tell_trouble)
        with self.store.read() as connection:
            self.id = case_rows.fact(connection, "id")
            self.name = case_rows.fact(connection, "name")

    def _check_head(self) -> None:
        """Refuse to write on where committed entries are missing: they would be missing for ever."""
        try:
            self.store.check_head()
        except LedgerDamaged:
            self.store.close()
            self.previews.close()
            raise

    @property
    def writer(self) -> Writer:
        """The writer of this Case; KnownError if it is open for reading only."""
        if self._writer is None:
            raise KnownError("This case is open for reading only.", self.read_only, code="read-only")
        return self._writer

    def record(self, draft: Draft, author: str) -> Entry:
        """Seal and commit an act and wait for it; for acts that are not part of reading."""

        def run(connection: Connection) -> Entry:
            return record(connection, draft, author, self.station, stamp(self.clock()))

        return self.writer.batch(run).result()

    def examiners(self) -> list[Examiner]:
        with self.store.read() as connection:
            return case_rows.examiners(connection)

    def sources(self) -> list[Source]:
        with self.store.read() as connection:
            return case_rows.sources(connection)

    def counts(self) -> Counts:
        with self.store.read() as connection:
            return case_rows.counts(connection)

    def enrol(self, name: str) -> Examiner:
        """Enrol an Examiner, or find the one of that name."""
        name = checked_name(name, "examiner")
        for examiner in self.examiners():
            if examiner.name.casefold() == name.casefold():
                return examiner
        examiner = Examiner(secrets.token_hex(8), name)
        self.record(Draft(acts.EXAMINER_ENROLLED, examiner.id, {"name": name}), examiner.id)
        return examiner

    def close(self, patience: float = 10.0) -> int:
        """Save what waits, tidy up, let go of the lock; the number of acts that could not be saved."""
        lost = 0
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
        if self._lock is not None:
            self._lock.release()
        return lost

    def _tell_trouble(self, trouble: Trouble | None) -> None:
        for listener in self.on_trouble:
            listener(trouble)


def create_case(folder: Path, name: str, examiner: str, clock: Clock = now) -> OpenCase:
    """Make a Case in `folder` (which must not exist or be empty) with its first Examiner, and open it."""
    name, examiner = checked_name(name, "case"), checked_name(examiner, "examiner")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CaseUnusable(f"{printable(str(folder))} exists and is not empty.", "Choose another folder.")
    try:
        make_private_folder(folder)
        _refuse_network(folder)
        database.create(folder / "case.db")
    except OSError as error:
        raise CaseUnusable(
            f"The case cannot be made in {printable(str(folder))}: {error.strerror}."
        ) from error
    case = open_case(folder, clock=clock)
    first = Examiner(secrets.token_hex(8), examiner)
    case.record(Draft(acts.CASE_CREATED, secrets.token_hex(8), {"name": name}), first.id)
    case.record(Draft(acts.EXAMINER_ENROLLED, first.id, {"name": examiner}), first.id)
    case.name = name
    return case


def open_case(
    folder: Path, *, read_only: bool = False, or_read_only: bool = False, clock: Clock = now
) -> OpenCase:
    """Open the Case in `folder`.

    If another program writes to it: CaseBusy, or reading only with `or_read_only`. A folder that cannot be
    written opens for reading only.
    """
    if not folder.is_dir():
        raise CaseUnusable(f"There is no case at {printable(str(folder))}.")
    version = database.check(folder / "case.db")
    if read_only:
        return OpenCase(folder, None, "It was opened for reading only.", clock)
    _refuse_network(folder)
    lock = WriterLock(folder / "writer.lock")
    try:
        lock.take(stamp(clock()))
    except Held as held:
        if or_read_only:
            return OpenCase(folder, None, f"It is open elsewhere: {printable(held.by)}.", clock)
        raise CaseBusy(
            f"This case is open elsewhere: {printable(held.by)}.",
            "Close it there, or open it read-only here.",
        ) from None
    except OSError:
        return OpenCase(folder, None, "The case folder cannot be written.", clock)
    try:
        if version < database.LATEST:
            database.migrate(folder / "case.db")
        return OpenCase(folder, lock, "", clock)
    except BaseException:
        lock.release()
        raise


def checked_name(name: str, of_what: str) -> str:
    """A name as it can be kept: one line, no control characters, not empty, not endless."""
    name = written(name).strip()
    if not name:
        raise KnownError(f"The {of_what} needs a name.", code="bad-name")
    if printable(name) != name:
        raise KnownError(
            f"The name of the {of_what} has control characters in it: {printable(name)[:80]}.",
            "Type it again without them.",
            code="bad-name",
        )
    if len(name) > LONGEST_NAME:
        raise KnownError(
            f"The name of the {of_what} is longer than {LONGEST_NAME} characters.", code="bad-name"
        )
    return name


def _refuse_network(folder: Path) -> None:
    kind = network_file_system(folder)
    if kind:
        raise CaseUnusable(
            f"{printable(str(folder))} lies on a network drive ({kind}), where a case cannot be kept safely.",
            "Keep the case on a drive of this machine. Photographs may lie on the network.",
        )
