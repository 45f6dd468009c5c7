"""Each entry is signed by the key its author had then; anything else is named."""

from dataclasses import replace

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.acts.signatures import SignatureCheck
from reviewer.domain.ledger.entry import ChainSlot, Draft, seal_entry
from reviewer.keys.signing import SigningKey, is_signature_valid

AT = "2026-01-01T00:00:00.000+00:00"


def sealed(*drafts, author="e1", start=None):
    """Entries of one chain, each draft with the key that signs it (None: not at all)."""
    place, made = start or ChainSlot(author, "s1"), []
    for draft, key in drafts:
        made.append(seal_entry(draft, place, AT, key.sign if key else lambda _hash: ""))
        place = ChainSlot(author, "s1", made[-1].seq + 1, made[-1].hash, made[-1].tick + 1)
    return made


def faults(entries):
    check = SignatureCheck(is_signature_valid)
    found = [fault for entry in entries for fault in check.check_entry(entry)]
    return [fault.what for fault in (*found, *check.find_entries_without_key())]


@pytest.fixture
def keys():
    return SigningKey.new(), SigningKey.new()


def created(signed=True):
    return Draft(acts.CASE_CREATED, "c", {"name": "n", "signed": signed} if signed else {"name": "n"})


def enrolled(key, who="e1"):
    return Draft(acts.EXAMINER_ENROLLED, who, {"name": who, **({"key": key.public} if key else {})})


NOTE = Draft(acts.NOTE_WRITTEN, "p", {"text": "x"})


def test_a_signed_ledger_is_sound(keys):
    one, _other = keys
    assert faults(sealed((created(), one), (enrolled(one), one), (NOTE, one))) == []


def test_each_way_of_not_being_signed_is_named(keys):
    one, other = keys
    sound = sealed((created(), one), (enrolled(one), one), (NOTE, one))
    assert faults(sealed((created(), one), (enrolled(one), one), (NOTE, other))) == [
        "its signature is not that of its author"
    ]
    assert faults([*sound[:2], replace(sound[2], signature="")]) == ["is not signed"]
    assert faults([replace(sound[0], signature=""), *sound[1:]]) == ["is not signed"]
    assert faults([replace(sound[0], signature=sound[1].signature), *sound[1:]]) == [
        "its signature is not that of its author"
    ]
    assert faults(sealed((created(), one), (NOTE, one))) == ["its author has no key in this ledger"] * 2


def test_a_ledger_from_before_signing_is_sound_up_to_its_first_key(keys):
    one, _other = keys
    old = ((created(signed=False), None), (enrolled(None), None), (NOTE, None))
    assert faults(sealed(*old)) == []
    key_set = Draft(acts.EXAMINER_KEY_SET, "e1", {"key": one.public, "why": "w"})
    assert faults(sealed(*old, (key_set, one), (NOTE, one))) == []
    assert faults(sealed(*old, (key_set, one), (NOTE, None))) == ["is not signed"]
    assert faults(sealed(*old, (key_set, None))) == ["is not signed"]


def test_a_new_key_signs_from_where_it_was_set(keys):
    one, other = keys
    key_set = Draft(acts.EXAMINER_KEY_SET, "e1", {"key": other.public, "why": "w"})
    beginning = ((created(), one), (enrolled(one), one), (NOTE, one))
    assert faults(sealed(*beginning, (key_set, other), (NOTE, other))) == []
    assert faults(sealed(*beginning, (key_set, other), (NOTE, one))) == [
        "its signature is not that of its author"
    ]


def test_nobody_sets_the_key_of_another(keys):
    one, other = keys
    beginning = ((created(), one), (enrolled(one), one), (enrolled(other, "e2"), one))
    stolen = Draft(acts.EXAMINER_KEY_SET, "e2", {"key": one.public, "why": "w"})
    assert faults(sealed(*beginning, (stolen, one))) == ["sets the key of another examiner"]


@pytest.mark.parametrize("spoil", ["zz", "00", "", "é"])
def test_a_signature_that_is_none_is_no_crash(keys, spoil):
    assert not is_signature_valid(keys[0].public, "ab" * 32, spoil * 64)
    assert not is_signature_valid(spoil, "ab" * 32, "ab" * 64)
