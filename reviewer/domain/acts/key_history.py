"""Every key that a ledger ever stated: whose, when, by whom, and who vouched for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import ENTRY_FORMAT, Entry, LedgerFault, describe_place
from reviewer.domain.ledger.vouching import (
    BY_OLD_KEY,
    BY_RECOVERY_KEY,
    Vouch,
    are_enough,
    compute_enrolment_hash,
    compute_key_hash,
    vouches_from_body,
)

SignatureVerifier = Callable[[str, str, str], bool]
ACTS_ABOUT_KEYS = (
    acts.CASE_CREATED,
    acts.EXAMINER_ENROLLED,
    acts.EXAMINER_KEY_SET,
    acts.EXAMINER_KEY_VOUCHED,
    acts.RECOVERY_KEY_MADE,
    acts.EXAMINER_REMOVED,
)
VOUCHING_KEY = "vouching_key"
"""In a body: the public half of the key with which a recovery key signs."""


class KeyOrigin(StrEnum):
    """What makes a key that was stated count."""

    MADE = "made the case"
    ENROLLED = "enrolled"
    VOUCHED = "vouched for"
    EARLIER = "set before keys vouched for each other"
    NOBODY = "not vouched for"


@dataclass(frozen=True)
class StatedKey:
    """A key as the ledger states it: `author` and `at` are those of the entry, `before` the key it replaced
    ("" for none). `vouchers` are those whose signature holds, `recovery_by` who made the recovery key if
    that is among them."""

    examiner: str
    name: str
    key: str
    before: str
    at: str
    author: str
    origin: KeyOrigin
    vouchers: tuple[str, ...] = ()
    recovery_by: str = ""


@dataclass(frozen=True)
class RecoveryKeyMade:
    """A recovery key, and the public half of what it signs with; "" if the entry does not say it."""

    key: str
    at: str
    author: str


class KeyHistory:
    """Is given the entries in the order they were kept; those that are not about keys change nothing.

    `holds(public, hash, signature)` checks a signature.
    """

    def __init__(self, holds: SignatureVerifier) -> None:
        self.stated: list[StatedKey] = []
        self.recovery_keys: list[RecoveryKeyMade] = []
        self.names: dict[str, str] = {}
        self._holds = holds
        self._case = self._maker = ""
        self._keys: dict[str, str] = {}
        self._removed: set[str] = set()
        self._always = self._encrypted = False

    def find_key(self, examiner: str) -> str:
        """The key of an Examiner as stated last, "" before the first."""
        return self._keys.get(examiner, "")

    @property
    def vouching_key(self) -> str:
        """What the recovery key of now signs with, "" if the ledger does not say it."""
        return self.recovery_keys[-1].key if self.recovery_keys else ""

    def note_entry(self, entry: Entry) -> Iterator[LedgerFault]:
        """Take in an entry; what is wrong with the key that it states."""
        key = str(entry.body.get("key", ""))
        if entry.act == acts.CASE_CREATED and not self._case:
            self._case, self._maker = entry.subject, entry.author
            self._always = entry.format >= ENTRY_FORMAT
            self._encrypted = bool(entry.body.get("encrypted"))
        elif entry.act == acts.EXAMINER_REMOVED:
            self._removed.add(entry.subject)
        elif entry.act == acts.EXAMINER_ENROLLED:
            yield from self._note_enrolment(entry, key)
        elif entry.act == acts.EXAMINER_KEY_SET and key and entry.author == entry.subject:
            yield from self._note_new_key(entry, key)
        if entry.act in {acts.CASE_CREATED, acts.RECOVERY_KEY_MADE} and (
            made := str(entry.body.get(VOUCHING_KEY, ""))
        ):
            self.recovery_keys.append(RecoveryKeyMade(made, entry.at, entry.author))

    def find_vouchers(
        self, examiner: str, key: str, vouches: tuple[Vouch, ...], before: str | None = None
    ) -> tuple[str, ...]:
        """Whose signatures for a key of an Examiner hold, as things stand; each once, in their order.

        Those of Examiners who were removed do not.
        """
        before = self.find_key(examiner) if before is None else before
        hash_ = compute_key_hash(self._case, examiner, key, before)
        keys = {**self._keys, BY_OLD_KEY: before, BY_RECOVERY_KEY: self.vouching_key}
        return tuple(
            dict.fromkeys(
                vouch.by
                for vouch in vouches
                if vouch.by not in {examiner, *self._removed}
                and self._holds(keys.get(vouch.by, ""), hash_, vouch.signature)
            )
        )

    def must_be_vouched_for(self, examiner: str) -> bool:
        """Whether a key that is set for an Examiner now has to be vouched for.

        In a ledger that an earlier version began that is so once it states with what the recovery key signs.
        """
        return self._always or bool(self.vouching_key and self.find_key(examiner))

    def _note_enrolment(self, entry: Entry, key: str) -> Iterator[LedgerFault]:
        examiner, name = entry.subject, str(entry.body.get("name", ""))
        if entry.format >= ENTRY_FORMAT:
            hash_ = compute_enrolment_hash(self._case, examiner, name, key)
            if not self._holds(key, hash_, str(entry.body.get("proof", ""))):
                yield LedgerFault(describe_place(entry), "enrols an examiner whose key did not sign it")
            if self._encrypted and entry.author == examiner != self._maker:
                yield LedgerFault(describe_place(entry), "enrols its own author, and nobody else did")
        self.names.setdefault(examiner, name)
        if key:
            origin = KeyOrigin.MADE if entry.author == examiner == self._maker else KeyOrigin.ENROLLED
            self._add(entry, key, origin)

    def _note_new_key(self, entry: Entry, key: str) -> Iterator[LedgerFault]:
        vouchers = self.find_vouchers(entry.subject, key, vouches_from_body(entry.body))
        origin = KeyOrigin.VOUCHED if are_enough(vouchers) else KeyOrigin.EARLIER
        if origin is KeyOrigin.EARLIER and (
            entry.format >= ENTRY_FORMAT and self.must_be_vouched_for(entry.subject)
        ):
            origin = KeyOrigin.NOBODY
            yield LedgerFault(
                describe_place(entry),
                "sets a key that is not vouched for: neither the key before, nor the recovery key, nor two "
                "other examiners signed it",
            )
        self._add(entry, key, origin, vouchers)

    def _add(self, entry: Entry, key: str, origin: KeyOrigin, vouchers: tuple[str, ...] = ()) -> None:
        recovery_by = self.recovery_keys[-1].author if BY_RECOVERY_KEY in vouchers else ""
        name = self.names.get(entry.subject, entry.subject)
        before = self.find_key(entry.subject)
        self.stated.append(
            StatedKey(entry.subject, name, key, before, entry.at, entry.author, origin, vouchers, recovery_by)
        )
        self._keys[entry.subject] = key
