"""Making a Case and opening one: the key file first, then the lock, then the database."""

from __future__ import annotations

import logging
import secrets
from contextlib import suppress
from pathlib import Path

from reviewer.domain.acts import acts
from reviewer.domain.acts.key_history import VOUCHING_KEY
from reviewer.domain.errors import CaseBusy, CaseUnusable, KeysDamaged
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import make_printable, validate_name
from reviewer.domain.photos.case import Examiner
from reviewer.domain.worklist.reading_order import begin_case
from reviewer.keys import key_file
from reviewer.keys.key_file import KeyFile
from reviewer.keys.key_ring import KeyRing, make_key_ring, open_key_ring
from reviewer.keys.passphrase import check_new_passphrase
from reviewer.keys.recovery import derive_signing_key
from reviewer.keys.signing import SigningKey
from reviewer.services.case.case_key import settle_keys
from reviewer.services.case.enrolment import CancelCheck, make_enrolment
from reviewer.services.case.kept_receipts import check_at_opening, keep_receipt_of_close
from reviewer.services.case.open_case import DATABASE_NAME, OpenCase, make_damage_error
from reviewer.services.jobs import Cancelled
from reviewer.storage import reading_order
from reviewer.storage.engine import database
from reviewer.storage.engine.cipher import is_unencrypted, read_header
from reviewer.storage.store import DatabaseFault, record_draft
from reviewer.system.clock import Clock, current_time, format_timestamp
from reviewer.system.files import make_private_folder
from reviewer.system.lock import LockHeld, WriterLock
from reviewer.system.mounts import find_network_file_system
from reviewer.system.new_ids import new_id

logger = logging.getLogger(__name__)
_CASE_FILES = (
    *(f"{name}{part}" for name in (DATABASE_NAME, "previews.db") for part in ("", "-wal", "-shm")),
    "heads.journal",
    "writer.lock",
)
_ENTRIES_OF_A_NEW_CASE = 2


def create_case(
    folder: Path,
    name: str,
    examiner: str,
    passphrase: str | None,
    clock: Clock = current_time,
    check: CancelCheck = lambda: None,
    *,
    by_folders: bool = False,
) -> OpenCase:
    """Make a Case in `folder` (which must not exist or be empty) with its first Examiner, and open it.

    Encrypted under `passphrase`; with None it is not encrypted, and says so wherever it is open. Its
    order of reading is drawn, and masking is on; `by_folders` leaves that to its lead. If `check` raises,
    nothing of it stays.
    """
    name, examiner = validate_name(name, "case"), validate_name(examiner, "examiner")
    if passphrase is not None:
        check_new_passphrase(passphrase, (name, examiner))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CaseUnusable(
            f"{make_printable(str(folder))} exists and is not empty.", "Choose another folder."
        )
    first = Examiner(new_id(), examiner)
    keys = make_key_ring(encrypted=passphrase is not None)
    check()
    try:
        make_private_folder(folder)
        _refuse_network(folder)
        key = SigningKey.new()
        keys.add(folder, first.id, passphrase, key)
        check()
        recovery_key = keys.renew_recovery_key(folder) if keys.encrypted else ""
        database.create_database(folder / DATABASE_NAME, keys.database_key())
    except OSError as error:
        raise CaseUnusable(
            f"The case cannot be made in {make_printable(str(folder))}: {error.strerror}."
        ) from error
    except Cancelled:
        keys.drop()
        _remove_new_files(folder)
        raise
    case = _open_for_writing(folder, keys, clock, or_read_only=False)
    created = {"name": name, "signed": True, "encrypted": keys.encrypted}
    if recovery_key:
        created[VOUCHING_KEY] = derive_signing_key(recovery_key).public
    case_id = new_id()
    drafts = [
        Draft(acts.CASE_CREATED, case_id, created),
        make_enrolment(case_id, first, key),
    ]
    _record_first_entries(
        case, first.id, *drafts, *([] if by_folders else [begin_case(secrets.token_hex(8))])
    )
    case.id, case.name, case.recovery_key = case_id, name, recovery_key
    return case


