"""From a passphrase to a key: Argon2id (RFC 9106), with costs that are kept beside what it opens."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from reviewer.domain.errors import KnownError
from reviewer.keys.sealing import KEY_BYTES
from reviewer.keys.strength import find_weakness

FEWEST_CHARACTERS = 12
LONGEST_BYTES = 1024
_SALT_BYTES = 16
_ADVICE = "Four or five words that do not belong together are easy to keep in mind."


@dataclass(frozen=True)
class KeyStretching:
    """How a passphrase is made into a key: passes, parallel lanes, memory in KiB, and the salt."""

    iterations: int = 3
    lanes: int = 4
    memory_kib: int = 256 * 1024
    salt: bytes = field(default_factory=lambda: os.urandom(_SALT_BYTES))

    def derive_key(self, passphrase: str) -> bytes:
        """The key of 32 bytes; about a second of work with the costs as they are by default."""
        kdf = Argon2id(
            salt=self.salt,
            length=KEY_BYTES,
            iterations=self.iterations,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        )
        return kdf.derive(encode_passphrase(passphrase))


def make_stretching() -> KeyStretching:
    return KeyStretching()


def encode_passphrase(passphrase: str) -> bytes:
    """The bytes that stand for a passphrase, the same whichever way a keyboard composes its letters (NFC)."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def check_new_passphrase(passphrase: str, names: Collection[str] = ()) -> None:
    """Refuse a passphrase that is too short, easy to guess, or endless. Raises KnownError.

    `names` are those of the case and its people.
    """
    if len(passphrase.strip()) < FEWEST_CHARACTERS:
        raise KnownError(
            f"A passphrase needs at least {FEWEST_CHARACTERS} characters.", _ADVICE, code="bad-passphrase"
        )
    if len(encode_passphrase(passphrase)) > LONGEST_BYTES:
        raise KnownError(f"A passphrase has at most {LONGEST_BYTES} bytes.", code="bad-passphrase")
    weakness = find_weakness(passphrase, names)
    if weakness:
        raise KnownError(weakness, _ADVICE, code="bad-passphrase")
