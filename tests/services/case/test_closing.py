"""Closing a case ends what goes on in it, and nobody opens its database with a key that stayed behind."""

import queue
import threading

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import make_portable_name
from reviewer.services.case.backup import back_up
from reviewer.services.jobs import Cancelled, JobControl, post_at_once
from reviewer.storage import ledger
from reviewer.storage.engine import cipher
from reviewer.storage.store import Store
from tests.support.cases import PASSPHRASE, made_case, opened
from tests.support.patience import PATIENCE


def test_a_closed_case_gives_its_key_to_nobody(tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    store, keys = case.store, case.keys
    case.close()
    with pytest.raises(KnownError, match="closed"), store.read():
        pass
    with pytest.raises(KnownError, match="closed"):
        store.copy_to(tmp_path / "copy.db")
    with pytest.raises(KnownError, match="closed"):
        keys.database_key()
    assert not (tmp_path / "copy.db").exists()


def test_jobs_end_with_their_case_and_tell_nobody(tmp_path):
    case, told, began = made_case(tmp_path), [], threading.Event()

    def work(control):
        control.pause()
        began.set()
        control.check()

    job = case.jobs.start(
        "long", work, post_at_once, on_done=told.append, on_cancelled=lambda: told.append("cancelled")
    )
    assert began.wait(PATIENCE)
    assert case.jobs.running() == ["long"]
    case.close()
    assert not job.is_running
    late = case.jobs.start("late", lambda _control: told.append("late"), post_at_once)
    assert not late.is_running
    assert told == []


def test_what_has_ended_is_not_under_way_when_its_end_is_told(tmp_path):
    case, seen, told = made_case(tmp_path), [], threading.Event()

    def done(_result):
        seen.append(case.jobs.running())
        told.set()

    case.jobs.start("short", lambda _control: None, post_at_once, on_done=done)
    assert told.wait(PATIENCE)
    assert seen == [[]]
    case.close()


def test_an_end_that_waits_to_be_told_is_told_to_nobody_after_closing(tmp_path):
    case, told, waiting = made_case(tmp_path), [], queue.Queue()
    case.jobs.start("first", lambda _control: None, waiting.put, on_done=told.append)
    end = waiting.get(timeout=PATIENCE)
    case.jobs.start("second", lambda _control: None, post_at_once)
    case.close()
    end()
    assert told == []


def test_a_backup_is_cancelled_between_its_parts_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(cipher, "_PAGES_AT_ONCE", 1)
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    (tmp_path / "drive").mkdir()
    control, asked = JobControl(), []
    check = control.check

    def counted():
        asked.append(1)
        if len(asked) == 5:
            control.cancel()
        check()

    control.check = counted
    with pytest.raises(Cancelled):
        back_up(case, tmp_path / "drive", case.examiners()[0].id, control)
    assert list((tmp_path / "drive").iterdir()) == []
    case.close()


@pytest.mark.linux
def test_a_backup_has_a_name_that_every_system_can_keep(tmp_path):
    case = made_case(tmp_path)
    case.close()
    (tmp_path / "drive").mkdir()
    with opened(case.folder.rename(tmp_path / f"a: b? {'ش' * 120}.case")) as case:
        made = back_up(case, tmp_path / "drive", case.examiners()[0].id, JobControl())
    assert made.folder.name.startswith("a_ b_ ش")
    assert make_portable_name(made.folder.name) == made.folder.name
    assert made.folder.name.endswith(".case")
    assert " backup 20" in made.folder.name


def test_a_copy_in_parts_is_of_one_moment_while_acts_go_on(tmp_path, monkeypatch):
    monkeypatch.setattr(cipher, "_PAGES_AT_ONCE", 1)
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    examiner = case.examiners()[0].id
    before, parts = case.counts().entries, []

    def act():
        parts.append(1)
        case.record(Draft(acts.CLOCK_SET_BACK, "", {"latest": ""}), examiner)

    case.store.copy_to(tmp_path / "copy.db", act)
    copy = Store(tmp_path / "copy.db", read_only=True, key=case.keys.database_key())
    with copy.read() as connection:
        assert ledger.load_size_and_head(connection)[0] == before
    copy.close()
    assert len(parts) > 3
    assert case.counts().entries == before + len(parts)
    case.close()
