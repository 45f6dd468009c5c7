"""Access that ends: who is removed, and what a changed case key leaves of old key files and old secrets."""

import shutil
from dataclasses import replace

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import KnownError, LedgerDamaged, WrongPassphrase
from reviewer.keys import key_file
from reviewer.keys.key_ring import open_key_ring
from reviewer.services.case import case_key
from reviewer.services.case.case_key import (
    KeyChangeReason,
    change_case_key,
    find_left_out,
    find_wanted_change,
    give_up_wanted_change,
    remove_examiner,
)
from reviewer.services.case.enrolment import change_passphrase, enrol, replace_lost_passphrase
from reviewer.services.case.history import iterate_entries
from reviewer.services.case.opening import open_case
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import Cancelled, JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.storage.engine import cipher
from reviewer.storage.engine.kept_copies import is_opened_by
from tests.support.cases import PASSPHRASE, made_case, opened

OTHER, THIRD = "seven quiet rooms by the sea", "eleven grey stones in the rain"


@pytest.fixture
def two(tmp_path):
    """The folder of a closed case of Dr Okoye and Dr Hansen, and its recovery key."""
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    enrol(case, "Dr Hansen", OTHER)
    enrol(case, "Dr Adeyemi", THIRD)
    recovery_key = case.recovery_key
    case.previews.keep_note("place", "here")
    case.close()
    return case.folder, recovery_key


def person(case, name):
    return next(examiner for examiner in case.examiners() if examiner.name == name)


def write_note(case, examiner, photo):
    queue = ActQueue(case, examiner, post_at_once)
    return queue.submit(finding_commands.write_note(queue.reading(photo), "a note")).result()


def remove_hansen(case):
    author = case.readers()[0].id
    remove_examiner(case, person(case, "Dr Hansen"), "left the institute", author)
    return change_case_key(case, KeyChangeReason.REMOVED, JobControl())


def test_who_was_removed_opens_nothing_and_the_others_go_on_with_their_passphrases(two):
    folder, recovery_key = two
    with opened(folder, PASSPHRASE) as case:
        made = remove_hansen(case)
        write_note(case, case.readers()[0], "a" * 64)
        assert case.previews.load_note("place") == "here"
        assert made.recovery_key != recovery_key and made.left_behind == ()
    for words in (OTHER, recovery_key):
        with pytest.raises(WrongPassphrase):
            open_case(folder, words)
    for words in (PASSPHRASE, THIRD, PASSPHRASE):
        with opened(folder, words) as case:
            assert verify_case(case, JobControl()).sound
            assert case.previews.load_note("place") == "here"
            assert find_wanted_change(case) is None
            assert all(not slot.sent for slot in case.keys.file.slots if slot.examiner == case.keys.examiner)
    with opened(folder, made.recovery_key) as case:
        done = [entry.act for entry in iterate_entries(case)]
    at = done.index(acts.EXAMINER_REMOVED)
    assert done[at : at + 3] == [acts.EXAMINER_REMOVED, acts.CASE_KEY_CHANGED, acts.RECOVERY_KEY_MADE]


def test_old_key_files_with_all_old_secrets_open_nothing_newer(two, tmp_path):
    folder, recovery_key = two
    old = [(tmp_path / "keys 0.json", (PASSPHRASE, OTHER, THIRD, recovery_key))]
    shutil.copy(folder / "keys.json", old[0][0])
    words = PASSPHRASE
    for number in range(1, 4):
        with opened(folder, words) as case:
            new = f"quiet river stone lamp {number}"
            change_passphrase(case, words, new)
            words = new
            old.append((tmp_path / f"keys {number}.json", (words, OTHER, THIRD, recovery_key)))
            shutil.copy(folder / "keys.json", old[-1][0])
    with opened(folder, words) as case:
        change_case_key(case, KeyChangeReason.LOST, JobControl())
    for path, secrets in old:
        tried = shutil.copytree(folder, tmp_path / f"tried {path.stem}")
        for name in key_file.KEY_FILE_NAMES:
            shutil.copy(path, tried / name)
        for secret in secrets:
            with pytest.raises((WrongPassphrase, LedgerDamaged)):
                open_case(tried, secret)
    for passed in (PASSPHRASE, recovery_key):
        with pytest.raises(WrongPassphrase):
            open_case(folder, passed)
    opened_again = open_case(folder, words)
    opened_again.close()


