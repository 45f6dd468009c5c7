"""The recovery key: 160 random bits on paper, in groups that can be read aloud, with a check group.

The alphabet has no I, L, O and U (D. Crockford's Base 32), so that what was written down by hand can be
typed again.
"""

from __future__ import annotations

import hashlib
import os

from reviewer.domain.errors import KnownError
from reviewer.keys.sealing import sub_key

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BYTES = 20
_GROUP = 4
_CHARACTERS = _BYTES * 8 // 5
_CHECK = _GROUP


def new_recovery_key() -> str:
    """Nine groups of four characters, the last one a check of the others."""
    body = _encoded(os.urandom(_BYTES))
    whole = body + _check_of(body)
    return "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))


def wrapping_key(written: str) -> bytes:
    """The key a recovery key stands for. Raises KnownError for what is none or has a slip in it."""
    text = "".join(c for c in written.upper().translate(_READ_AS) if c.isalnum())
    body, check = text[:_CHARACTERS], text[_CHARACTERS:]
    if len(text) != _CHARACTERS + _CHECK or set(text) - set(_ALPHABET):
        raise KnownError(
            "A recovery key has nine groups of four letters and digits.", code="bad-recovery-key"
        )
    if _check_of(body) != check:
        raise KnownError(
            "There is a slip in the recovery key: its last group does not fit the others.",
            "Compare it with the paper, group by group.",
            code="bad-recovery-key",
        )
    return sub_key(body.encode("ascii"), "recovery")


def looks_like_one(written: str) -> bool:
    """Whether this was meant as a recovery key and not as a passphrase."""
    text = "".join(c for c in written.upper().translate(_READ_AS) if c.isalnum())
    return len(text) == _CHARACTERS + _CHECK and not set(text) - set(_ALPHABET) and written.count("-") >= 8


def _check_of(body: str) -> str:
    return _encoded(hashlib.sha256(body.encode("ascii")).digest())[:_CHECK]


def _encoded(data: bytes) -> str:
    number, characters = int.from_bytes(data, "big"), len(data) * 8 // 5
    number >>= len(data) * 8 - characters * 5
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(characters)))
