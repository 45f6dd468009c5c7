"""What a changed case key is sealed to, and that nothing of before leads to it."""

from dataclasses import replace

import pytest

from reviewer.domain.errors import WrongPassphrase
from reviewer.keys import key_file
from reviewer.keys.key_file import decode_key_file, encode_key_file, load_key_file, save_key_file
from reviewer.keys.key_ring import make_key_ring, open_key_ring

WORDS, OTHER, THIRD = (
    "correct horse battery staple",
    "seven quiet rooms by the sea",
    "eleven grey stones in rain",
)
HEADER = b"0123456789abcdef"


@pytest.fixture
def ring(tmp_path):
    made = make_key_ring(encrypted=True)
    for examiner, words in (("e1", WORDS), ("e2", OTHER), ("e3", THIRD)):
        made.add(tmp_path, examiner, words)
    return made


def change(folder, ring, without=("e3",)):
    changed = ring.make_changed()
    ring.announce(folder, changed, without, "examiner removed", HEADER)
    ring.adopt(changed)
    ring.save(folder)


def test_who_stays_opens_the_new_key_with_the_passphrase_of_before_and_who_is_removed_does_not(
    tmp_path, ring
):
    before = ring.database_key()
    change(tmp_path, ring)
    for examiner, words in (("e1", WORDS), ("e2", OTHER)):
        again = open_key_ring(load_key_file(tmp_path), words)
        assert (again.examiner, again.database_key()) == (examiner, ring.database_key())
        assert again.can_sign(examiner)
    assert ring.database_key() != before
    with pytest.raises(WrongPassphrase):
        open_key_ring(load_key_file(tmp_path), THIRD)


def test_at_her_next_opening_the_key_is_under_her_passphrase_again_with_a_new_pair(tmp_path, ring):
    change(tmp_path, ring)
    sent = load_key_file(tmp_path).find_slot("e2")
    again = open_key_ring(load_key_file(tmp_path), OTHER)
    again.refresh_slot(tmp_path)
    kept = load_key_file(tmp_path).find_slot("e2")
    assert (sent.case_key, kept.sent) == (None, b"")
    assert kept.sealing_public != sent.sealing_public
    assert open_key_ring(load_key_file(tmp_path), OTHER).database_key() == ring.database_key()


def test_an_old_passphrase_with_the_old_key_file_does_not_open_what_was_sealed_after_it_was_changed(
    tmp_path, ring
):
    old = load_key_file(tmp_path)
    theirs = open_key_ring(old, OTHER)
    theirs.change_passphrase(tmp_path, "something new and quite different")
    again = open_key_ring(load_key_file(tmp_path), WORDS)
    change(tmp_path, again)
    new = load_key_file(tmp_path)
    mixed = replace(new, slots=tuple(replace(s, sent=new.find_slot(s.examiner).sent) for s in old.slots[:2]))
    mixed = replace(mixed, slots=tuple(replace(s, case_key=None) for s in mixed.slots))
    with pytest.raises(WrongPassphrase):
        open_key_ring(mixed, OTHER)


def test_which_keys_count_is_told_by_how_the_database_begins(tmp_path, ring):
    changed = ring.make_changed()
    ring.announce(tmp_path, changed, ("e3",), "station lost", HEADER)
    kept = load_key_file(tmp_path)
    assert decode_key_file(encode_key_file(kept)) == kept
    not_changed, done = kept.settle(lambda: b"another header.."), kept.settle(lambda: HEADER)
    assert open_key_ring(not_changed, THIRD).database_key() == ring.database_key()
    assert open_key_ring(done, WORDS).database_key() == changed.database_key()
    assert (done.changes, done.because, done.following) == (1, "station lost", None)
    assert not_changed.following is None


def test_a_slot_of_an_earlier_version_gets_a_pair_when_it_is_opened(tmp_path, ring):
    slots = tuple(replace(slot, sealing_public=b"", sealing_key=None) for slot in ring.file.slots)
    save_key_file(tmp_path, replace(ring.file, slots=slots))
    again = open_key_ring(load_key_file(tmp_path), WORDS)
    assert again.find_unreachable() == ["e1", "e2", "e3"]
    again.refresh_slot(tmp_path)
    assert again.find_unreachable(without=("e2",)) == ["e3"]
    again.refresh_slot(tmp_path)
    assert key_file.load_key_file(tmp_path) == again.file
