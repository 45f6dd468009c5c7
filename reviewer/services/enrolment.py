"""Who belongs to a Case: enrolment, passphrases, the recovery key; each of it stands in the ledger."""

from __future__ import annotations

import secrets

from reviewer.domain import acts
from reviewer.domain.case import Examiner
from reviewer.domain.errors import KnownError, WrongPassphrase
from reviewer.domain.ledger import Draft
from reviewer.domain.names import checked_name
from reviewer.services.open_case import OpenCase

BY_RECOVERY = "opened with the recovery key"
BEFORE_SIGNING = "enrolled before entries were signed"


def enrol(case: OpenCase, name: str, passphrase: str | None = None) -> Examiner:
    """Enrol an Examiner, or find the one of that name. An encrypted Case needs the new one's passphrase.

    The Examiner who is at work vouches for the new one: the entry is theirs.
    """
    name = checked_name(name, "examiner")
    for examiner in case.examiners():
        if examiner.name.casefold() == name.casefold():
            return examiner
    examiner = Examiner(secrets.token_hex(8), name)
    author = case.keys.examiner or examiner.id
    public = _given(case, examiner.id, passphrase)
    case.record(Draft(acts.EXAMINER_ENROLLED, examiner.id, {"name": name, "key": public}), author)
    return examiner


def change_passphrase(case: OpenCase, present: str, passphrase: str) -> None:
    """Let the Examiner who is at work open the Case with another passphrase from now on."""
    _need_writing(case)
    examiner = case.keys.examiner
    if not examiner:
        raise KnownError("This case has no passphrase to change.", code="no-passphrase")
    if not case.keys.is_opened_by(present):
        raise WrongPassphrase("The present passphrase is not this.", "Nothing was changed.")
    case.keys.change_passphrase(case.folder, passphrase)
    case.record(Draft(acts.PASSPHRASE_CHANGED, examiner), examiner)


def make_recovery_key(case: OpenCase) -> str:
    """A new recovery key, to be written down; the one before opens nothing any more."""
    _need_writing(case)
    examiner = case.keys.examiner
    if not examiner:
        raise KnownError("Only an examiner with a passphrase can make a recovery key.", code="no-passphrase")
    written = case.keys.new_recovery_key(case.folder)
    case.record(Draft(acts.RECOVERY_KEY_MADE, examiner), examiner)
    return written


def take_place(case: OpenCase, examiner: Examiner, passphrase: str) -> None:
    """After opening with the recovery key: give an Examiner a new passphrase and a new signing key.

    The old signing key is lost with the old passphrase, so the ledger says from where on the new one signs.
    """
    if case.keys.examiner or not case.keys.encrypted:
        raise KnownError("This is only possible after opening with the recovery key.", code="no-recovery")
    public = _given(case, examiner.id, passphrase)
    body = {"key": public, "why": BY_RECOVERY}
    case.record(Draft(acts.EXAMINER_KEY_SET, examiner.id, body), examiner.id)


def complete_keys(case: OpenCase) -> None:
    """Give signing keys to the Examiners of a Case that was made before entries were signed."""
    if case.keys.encrypted:
        return
    for examiner in case.examiners():
        if not case.keys.can_sign(examiner.id):
            body = {"key": case.keys.add(case.folder, examiner.id, None), "why": BEFORE_SIGNING}
            case.record(Draft(acts.EXAMINER_KEY_SET, examiner.id, body), examiner.id)


def _given(case: OpenCase, examiner: str, passphrase: str | None) -> str:
    _need_writing(case)
    return case.keys.add(case.folder, examiner, passphrase if case.keys.encrypted else None)


def _need_writing(case: OpenCase) -> None:
    """KnownError if the Case is open for reading only: then the key file is not changed either."""
    _ = case.writer
