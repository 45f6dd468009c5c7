"""The keys of a Case that is open: what the databases are encrypted with and who can sign.

One random case key stands behind everything; each Examiner's passphrase and the recovery key wrap it. A new
passphrase wraps the same key again, so nothing is ever encrypted anew.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from reviewer.domain.errors import KeysDamaged, KnownError, NeedsPassphrase, WrongPassphrase
from reviewer.keys import key_file, passphrase, recovery
from reviewer.keys.key_file import CIPHER, KeyFile, KeySlot
from reviewer.keys.sealing import KEY_BYTES, WrongKey, decrypt_secret, derive_sub_key, encrypt_secret
from reviewer.keys.signing import SigningKey


class KeyRing:
    """`examiner` is whose passphrase opened it: "" for the recovery key and for a Case without encryption."""

    def __init__(self, file: KeyFile, case_key: bytes, examiner: str, signing: dict[str, SigningKey]) -> None:
        self.file = file
        self.examiner = examiner
        self._case_key = bytearray(case_key)
        self._signing = signing

    @property
    def encrypted(self) -> bool:
        return bool(self.file.cipher)

    def database_key(self) -> bytes | None:
        """The raw key of the case database, None if it is not encrypted. KnownError once keys are dropped."""
        return self._derive_key("database")

    def previews_key(self) -> bytes | None:
        return self._derive_key("previews")

    def _derive_key(self, name: str) -> bytes | None:
        if not self.encrypted:
            return None
        if not self._case_key:
            raise KnownError("The case is closed.", "Open it again.", code="closing")
        return derive_sub_key(bytes(self._case_key), name)

    def can_sign(self, examiner: str) -> bool:
        return examiner in self._signing

    def sign(self, examiner: str, hash_: str) -> str:
        """The signature of an Examiner; KnownError if that Examiner's passphrase was not given."""
        if examiner not in self._signing:
            raise KnownError(
                "Only the examiner whose passphrase opened the case can act in it.",
                "Close it and open it with the other passphrase.",
                code="cannot-sign",
            )
        return self._signing[examiner].sign(hash_)

    def find_public_key(self, examiner: str) -> str:
        return self._signing[examiner].public

    def add(self, folder: Path, examiner: str, words: str | None) -> str:
        """Give an Examiner a slot with a new signing key; the public key. `words` as the Case needs it.

        A new Examiner cannot act until the Case is opened with the new passphrase, except in a Case without
        encryption and where this ring has no Examiner yet.
        """
        key = SigningKey.new()
        self.file = key_file.save_key_file(folder, self.file.with_slot(self._make_slot(examiner, key, words)))
        if not self.encrypted or not self.examiner:
            self.examiner = examiner if self.encrypted else ""
            self._signing[examiner] = key
        return key.public

    def change_passphrase(self, folder: Path, words: str) -> None:
        """Wrap the keys of the Examiner who is here with a new passphrase."""
        slot = self._make_slot(self.examiner, self._signing[self.examiner], words)
        self.file = key_file.save_key_file(folder, self.file.with_slot(slot))

    def drop_slots(self, folder: Path, examiners: Collection[str]) -> None:
        """Take the slots of these Examiners out of the key file."""
        slots = tuple(slot for slot in self.file.slots if slot.examiner not in examiners)
        self.file = key_file.save_key_file(folder, replace(self.file, slots=slots))
        for examiner in examiners:
            self._signing.pop(examiner, None)

    @contextmanager
    def restore_on_failure(self, folder: Path) -> Iterator[None]:
        """What the block changes of the keys is taken back if the block fails, here and in the key file.

        The ledger states the keys. A change that it does not know would make honest acts look forged.
        """
        file, examiner, signing = self.file, self.examiner, dict(self._signing)
        try:
            yield
        except BaseException as error:
            changed, self.examiner, self._signing = self.file, examiner, signing
            self.file = replace(file, generation=changed.generation)
            if changed != self.file or isinstance(error, OSError):  # one copy may have been written
                with suppress(OSError):  # a full disk: then it is settled when the Case is opened again
                    self.file = key_file.save_key_file(folder, self.file)
            raise

    def repair_copies(self, folder: Path) -> None:
        """Write both copies if a kill came between them."""
        if key_file.do_copies_differ(folder):
            self.file = key_file.save_key_file(folder, self.file)

    def is_opened_by(self, words: str) -> bool:
        """Whether this is the passphrase of the Examiner who is here."""
        try:
            return open_key_ring(self.file, words, self.examiner).examiner == self.examiner
        except WrongPassphrase:
            return False

    def renew_recovery_key(self, folder: Path) -> str:
        """Make a recovery key; an earlier one no longer opens anything."""
        written = recovery.make_recovery_key()
        sealed = encrypt_secret(
            recovery.derive_wrapping_key(written), bytes(self._case_key), "case key, recovery"
        )
        self.file = key_file.save_key_file(folder, replace(self.file, recovery=sealed))
        return written

    def drop(self) -> None:
        """Forget all keys, as far as Python frees memory."""
        for place in range(len(self._case_key)):
            self._case_key[place] = 0
        self._case_key.clear()
        self._signing.clear()

    def _refuse_taken(self, words: str) -> None:
        """A passphrase says who is here, so no two may be the same."""
        try:
            open_key_ring(self.file, words)
        except WrongPassphrase:
            return
        raise KnownError("This passphrase cannot be used here.", "Choose another.", code="bad-passphrase")

    def _make_slot(self, examiner: str, key: SigningKey, words: str | None) -> KeySlot:
        if not self.encrypted:
            return KeySlot(examiner, key.public, plain=key.secret)
        if words is None:
            raise NeedsPassphrase("An examiner of an encrypted case needs a passphrase.")
        passphrase.check_new_passphrase(words)
        self._refuse_taken(words)
        stretching = passphrase.make_stretching()
        wrapping = stretching.derive_key(words)
        return KeySlot(
            examiner,
            key.public,
            stretching,
            encrypt_secret(wrapping, bytes(self._case_key), f"case key, {examiner}"),
            encrypt_secret(wrapping, key.secret, f"signing key, {examiner}"),
        )


