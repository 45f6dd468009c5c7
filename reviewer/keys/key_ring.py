"""The keys of a Case that is open: what the databases are encrypted with and who can sign.

One random case key stands behind everything; each Examiner's passphrase and the recovery key wrap it. A new
passphrase wraps the same key again. Where access is to end the case key itself is changed, and all that it
encrypts is encrypted anew; for Examiners who are not here it is sealed to the public key in their slot.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import RLock

from reviewer.domain.errors import KeysDamaged, KnownError, NeedsPassphrase, WrongPassphrase
from reviewer.domain.ledger.vouching import BY_RECOVERY_KEY, Vouch
from reviewer.keys import key_file, passphrase, recovery
from reviewer.keys.key_file import CIPHER, KeyFile, KeySlot
from reviewer.keys.sealing import (
    KEY_BYTES,
    WrongKey,
    decrypt_secret,
    derive_sub_key,
    encrypt_secret,
    make_sealing_pair,
    open_sealed,
    seal_to_public_key,
)
from reviewer.keys.signing import SigningKey


class KeyRing:
    """`examiner` is whose passphrase opened it: "" for the recovery key and for a Case without encryption."""

    def __init__(
        self,
        file: KeyFile,
        case_key: bytes,
        examiner: str,
        signing: dict[str, SigningKey],
        vouching: SigningKey | None = None,
        fresh_slot: KeySlot | None = None,
    ) -> None:
        self.file = file
        self.examiner = examiner
        self._case_key = bytearray(case_key)
        self._signing = signing
        self._vouching = vouching
        self._fresh_slot = fresh_slot
        self.changing = RLock()
        """Held by whoever changes the key file and the ledger together."""

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

    def vouch_by_recovery_key(self, hash_: str) -> tuple[Vouch, ...]:
        """The signature of the recovery key, if that is what opened the Case; else nothing."""
        if self._vouching is None:
            return ()
        return (Vouch(BY_RECOVERY_KEY, self._vouching.sign(hash_)),)

    def keep_vouches(self, folder: Path, examiner: str, vouched: tuple[Vouch, ...]) -> None:
        """Keep beside the key of an Examiner who vouched for it."""
        slot = self.file.find_slot(examiner)
        if slot is not None:
            slot = replace(slot, vouched=vouched)
            self.file = key_file.save_key_file(folder, self.file.with_slot(slot))

    def add(
        self,
        folder: Path,
        examiner: str,
        words: str | None,
        key: SigningKey | None = None,
        vouched: tuple[Vouch, ...] = (),
    ) -> str:
        """Give an Examiner a slot with a signing key, a new one or `key`; the public key. `words` as the Case
        needs it.

        A new Examiner cannot act until the Case is opened with the new passphrase, except in a Case without
        encryption and where this ring has no Examiner yet.
        """
        key = key or SigningKey.new()
        slot = replace(self._make_slot(examiner, key, words), vouched=vouched)
        self.file = key_file.save_key_file(folder, self.file.with_slot(slot))
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
        with self.changing:
            yield from self._restore_on_failure(folder)

    def _restore_on_failure(self, folder: Path) -> Iterator[None]:
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

    def refresh_slot(self, folder: Path) -> None:
        """Keep the slot of the Examiner who is here as opening made it anew: with a case key that others sent
        under her own passphrase, and with a pair to which they can seal the next one."""
        slot, self._fresh_slot = self._fresh_slot, None
        if slot is not None:
            self.file = key_file.save_key_file(folder, self.file.with_slot(slot))

    def find_unreachable(self, without: Collection[str] = ()) -> list[str]:
        """Examiners to whom a new case key could not be sealed: each has not opened the Case since that
        became possible."""
        return [
            slot.examiner
            for slot in self.file.slots
            if slot.examiner not in without and not slot.sealing_public
        ]

    def make_changed(self) -> KeyRing:
        """A ring with a new case key, chosen by chance; nothing is on disk yet, nobody else can open it."""
        return KeyRing(
            replace(self.file, slots=()), os.urandom(KEY_BYTES), self.examiner, dict(self._signing)
        )

    def announce(
        self, folder: Path, changed: KeyRing, without: Collection[str], because: str, header: bytes
    ) -> None:
        """Keep in the key file what counts as soon as the database begins with `header`: the new case key for
        all Examiners but those `without`, and no recovery key.

        Nothing that the present key file, its passphrases or its recovery key give leads to the new key: it
        is sealed to the public key in each slot.
        """
        slots = tuple(
            changed._send_case_key(slot)
            for slot in self.file.slots
            if slot.examiner not in without and slot.sealing_public
        )
        changed.file = KeyFile(self.file.cipher, slots, None, 0, self.file.changes + 1, because)
        keys = replace(self.file, header=header, following=changed.file)
        self.file = key_file.save_key_file(folder, keys)

    def _send_case_key(self, slot: KeySlot) -> KeySlot:
        sealed = seal_to_public_key(slot.sealing_public, bytes(self._case_key), f"case key, {slot.examiner}")
        return replace(slot, case_key=None, sent=sealed)

    def withdraw(self, folder: Path) -> None:
        """Take back what was announced: the database is what it was."""
        self.file = key_file.save_key_file(folder, replace(self.file, header=b"", following=None))

    def adopt(self, changed: KeyRing) -> None:
        """Go on with the keys of another ring, here and not yet in the key file; those of before are
        forgotten."""
        self._case_key[:] = changed._case_key
        self._vouching = None
        self.file = replace(changed.file, generation=self.file.generation)

    def save(self, folder: Path) -> None:
        """Write the key file as it is here."""
        self.file = key_file.save_key_file(folder, self.file)

    def settle(self, folder: Path) -> None:
        """Write down what became of a change of the case key that was cut off."""
        found = key_file.load_key_file(folder)
        if found is not None and found.following is not None:
            self.file = key_file.save_key_file(folder, self.file)

    def drop(self) -> None:
        """Forget all keys, as far as Python frees memory."""
        for place in range(len(self._case_key)):
            self._case_key[place] = 0
        self._case_key.clear()
        self._signing.clear()
        self._vouching = None

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
        slot = KeySlot(
            examiner,
            key.public,
            stretching,
            signing_key=encrypt_secret(wrapping, key.secret, f"signing key, {examiner}"),
        )
        return _wrap_case_key(slot, wrapping, bytes(self._case_key))


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


def open_signing_key(file: KeyFile, examiner: str, words: str) -> SigningKey:
    """The key that an Examiner signed with when this was the key file; it need not open the Case any more.

    KnownError where the file holds none of this Examiner, WrongPassphrase where `words` does not open it.
    """
    slot = file.find_slot(examiner)
    if slot is None or slot.stretching is None or slot.signing_key is None:
        raise KnownError(
            "This key file holds no key of yours.",
            "Choose one of a time at which you had one.",
            code="no-old-key",
        )
    try:
        secret = decrypt_secret(
            slot.stretching.derive_key(words), slot.signing_key, f"signing key, {examiner}"
        )
    except WrongKey as error:
        raise WrongPassphrase(
            "This passphrase does not open your key in this key file.",
            "It is the passphrase that you had when the file was copied.",
        ) from error
    return SigningKey(secret)


def _open_by_slot(file: KeyFile, slot: KeySlot, words: str) -> KeyRing | None:
    if slot.stretching is None or slot.signing_key is None:
        return None
    wrapping = slot.stretching.derive_key(words)
    try:
        case_key = _unwrap_case_key(slot, wrapping)
    except WrongKey:
        return None
    if case_key is None:
        return None
    try:
        secret = decrypt_secret(wrapping, slot.signing_key, f"signing key, {slot.examiner}")
    except WrongKey as error:
        raise KeysDamaged("The signing key in the key file is damaged.", "Put keys.json back.") from error
    is_old = bool(slot.sent) or not slot.sealing_public
    fresh = _wrap_case_key(slot, wrapping, case_key) if is_old else None
    signing = {slot.examiner: SigningKey(secret)}
    return KeyRing(file, case_key, slot.examiner, signing, fresh_slot=fresh)


def _unwrap_case_key(slot: KeySlot, wrapping: bytes) -> bytes | None:
    """The case key in a slot, under the passphrase or as others sent it. WrongKey for another passphrase."""
    if slot.case_key is not None:
        return decrypt_secret(wrapping, slot.case_key, f"case key, {slot.examiner}")
    if slot.sealing_key is None or not slot.sent:
        return None
    secret = decrypt_secret(wrapping, slot.sealing_key, f"sealing key, {slot.examiner}")
    return open_sealed(secret, slot.sent, f"case key, {slot.examiner}")


def _wrap_case_key(slot: KeySlot, wrapping: bytes, case_key: bytes) -> KeySlot:
    """A slot with the case key under the passphrase, and a new pair to which others can seal."""
    secret, public = make_sealing_pair()
    return replace(
        slot,
        case_key=encrypt_secret(wrapping, case_key, f"case key, {slot.examiner}"),
        sealing_public=public,
        sealing_key=encrypt_secret(wrapping, secret, f"sealing key, {slot.examiner}"),
        sent=b"",
    )


def _open_by_recovery_key(file: KeyFile, written: str) -> KeyRing:
    if file.recovery is None:
        raise WrongPassphrase("This case has no recovery key.")
    try:
        case_key = decrypt_secret(recovery.derive_wrapping_key(written), file.recovery, "case key, recovery")
    except WrongKey as error:
        raise WrongPassphrase(
            "This recovery key is not that of the case.", "It may be an older one, or of another case."
        ) from error
    return KeyRing(file, case_key, "", {}, recovery.derive_signing_key(written))
