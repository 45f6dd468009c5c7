"""Access that ends: an Examiner is removed, or a copy was lost, and the case key is changed.

All that the case key encrypts is encrypted anew while reading and writing go on. Until the last moment the
old database and the old key file count; then the new ones do. A change that was cut off leaves one or the
other, whole, and is made again from the beginning: the copy is quick, and half of one is worth nothing. That
it is wanted stands in the ledger until it is made or nobody wants it any more.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.acts import acts
from reviewer.domain.acts.roles import Role
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner
from reviewer.keys.key_ring import KeyRing
from reviewer.services.case.access_words import (
    HOW_TO_LET_IN,
    NO_RECOVERY_KEY,
    describe_kept_copies,
    describe_left_out,
    describe_wanted,
)
from reviewer.services.case.enrolment import make_recovery_key, reconcile_keys
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.removed import load_removed
from reviewer.services.jobs import JobControl
from reviewer.storage import ledger
from reviewer.storage.engine.cipher import DatabaseError
from reviewer.storage.engine.kept_copies import (
    copy_kept_copies,
    is_opened_by,
    list_kept_copies,
    settle_kept_copies,
)

_PARTS, _PARTS_OF_COPIES = 1000, 300
"""Of which the progress says how many are done; those of copies from before, if there are any."""
_LOOK_SECONDS = 0.05
"""How long an act may wait while the change is paused."""


class KeyChangeReason(StrEnum):
    """Why the case key is changed, as the ledger says it."""

    REMOVED = "examiner removed"
    LOST = "station lost"
    ASKED = "asked for"


@dataclass(frozen=True)
class ChangedCaseKey:
    """`recovery_key` is to be shown once; `left_behind` are files beside the case that the old key opens."""

    recovery_key: str
    left_behind: tuple[str, ...]


def remove_examiner(case: OpenCase, examiner: Examiner, why: str, author: str) -> None:
    """Remove an Examiner: what she recorded stays, what she writes from here on is a fault, her slot is gone.

    `author` is who removes her. What her passphrase opened until now it opens until the case key is changed:
    that is the next step (`change_case_key`).
    """
    case.require_writable()
    why = " ".join(why.split())
    if not why:
        raise KnownError("Say why the examiner is removed.", "It stands in the ledger.", code="no-reason")
    if examiner.id == author:
        raise KnownError("Nobody removes themselves.", "Another examiner can do it.", code="oneself")
    if examiner.id in load_removed(case):
        raise KnownError(f"{make_printable(examiner.name)} was removed before.", code="removed")
    case.roles.require_role_change(examiner.id, Role.OBSERVER)  # whoever leads alone stays
    with case.keys.changing:
        case.record(Draft(acts.EXAMINER_REMOVED, examiner.id, {"why": why}), author)
        case.keys.drop_slots(case.folder, {examiner.id})


def find_wanted_change(case: OpenCase) -> KeyChangeReason | None:
    """Why the case key is still to be changed: somebody was removed, or a change was wanted, and it was not
    changed since. None if nothing is left to do."""
    if not case.keys.encrypted:
        return None
    removed = max((removal.position for removal in load_removed(case).values()), default=0)
    with case.store.read() as connection:
        changed = ledger.find_latest(connection, acts.CASE_KEY_CHANGED, case.id)
        wanted = ledger.find_latest(connection, acts.CASE_KEY_CHANGE_WANTED, case.id)
    since = changed[0] if changed else 0
    if removed > since:
        return KeyChangeReason.REMOVED
    because = str(wanted[1].body["because"]) if wanted and wanted[0] > since else ""
    if not because:
        return None
    return KeyChangeReason.LOST if because == KeyChangeReason.LOST else KeyChangeReason.ASKED


def give_up_wanted_change(case: OpenCase, author: str) -> None:
    """Record that a change of the case key is not wanted any more, if it was. After a removal it stays to be
    done, whatever anybody wants."""
    if find_wanted_change(case) not in {None, KeyChangeReason.REMOVED}:
        case.record(Draft(acts.CASE_KEY_CHANGE_WANTED, case.id, {"because": ""}), author)


def find_left_out(case: OpenCase) -> list[str]:
    """The names of Examiners to whom a new case key could not be given: each has to open the Case once
    before, with a version that can do this, or to be removed."""
    unreachable = case.keys.find_unreachable(without=load_removed(case).keys())
    return [examiner.name for examiner in case.examiners() if examiner.id in unreachable]


def change_case_key(case: OpenCase, because: KeyChangeReason, control: JobControl) -> ChangedCaseKey:
    """Change the case key, and make a new recovery key; for a job. Old key files, passphrases of before and
    recovery keys of before open nothing of it any more.

    If `control` ends it, or it fails, everything is as it was, but for what the last moment had done already;
    the change is still wanted, and `find_wanted_change` says so.
    """
    left_behind = encrypt_case_anew(case, because, control)
    recovery_key = make_recovery_key(case)
    encrypt_previews_anew(case, JobControl())
    return ChangedCaseKey(recovery_key, left_behind)


def encrypt_case_anew(case: OpenCase, because: KeyChangeReason, control: JobControl) -> tuple[str, ...]:
    """Change the case key; the Case has no recovery key then. Return the names of copies beside it that
    another key opens: neither this one nor that of before.

    While `control` is paused acts are committed as ever.
    """
    case.require_writable()
    _require_leave(case)
    if because is not KeyChangeReason.REMOVED and find_wanted_change(case) is None:
        case.record(Draft(acts.CASE_KEY_CHANGE_WANTED, case.id, {"because": because}), case.keys.examiner)
    changed = case.keys.make_changed()
    try:
        _copy_kept_copies(case, changed, control)
        case.writer.run_long(lambda commit: _encrypt_anew(case, changed, because, control, commit))
    finally:
        changed.drop()
        _settle_kept_copies(case)
    record_key_changes(case)
    key = _require_key(case.keys.database_key())
    return tuple(path.name for path in list_kept_copies(case.folder) if not is_opened_by(path, key))


def describe_copies_beside(case: OpenCase) -> str:
    """What lies in the folder since the format of the Case changed, and who may remove it; "" for nothing."""
    return describe_kept_copies({path.name: path.stat().st_size for path in list_kept_copies(case.folder)})


def encrypt_previews_anew(case: OpenCase, control: JobControl) -> None:
    """Carry what lies beside the Case to its new key."""
    case.previews.change_key(_require_key(case.keys.previews_key()), control.check)


def _require_leave(case: OpenCase) -> None:
    """Raise KnownError where the Examiner at work may not change the case key, or it would reach not all."""
    examiner = case.keys.examiner
    if not examiner:
        raise KnownError(
            "Only an examiner with a passphrase can change the key of a case.", code="no-passphrase"
        )
    case.roles.require(examiner, acts.RECOVERY_KEY_MADE)
    left_out = find_left_out(case)
    if left_out:
        raise KnownError(describe_left_out(left_out), HOW_TO_LET_IN, code="left-out")


def _copy_kept_copies(case: OpenCase, changed: KeyRing, control: JobControl) -> None:
    """What the present key opens, its successor opens too: nothing of the Case is lost by the change."""
    whole = sum(path.stat().st_size for path in list_kept_copies(case.folder))

    def go_on(written: int) -> None:
        control.check()
        control.progress(round(written / max(whole, 1) * _PARTS_OF_COPIES), _PARTS)

    try:
        copy_kept_copies(
            case.folder, _require_key(case.keys.database_key()), _require_key(changed.database_key()), go_on
        )
    except (OSError, DatabaseError) as error:
        raise KnownError(
            f"The key of the case could not be changed: {error}.",
            "A copy from before its format changed lies in its folder and has to be encrypted anew with it.",
            code="not-changed",
        ) from error


def _settle_kept_copies(case: OpenCase) -> None:
    with suppress(OSError, DatabaseError):  # it is done again when the Case is opened
        settle_kept_copies(case.folder, _require_key(case.keys.database_key()))


def _require_key(key: bytes | None) -> bytes:
    if key is None:
        raise KnownError("This case is not encrypted: it has no key to change.", code="no-passphrase")
    return key


def _encrypt_anew(
    case: OpenCase,
    changed: KeyRing,
    because: KeyChangeReason,
    control: JobControl,
    commit: Callable[[], None],
) -> None:
    """In the thread of the writer."""
    removed, announced = load_removed(case).keys(), False
    begun = _PARTS_OF_COPIES if list_kept_copies(case.folder) else 0

    def go_on(share: float) -> None:
        while not announced and control.wait_while_paused(_LOOK_SECONDS):
            commit()
        control.check()
        control.progress(begun + round(share * (_PARTS - begun)), _PARTS)
        commit()

    def is_ready(header: bytes) -> bool:
        """Nobody changes the key file from here on, and whoever does now needs this thread to end. The key
        file tells both states apart before there are two."""
        nonlocal announced
        if not announced and case.keys.changing.acquire(blocking=False):
            announced = True
            case.keys.announce(case.folder, changed, removed, because, header)
        return announced

    try:
        case.store.change_key(
            _require_key(changed.database_key()), go_on, is_ready, lambda: case.keys.adopt(changed)
        )
        with suppress(OSError):  # what was announced says it as well, and the key file is written again soon
            case.keys.save(case.folder)
    except BaseException:
        if announced:
            case.keys.withdraw(case.folder)
        raise
    finally:
        if announced:
            case.keys.changing.release()


def settle_keys(case: OpenCase) -> None:
    """Make key file, case key and ledger agree, before anything else is written."""
    reconcile_keys(case)
    settle_case_key(case)


def settle_case_key(case: OpenCase) -> None:
    """When a Case is opened for writing: write down what became of a change that was cut off, and take the
    key that others sent under one's own passphrase."""
    case.store.remove_unfinished_copy()
    case.keys.settle(case.folder)
    case.keys.refresh_slot(case.folder)
    if case.keys.encrypted:
        _settle_kept_copies(case)
    record_key_changes(case)
    wanted = find_wanted_change(case)
    if wanted is not None:
        case.notices.append(describe_wanted(wanted is KeyChangeReason.REMOVED))
    if case.keys.encrypted and case.keys.file.recovery is None:
        case.notices.append(NO_RECOVERY_KEY)


def record_key_changes(case: OpenCase) -> None:
    """Record each change of the case key that the key file knows and the ledger does not."""
    examiner, file = case.keys.examiner, case.keys.file
    if not examiner or examiner in case.key_questions:
        return
    with case.store.read() as connection:
        latest = ledger.find_latest(connection, acts.CASE_KEY_CHANGED, case.id)
    known = int(latest[1].body["number"]) if latest else 0
    for number in range(known + 1, file.changes + 1):
        body = {"because": file.because, "number": number}
        case.record(Draft(acts.CASE_KEY_CHANGED, case.id, body), examiner)
