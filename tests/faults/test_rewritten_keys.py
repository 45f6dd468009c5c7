"""Keys exchanged by a colleague: in the enrolment that he signed, or as a new key; in cases and packs."""

from dataclasses import replace

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.evidence import pack_format
from reviewer.domain.ledger.entry import Draft, Signer
from reviewer.domain.ledger.vouching import (
    BY_RECOVERY_KEY,
    Vouch,
    compute_enrolment_hash,
    compute_key_hash,
    format_fingerprint,
    vouches_to_body,
)
from reviewer.domain.photos.case import Examiner
from reviewer.keys.signing import SigningKey
from reviewer.services.case.enrolment import enrol, load_key_history, make_enrolment
from reviewer.services.case.open_case import KeyDiffers
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from reviewer.storage.store import record_draft
from tests.support.cases import PASSPHRASE, made_case, opened
from tests.support.packs import NOT_SOUND, SOUND, own_verdict, packed, verified
from tests.support.rewriting import entries_of, replace_ledger, reseal_all

HERS = "seven quiet rooms by the sea"
NOBODY = "sets a key that is not vouched for"


@pytest.fixture
def case(tmp_path, monkeypatch):
    """Dr Okoye is at work and enrolled Dr Haddad, who wrote when she opened the case herself."""
    monkeypatch.setattr("reviewer.services.pack.run._check_made", lambda *_: None)
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    enrol(case, "Dr Haddad", HERS)
    case.close()
    with opened(case.folder, HERS) as hers:
        writes(hers, "what she found")
    monkeypatch.setenv("REVIEWER_DATA", str(tmp_path / "an account without her receipts"))
    with opened(case.folder, PASSPHRASE) as case:
        yield case


@pytest.fixture
def people(case):
    return [examiner.id for examiner in case.examiners()]


def writes(case, words):
    case.record(Draft(acts.MANDATE_WRITTEN, case.id, {"mandate": words, "limits": ""}), case.keys.examiner)


def faults_of(case):
    return [f"{fault.where}: {fault.what}" for fault in verify_case(case, JobControl()).faults]


def write_as(case, author, key, draft):
    """What somebody who has the key of the case writes in the name of another, under a key of his own."""
    signer = Signer(author, case.station, key.sign)
    case.writer.enqueue_batch(
        lambda connection: record_draft(connection, draft, signer, entries_of(case)[-1].at)
    ).result()


def set_key(case, examiner, key, vouched=()):
    body = {"key": key.public, "why": "lost", "vouched": vouches_to_body(vouched)}
    write_as(case, examiner, key, Draft(acts.EXAMINER_KEY_SET, examiner, body))


def check_both(case, folder):
    """What both checkers say of a pack; the program itself does not hand out one that does not hold."""
    folder = packed(case, folder).folder
    theirs, words = verified(folder)
    ours, faults = own_verdict(folder)
    assert theirs == ours, (words, faults)
    return ours, words, faults


def test_keys_that_nobody_touched_are_sound(case, tmp_path):
    assert faults_of(case) == []
    assert check_both(case, tmp_path / "pack")[0] == SOUND


def test_the_method_of_a_pack_lists_every_key(case, people, tmp_path):
    method = (packed(case, tmp_path / "pack").folder / pack_format.METHOD).read_text(encoding="utf-8")
    for examiner, how in zip(case.examiners(), ("made the case", "enrolled"), strict=True):
        (line,) = [line for line in method.splitlines() if format_fingerprint(examiner.key) in line]
        assert line.startswith(f"{examiner.name}: ")
        assert line.endswith(f" by Dr Okoye; {how}")


def test_a_new_key_for_a_colleague_signed_by_that_key_alone(case, people, tmp_path):
    set_key(case, people[1], SigningKey.new())
    assert any(f"of {people[1]}@" in fault and NOBODY in fault for fault in faults_of(case))
    status, words, faults = check_both(case, tmp_path / "pack")
    assert status == NOT_SOUND
    assert "states a key that nobody vouched for" in words
    assert NOBODY in faults