def test_acts_of_a_reader_and_reading_go_on_while_the_key_is_changed(two, monkeypatch):
    folder, _recovery = two
    monkeypatch.setattr(cipher, "PAGES_IN_A_STEP", 8)
    with opened(folder, PASSPHRASE) as case:
        queue = ActQueue(case, case.readers()[0], post_at_once)
        sent = []

        class Reading(JobControl):
            def check(self):
                if len(sent) < 5:
                    note = finding_commands.write_note(queue.reading(f"{len(sent):064x}"), "while")
                    sent.append(queue.submit(note))
                case.counts()

        change_case_key(case, KeyChangeReason.ASKED, Reading())
        hashes = [act.result().entry.hash for act in sent]
    with opened(folder, THIRD) as case:
        assert len(hashes) == 5
        assert set(hashes) <= {entry.hash for entry in iterate_entries(case)}
        assert verify_case(case, JobControl()).sound


def test_a_change_that_is_given_up_leaves_everything_as_it_was(two):
    folder, recovery_key = two
    with opened(folder, PASSPHRASE) as case:
        before = case.keys.file
        control = JobControl()
        control.cancel()
        with pytest.raises(Exception, match=r"^$"):
            change_case_key(case, KeyChangeReason.ASKED, control)
        assert case.keys.file == before
        assert not list(folder.glob("*changing*"))
    with opened(folder, recovery_key) as case:
        assert verify_case(case, JobControl()).sound


def test_nobody_removes_themselves_or_somebody_twice_and_nobody_comes_back_by_the_recovery_key(two):
    folder, _recovery = two
    with opened(folder, PASSPHRASE) as case:
        author = case.readers()[0]
        for who, why, said in (
            (author, "x", "removes themselves"),
            (person(case, "Dr Hansen"), "  ", "Say why"),
        ):
            with pytest.raises(KnownError, match=said):
                remove_examiner(case, who, why, author.id)
        hansen, made = person(case, "Dr Hansen"), remove_hansen(case)
        with pytest.raises(KnownError, match="was removed before"):
            remove_examiner(case, hansen, "again", author.id)
        with pytest.raises(KnownError, match="was removed from this case on"):
            enrol(case, "dr hansen", "a passphrase nobody has thought of")
    with opened(folder, made.recovery_key) as case, pytest.raises(KnownError, match="was removed from this"):
        replace_lost_passphrase(case, hansen, "a passphrase nobody has thought of")


def test_an_entry_by_somebody_who_was_removed_is_named(two):
    folder, _recovery = two
    with opened(folder, PASSPHRASE) as case:
        hansen = person(case, "Dr Hansen")
        theirs = open_key_ring(key_file.load_key_file(folder), OTHER)
        remove_hansen(case)
        case.keys._signing.update(theirs._signing)
        write_note(case, hansen, "b" * 64)
        faults = verify_case(case, JobControl()).faults
        assert any("its author was removed before" in fault.what for fault in faults)


def test_who_never_opened_the_case_since_keys_can_be_sent_is_named_before_anything_is_done(two):
    folder, _recovery = two
    kept = key_file.load_key_file(folder)
    slots = tuple(replace(slot, sealing_public=b"", sealing_key=None) for slot in kept.slots)
    key_file.save_key_file(folder, replace(kept, slots=slots))
    with opened(folder, PASSPHRASE) as case:
        assert find_left_out(case) == ["Dr Hansen", "Dr Adeyemi"]
        with pytest.raises(KnownError, match="so far: Dr Hansen, Dr Adeyemi"):
            change_case_key(case, KeyChangeReason.LOST, JobControl())
    for words in (OTHER, THIRD):
        opened_once = open_case(folder, words)
        opened_once.close()
    with opened(folder, PASSPHRASE) as case:
        assert find_left_out(case) == []
        change_case_key(case, KeyChangeReason.LOST, JobControl())


