"""What was committed is remembered beside the database, and its loss is found and named."""

import errno
import os
import random
import shutil

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.errors import LedgerDamaged
from reviewer.domain.ledger.entry import Draft
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.opening import open_case
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from reviewer.storage.engine import database
from reviewer.storage.engine.head_journal import JOURNAL_NAME
from reviewer.storage.store import Store, record_draft
from tests.support.cases import made_case, opened, pen

AT = "2026-01-01T00:00:00.000+00:00"


def act(store, number):
    with store.write() as connection:
        record_draft(
            connection, Draft(acts.EXAMINER_ENROLLED, f"e{number}", {"name": f"n{number}"}), pen("a"), AT
        )


@pytest.fixture
def busy(tmp_path):
    """A store with forty commits, copied as they lie on disk while it is open, nothing folded in."""
    (tmp_path / "live").mkdir()
    database.create_database(tmp_path / "live" / "case.db")
    store = Store(tmp_path / "live" / "case.db", read_only=False)
    for number in range(40):
        act(store, number)
    shutil.copytree(tmp_path / "live", tmp_path / "copy")
    store.close()
    return tmp_path / "copy"


def checked(folder):
    store = Store(folder / "case.db", read_only=False)
    try:
        store.check_head()
    finally:
        store.close()


def entries(folder):
    store = Store(folder / "case.db", read_only=True)
    try:
        with store.read() as connection:
            return connection.exec_driver_sql("SELECT count(*) FROM ledger").scalar_one()
    finally:
        store.close()


def test_a_copy_as_it_lies_on_disk_is_sound(busy):
    assert len((busy / JOURNAL_NAME).read_text().splitlines()) == 40
    checked(busy)
    assert entries(busy) == 40


def test_a_rotten_bit_in_the_write_ahead_log_is_found(busy, tmp_path):
    """SQLite itself opens each of these without a word, with fewer commits than were made."""
    rng, lost = random.Random(5), 0
    for number in range(60):
        folder = tmp_path / f"flip {number}"
        shutil.copytree(busy, folder)
        log = folder / "case.db-wal"
        content = bytearray(log.read_bytes())
        content[rng.randrange(32, len(content))] ^= 1 << rng.randrange(8)
        log.write_bytes(content)
        try:
            checked(folder)
        except LedgerDamaged as error:
            assert "was committed and is gone" in str(error)
            assert entries(folder) < 40
            lost += 1
        else:
            assert entries(folder) == 40
    assert lost


def test_an_older_copy_of_the_database_that_is_put_back_is_found(tmp_path):
    case = made_case(tmp_path)
    folder = case.folder
    case.close()
    shutil.copy(folder / "case.db", tmp_path / "old.db")
    with opened(folder) as case:
        enrol(case, "Dr Lindqvist")
    shutil.copy(tmp_path / "old.db", folder / "case.db")
    with pytest.raises(LedgerDamaged, match="older copy"):
        open_case(folder)
    with opened(folder, read_only=True) as case:
        verdict = verify_case(case, JobControl())
        assert any("was committed and is gone" in fault.what for fault in verdict.faults)


def test_a_crash_between_commit_and_journal_is_no_damage(busy):
    lines = (busy / JOURNAL_NAME).read_bytes().splitlines(keepends=True)
    (busy / JOURNAL_NAME).write_bytes(b"".join(lines[:-2]) + lines[-2][:20])
    checked(busy)
    assert (busy / JOURNAL_NAME).read_bytes().splitlines(keepends=True)[-1] == lines[-1]
    checked(busy)


def test_a_case_without_a_journal_gets_one(tmp_path):
    case = made_case(tmp_path)
    folder = case.folder
    case.close()
    os.unlink(folder / JOURNAL_NAME)
    with opened(folder) as case:
        assert verify_case(case, JobControl()).sound
    assert len((folder / JOURNAL_NAME).read_text().splitlines()) == 1


@pytest.mark.parametrize("where", ["position", "hash", "separator"])
def test_a_changed_line_of_the_journal_is_named(tmp_path, where):
    case = made_case(tmp_path)
    enrol(case, "Dr Lindqvist")
    folder = case.folder
    case.close()
    lines = (folder / JOURNAL_NAME).read_bytes().splitlines(keepends=True)
    place = {"position": 0, "hash": 20, "separator": 1}[where]
    spoilt = bytearray(lines[0])
    spoilt[place] ^= 4
    (folder / JOURNAL_NAME).write_bytes(bytes(spoilt) + b"".join(lines[1:]))
    with opened(folder, read_only=True) as case:
        assert not verify_case(case, JobControl()).sound


def test_half_a_line_is_taken_back_when_the_disk_fills_up_within_it(tmp_path, monkeypatch):
    case = made_case(tmp_path)
    before = (case.folder / JOURNAL_NAME).read_bytes()
    write = os.write
    with monkeypatch.context() as patched:
        patched.setattr("reviewer.storage.engine.head_journal.os.write", lambda h, line: write(h, line[:30]))
        enrol(case, "Dr Lindqvist")
        assert (case.folder / JOURNAL_NAME).read_bytes() == before
    enrol(case, "Dr Haddad")
    assert verify_case(case, JobControl()).sound
    assert len((case.folder / JOURNAL_NAME).read_bytes().splitlines()) == len(before.splitlines()) + 1
    case.close()


def test_a_line_that_was_written_and_not_synchronised_is_not_written_twice(tmp_path, monkeypatch):
    """The drive answers the synchronisation with an error, and the case is closed before the next act."""
    case = made_case(tmp_path)
    with monkeypatch.context() as patched:

        def fails(_handle):
            raise OSError(errno.EIO, "no")

        patched.setattr("reviewer.storage.engine.head_journal._synchronise", fails)
        enrol(case, "Dr Lindqvist")
    case.close()
    lines = (case.folder / JOURNAL_NAME).read_bytes().splitlines()
    assert len(lines) == len(set(lines))
    with opened(case.folder) as again:
        assert verify_case(again, JobControl()).sound


def test_a_journal_that_cannot_be_written_loses_no_act(tmp_path, monkeypatch):
    case = made_case(tmp_path)
    path = case.folder / JOURNAL_NAME
    before = path.read_bytes()

    def full(_handle, _content):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("reviewer.storage.engine.head_journal.os.write", full)
        enrol(case, "Dr Lindqvist")
        assert path.read_bytes() == before
    assert len(case.examiners()) == 2
    case.close()
    assert path.read_bytes() != before
    with opened(case.folder) as again:
        assert verify_case(again, JobControl()).sound
