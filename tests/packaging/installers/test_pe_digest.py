"""The digest of Authenticode is the one that a signer computes, and a signature does not change it."""

import shutil
import subprocess

import pytest

from tests.packaging.installers.small_pe import (
    AUTHENTICODE,
    AUTHENTICODE_OF_ODD,
    make_small_library,
    sign_by_hand,
)


@pytest.fixture
def pe_digest(installers):
    return installers("pe_digest")


@pytest.mark.parametrize(("behind", "known"), [(b"", AUTHENTICODE), (b"odd", AUTHENTICODE_OF_ODD)])
def test_a_library_has_the_digest_that_osslsigncode_states_for_it(pe_digest, behind, known):
    library = make_small_library(behind)
    assert pe_digest.measure_digest(library) == pe_digest.PeDigest(known, False, False, False)
    assert pe_digest.measure_digest(sign_by_hand(library, known)) == pe_digest.PeDigest(
        known, True, True, False
    )


def test_one_changed_byte_changes_the_digest_and_the_signature_no_longer_states_it(pe_digest):
    signed = bytearray(sign_by_hand(make_small_library(), AUTHENTICODE))
    signed[520] ^= 1
    digest = pe_digest.measure_digest(bytes(signed))
    assert digest.sha256 != AUTHENTICODE
    assert digest.is_signed and not digest.is_confirmed


@pytest.mark.skipif(not shutil.which("osslsigncode"), reason="osslsigncode signs the library.")
def test_a_signature_of_osslsigncode_states_the_digest(pe_digest, tmp_path):
    subject = ["-subj", "/CN=test", "-days", "2"]
    pair = ["-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *pair, *subject]
    subprocess.run(made, check=True, capture_output=True)
    (tmp_path / "small.dll").write_bytes(make_small_library())
    named = ["-certs", tmp_path / "cert.pem", "-key", tmp_path / "key.pem"]
    paths = ["-in", tmp_path / "small.dll", "-out", tmp_path / "signed.dll"]
    subprocess.run(["osslsigncode", "sign", "-h", "sha256", *named, *paths], check=True, capture_output=True)
    digest = pe_digest.measure_digest((tmp_path / "signed.dll").read_bytes())
    assert digest == pe_digest.PeDigest(AUTHENTICODE, True, True, False)


@pytest.mark.parametrize("content", [b"", b"MZ", b"\x7fELF" + bytes(80), make_small_library()[:100]])
def test_what_is_no_library_of_windows_is_refused(pe_digest, content):
    with pytest.raises(pe_digest.NotPortableExecutable):
        pe_digest.measure_digest(content)


def test_a_signature_beyond_the_end_is_refused(pe_digest):
    cut = sign_by_hand(make_small_library(), AUTHENTICODE)[:-10]
    with pytest.raises(pe_digest.NotPortableExecutable, match="beyond its end"):
        pe_digest.measure_digest(cut)
