"""verify.py by itself: no module beside it is run, and it checks signatures without any package."""

import importlib.util
import subprocess
import sys

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.support.packs import VERIFY
from tests.support.patience import PATIENCE

VECTORS = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
)
"""RFC 8032, section 7.1: public key, message, signature."""
ORDER = 2**252 + 27742317777372353535851937790883648493
FIELD = 2**255 - 19
_SIGN = 1 << 255


@pytest.fixture(scope="module")
def checker():
    spec = importlib.util.spec_from_file_location("verify_alone", VERIFY)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def holds_plainly(checker, key, message, signature):
    try:
        return checker.plain_check(key, message, signature)
    except ValueError:
        return False


def holds_by_library(key, message, signature):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_plain_check_takes_the_vectors_of_the_standard_and_nothing_beside_them(
    checker, key, message, signature
):
    key, message, signature = map(bytes.fromhex, (key, message, signature))
    assert holds_plainly(checker, key, message, signature)
    for at in (0, 31, 32, 63):
        other = bytearray(signature)
        other[at] ^= 1
        assert not holds_plainly(checker, key, message, bytes(other))
    assert not holds_plainly(checker, key, message + b"x", signature)


def small_points(checker):
    """The eight points of small order, as they are written."""
    point = next(checker.point_of(y) for y in range(2, 60) if _is_on_curve(checker, y))
    torsion = checker.times(ORDER, point)
    for number in range(8):
        x, y, z, _t = checker.times(number, torsion)
        x, y = x * pow(z, -1, FIELD) % FIELD, y * pow(z, -1, FIELD) % FIELD
        yield y | (x & 1) << 255


def _is_on_curve(checker, y):
    try:
        checker.point_of(y)
    except ValueError:
        return False
    return True


def test_the_plain_check_and_the_library_say_the_same_where_implementations_differ(checker):
    """Keys and R of small order or written in a second way, S that is not below the order of the group."""
    odd = [*small_points(checker), 1 | _SIGN, (FIELD - 1) | _SIGN, FIELD, FIELD + 1, (FIELD + 1) | _SIGN, 2]
    assert len(set(odd)) >= 12
    own = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    message = b"m" * 32
    good, public = own.sign(message), own.public_key().public_bytes_raw()
    s = int.from_bytes(good[32:], "little")
    tried = [(public, good[:32] + wrong.to_bytes(32, "little")) for wrong in (s, s + ORDER, 0, 2**256 - 1)]
    points = [number.to_bytes(32, "little") for number in odd]
    tried += [(key, points[(at * 5) % len(points)] + bytes(32)) for at, key in enumerate(points)]
    tried += [(key, points[0] + ORDER.to_bytes(32, "little")) for key in points[:2]]
    tried += [(key, points[0] + bytes(32)) for key in points] + [
        (points[2], good),
        (public, points[1] + good[32:]),
    ]
    said = [holds_plainly(checker, key, message, signature) for key, signature in tried]
    assert said == [holds_by_library(key, message, signature) for key, signature in tried]
    assert {True, False} == set(said)


def test_signatures_of_a_pack_hold_with_the_library_and_without(checker, monkeypatch):
    own = Ed25519PrivateKey.from_private_bytes(bytes(32))
    hash_ = "ab" * 32
    key, signature = own.public_key().public_bytes_raw().hex(), own.sign(bytes.fromhex(hash_)).hex()
    for library in (checker.Ed25519PublicKey, None):
        monkeypatch.setattr(checker, "Ed25519PublicKey", library)
        assert checker.holds(key, hash_, signature)
        assert not checker.holds(key, hash_, signature.upper())
        assert not checker.holds(key, hash_, "00" * 64)
        assert not checker.holds("zz", hash_, signature)


def test_a_module_that_lies_beside_it_is_never_run(tmp_path):
    """Its first statement wants Python's -I, before anything else is imported."""
    (tmp_path / "verify.py").write_bytes(VERIFY.read_bytes())
    for name in ("csv", "hashlib", "json", "cryptography", "pathlib", "tomllib", "unicodedata"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(print('planted') or 0)\n", encoding="utf-8")
    for options, words in (((), "run it with -I"), (("-I",), "CANNOT BE READ")):
        ran = subprocess.run(
            [sys.executable, *options, "verify.py", str(tmp_path)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert (ran.returncode, ran.stderr) == (2, "")
        assert words in ran.stdout
        assert "planted" not in ran.stdout
