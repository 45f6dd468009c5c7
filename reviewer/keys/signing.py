"""The examiners' signatures: Ed25519 (RFC 8032) over the hash of an entry, keys and signatures as hex."""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class SigningKey:
    """The private key of one Examiner."""

    def __init__(self, secret: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(secret)

    @classmethod
    def new(cls) -> SigningKey:
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def public(self) -> str:
        """The public key, 64 hex digits."""
        return self._key.public_key().public_bytes_raw().hex()

    @property
    def secret(self) -> bytes:
        """The private key, 32 bytes; only ever kept sealed or in a Case that is not encrypted."""
        return self._key.private_bytes_raw()

    def sign(self, hash_: str) -> str:
        """The signature over a hash (64 hex digits), 128 hex digits."""
        return self._key.sign(bytes.fromhex(hash_)).hex()


def is_signature_valid(public: str, hash_: str, signature: str) -> bool:
    """Whether `signature` over `hash_` was made with the private part of `public`."""
    try:
        return is_raw_signature_valid(*map(bytes.fromhex, (public, hash_, signature)))
    except ValueError:
        return False


def is_raw_signature_valid(public: bytes, hash_: bytes, signature: bytes) -> bool:
    """The same for bytes: 32, 32 and 64 of them."""
    try:
        _load_public_key(public).verify(signature, hash_)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=64)
def _load_public_key(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)
