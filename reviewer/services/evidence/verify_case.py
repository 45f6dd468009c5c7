"""Is the Case still what was written: the chains of the ledger, the state rebuilt from it, the seals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from reviewer.domain.acts.signatures import SignatureCheck
from reviewer.domain.ledger.entry import Entry, LedgerFault, check_chains
from reviewer.keys import key_file
from reviewer.keys.signing import is_signature_valid
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import JobControl
from reviewer.services.records.verify_records import find_record_faults
from reviewer.storage import ledger
from reviewer.storage.engine import database, texts
from reviewer.storage.evidence import seals
from reviewer.storage.replay.rebuild import find_differences
from reviewer.storage.store import Connection, DatabaseFault

MOST_FAULTS = 1000


@dataclass(frozen=True)
class CaseVerdict:
    """`faults` is empty if all is well. `unsealed` files were kept by an ingest that has not ended yet."""

    entries: int
    head: str
    faults: tuple[LedgerFault, ...]
    unsealed: int

    @property
    def sound(self) -> bool:
        return not self.faults


def verify_case(case: OpenCase, control: JobControl) -> CaseVerdict:
    """Check everything that can be checked without the original photographs."""
    with case.store.read() as connection:
        try:
            return _check_everything(connection, control, case)
        except (DatabaseFault, ValueError, KeyError, TypeError) as error:
            fault = LedgerFault("the database", f"cannot be read to the end: {error.__class__.__name__}")
            return CaseVerdict(0, "", (fault,), 0)


def _check_everything(connection: Connection, control: JobControl, case: OpenCase) -> CaseVerdict:
    entries, head = ledger.load_size_and_head(connection)
    total = 2 * entries
    journal = case.store.journal
    faults = [*_check_files(case, connection), *islice(journal.faults(connection), MOST_FAULTS)]
    signatures = SignatureCheck(is_signature_valid)
    unsigned: list[LedgerFault] = []
    found, _heads = check_chains(_iterate_and_check(connection, control, total, signatures, unsigned))
    faults += [*found, *unsigned, *signatures.find_entries_without_key()][:MOST_FAULTS]
    for fault in find_differences(connection, lambda done: _report_progress(control, entries + done, total)):
        faults.append(fault)
        if len(faults) >= MOST_FAULTS:
            break
    wrong, unsealed = seals.check_seals(connection)
    wrong += find_record_faults(connection, control.check)
    faults += islice(_check_texts(connection), MOST_FAULTS)
    return CaseVerdict(entries, head, tuple(faults + wrong), unsealed)


def _iterate_and_check(
    connection: Connection,
    control: JobControl,
    total: int,
    signatures: SignatureCheck,
    faults: list[LedgerFault],
) -> Iterator[Entry]:
    """The entries in order; what is wrong with their signatures is added to `faults` on the way."""
    for done, (_position, entry) in enumerate(ledger.iterate_entries(connection), start=1):
        _report_progress(control, done, total)
        faults += islice(signatures.check_entry(entry), MOST_FAULTS)
        yield entry


def _report_progress(control: JobControl, done: int, total: int) -> None:
    control.progress(done, total)
    control.check()


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