def close_unclaimed(case: OpenCase) -> None:
    """Close a Case whose opening nobody waits for."""
    case.close()


def discard_new_case(case: OpenCase) -> None:
    """Close and remove a Case just made that nobody has seen, nor its recovery key.

    Nothing but its making stands in it; with more in its ledger it is closed and stays.
    """
    with case.store.read() as connection:
        rules = bool(reading_order.load_rules(connection).seed)
    is_new = case.count_entries() <= _ENTRIES_OF_A_NEW_CASE + rules
    if is_new:
        case.at_close = str
    case.close()
    if is_new:
        _remove_new_files(case.folder)


def _remove_new_files(folder: Path) -> None:
    """Only files that a new Case consists of; the folder stays if anything else is in it."""
    for name in (*key_file.KEY_FILE_NAMES, *_CASE_FILES):
        (folder / name).unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def _record_first_entries(case: OpenCase, author: str, *drafts: Draft) -> None:
    """Record the first entries in one commit: a Case without an Examiner could not be opened."""
    pen, at = case.signer(author), format_timestamp(case.clock())
    case.writer.enqueue_batch(
        lambda connection: [record_draft(connection, draft, pen, at) for draft in drafts]
    ).result()


def needs_passphrase(folder: Path) -> bool:
    """Whether the Case in `folder` is encrypted. Raises KeysDamaged or CaseUnusable."""
    return bool(_load_key_file(folder).cipher)


def open_case(
    folder: Path,
    passphrase: str | None = None,
    *,
    first: str = "",
    read_only: bool = False,
    or_read_only: bool = False,
    untouched: bool = False,
    may_judge: bool = False,
    clock: Clock = current_time,
    check: CancelCheck = lambda: None,
) -> OpenCase:
    """Open the Case in `folder` with a passphrase or the recovery key, if it is encrypted.

    `first` is the Examiner whose passphrase it probably is. If another program writes to the Case: CaseBusy,
    or reading only with `or_read_only`. A folder that cannot be written opens for reading only. A Case of
    an earlier format is carried over first; with `untouched` CaseUnusable says that it would have to be.

    A Case that knows less than a kept receipt of it raises KnowsLess, unless it is opened for reading only or
    `may_judge` says that whoever opens it asks: then nothing can be written until `judge_receipts`.
    """
    keys = open_key_ring(_load_key_file(folder), passphrase, first)
    try:
        check()
        version = database.check_database(folder / DATABASE_NAME, keys.database_key())
        check()
        if not read_only:
            _refuse_network(folder)
        if version < database.LATEST_VERSION:
            if untouched:
                raise _make_format_error(version, "nothing was to be written", _HINT_OPEN_ONCE)
            _migrate(folder, keys, version, clock)
        if read_only:
            case = _open_for_reading(folder, keys, clock, "It was opened for reading only.")
        else:
            case = _open_for_writing(folder, keys, clock, or_read_only=or_read_only, may_judge=may_judge)
        if version < database.LATEST_VERSION:
            case.notices.append(_describe_carried_over(folder, version))
        return case
    except BaseException:
        keys.drop()
        raise


def _load_key_file(folder: Path) -> KeyFile:
    """Load the key file; for a Case that never had one, an empty one that says it is not encrypted."""
    if not folder.is_dir():
        raise CaseUnusable(f"There is no case at {make_printable(str(folder))}.")
    found = key_file.load_key_file(folder)
    if found is None:
        path = folder / DATABASE_NAME
        if path.is_file() and path.stat().st_size and not is_unencrypted(path):
            raise KeysDamaged(
                "The key file of this case is gone, or its database is damaged.",
                "Put keys.json back from a backup of the case folder; nothing else was touched.",
            )
        return KeyFile("")
    return found.settle(lambda: read_header(folder / DATABASE_NAME))