def test_a_new_key_for_a_colleague_for_which_one_vouches_alone_or_twice(case, people, tmp_path):
    okoye, haddad = people
    key = SigningKey.new()
    hash_ = compute_key_hash(case.id, haddad, key.public, load_key_history(case).find_key(haddad))
    mine = Vouch(okoye, case.keys.sign(okoye, hash_))
    set_key(case, haddad, key, [mine, mine, Vouch("old", mine.signature), Vouch(haddad, key.sign(hash_))])
    assert any(NOBODY in fault for fault in faults_of(case))
    assert check_both(case, tmp_path / "pack")[0] == NOT_SOUND


def test_a_new_key_for_a_colleague_by_a_recovery_key_that_was_made_up(case, people, tmp_path):
    key, made_up = SigningKey.new(), SigningKey.new()
    hash_ = compute_key_hash(case.id, people[1], key.public, load_key_history(case).find_key(people[1]))
    set_key(case, people[1], key, [Vouch(BY_RECOVERY_KEY, made_up.sign(hash_))])
    assert any(NOBODY in fault for fault in faults_of(case))
    assert check_both(case, tmp_path / "pack")[0] == NOT_SOUND


def test_somebody_enrols_himself_with_the_key_of_the_case(case, tmp_path):
    key, stranger = SigningKey.new(), Examiner("ab" * 8, "Dr Nobody")
    write_as(case, stranger.id, key, make_enrolment(case.id, stranger, key))
    assert any("enrols its own author" in fault for fault in faults_of(case))
    assert check_both(case, tmp_path / "pack")[0] == NOT_SOUND


def exchange_key(case, people):
    """The third of the five rewrites: her key in the enrolment that he signed, and all her entries."""
    okoye, haddad = people
    key = SigningKey.new()

    def change(entry):
        if (entry.act, entry.subject) != (acts.EXAMINER_ENROLLED, haddad):
            return entry
        proof = key.sign(compute_enrolment_hash(case.id, haddad, "Dr Haddad", key.public))
        return replace(entry, body={**entry.body, "key": key.public, "proof": proof})

    forged = [
        replace(change(entry), body={**entry.body, "mandate": "nothing was found"})
        if entry.body.get("mandate")
        else change(entry)
        for entry in entries_of(case)
    ]
    signs = {okoye: lambda hash_: case.keys.sign(okoye, hash_), haddad: key.sign}
    replace_ledger(case, reseal_all(forged, signs))
    return key


def test_a_key_exchanged_in_an_enrolment_is_asked_about_when_she_opens_and_nothing_is_written(case, people):
    _okoye, haddad = people
    forged = exchange_key(case, people).public
    (named,) = faults_of(case)
    assert "keys.json" in named, "the key file still holds hers"
    assert format_fingerprint(forged) in named
    case.close()
    with opened(case.folder, HERS) as hers:
        before = len(entries_of(hers))
        assert list(hers.key_questions) == [haddad]
        with pytest.raises(KeyDiffers) as asked:
            writes(hers, "what she found")
        for key in (forged, hers.keys.find_public_key(haddad)):
            assert format_fingerprint(key) in str(asked.value)
        assert len(entries_of(hers)) == before
        assert faults_of(hers) == [named]


def test_a_key_file_made_to_fit_is_asked_about_all_the_same(case, people):
    """Her passphrase opens her own key, whatever is written beside it."""
    _okoye, haddad = people
    forged = exchange_key(case, people).public
    slot = replace(case.keys.file.find_slot(haddad), public=forged)
    case.keys.file = case.keys.file.with_slot(slot)
    case.keys.keep_vouches(case.folder, haddad, ())
    assert faults_of(case) == [], "what only its author has seen: the window that is left"
    case.close()
    with opened(case.folder, HERS) as hers:
        assert list(hers.key_questions) == [haddad]
