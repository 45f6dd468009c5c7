"""Who belongs to a Case: enrolment, passphrases, the recovery key; each of it stands in the ledger.

The key file is written before the entry, so that no entry states a key that is nowhere. What a kill between
the two leaves is settled when the Case is next opened for writing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from reviewer.domain.acts import acts
from reviewer.domain.acts.key_history import ACTS_ABOUT_KEYS, VOUCHING_KEY, KeyHistory
from reviewer.domain.errors import KnownError, LedgerDamaged, WrongPassphrase
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.ledger.vouching import (
    Vouch,
    are_enough,
    compute_enrolment_hash,
    compute_key_hash,
    vouches_to_body,
)
from reviewer.domain.names import validate_name
from reviewer.domain.photos.case import Examiner
from reviewer.keys.recovery import derive_signing_key
from reviewer.keys.signing import SigningKey, is_signature_valid
from reviewer.services.case.open_case import KeyQuestion, OpenCase
from reviewer.services.case.passphrases import require_strong_passphrase
from reviewer.services.case.removed import load_removed, refuse_removed
from reviewer.storage import ledger
from reviewer.system.new_ids import new_id

CancelCheck = Callable[[], None]
"""Raises Cancelled when the person who asked for it has gone."""
BY_RECOVERY = "opened with the recovery key"
BEFORE_SIGNING = "enrolled before entries were signed"
VOUCHED_BEFORE = "vouched for in the key file, recorded when the case was opened again"


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
            refuse_removed(case, examiner)
            return examiner
    examiner = Examiner(new_id(), name)
    case.require_writable()
    if case.keys.encrypted and not case.keys.examiner:
        raise KnownError(
            "The recovery key enrols nobody.", "Open the case with a passphrase.", code="no-examiner"
        )
    author = case.keys.examiner or examiner.id
    require_strong_passphrase(case, passphrase, name)
    with case.keys.restore_on_failure(case.folder):
        key = SigningKey.new()
        case.keys.add(case.folder, examiner.id, passphrase if case.keys.encrypted else None, key)
        check()
        case.record(make_enrolment(case.id, examiner, key), author)
    return examiner


def make_enrolment(case: str, examiner: Examiner, key: SigningKey) -> Draft:
    """The act that enrols an Examiner, signed by the key of that Examiner too: the Examiner holds it."""
    proof = key.sign(compute_enrolment_hash(case, examiner.id, examiner.name, key.public))
    body = {"name": examiner.name, "key": key.public, "proof": proof}
    return Draft(acts.EXAMINER_ENROLLED, examiner.id, body)


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
    require_strong_passphrase(case, passphrase)
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
        body = {VOUCHING_KEY: derive_signing_key(written).public}
        case.record(Draft(acts.RECOVERY_KEY_MADE, examiner, body), examiner)
    return written


def replace_lost_passphrase(
    case: OpenCase, examiner: Examiner, passphrase: str, check: CancelCheck = lambda: None
) -> None:
    """Give an Examiner a new passphrase and a new signing key, after opening with the recovery key.

    The old signing key is lost with the old passphrase, so the ledger says from where on the new one signs;
    the recovery key vouches for it.
    """
    case.require_writable()
    if case.keys.examiner or not case.keys.encrypted:
        raise KnownError("This is only possible after opening with the recovery key.", code="no-recovery")
    refuse_removed(case, examiner)
    require_strong_passphrase(case, passphrase)
    with case.keys.restore_on_failure(case.folder):
        key = SigningKey.new()
        stated = load_key_history(case).find_key(examiner.id)
        vouched = case.keys.vouch_by_recovery_key(compute_key_hash(case.id, examiner.id, key.public, stated))
        case.keys.add(case.folder, examiner.id, passphrase, key, vouched)
        check()
        _record_key(case, examiner.id, key.public, BY_RECOVERY, vouched)


def load_key_history(case: OpenCase) -> KeyHistory:
    """Every key as the ledger states it. The tables do not count: what was changed in them is for `verify`.

    LedgerDamaged if an entry about keys has no form that this program knows.
    """
    history = KeyHistory(is_signature_valid)
    with case.store.read() as connection:
        entries = ledger.load_entries_of_acts(connection, ACTS_ABOUT_KEYS)
    try:
        for entry in entries:
            for _fault in history.note_entry(entry):
                pass  # `verify` names it
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerDamaged("An entry of the ledger about keys cannot be understood.") from error
    return history


def reconcile_keys(case: OpenCase) -> None:
    """Make the key file agree with the ledger, when a Case is opened for writing; what cannot be proved to
    be harmless is asked (`OpenCase.key_questions`).

    A kill between the two leaves a slot of nobody (an enrolment) or a key that the ledger does not state; a
    Case made before entries were signed has Examiners without a key. KnownError if the passphrase is
    nobody's.
    """
    case.keys.repair_copies(case.folder)
    history = load_key_history(case)
    removed = load_removed(case).keys()
    people = (history.names.keys() | {examiner.id for examiner in case.examiners()}) - removed
    _drop_slots_of_others(case, people, removed)
    for examiner in sorted(people):
        stated, can_sign = history.find_key(examiner), case.keys.can_sign(examiner)
        found = case.keys.find_public_key(examiner) if can_sign else ""
        if (found and found == stated) or (case.keys.encrypted and not can_sign):
            continue
        if not stated:
            _record_key(case, examiner, found or case.keys.add(case.folder, examiner, None), BEFORE_SIGNING)
        elif not _settle_vouched_key(case, history, examiner, found):
            slot = case.keys.file.find_slot(examiner)
            by = history.find_vouchers(examiner, found, slot.vouched) if slot is not None else ()
            names = tuple(history.names.get(id_, id_) for id_ in by)
            name = history.names.get(examiner, examiner)
            case.key_questions[examiner] = KeyQuestion(examiner, name, stated, found, names)


def _settle_vouched_key(case: OpenCase, history: KeyHistory, examiner: str, found: str) -> bool:
    """Record a key that the key file holds with the signatures of those who vouch for exactly this one in
    the place of the one stated; whether that could be done."""
    slot = case.keys.file.find_slot(examiner)
    vouched = slot.vouched if slot is not None else ()
    if not found or not are_enough(history.find_vouchers(examiner, found, vouched)):
        return False
    _record_key(case, examiner, found, VOUCHED_BEFORE, vouched)
    return True


def _drop_slots_of_others(case: OpenCase, people: Collection[str], removed: Collection[str]) -> None:
    """Who has written an entry is somebody, also where the ledger does not say who."""
    with case.store.read() as connection:
        known = {*people, *ledger.load_authors(connection)} - {*removed}
    nobody = {slot.examiner for slot in case.keys.file.slots} - known
    if case.keys.examiner in removed:
        raise KnownError("You were removed from this case.", "Another examiner can open it.", code="removed")
    if case.keys.examiner in nobody:
        raise KnownError(
            "The program ended before the enrolment with this passphrase was recorded.",
            "Open the case with another passphrase and enrol again.",
            code="enrolment-cut-off",
        )
    if nobody:
        case.keys.drop_slots(case.folder, nobody)


def _record_key(
    case: OpenCase, examiner: str, public: str, why: str, vouched: Collection[Vouch] = ()
) -> None:
    body = {"key": public, "why": why, "vouched": vouches_to_body(vouched)}
    case.record(Draft(acts.EXAMINER_KEY_SET, examiner, body), examiner)