def _open_for_reading(folder: Path, keys: KeyRing, clock: Clock, why: str) -> OpenCase:
    """Open for reading only, also what knows less than a kept receipt; it says so."""
    case = OpenCase(folder, keys, None, why, clock)
    try:
        check_at_opening(case)
    except (DatabaseFault, ValueError, KeyError, TypeError) as error:
        logger.info("not compared with its receipts: %s", error.__class__.__name__)  # it is for `verify`
    if case.knows_less is not None:
        case.read_only = f"{why} {case.knows_less.message}"
        case.notices.append(case.knows_less.message)
    return case


def _open_for_writing(
    folder: Path, keys: KeyRing, clock: Clock, *, or_read_only: bool, may_judge: bool = False
) -> OpenCase:
    lock = WriterLock(folder / "writer.lock")
    try:
        lock.take(format_timestamp(clock()))
    except LockHeld as held:
        if or_read_only:
            return _open_for_reading(folder, keys, clock, f"It is open elsewhere: {make_printable(held.by)}.")
        raise CaseBusy(
            f"This case is open elsewhere: {make_printable(held.by)}.",
            "Close it there, or open it read-only here.",
        ) from None
    except OSError:
        return _open_for_reading(folder, keys, clock, "The case folder cannot be written.")
    try:
        case = OpenCase(folder, keys, lock, "", clock)
    except BaseException:
        lock.release()
        raise
    case.at_close = lambda: keep_receipt_of_close(case)
    try:
        if case.name:
            _check_before_writing(case, or_read_only=or_read_only, may_judge=may_judge)
    except DatabaseFault as error:
        case.close()
        raise make_damage_error(error) from error
    except BaseException:
        case.close()
        raise
    return case


def _check_before_writing(case: OpenCase, *, or_read_only: bool, may_judge: bool) -> None:
    """Compare the Case with its kept receipts before anything of it is shown or written.

    With the recovery key alone nobody can judge; nor can anything be written but a new passphrase.
    """
    check_at_opening(case)
    if case.knows_less is None:
        settle_keys(case)
        return
    if or_read_only:
        case.become_read_only(case.knows_less.message)
    elif not case.was_recovered:
        if may_judge and case.readers():
            return
        raise case.knows_less
    case.notices.append(case.knows_less.message)


def _migrate(folder: Path, keys: KeyRing, version: int, clock: Clock) -> None:
    """Bring a Case of an earlier format to the present one, with a copy of it beside, before it is read.

    Tables of an earlier format cannot answer what is asked of them now. CaseUnusable where it cannot be done.
    """
    lock = WriterLock(folder / "writer.lock")
    try:
        lock.take(format_timestamp(clock()))
    except LockHeld as held:
        raise _make_format_error(version, f"it is open elsewhere: {make_printable(held.by)}") from None
    except OSError:
        raise _make_format_error(version, "its folder cannot be written") from None
    try:
        database.migrate_database(folder / DATABASE_NAME, keys.database_key())
    finally:
        lock.release()


def _describe_carried_over(folder: Path, version: int) -> str:
    older, now = database.format_version(version), database.format_version(database.LATEST_VERSION)
    copy = database.name_copy_before(folder / DATABASE_NAME, version).name
    return (
        f"This case was carried over from format {older} to {now}. A copy of it as it was lies beside it: "
        f"{copy}. From now on open it with this version of the program or a newer one."
    )


_HINT_ELSEWHERE = "Close it there, or copy its folder to where it can be written, and open it again."
_HINT_OPEN_ONCE = (
    "Open it once in the window or by `reviewer status CASE`; a copy of it as it was is kept beside it."
)


def _make_format_error(version: int, why: str, hint: str = _HINT_ELSEWHERE) -> CaseUnusable:
    return CaseUnusable(
        f"This case has the earlier format {database.format_version(version)} "
        "and must be carried over before it is "
        f"read; {why}.",
        hint,
    )


def _refuse_network(folder: Path) -> None:
    kind = find_network_file_system(folder)
    if kind:
        raise CaseUnusable(
            f"{make_printable(str(folder))} lies on a network "
            f"drive ({kind}), where a case cannot be kept safely.",
            "Keep the case on a drive of this machine. Photographs may lie on the network.",
        )
