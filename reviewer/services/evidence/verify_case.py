"""Is the Case still what was written: the chains of the ledger, the state rebuilt from it, the seals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, count, islice

from reviewer.domain.acts.key_history import KeyHistory, SignatureVerifier, StatedKey
from reviewer.domain.acts.roles import RoleHistory
from reviewer.domain.acts.signatures import SignatureCheck
from reviewer.domain.acts.stamps import StampCheck
from reviewer.domain.acts.times import TimeCheck
from reviewer.domain.ledger.entry import Entry, LedgerFault, check_chains
from reviewer.domain.ledger.vouching import format_fingerprint
from reviewer.domain.names import make_printable
from reviewer.keys import key_file
from reviewer.keys.signature_process import SignatureProcess
from reviewer.keys.signing import is_signature_valid
from reviewer.keys.time_stamps import read_token
from reviewer.services.case.kept_receipts import check_kept_receipts
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import JobControl
from reviewer.services.records.verify_records import find_record_faults
from reviewer.storage import ledger
from reviewer.storage.engine import database, texts
from reviewer.storage.evidence import seals
from reviewer.storage.replay.rebuild import find_differences
from reviewer.storage.store import Connection, DatabaseFault

MOST_FAULTS = 1000
_WORTH_A_PROCESS = 2_000
"""Entries from which on the start of a process costs less than checking their signatures here."""
_UNREADABLE = (DatabaseFault, ValueError, KeyError, TypeError)


@dataclass(frozen=True)
class CaseVerdict:
    """`faults` is empty if all is well. `unsealed` files were kept by an ingest that has not ended yet.
    `keys` is every key that the ledger ever stated, the oldest first; `notes` are on kept receipts that are
    no fault: judged, or not believed."""

    entries: int
    head: str
    faults: tuple[LedgerFault, ...]
    unsealed: int
    keys: tuple[StatedKey, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.faults


def verify_case(case: OpenCase, control: JobControl) -> CaseVerdict:
    """Check everything that can be checked without the original photographs."""
    with case.store.read() as connection:
        try:
            return _check_everything(connection, control, case)
        except _UNREADABLE as error:
            fault = LedgerFault("the database", f"cannot be read to the end: {error.__class__.__name__}")
            return CaseVerdict(0, "", (fault,), 0)


def _check_everything(connection: Connection, control: JobControl, case: OpenCase) -> CaseVerdict:
    """Three things side by side: the files, by the engine in a thread; signatures, by a process; the rest."""
    entries, head = ledger.load_size_and_head(connection)
    with ThreadPoolExecutor(1, thread_name_prefix="verify") as beside:
        files = beside.submit(_find_file_faults, case)
        try:
            faults, keys = _check_ledger(connection, control, case, entries, files)
        except _UNREADABLE:
            files.result()  # if they cannot be read either, that is said
            raise
    wrong, unsealed = seals.check_seals(connection)
    wrong += find_record_faults(connection, control.check)
    faults += islice(_check_texts(connection), MOST_FAULTS)
    contradicted, notes = check_kept_receipts(case)
    return CaseVerdict(entries, head, tuple(faults + wrong + contradicted), unsealed, keys, tuple(notes))


def _check_ledger(
    connection: Connection,
    control: JobControl,
    case: OpenCase,
    entries: int,
    files: Future[list[LedgerFault]],
) -> tuple[list[LedgerFault], tuple[StatedKey, ...]]:
    """What is wrong with the files, the ledger and the tables, in this order, and the keys that it states."""
    with ExitStack() as stack:
        signatures = stack.enter_context(SignatureProcess()) if entries >= _WORTH_A_PROCESS else None
        check = _LedgerCheck(signatures.ask if signatures else None)
        found = check.run(connection, lambda done: _report_progress(control, done, 2 * entries))
        stamped = list(islice(check.stamps.find_faults(), MOST_FAULTS))
        differences = find_differences(
            connection, lambda done: _report_progress(control, entries + done, 2 * entries)
        )
        first = next(differences, None)  # which takes as long as all replaying
        if signatures is not None:
            invalid = signatures.find_invalid(control.check)
            if invalid is None or invalid:
                again = _LedgerCheck(_doubt(invalid))
                found = again.run(connection, lambda _done: control.check())
    keys = check.signatures.history
    faults = [*files.result(), *found, *_find_other_keys(case, keys), *stamped]
    for fault in chain([first] if first else [], differences):
        faults.append(fault)
        if len(faults) >= MOST_FAULTS:
            break
    return faults, tuple(keys.stated)


def _doubt(invalid: frozenset[int] | None) -> SignatureVerifier:
    """Look again at those that were said not to hold, by their numbers, or at all if nobody answered."""
    if invalid is None:
        return is_signature_valid
    numbers = count()
    return lambda *question: next(numbers) not in invalid or is_signature_valid(*question)


class _LedgerCheck:
    """One pass through all entries: chains, signatures, times, roles and time stamps.

    `of_entries` checks the signatures of entries if that is done elsewhere.
    """

    def __init__(self, of_entries: SignatureVerifier | None) -> None:
        self.signatures = SignatureCheck(is_signature_valid, of_entries)
        self.stamps = StampCheck(read_token)
        self._checks = (
            self.signatures.check_entry,
            TimeCheck().check_entry,
            self.stamps.check_entry,
            RoleHistory().note_entry,
        )

    def run(self, connection: Connection, tell: Callable[[int], None]) -> list[LedgerFault]:
        """What is wrong; `tell` is called with the number of entries looked at, and ends it by raising."""
        on_the_way: list[LedgerFault] = []
        found, _heads = check_chains(self._check_each(connection, tell, on_the_way))
        return [*found, *on_the_way, *self.signatures.find_entries_without_key()][:MOST_FAULTS]

    def _check_each(
        self, connection: Connection, tell: Callable[[int], None], faults: list[LedgerFault]
    ) -> Iterator[Entry]:
        """The entries in order; what the checks find wrong with each is added to `faults` on the way."""
        for done, (_position, entry) in enumerate(ledger.iterate_entries(connection), start=1):
            tell(done)
            for check in self._checks:
                faults += islice(check(entry), MOST_FAULTS)
            yield entry


def _find_other_keys(case: OpenCase, history: KeyHistory) -> Iterator[LedgerFault]:
    """Keys of the key file that are not those that the ledger states."""
    for slot in case.keys.file.slots:
        stated = history.find_key(slot.examiner)
        if stated and slot.public != stated:
            name = make_printable(history.names.get(slot.examiner, slot.examiner))
            yield LedgerFault(
                key_file.KEY_FILE_NAMES[0],
                f"holds the key {format_fingerprint(slot.public)} for {name}, and the ledger states "
                f"{format_fingerprint(stated)}: it waits to be vouched for, or one of them was exchanged",
            )


def _report_progress(control: JobControl, done: int, total: int) -> None:
    control.progress(done, total)
    control.check()


def _find_file_faults(case: OpenCase) -> list[LedgerFault]:
    """What is wrong with the files and the head journal; the engine does most of it, and lets others run."""
    with case.store.read() as connection:
        return [*_check_files(case, connection), *islice(case.store.journal.faults(connection), MOST_FAULTS)]


def _check_files(case: OpenCase, connection: Connection) -> Iterator[LedgerFault]:
    """What is wrong with the files as such: authenticated pages, SQLite's own check, keys, previews."""
    for line in case.store.find_damaged_pages()[:100]:
        yield LedgerFault("the database file", line)
    for line in database.find_structure_faults(connection):
        if "texts_index" not in line:  # that one is looked at by itself, in words
            yield LedgerFault("the database file", line)
    for name in key_file.find_faults(case.folder):
        yield LedgerFault(name, "is missing or not what was written; the other copy is whole")
    for line in case.previews.faults()[:20]:
        yield LedgerFault("previews.db", f"{line} (nothing is lost: it can be thrown away and is made again)")


def _check_texts(connection: Connection) -> Iterator[LedgerFault]:
    """Check what full text searches in: made again from notes and records, it must be the same."""
    for owner in texts.find_text_differences(connection):
        yield LedgerFault(owner, "what is searched in is not what was written")
    try:
        whole = texts.is_index_whole(connection)
    except DatabaseFault:
        whole = False
    if not whole:
        yield LedgerFault(
            "the index of full text", "is not what follows from the texts; searching may miss some"
        )
