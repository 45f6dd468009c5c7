"""A key that differs is asked about; two colleagues vouch for the key of a third who lost her passphrase."""

import shutil
from dataclasses import replace

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.errors import KeysDamaged, KnownError, ReadOnly, WrongPassphrase
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.ledger.vouching import BY_OLD_KEY
from reviewer.keys import key_file
from reviewer.services.case.enrolment import enrol, load_key_history
from reviewer.services.case.history import iterate_entries
from reviewer.services.case.open_case import KeyDiffers
from reviewer.services.case.opening import open_case
from reviewer.services.case.vouching import (
    ASKED,
    KeyAnswer,
    OldKey,
    answer_key_question,
    find_waiting_keys,
    give_new_passphrase,
    vouch_for_key,
)
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from reviewer.storage.store import SaveFailed
from tests.support.cases import PASSPHRASE, made_case, opened
from tests.support.differing_keys import make_keys_differ

HERS, THIRD = "seven quiet rooms by the sea", "nine grey stones in the river"
NEW = "four lamps on the long quay"


@pytest.fixture
def case(tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    yield case
    case.close()


def writes(case):
    case.record(Draft(acts.MANDATE_WRITTEN, case.id, {"mandate": "m", "limits": ""}), case.keys.examiner)


def sound(case):
    verdict = verify_case(case, JobControl())
    assert verdict.sound, verdict.faults
    return verdict


@pytest.fixture
def differing(case):
    """The folder of a case whose key file holds another key than the ledger states, the recovery key, and
    whose key it is."""
    recovery_key, me = case.recovery_key, case.readers()[0]
    case.close()
    shutil.copy(case.folder / "keys.json", case.folder.parent / "keys of before.json")
    make_keys_differ(case.folder, recovery_key, me, NEW)
    return case.folder, recovery_key, me.id


def fail(*_words):
    raise SaveFailed("Not saved.")


def test_nobody_acts_before_it_is_answered_and_reading_goes_on(differing):
    folder, _recovery_key, me = differing
    with opened(folder, NEW) as case:
        with pytest.raises(KeyDiffers, match="another key for Dr Okoye"):
            writes(case)
        case.become_read_only("Its keys differ.")
        with pytest.raises(ReadOnly, match="Its keys differ"):
            case.require_writable()
        assert case.readers()[0].id == me
        with opened(folder, NEW) as another:
            assert not another.read_only, "the lock was let go"


def test_the_answer_and_who_gave_it_stand_in_the_ledger(differing):
    folder, recovery_key, me = differing
    with opened(folder, NEW) as case:
        with pytest.raises(WrongPassphrase):
            answer_key_question(case, me, KeyAnswer.UNKNOWN, "not a recovery key")
        other = made_case(folder.parent / "other", passphrase=PASSPHRASE)
        with pytest.raises(WrongPassphrase, match="not the one that the ledger states"):
            answer_key_question(case, me, KeyAnswer.UNKNOWN, other.recovery_key)
        other.close()
        answer_key_question(case, me, KeyAnswer.INTERRUPTED, recovery_key)
        (told,) = [entry for entry in iterate_entries(case) if entry.act == acts.EXAMINER_KEY_SET]
        assert (told.author, told.body["why"], told.body["answer"]) == (me, ASKED, KeyAnswer.INTERRUPTED)
        writes(case)
        assert [key.vouchers for key in sound(case).keys] == [(), ("recovery",)]


def test_her_key_of_before_vouches_for_the_one_she_holds(differing):
    folder, _recovery_key, me = differing
    before = folder.parent / "keys of before.json"
    with opened(folder, NEW) as case:
        for by, error, said in (
            (OldKey(folder / "case.db", PASSPHRASE), KeysDamaged, "no key file"),
            (OldKey(folder / "nowhere.json", PASSPHRASE), KeysDamaged, "cannot be read"),
            (OldKey(before, NEW), WrongPassphrase, "does not open your key"),
            (OldKey(folder / "keys.json", NEW), KnownError, "not the one that the ledger states"),
        ):
            with pytest.raises(error, match=said):
                answer_key_question(case, me, KeyAnswer.UNKNOWN, by)
            assert list(case.key_questions) == [me]
        answer_key_question(case, me, KeyAnswer.UNKNOWN, OldKey(before, PASSPHRASE))
        writes(case)
        assert [key.vouchers for key in sound(case).keys] == [(), (BY_OLD_KEY,)]


def test_a_key_file_of_a_colleague_vouches_for_nobody_else(differing, tmp_path):
    folder, _recovery_key, me = differing
    other = made_case(tmp_path / "other", passphrase=PASSPHRASE)
    other.close()
    with opened(folder, NEW) as case, pytest.raises(KnownError, match="no key of yours"):
        answer_key_question(case, me, KeyAnswer.UNKNOWN, OldKey(other.folder / "keys.json", PASSPHRASE))


def test_an_answer_that_could_not_be_saved_is_asked_again(differing, monkeypatch):
    folder, recovery_key, me = differing
    with opened(folder, NEW) as case:
        with monkeypatch.context() as patched, pytest.raises(SaveFailed):
            patched.setattr(type(case), "record", fail)
            answer_key_question(case, me, KeyAnswer.UNKNOWN, recovery_key)
        assert list(case.key_questions) == [me]
        answer_key_question(case, me, KeyAnswer.UNKNOWN, recovery_key)
        sound(case)


def test_two_colleagues_vouch_for_the_key_of_a_third(case):
    first = case.readers()[0].id
    lost, third = enrol(case, "Dr Haddad", HERS), enrol(case, "Dr Hansen", THIRD)
    give_new_passphrase(case, lost, NEW)
    (waiting,) = find_waiting_keys(case)
    assert (waiting.name, waiting.vouchers) == ("Dr Haddad", ("Dr Okoye",))
    with pytest.raises(KnownError, match="Another examiner"):
        vouch_for_key(case, waiting)
    folder = case.folder
    case.close()
    with pytest.raises(WrongPassphrase):
        open_case(folder, HERS)
    with opened(folder, NEW) as hers:
        assert hers.key_questions[lost.id].vouchers == ("Dr Okoye",)
        with pytest.raises(KeyDiffers):
            writes(hers)
    with opened(folder, THIRD) as thirds:
        vouch_for_key(thirds, find_waiting_keys(thirds)[0])
        with pytest.raises(KnownError, match="no longer waits"):
            vouch_for_key(thirds, replace(waiting, key="00" * 32))
    with opened(folder, NEW) as hers:
        writes(hers)
        assert find_waiting_keys(hers) == []
        last = sound(hers).keys[-1]
        assert (last.examiner, set(last.vouchers)) == (lost.id, {first, third.id})
        vouched = [entry.author for entry in iterate_entries(hers) if entry.act == acts.EXAMINER_KEY_VOUCHED]
        assert len(vouched) == 2


def test_with_two_people_the_recovery_key_is_needed(case):
    lost = enrol(case, "Dr Haddad", HERS)
    with pytest.raises(KnownError, match="two other examiners") as told:
        give_new_passphrase(case, lost, NEW)
    assert "recovery key" in str(told.value)
    assert find_waiting_keys(case) == []
    with pytest.raises(KnownError, match="your own"):
        give_new_passphrase(case, case.readers()[0], NEW)


def test_without_encryption_a_key_file_that_is_gone_is_asked_about(tmp_path):
    case = made_case(tmp_path)
    me = case.readers()[0]
    case.close()
    for name in key_file.KEY_FILE_NAMES:
        (case.folder / name).unlink()
    with opened(case.folder) as again:
        assert again.readers() == [me]
        with pytest.raises(KeyDiffers, match="The key file: none"):
            again.record(Draft(acts.BACKUP_MADE, "x"), me.id)
        answer_key_question(again, me.id, KeyAnswer.UNKNOWN)
        assert load_key_history(again).find_key(me.id) == again.keys.find_public_key(me.id)
        (fault,) = verify_case(again, JobControl()).faults
        assert "not vouched for" in fault.what
