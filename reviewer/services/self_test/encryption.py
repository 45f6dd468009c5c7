"""Whether encryption and signatures give what their standards print."""

from __future__ import annotations

from reviewer.keys.known_answers import KNOWN_ANSWERS
from reviewer.keys.sealing import (
    WrongKey,
    decrypt_secret,
    encrypt_secret,
    make_sealing_pair,
    open_sealed,
    seal_to_public_key,
)
from reviewer.services.self_test.part import REINSTALL, PartFailed, PartResult

_SECRET, _PURPOSE = b"self-test", "self-test"


def check_encryption() -> PartResult:
    """Compare with test vectors of the standards, and seal and open once with fresh keys."""
    for name, answer in KNOWN_ANSWERS.items():
        if not answer():
            raise PartFailed(f"{name} does not give what its standard prints.", REINSTALL)
    key = bytes(32)
    sealed = encrypt_secret(key, _SECRET, _PURPOSE)
    if decrypt_secret(key, sealed, _PURPOSE) != _SECRET:
        raise PartFailed("what was encrypted does not come back.", REINSTALL)
    try:
        decrypt_secret(bytes(31) + b"\1", sealed, _PURPOSE)
    except WrongKey:
        pass
    else:
        raise PartFailed("a wrong key decrypts.", REINSTALL)
    secret, public = make_sealing_pair()
    if open_sealed(secret, seal_to_public_key(public, _SECRET, _PURPOSE), _PURPOSE) != _SECRET:
        raise PartFailed("what was sealed to a public key does not come back.", REINSTALL)
    return PartResult(f"{', '.join(KNOWN_ANSWERS)} as their standards print", ",".join(KNOWN_ANSWERS))
