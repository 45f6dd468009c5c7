"""What the standards print as the right answers, and whether the installed library gives them.

Numbers from FIPS 180-4 (example of SHA-256), "The Galois/Counter Mode of Operation" by McGrew and Viega (test
case 14), RFC 5869 (A.1), RFC 7748 (5.2, one iteration), RFC 8032 (7.1, TEST 1) and RFC 9106 (5.3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reviewer.keys.signing import is_raw_signature_valid

_hex = bytes.fromhex


def _hashes() -> bool:
    digest = Hash(SHA256())
    digest.update(b"abc")
    return digest.finalize() == _hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")


def _encrypts() -> bool:
    right = _hex("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")
    return AESGCM(bytes(32)).encrypt(bytes(12), bytes(16), None) == right


def _derives() -> bool:
    derived = HKDF(SHA256(), 42, bytes(range(13)), bytes(range(0xF0, 0xFA))).derive(b"\x0b" * 22)
    return derived == _hex(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def _agrees() -> bool:
    nine = b"\x09" + bytes(31)
    made = X25519PrivateKey.from_private_bytes(nine).exchange(X25519PublicKey.from_public_bytes(nine))
    return made == _hex("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079")


def _verifies() -> bool:
    public = _hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = _hex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555f"
        "b8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    return is_raw_signature_valid(public, b"", signature) and not is_raw_signature_valid(
        public, b"a", signature
    )


def _stretches() -> bool:
    kdf = Argon2id(
        salt=b"\2" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\4" * 12, secret=b"\3" * 8
    )
    right = _hex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659")
    return kdf.derive(b"\1" * 32) == right


KNOWN_ANSWERS: Mapping[str, Callable[[], bool]] = {
    "SHA-256": _hashes,
    "AES-256-GCM": _encrypts,
    "HKDF": _derives,
    "X25519": _agrees,
    "Ed25519": _verifies,
    "Argon2id": _stretches,
}
"""By the name of what is tried: whether it gives what its standard prints."""