def test_another_program_that_reads_sees_the_state_of_before_or_stops_the_change_and_breaks_nothing(two):
    folder, _recovery = two
    with opened(folder, PASSPHRASE) as case, opened(folder, THIRD, read_only=True) as elsewhere:
        with elsewhere.store.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM ledger").fetchall()
            write_note(case, case.readers()[0], "c" * 64)
            with pytest.raises(KnownError, match="another program reads the case"):
                change_case_key(case, KeyChangeReason.ASKED, JobControl())
        write_note(case, case.readers()[0], "d" * 64)
        before = elsewhere.counts().entries
        change_case_key(case, KeyChangeReason.ASKED, JobControl())
        write_note(case, case.readers()[0], "e" * 64)
        assert elsewhere.counts().entries == before
    with opened(folder, THIRD) as case:
        assert case.counts().entries > before
        assert verify_case(case, JobControl()).sound


COPY = "case-before-1.6-from-1.5.db"


def lies_beside(folder, case):
    """A copy as a change of the format leaves it, under the key of now."""
    with case.store.read() as connection:
        raw = connection.connection.dbapi_connection
        cipher.copy_database(raw, folder / COPY, case.keys.database_key())


def test_a_copy_from_before_its_format_changed_is_opened_by_the_new_key_and_by_no_old_one(two):
    folder, _recovery = two
    with opened(folder, PASSPHRASE) as case:
        lies_beside(folder, case)
        (folder / "case-before-1.4-from-1.3.db").write_bytes(b"not under any key of this case")
        before, old = entries_of(folder / COPY, case.keys.database_key()), case.keys.database_key()
        made = change_case_key(case, KeyChangeReason.LOST, JobControl())
        assert made.left_behind == ("case-before-1.4-from-1.3.db",)
        assert not is_opened_by(folder / COPY, old)
        assert entries_of(folder / COPY, case.keys.database_key()) == before > 0
    assert sorted(path.name for path in folder.glob("case-before*")) == ["case-before-1.4-from-1.3.db", COPY]


def entries_of(path, key):
    connection = cipher.connect(path, "rw", key)
    try:
        return connection.execute("SELECT count(*) FROM ledger").fetchone()[0]
    finally:
        connection.close()


@pytest.mark.parametrize("how", ["before the last moment", "after it"])
def test_a_change_cut_off_leaves_each_copy_once_under_the_key_of_the_database(two, monkeypatch, how):
    folder, _recovery = two
    with opened(folder, PASSPHRASE) as case:
        lies_beside(folder, case)
        old = case.keys.database_key()

        def is_killed(*_arguments):
            raise SystemExit

        with monkeypatch.context() as cut:
            cut.setattr(case_key, "_settle_kept_copies", lambda _case: None)
            place = "_encrypt_anew" if how.startswith("before") else "record_key_changes"
            cut.setattr(case_key, place, is_killed)
            with pytest.raises(SystemExit):
                change_case_key(case, KeyChangeReason.LOST, JobControl())
        assert (folder / f"{COPY}.changed").exists()
    with opened(folder, PASSPHRASE) as case:
        assert (case.keys.database_key() == old) is how.startswith("before")
        assert [path.name for path in folder.glob("case-before*")] == [COPY]
        assert is_opened_by(folder / COPY, case.keys.database_key())


def test_a_change_that_was_cut_off_is_wanted_until_it_is_made_or_given_up(two):
    folder, _recovery = two
    with opened(folder, PASSPHRASE) as case:
        author, control = case.keys.examiner, JobControl()
        control.cancel()
        with pytest.raises(Cancelled):
            change_case_key(case, KeyChangeReason.LOST, control)
    with opened(folder, PASSPHRASE) as case:
        assert any("was to be changed" in notice for notice in case.notices)
        assert find_wanted_change(case) is KeyChangeReason.LOST
        give_up_wanted_change(case, author)
        assert find_wanted_change(case) is None
        remove_examiner(case, person(case, "Dr Hansen"), "left", author)
        give_up_wanted_change(case, author)
        assert find_wanted_change(case) is KeyChangeReason.REMOVED
        done = [entry.act for entry in iterate_entries(case)]
        assert done.count(acts.CASE_KEY_CHANGE_WANTED) == 2
        change_case_key(case, KeyChangeReason.REMOVED, JobControl())
        assert find_wanted_change(case) is None
        assert verify_case(case, JobControl()).sound
