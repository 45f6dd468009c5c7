"""A backup of a Case: whole, encrypted as the Case is, made while acts go on, compared before it counts.

It has its name when everything in it is on the drive: a stick is often pulled out as soon as that is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import make_portable_name, make_printable
from reviewer.keys import key_file
from reviewer.services.case.open_case import CASE_SUFFIX, DATABASE_NAME, OpenCase
from reviewer.services.jobs import JobControl
from reviewer.storage import ledger
from reviewer.storage.engine import database
from reviewer.storage.engine.head_journal import JOURNAL_NAME as JOURNAL
from reviewer.storage.store import Store
from reviewer.system.clock import format_timestamp
from reviewer.system.files import finish_folder, make_private_folder, sync_folder, write_atomically


@dataclass(frozen=True)
class Backup:
    """Where a backup lies, and the ledger it holds."""

    folder: Path
    entries: int
    head: str


def back_up(case: OpenCase, into: Path, author: str, control: JobControl) -> Backup:
    """Make a new folder below `into` with everything a Case needs on another machine.

    Originals are not in it, nor the small pictures: those are made again. It is recorded in the ledger of
    the Case. KnownError if it cannot be made; nothing half-made keeps the name of a backup.
    """
    into = into.absolute()
    if not into.is_dir():
        raise KnownError(
            f"There is no folder {make_printable(str(into))}.", "Make it first.", code="no-folder"
        )
    if case.folder.absolute() in (into, *into.parents):
        raise KnownError(
            "A backup cannot lie inside its own case.", "Choose another drive.", code="no-folder"
        )
    moment = format_timestamp(case.clock())
    when = moment[:19].replace(":", "").replace("T", " ")
    name = make_portable_name(case.folder.stem, f" backup {when}{CASE_SUFFIX}")
    made = into / name
    if made.exists():
        raise KnownError(f"{make_printable(str(made))} exists already.", code="no-folder")
    # While it reads, the key of the case is not changed between one file and the other.
    with finish_folder(made, _make_write_error) as unfinished, case.store.read():
        entries, head = _copy_and_verify(case, unfinished, control)
        sync_folder(unfinished)
    if not case.read_only:
        case.record(Draft(acts.BACKUP_MADE, case.id, {"entries": entries, "head": head}), author)
    return Backup(made, entries, head)


def _make_write_error(error: OSError) -> KnownError:
    return KnownError(
        f"The backup cannot be written: {error.strerror}.", "Is there room on the drive?", code="backup"
    )


def _copy_and_verify(case: OpenCase, folder: Path, control: JobControl) -> tuple[int, str]:
    """Copy, open the copy and look whether it is what the Case was; how many entries, and its head."""
    make_private_folder(folder)
    control.check()
    _copy_files(case, folder, control)
    control.check()
    database.check_database(folder / DATABASE_NAME, case.keys.database_key())
    copy = Store(folder / DATABASE_NAME, read_only=True, key=case.keys.database_key())
    try:
        with copy.read() as there, case.store.read() as here:
            copy.journal.check(there)
            entries, head = ledger.load_size_and_head(there)
            if ledger.compute_head_at(here, entries) != head or copy.find_damaged_pages():
                raise KnownError(
                    "The copy is not what was copied.",
                    "The drive may be failing. Use another.",
                    code="backup",
                )
    finally:
        copy.close()
    return entries, head


def _copy_files(case: OpenCase, folder: Path, control: JobControl) -> None:
    for name in (
        *key_file.KEY_FILE_NAMES,
        JOURNAL,
    ):  # the journal first: it may be behind the database, never ahead
        if (case.folder / name).exists():
            write_atomically(folder / name, (case.folder / name).read_bytes())
    case.store.copy_to(folder / DATABASE_NAME, control.check)
