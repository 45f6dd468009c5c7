"""Who gets in, who does not, and what a crash or a rotten bit in the key file costs."""

import random
import unicodedata

import pytest

from reviewer.domain.errors import KeysDamaged, KnownError, NeedsPassphrase, WrongPassphrase
from reviewer.keys import key_file, passphrase, recovery
from reviewer.keys.key_ring import make_key_ring, open_key_ring
from reviewer.keys.signing import is_signature_valid

WORDS, OTHER = "correct horse battery staple", "seven quiet rooms by the sea"


@pytest.fixture
def folder(tmp_path):
    return tmp_path


@pytest.fixture
def ring(folder):
    made = make_key_ring(encrypted=True)
    made.add(folder, "e1", WORDS)
    return made


def opened(folder, words, first=""):
    return open_key_ring(key_file.load_key_file(folder), words, first)


def test_the_passphrase_says_who_is_here_and_opens_the_same_key(folder, ring):
    again = opened(folder, WORDS)
    assert again.examiner == "e1"
    assert again.database_key() == ring.database_key()
    assert again.database_key() != again.previews_key()
    assert is_signature_valid(again.find_public_key("e1"), "ab" * 32, again.sign("e1", "ab" * 32))


def test_a_second_examiner_has_a_passphrase_and_a_signature_of_their_own(folder, ring):
    public = ring.add(folder, "e2", OTHER)
    assert (ring.examiner, ring.can_sign("e2")) == ("e1", False)
    theirs = opened(folder, OTHER, first="e1")
    assert (theirs.examiner, theirs.find_public_key("e2")) == ("e2", public)
    with pytest.raises(KnownError, match="Only the examiner whose passphrase"):
        theirs.sign("e1", "ab" * 32)
    assert not is_signature_valid(public, "ab" * 32, ring.sign("e1", "ab" * 32))


def test_no_two_may_have_the_same_passphrase(folder, ring):
    with pytest.raises(KnownError, match="cannot be used"):
        ring.add(folder, "e2", WORDS)
    assert len(key_file.load_key_file(folder).slots) == 1


def test_a_new_passphrase_wraps_the_same_key_and_the_old_one_opens_nothing(folder, ring):
    ring.change_passphrase(folder, OTHER)
    again = opened(folder, OTHER)
    assert (again.database_key(), again.find_public_key("e1")) == (
        ring.database_key(),
        ring.find_public_key("e1"),
    )
    with pytest.raises(WrongPassphrase):
        opened(folder, WORDS)


def test_the_recovery_key_opens_and_signs_for_nobody_until_a_passphrase_is_set(folder, ring):
    first = ring.renew_recovery_key(folder)
    written = ring.renew_recovery_key(folder)
    with pytest.raises(WrongPassphrase, match="older"):
        opened(folder, first)
    found = opened(folder, written.lower())
    assert (found.examiner, found.can_sign("e1")) == ("", False)
    before = ring.find_public_key("e1")
    found.add(folder, "e1", OTHER)
    assert found.examiner == "e1"
    assert found.find_public_key("e1") != before
    assert opened(folder, OTHER).database_key() == ring.database_key()
    with pytest.raises(WrongPassphrase):
        opened(folder, WORDS)


def test_a_passphrase_that_looks_like_a_recovery_key_is_a_passphrase_all_the_same(folder, ring):
    ring.renew_recovery_key(folder)
    elsewhere = recovery.make_recovery_key()
    near = elsewhere[:-1]
    for number, words in enumerate((elsewhere, near)):
        with pytest.raises(WrongPassphrase, match=("not that of the case", "35 letters")[number]):
            opened(folder, words)
        ring.change_passphrase(folder, words)
        assert opened(folder, words).examiner == "e1"


def test_composed_and_decomposed_letters_are_the_same_passphrase(folder):
    words = "Straße über die Brücke é"
    make_key_ring(encrypted=True).add(folder, "e1", unicodedata.normalize("NFD", words))
    assert opened(folder, unicodedata.normalize("NFC", words)).examiner == "e1"


def test_two_hundred_wrong_passphrases_change_nothing(folder, ring):
    before = [(folder / name).read_bytes() for name in key_file.KEY_FILE_NAMES]
    rng = random.Random(3)
    tries = ["", " ", WORDS + " ", WORDS[:-1], WORDS.upper(), "x" * 10_000, "\0", "\ud800", "é" * 30]
    tries += ["".join(chr(rng.randrange(32, 0x2FF)) for _ in range(rng.randrange(1, 40))) for _ in range(191)]
    for words in tries:
        with pytest.raises(WrongPassphrase):
            opened(folder, words)
    with pytest.raises(NeedsPassphrase):
        opened(folder, None)
    assert [(folder / name).read_bytes() for name in key_file.KEY_FILE_NAMES] == before
    assert opened(folder, WORDS).examiner == "e1"


@pytest.mark.parametrize(
    ("words", "said"), [("short", "at least 12"), (" " * 20, "at least 12"), ("x" * 2000, "at most")]
)
def test_a_passphrase_that_protects_nothing_is_refused(folder, words, said):
    with pytest.raises(KnownError, match=said):
        make_key_ring(encrypted=True).add(folder, "e1", words)
    assert key_file.load_key_file(folder) is None


def test_any_flipped_bit_of_the_key_file_is_found_and_the_other_copy_opens(folder, ring):
    ring.renew_recovery_key(folder)
    path = folder / key_file.KEY_FILE_NAMES[0]
    content = path.read_bytes()
    for bit in range(0, len(content) * 8, 7):
        spoilt = bytearray(content)
        spoilt[bit // 8] ^= 1 << bit % 8
        path.write_bytes(spoilt)
        assert key_file.find_faults(folder) == [path.name]
        assert key_file.load_key_file(folder) == key_file.decode_key_file(content)
    path.write_bytes(content[:-40])
    (folder / key_file.KEY_FILE_NAMES[1]).write_bytes(b"{}")
    with pytest.raises(KeysDamaged, match=r"keys.json, keys-copy.json"):
        key_file.load_key_file(folder)


def test_killed_while_a_passphrase_is_changed_the_old_or_the_new_one_opens(folder, ring, monkeypatch):
    write = key_file.write_atomically
    for cut in (0, 1, 2):
        left = [cut]

        def stopping(path, content, left=left):
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            write(path, content)

        with monkeypatch.context() as patched:
            patched.setattr(key_file, "write_atomically", stopping)
            try:
                ring.change_passphrase(folder, f"{OTHER} {cut}")
            except KeyboardInterrupt:
                assert cut < 2
        expected = WORDS if cut == 0 else f"{OTHER} {cut}"
        assert opened(folder, expected).database_key() == ring.database_key()


def test_without_encryption_everybody_can_sign_and_nothing_is_asked(folder):
    made = make_key_ring(encrypted=False)
    public = made.add(folder, "e1", None)
    again = opened(folder, None)
    assert (again.encrypted, again.database_key(), again.find_public_key("e1")) == (False, None, public)


def test_dropping_leaves_no_key(ring):
    ring.drop()
    with pytest.raises(KnownError, match="closed"):
        ring.database_key()
    assert not ring.can_sign("e1")


def test_the_costs_are_those_that_were_decided():
    """The fixture of all tests makes them small; here the real ones."""
    costs = passphrase.KeyStretching()
    assert (costs.iterations, costs.lanes, costs.memory_kib) == (3, 4, 256 * 1024)
    assert passphrase.KeyStretching().salt != costs.salt
