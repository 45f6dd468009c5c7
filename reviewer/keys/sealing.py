"""Small secrets under a key: AES-256-GCM (NIST SP 800-38D), and sub-keys by HKDF (RFC 5869)."""

from __future__ import annotations

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_NONCE_BYTES = 12


class WrongKey(Exception):
    """The key does not open this: it is a different key, or the sealed bytes were changed."""


@dataclass(frozen=True)
class SealedSecret:
    """`data` is the secret and a tag of 16 bytes, bound to a purpose that has to be named again."""

    nonce: bytes
    data: bytes


def encrypt_secret(key: bytes, secret: bytes, purpose: str) -> SealedSecret:
    nonce = os.urandom(_NONCE_BYTES)
    return SealedSecret(nonce, AESGCM(key).encrypt(nonce, secret, purpose.encode("utf-8")))


def decrypt_secret(key: bytes, sealed: SealedSecret, purpose: str) -> bytes:
    """Return the secret; raise WrongKey where the key is not its key."""
    try:
        return AESGCM(key).decrypt(sealed.nonce, sealed.data, purpose.encode("utf-8"))
    except (InvalidTag, ValueError) as error:
        raise WrongKey from error


def derive_sub_key(key: bytes, purpose: str) -> bytes:
    """Derive a key of 32 bytes for one purpose; knowing it reveals nothing about `key` or other sub-keys."""
    return HKDF(SHA256(), KEY_BYTES, None, f"reviewer {purpose}".encode()).derive(key)
