"""What the program finds different between key file and ledger is asked; and Examiners vouch for a key.

An Examiner who lost her passphrase gets a new one from the recovery key, or, where that is lost too, from a
colleague at work: then her key waits until a second one has vouched for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reviewer.domain.acts import acts
from reviewer.domain.acts.key_history import KeyHistory
from reviewer.domain.errors import KnownError, WrongPassphrase
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.ledger.vouching import (
    BY_OLD_KEY,
    BY_RECOVERY_KEY,
    OTHERS_NEEDED,
    Vouch,
    compute_key_hash,
    format_fingerprint,
    vouches_to_body,
)
from reviewer.domain.photos.case import Examiner
from reviewer.keys.key_file import load_other_key_file
from reviewer.keys.key_ring import open_key_ring, open_signing_key
from reviewer.keys.recovery import derive_signing_key
from reviewer.keys.signing import SigningKey
from reviewer.services.case.enrolment import CancelCheck, load_key_history
from reviewer.services.case.open_case import KeyQuestion, OpenCase
from reviewer.services.case.passphrases import require_strong_passphrase
from reviewer.services.case.removed import load_removed, refuse_removed

ASKED = "asked when the case was opened"


class KeyAnswer(StrEnum):
    """What an Examiner says of a key that differs; it stands in the ledger as it is here."""

    INTERRUPTED = "I set this key, and the program ended before it was recorded"
    UNKNOWN = "this key is mine, and I do not know why the ledger states another"


@dataclass(frozen=True)
class OldKey:
    """A key file of before (`keys.json` in a backup), and the passphrase that an Examiner had then: together
    they give the key that the ledger states, and that vouches for the one that came after it."""

    file: Path
    passphrase: str


@dataclass(frozen=True)
class WaitingKey:
    """A key in the key file that the ledger does not state; `vouchers` are the names of those whose
    signature for it holds, and `ids` their ids."""

    examiner: str
    name: str
    stated: str
    key: str
    vouchers: tuple[str, ...]
    ids: tuple[str, ...]


def find_waiting_keys(case: OpenCase) -> list[WaitingKey]:
    """Every key of the key file that is not the one that the ledger states for its Examiner."""
    history, waiting = load_key_history(case), []
    for slot in case.keys.file.slots:
        stated = history.find_key(slot.examiner)
        if stated and slot.public != stated:
            ids = history.find_vouchers(slot.examiner, slot.public, slot.vouched)
            names = tuple(history.names.get(id_, id_) for id_ in ids)
            name = history.names.get(slot.examiner, slot.examiner)
            waiting.append(WaitingKey(slot.examiner, name, stated, slot.public, names, ids))
    return waiting


def answer_key_question(
    case: OpenCase,
    examiner: str,
    answer: KeyAnswer,
    by: str | OldKey = "",
    check: CancelCheck = lambda: None,
) -> None:
    """Record the key that an Examiner holds in the place of the one stated, with what she said of it.

    An encrypted Case needs what vouches for it, `by`: the recovery key, as it is written, or her key of
    before. WrongPassphrase if it is not that of the Case, or does not open that key; KnownError if her old
    key is not the one that the ledger states. Without encryption nothing vouches, and `verify` says so.
    """
    case.require_writable()
    question, history = case.key_questions[examiner], load_key_history(case)
    signer: tuple[str, SigningKey] | None = None
    if case.keys.encrypted and isinstance(by, OldKey):
        signer = BY_OLD_KEY, _open_old_key(question, by)
    elif case.keys.encrypted:
        signer = BY_RECOVERY_KEY, _check_recovery_key(case, history, str(by))
    with case.keys.restore_on_failure(case.folder):
        key = question.found or case.keys.add(case.folder, examiner, None)
        hash_ = compute_key_hash(case.id, examiner, key, question.stated)
        vouched = [Vouch(signer[0], signer[1].sign(hash_))] if signer is not None else []
        check()
        body = {"key": key, "why": ASKED, "answer": str(answer), "vouched": vouches_to_body(vouched)}
        del case.key_questions[examiner]
        try:
            case.record(Draft(acts.EXAMINER_KEY_SET, examiner, body), examiner)
        except BaseException:
            case.key_questions[examiner] = question
            raise


def _open_old_key(question: KeyQuestion, by: OldKey) -> SigningKey:
    signer = open_signing_key(load_other_key_file(by.file), question.examiner, by.passphrase)
    if signer.public != question.stated:
        raise KnownError(
            f"The key in this file is {format_fingerprint(signer.public)}, and not the one that the ledger "
            "states.",
            "Choose a key file of the time just before your passphrase was lost.",
            code="other-old-key",
        )
    return signer


def _check_recovery_key(case: OpenCase, history: KeyHistory, written: str) -> SigningKey:
    signer = derive_signing_key(written)
    if history.vouching_key:
        if signer.public != history.vouching_key:
            raise WrongPassphrase("This recovery key is not the one that the ledger states.")
    else:
        open_key_ring(case.keys.file, written)  # the ledger does not say; so at least it must open the case
    return signer


def give_new_passphrase(
    case: OpenCase, lost: Examiner, passphrase: str, check: CancelCheck = lambda: None
) -> None:
    """Give a colleague who lost her passphrase a new one; the Examiner at work vouches for her new key.

    It waits until a second Examiner has vouched for it: until then she can only read. KnownError where there
    are no two others: then the recovery key is needed.
    """
    author = _require_examiner_at_work(case)
    if lost.id == author:
        raise KnownError("Change your own passphrase instead.", code="own-key")
    refuse_removed(case, lost)
    gone = {lost.id, *load_removed(case)}
    others = [
        examiner
        for examiner in case.examiners()
        if examiner.id not in gone and case.roles.may(examiner.id, acts.EXAMINER_KEY_VOUCHED)
    ]
    if len(others) < OTHERS_NEEDED:
        raise KnownError(
            "A key needs two other examiners to vouch for it, and this case has not so many.",
            "Open the case with the recovery key to set a new passphrase.",
            code="too-few-examiners",
        )
    require_strong_passphrase(case, passphrase)
    stated, key = load_key_history(case).find_key(lost.id), SigningKey.new()
    vouched = (_sign_for(case, author, lost.id, key.public, stated),)
    with case.keys.restore_on_failure(case.folder):
        case.keys.add(case.folder, lost.id, passphrase, key, vouched)
        check()
        _record_vouching(case, author, lost.id, key.public, stated)


def vouch_for_key(case: OpenCase, waiting: WaitingKey, check: CancelCheck = lambda: None) -> None:
    """The Examiner at work vouches for a key that waits, after comparing its fingerprint with paper."""
    author = _require_examiner_at_work(case)
    if author == waiting.examiner or author in waiting.ids:
        raise KnownError("Another examiner has to vouch for this key.", code="own-key")
    slot = case.keys.file.find_slot(waiting.examiner)
    if slot is None or slot.public != waiting.key:
        raise KnownError("This key no longer waits.", "Look at the page again.", code="no-key-waits")
    vouch = _sign_for(case, author, waiting.examiner, waiting.key, waiting.stated)
    with case.keys.restore_on_failure(case.folder):
        case.keys.keep_vouches(case.folder, waiting.examiner, (*slot.vouched, vouch))
        check()
        _record_vouching(case, author, waiting.examiner, waiting.key, waiting.stated)


def _require_examiner_at_work(case: OpenCase) -> str:
    case.require_writable()
    if not case.keys.examiner:
        raise KnownError("Only an examiner with a passphrase vouches for a key.", code="no-passphrase")
    return case.keys.examiner


def _sign_for(case: OpenCase, author: str, examiner: str, key: str, stated: str) -> Vouch:
    return Vouch(author, case.signer(author).sign(compute_key_hash(case.id, examiner, key, stated)))


def _record_vouching(case: OpenCase, author: str, examiner: str, key: str, stated: str) -> None:
    body = {"key": key, "before": stated}
    case.record(Draft(acts.EXAMINER_KEY_VOUCHED, examiner, body), author)
