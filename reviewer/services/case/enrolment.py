"""Who belongs to a Case: enrolment, passphrases, the recovery key; each of it stands in the ledger.

The key file is written before the entry, so that no entry states a key that is nowhere. What a kill between
the two leaves is settled when the Case is next opened for writing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError, WrongPassphrase
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import validate_name
from reviewer.domain.photos.case import Examiner
from reviewer.services.case.open_case import OpenCase
from reviewer.storage import ledger

CancelCheck = Callable[[], None]
"""Raises Cancelled when the person who asked for it has gone."""
BY_RECOVERY = "opened with the recovery key"
BEFORE_SIGNING = "enrolled before entries were signed"
CUT_OFF = "the program ended before this key was recorded"


def enrol(
    case: OpenCase, name: str, passphrase: str | None = None, check: CancelCheck = lambda: None
) -> Examiner:
    """Enrol an Examiner, or find the one of that name. An encrypted Case needs the new one's passphrase.

    The Examiner who is at work vouches for the new one: the entry is theirs. If `check` raises, nothing was
    changed; that holds for every act here.
    """
    name = validate_name(name, "examiner")
    for examiner in case.examiners():
        if examiner.name.casefold() == name.casefold():
            return examiner
    examiner = Examiner(secrets.token_hex(8), name)
    author = case.keys.examiner or examiner.id
    case.require_writable()
    with case.keys.restore_on_failure(case.folder):
        public = _add_key_slot(case, examiner.id, passphrase)
        check()
        case.record(Draft(acts.EXAMINER_ENROLLED, examiner.id, {"name": name, "key": public}), author)
    return examiner


def change_passphrase(
    case: OpenCase, present: str, passphrase: str, check: CancelCheck = lambda: None
) -> None:
    """Change the passphrase of the Examiner who is at work."""
    case.require_writable()
    examiner = case.keys.examiner
    if not examiner:
        raise KnownError("This case has no passphrase to change.", code="no-passphrase")
    if not case.keys.is_opened_by(present):
        raise WrongPassphrase("The present passphrase is not this.", "Nothing was changed.")
    with case.keys.restore_on_failure(case.folder):
        case.keys.change_passphrase(case.folder, passphrase)
        check()
        case.record(Draft(acts.PASSPHRASE_CHANGED, examiner), examiner)


def make_recovery_key(case: OpenCase, check: CancelCheck = lambda: None) -> str:
    """Make a new recovery key, to be written down; it replaces the one before."""
    case.require_writable()
    examiner = case.keys.examiner
    if not examiner:
        raise KnownError("Only an examiner with a passphrase can make a recovery key.", code="no-passphrase")
    with case.keys.restore_on_failure(case.folder):
        written = case.keys.renew_recovery_key(case.folder)
        check()
        case.record(Draft(acts.RECOVERY_KEY_MADE, examiner), examiner)
    return written


def replace_lost_passphrase(
    case: OpenCase, examiner: Examiner, passphrase: str, check: CancelCheck = lambda: None
) -> None:
    """Give an Examiner a new passphrase and a new signing key, after opening with the recovery key.

    The old signing key is lost with the old passphrase, so the ledger says from where on the new one signs.
    """
    case.require_writable()
    if case.keys.examiner or not case.keys.encrypted:
        raise KnownError("This is only possible after opening with the recovery key.", code="no-recovery")
    with case.keys.restore_on_failure(case.folder):
        public = _add_key_slot(case, examiner.id, passphrase)
        check()
        _record_key(case, examiner.id, public, BY_RECOVERY)


def reconcile_keys(case: OpenCase) -> None:
    """Make the key file agree with the ledger, when a Case is opened for writing.

    A kill between the two leaves a slot of nobody (an enrolment) or a key the ledger does not state; a Case
    made before entries were signed has Examiners without a key. KnownError if the passphrase is nobody's.
    """
    case.keys.repair_copies(case.folder)
    stated = _load_stated_keys(case)
    _drop_unenrolled_slots(case, stated)
    for examiner, key in stated.items():
        if case.keys.can_sign(examiner):
            if case.keys.find_public_key(examiner) != key:
                _record_key(
                    case, examiner, case.keys.find_public_key(examiner), CUT_OFF if key else BEFORE_SIGNING
                )
        elif not case.keys.encrypted:
            _record_key(case, examiner, _add_key_slot(case, examiner, None), BEFORE_SIGNING)


def _load_stated_keys(case: OpenCase) -> dict[str, str]:
    """Examiner id -> public key as the ledger states it last, "" before signing.

    The tables do not count here: if somebody changed them, that is for `verify` to find.
    """
    stated = {}
    with case.store.read() as connection:
        for examiner in {slot.examiner for slot in case.keys.file.slots} | {e.id for e in case.examiners()}:
            found = [
                entry
                for act in (acts.EXAMINER_ENROLLED, acts.EXAMINER_KEY_SET)
                if (entry := ledger.find_latest(connection, act, examiner)) is not None
            ]
            if found:
                stated[examiner] = str(max(found, key=lambda at: at[0])[1].body.get("key", ""))
    return stated


def _drop_unenrolled_slots(case: OpenCase, stated: dict[str, str]) -> None:
    """Who has written an entry is somebody, also where the ledger does not say who."""
    with case.store.read() as connection:
        known = stated.keys() | ledger.load_authors(connection)
    nobody = {slot.examiner for slot in case.keys.file.slots} - known
    if case.keys.examiner in nobody:
        raise KnownError(
            "The program ended before the enrolment with this passphrase was recorded.",
            "Open the case with another passphrase and enrol again.",
            code="enrolment-cut-off",
        )
    if nobody:
        case.keys.drop_slots(case.folder, nobody)


def _record_key(case: OpenCase, examiner: str, public: str, why: str) -> None:
    case.record(Draft(acts.EXAMINER_KEY_SET, examiner, {"key": public, "why": why}), examiner)


def _add_key_slot(case: OpenCase, examiner: str, passphrase: str | None) -> str:
    return case.keys.add(case.folder, examiner, passphrase if case.keys.encrypted else None)
