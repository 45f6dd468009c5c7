"""Keys vouch for each other: what is signed when a key is stated, and whose signatures make it count.

A key that is set for an Examiner counts if her key before, the recovery key or two other Examiners signed it.
The key of a new Examiner signs her enrolment itself: so nobody is enrolled with a key that nobody holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from reviewer.domain.ledger.entry import EntryBody

BY_OLD_KEY, BY_RECOVERY_KEY = "old", "recovery"
OTHERS_NEEDED = 2
_FINGERPRINT_DIGITS, _GROUP = 32, 4


@dataclass(frozen=True)
class Vouch:
    """A signature for a key: `by` is BY_OLD_KEY, BY_RECOVERY_KEY or the id of another Examiner."""

    by: str
    signature: str


def compute_key_hash(case: str, examiner: str, key: str, before: str) -> str:
    """What is signed to vouch for `key` in the place of `before`; 64 hex digits, no entry has this hash."""
    return _hash_lines("reviewer key 1", case, examiner, key, before)


def compute_enrolment_hash(case: str, examiner: str, name: str, key: str) -> str:
    """What the key of a new Examiner signs itself."""
    return _hash_lines("reviewer enrolment 1", case, examiner, key, name)


def _hash_lines(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()


def are_enough(vouchers: Collection[str]) -> bool:
    """Whether those whose signatures hold make a key count; each of them stands in `vouchers` once."""
    named = set(vouchers)
    return bool(named & {BY_OLD_KEY, BY_RECOVERY_KEY}) or len(named) >= OTHERS_NEEDED


def format_fingerprint(key: str) -> str:
    """The first 32 digits of a public key in groups of four: 128 bits, that no other key can be made to
    have, and short enough to be read aloud and compared with paper. "" if there is no key."""
    return " ".join(
        key[:_FINGERPRINT_DIGITS][at : at + _GROUP] for at in range(0, len(key[:_FINGERPRINT_DIGITS]), _GROUP)
    )


def vouches_from_body(body: EntryBody) -> tuple[Vouch, ...]:
    """The signatures that an entry holds for the key that it sets."""
    return tuple(Vouch(str(vouch["by"]), str(vouch["signature"])) for vouch in body.get("vouched", ()))


def vouches_to_body(vouches: Collection[Vouch]) -> list[dict[str, str]]:
    return [{"by": vouch.by, "signature": vouch.signature} for vouch in vouches]
