"""A key that is set counts if the key before, the recovery key or two other examiners signed it."""

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.acts.key_history import VOUCHING_KEY, KeyHistory, KeyOrigin
from reviewer.domain.ledger.entry import NOTHING_SEEN, ChainSlot, Draft, seal_entry
from reviewer.domain.ledger.vouching import (
    Vouch,
    are_enough,
    compute_enrolment_hash,
    compute_key_hash,
    format_fingerprint,
    vouches_to_body,
)
from reviewer.keys.signing import SigningKey, is_signature_valid

AT = "2026-01-01T00:00:00.000+00:00"
NOBODY = "sets a key that is not vouched for"


@pytest.fixture(scope="module")
def keys():
    return {name: SigningKey.new() for name in ("e1", "e2", "e3", "new", "recovery", "stranger")}


def entry(draft, author="e1", seen=NOTHING_SEEN):
    return seal_entry(draft, ChainSlot(author, "s1", seen=seen), AT)


def created(keys, seen=NOTHING_SEEN, **more):
    body = {"name": "n", "signed": True, "encrypted": True, **more}
    return entry(Draft(acts.CASE_CREATED, "c", body), seen=seen)


def enrolled(keys, who, author="e1", signer=None, seen=NOTHING_SEEN):
    key, signer = keys[who], signer or keys[who]
    proof = signer.sign(compute_enrolment_hash("c", who, f"Dr {who}", key.public))
    return entry(
        Draft(acts.EXAMINER_ENROLLED, who, {"name": f"Dr {who}", "key": key.public, "proof": proof}),
        author,
        seen,
    )


def key_set(keys, *vouchers, before="e1", seen=NOTHING_SEEN):
    """The key "new" of e1; `vouchers` are pairs of who it is said to be and whose key signed."""
    key = keys["new"].public
    hash_ = compute_key_hash("c", "e1", key, keys[before].public)
    vouched = [Vouch(by, keys[name].sign(hash_)) for by, name in vouchers]
    body = {"key": key, "why": "w", "vouched": vouches_to_body(vouched)}
    return entry(Draft(acts.EXAMINER_KEY_SET, "e1", body), "e1", seen)


def told(entries):
    history = KeyHistory(is_signature_valid)
    return history, [fault.what for each in entries for fault in history.note_entry(each)]


def beginning(keys):
    return [
        created(keys, **{VOUCHING_KEY: keys["recovery"].public}),
        *(enrolled(keys, who) for who in ("e1", "e2", "e3")),
    ]


@pytest.mark.parametrize(
    "vouchers",
    [[("old", "e1")], [("recovery", "recovery")], [("e2", "e2"), ("e3", "e3")]],
    ids=["the key before", "the recovery key", "two others"],
)
def test_each_way_to_vouch_for_a_key(keys, vouchers):
    history, faults = told([*beginning(keys), key_set(keys, *vouchers)])
    assert faults == []
    last = history.stated[-1]
    assert (last.origin, last.vouchers) == (KeyOrigin.VOUCHED, tuple(by for by, _key in vouchers))
    assert last.recovery_by == ("e1" if vouchers[0][0] == "recovery" else "")
    assert history.find_key("e1") == keys["new"].public


@pytest.mark.parametrize(
    "vouchers",
    [
        [],
        [("e2", "e2")],
        [("e2", "e2"), ("e2", "e2")],
        [("e2", "e2"), ("e1", "e1")],
        [("e2", "e2"), ("e3", "e2")],
        [("e2", "e2"), ("stranger", "stranger")],
        [("old", "new")],
        [("recovery", "stranger")],
    ],
)
def test_what_does_not_vouch(keys, vouchers):
    history, (fault,) = told([*beginning(keys), key_set(keys, *vouchers)])
    assert NOBODY in fault
    assert history.stated[-1].origin is KeyOrigin.NOBODY


def test_who_vouched_for_it_in_the_place_of_another_key_did_not_vouch(keys):
    _history, (fault,) = told([*beginning(keys), key_set(keys, ("recovery", "recovery"), before="e2")])
    assert NOBODY in fault


def test_the_recovery_key_that_was_replaced_no_longer_vouches(keys):
    renewed = entry(Draft(acts.RECOVERY_KEY_MADE, "e2", {VOUCHING_KEY: keys["stranger"].public}), "e2")
    history, faults = told([*beginning(keys), renewed, key_set(keys, ("recovery", "recovery"))])
    assert len(faults) == 1
    assert [made.author for made in history.recovery_keys] == ["e1", "e2"]
    history, faults = told([*beginning(keys), renewed, key_set(keys, ("recovery", "stranger"))])
    assert faults == []
    assert history.stated[-1].recovery_by == "e2", "who made it stands beside what it vouched for"


def test_who_was_removed_no_longer_vouches(keys):
    removed = entry(Draft(acts.EXAMINER_REMOVED, "e3", {"why": "left"}))
    _history, faults = told([*beginning(keys), removed, key_set(keys, ("e2", "e2"), ("e3", "e3"))])
    assert len(faults) == 1


def test_a_ledger_of_before_accuses_nobody_until_it_says_what_the_recovery_key_signs_with(keys):
    before = [created(keys, seen=""), *(enrolled(keys, who, seen="") for who in ("e1", "e2"))]
    history, faults = told([*before, key_set(keys, seen="")])
    assert (faults, history.stated[-1].origin) == ([], KeyOrigin.EARLIER)
    history, faults = told([*before, key_set(keys)])
    assert (faults, history.stated[-1].origin) == ([], KeyOrigin.EARLIER)
    renewed = entry(Draft(acts.RECOVERY_KEY_MADE, "e2", {VOUCHING_KEY: keys["recovery"].public}), "e2")
    _history, (fault,) = told([*before, renewed, key_set(keys)])
    assert NOBODY in fault


def test_an_enrolment_that_its_own_key_did_not_sign_or_that_nobody_made_is_named(keys):
    _history, faults = told([*beginning(keys)[:3], enrolled(keys, "e3", signer=keys["e2"])])
    assert faults == ["enrols an examiner whose key did not sign it"]
    _history, faults = told([*beginning(keys)[:3], enrolled(keys, "e3", author="e3")])
    assert faults == ["enrols its own author, and nobody else did"]


def test_a_fingerprint_can_be_read_aloud():
    assert format_fingerprint("0123456789abcdef" * 4) == "0123 4567 89ab cdef 0123 4567 89ab cdef"
    assert format_fingerprint("") == ""
    assert not are_enough(["e2"])