def make_key_ring(encrypted: bool) -> KeyRing:
    """The ring of a Case that is being made; nothing is on disk yet."""
    return KeyRing(KeyFile(CIPHER if encrypted else ""), os.urandom(KEY_BYTES) if encrypted else b"", "", {})


def open_key_ring(file: KeyFile, words: str | None, first: str = "") -> KeyRing:
    """The ring that a passphrase or a recovery key opens; `first` is the Examiner to try first.

    What can be a recovery key is tried as one, and then as a passphrase like everything else.
    Raises NeedsPassphrase, WrongPassphrase or KeysDamaged; none of them changes anything.
    """
    if not file.cipher:
        return KeyRing(file, b"", "", {s.examiner: SigningKey(s.plain) for s in file.slots if s.plain})
    if file.cipher != CIPHER:
        raise KeysDamaged(
            "This case is encrypted in a way this version does not know.", "Use a newer version."
        )
    if words is None:
        raise NeedsPassphrase("This case is encrypted and needs a passphrase.")
    refusal = recovery.find_slip(words)
    if recovery.is_recovery_key(words):
        try:
            return _open_by_recovery_key(file, words)
        except WrongPassphrase as error:
            refusal = error
    for slot in sorted(file.slots, key=lambda slot: slot.examiner != first):
        ring = _open_by_slot(file, slot, words)
        if ring is not None:
            return ring
    raise refusal or WrongPassphrase(
        "This passphrase does not open the case.", "The case itself is not touched by that."
    )


def _open_by_slot(file: KeyFile, slot: KeySlot, words: str) -> KeyRing | None:
    if slot.stretching is None or slot.case_key is None or slot.signing_key is None:
        return None
    wrapping = slot.stretching.derive_key(words)
    try:
        case_key = decrypt_secret(wrapping, slot.case_key, f"case key, {slot.examiner}")
    except WrongKey:
        return None
    try:
        secret = decrypt_secret(wrapping, slot.signing_key, f"signing key, {slot.examiner}")
    except WrongKey as error:
        raise KeysDamaged("The signing key in the key file is damaged.", "Put keys.json back.") from error
    return KeyRing(file, case_key, slot.examiner, {slot.examiner: SigningKey(secret)})


def _open_by_recovery_key(file: KeyFile, written: str) -> KeyRing:
    if file.recovery is None:
        raise WrongPassphrase("This case has no recovery key.")
    try:
        case_key = decrypt_secret(recovery.derive_wrapping_key(written), file.recovery, "case key, recovery")
    except WrongKey as error:
        raise WrongPassphrase(
            "This recovery key is not that of the case.", "It may be an older one, or of another case."
        ) from error
    return KeyRing(file, case_key, "", {})
