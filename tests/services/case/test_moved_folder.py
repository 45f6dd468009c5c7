"""The folder of an open case is moved, or a copy is put in its place: the program stays with what it opened.

And what could not be noted in the head journal is said for as long as it lasts.
"""

import errno
import hashlib
import os
import shutil
import threading

import pytest

from reviewer.main import main
from reviewer.services.case import writer as writer_module
from reviewer.services.case.enrolment import change_passphrase
from reviewer.services.case.opening import open_case
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.storage.engine import head_journal
from reviewer.system.held_folder import HeldFolder
from tests.support.cases import PASSPHRASE, forget_receipts, made_case, opened, write_mandate
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows does not move a folder with open files")


@pytest.fixture
def case(tmp_path):
    case = made_case(tmp_path)
    yield case
    case.close()


def count_heads(folder):
    return len((folder / head_journal.JOURNAL_NAME).read_bytes().splitlines())


def hashes_in(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_a_case_whose_folder_is_renamed_goes_on_in_it(case, tmp_path):
    before = count_heads(case.folder)
    case.folder.rename(tmp_path / "elsewhere.case")
    write_mandate(case, "one")
    assert case.folder == tmp_path / "elsewhere.case"
    assert count_heads(case.folder) == before + 1
    assert verify_case(case, JobControl()).sound
    case.close()
    assert not (tmp_path / "test.case").exists()
    with opened(tmp_path / "elsewhere.case") as again:
        assert verify_case(again, JobControl()).sound


def test_a_copy_that_is_put_at_the_old_path_is_left_alone_and_not_accused(case, tmp_path):
    """A copy as it lay there an hour ago. It got the journal's new lines, and was told to have lost acts."""
    old, now = case.folder, tmp_path / "elsewhere.case"
    write_mandate(case, "before")
    case.store.checkpoint()
    shutil.copytree(old, tmp_path / "copy")
    old.rename(now)
    (tmp_path / "copy").rename(old)
    before = hashes_in(old)
    with case.store.read() as _held:  # so that a further connection is made
        write_mandate(case, "after")
        assert verify_case(case, JobControl()).sound
    assert hashes_in(old) == before
    with opened(old) as copy:  # nobody holds its lock
        assert copy.notices == []
        assert verify_case(copy, JobControl()).sound
        assert copy.counts().entries == case.counts().entries - 1
    case.close()
    with opened(now) as again:
        assert again.notices == []
        assert verify_case(again, JobControl()).sound


def test_keys_that_are_changed_after_a_move_are_kept_with_the_case(tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    old, now = case.folder, tmp_path / "elsewhere.case"
    old.rename(now)
    shutil.copytree(now, old)
    change_passphrase(case, PASSPHRASE, "another battery horse staple")
    case.close()
    open_case(now, "another battery horse staple").close()
    forget_receipts()
    open_case(old, PASSPHRASE).close()


def test_a_lock_stays_with_the_folder_it_was_taken_in(case, tmp_path):
    case.folder.rename(tmp_path / "elsewhere.case")
    with opened(tmp_path / "elsewhere.case", or_read_only=True) as other:
        assert "open elsewhere" in other.read_only


def test_a_folder_that_is_gone_is_the_last_place_it_was_known_at(tmp_path):
    (tmp_path / "folder").mkdir()
    held = HeldFolder(tmp_path / "folder")
    (tmp_path / "folder").rmdir()
    assert held.locate() == tmp_path / "folder"
    assert not held.has_file("a")
    with pytest.raises(FileNotFoundError):
        held.open_file("a", os.O_RDWR | os.O_CREAT)
    held.close()


def no_room(_handle):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_journal_that_cannot_be_written_is_said_until_it_is_caught_up(case, monkeypatch):
    monkeypatch.setattr(writer_module, "IDLE_SECONDS", 0.001)
    desk, told = ActQueue(case, case.examiners()[0], post_at_once), threading.Event()
    case.on_journal_trouble.connect(lambda _sentence: told.set())
    with monkeypatch.context() as patched:
        patched.setattr(head_journal, "_synchronise", no_room)
        write_mandate(case, "one")
        assert told.wait(PATIENCE)
        assert "(No space left on device)" in desk.state.journal
        assert "All acts are saved" in desk.state.journal
        told.clear()
    assert told.wait(PATIENCE), "it is tried again though nobody writes"
    assert desk.state.journal == ""
    desk.detach()
    assert verify_case(case, JobControl()).sound


def test_a_journal_that_is_no_file_any_more_is_said_as_well(case, monkeypatch):
    """Somebody put a folder in its place: no error of the disk, and as much of a gap."""
    journal = case.folder / head_journal.JOURNAL_NAME
    kept = journal.rename(journal.with_name("kept"))
    journal.mkdir()
    write_mandate(case, "one")
    assert "cannot be written" in case.describe_journal_trouble()
    journal.rmdir()
    kept.rename(journal)
    write_mandate(case, "two")
    assert case.describe_journal_trouble() == ""
    assert verify_case(case, JobControl()).sound


def test_a_case_whose_journal_cannot_be_put_right_at_opening_opens_and_says_so(case, monkeypatch):
    case.close()
    journal = case.folder / head_journal.JOURNAL_NAME
    whole = journal.read_bytes()
    journal.write_bytes(whole[:-5])  # as after a crash
    with monkeypatch.context() as patched:
        patched.setattr(HeldFolder, "open_file", refuse_to_write(HeldFolder.open_file))
        again = open_case(case.folder)
        assert "Permission denied" in ActQueue(again, again.examiners()[0], post_at_once).state.journal
        again.close()
        assert "Permission denied" in again.describe_journal_trouble()
    open_case(case.folder).close()
    assert journal.read_bytes() == whole


def refuse_to_write(open_file):
    def refuse(held, name, flags):
        if name == head_journal.JOURNAL_NAME and flags & os.O_RDWR:
            raise OSError(errno.EACCES, "Permission denied")
        return open_file(held, name, flags)

    return refuse


def test_the_command_line_says_that_the_journal_could_not_be_written(case, monkeypatch, capsys):
    case.close()
    monkeypatch.setattr(head_journal, "_synchronise", no_room)
    assert main(["backup", str(case.folder), str(case.folder.parent)]) == 0
    assert "the head journal beside the database cannot be written (No space left" in capsys.readouterr().err
