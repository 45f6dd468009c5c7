"""Small secrets under a key: AES-256-GCM (NIST SP 800-38D), and sub-keys by HKDF (RFC 5869).

A secret for somebody whose passphrase is not at hand is sealed to a public key by HPKE (RFC 9180; X25519,
HKDF-SHA256, AES-256-GCM).
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_NONCE_BYTES = 12
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


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


def make_sealing_pair() -> tuple[bytes, bytes]:
    """A new secret of 32 bytes, and the public key, 32 bytes, to which others can seal."""
    key = X25519PrivateKey.generate()
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()


def seal_to_public_key(public: bytes, secret: bytes, purpose: str) -> bytes:
    """Seal a secret so that only the holder of the secret part of `public` can open it."""
    key = X25519PublicKey.from_public_bytes(public)
    return _SUITE.encrypt(secret, key, info=f"reviewer {purpose}".encode())


def open_sealed(key: bytes, sealed: bytes, purpose: str) -> bytes:
    """Return what was sealed to the public part of `key`; raise WrongKey where it was not."""
    try:
        secret = X25519PrivateKey.from_private_bytes(key)
        return _SUITE.decrypt(sealed, secret, info=f"reviewer {purpose}".encode())
    except (InvalidTag, ValueError) as error:
        raise WrongKey from error
