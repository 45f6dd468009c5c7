"""Whoever leaves a page while something is being opened or made has left it: nothing stays open behind it.

At each moment of opening: while the key is made, before the lock, once it is held, when all is ready and on
its way, while the list is read. Afterwards the lock is free, the keys are gone, no fault is said, and the
same case opens.
"""

import os
import sys
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.domain.errors import KnownError
from reviewer.keys.key_ring import KeyRing
from reviewer.keys.passphrase import KeyStretching
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.services.case import enrolment, opening
from reviewer.services.jobs import Cancelled, Job, JobControl, Jobs, LatestJob, PostWhileOpen, post_at_once
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage.engine import database
from reviewer.system.lock import WriterLock
from tests.support.cases import PASSPHRASE, made_case, opened
from tests.support.jobs import join_jobs, list_job_threads
from tests.support.patience import PATIENCE
from tests.support.records import csv_text
from tests.support.waiting import until


class Moment:
    """Holds whoever comes to a function up, until told to go on; only the first who comes."""

    def __init__(self, monkeypatch, owner, name):
        self.reached, self._go, self._first = threading.Event(), threading.Event(), True
        works = getattr(owner, name)

        def held(*args, **options):
            if self._first:
                self._first = False
                self.reached.set()
                self._go.wait(PATIENCE)
            return works(*args, **options)

        monkeypatch.setattr(owner, name, held)

    def comes(self):
        until(self.reached.is_set, "the moment")

    def passes(self):
        self._go.set()


MOMENTS = {
    "the key is made": (KeyStretching, "derive_key"),
    "before the lock": (database, "check_database"),
    "the lock is held": (opening, "settle_keys"),
    "the list is read": (Worklist, "load"),
}


@pytest.fixture
def faults(monkeypatch):
    """What would be said as a fault of the program; each test ends without one."""
    found = []
    monkeypatch.setattr(sys, "excepthook", lambda *fault: found.append(fault))
    yield found
    assert found == []


@pytest.fixture
def dropped(monkeypatch):
    """The rings of keys that were made and not forgotten again."""
    held, made, drop = set(), KeyRing.__init__, KeyRing.drop
    monkeypatch.setattr(
        KeyRing, "__init__", lambda ring, *a, **named: (held.add(id(ring)), made(ring, *a, **named))[1]
    )
    monkeypatch.setattr(KeyRing, "drop", lambda ring: (held.discard(id(ring)), drop(ring))[1])
    return held


@pytest.fixture(scope="module")
def secret(tmp_path_factory):
    case = made_case(tmp_path_factory.mktemp("left"), passphrase=PASSPHRASE)
    case.close()
    return case.folder


def asked(reader, folder, meanwhile=lambda: None):
    reader.window.open_folder(folder)
    meanwhile()
    until(lambda: isinstance(reader.window.door.page, UnlockScreen), "the passphrase is asked for")
    page = reader.window.door.page
    page.passphrase.set_text(PASSPHRASE)
    return page


def back(page):
    QTest.mouseClick(page._back, Qt.MouseButton.LeftButton)


def nothing_runs():
    return not list_job_threads()


def is_free(folder):
    lock = WriterLock(folder / "writer.lock")
    lock.take("now")  # raises Held if anybody has it
    lock.release()
    return True


@pytest.mark.parametrize("moment", MOMENTS)
def test_back_gives_up_what_is_being_opened_and_it_opens_again_at_once(
    desk, secret, monkeypatch, faults, dropped, moment
):
    reader = desk()
    page = asked(reader, secret)
    held = Moment(monkeypatch, *MOMENTS[moment])
    page.try_passphrase()
    held.comes()
    if moment == "the list is read":
        held.passes()  # whoever closes the case waits for it
    back(page)
    assert reader.window.door.page is reader.window.start
    again = asked(reader, secret, held.passes)
    again.try_passphrase()
    until(lambda: reader.session is not None, "open again, while the first had hardly ended")
    assert len(dropped) == 1, "only the keys of the case that is open"
    reader.leaves()
    assert nothing_runs() or until(nothing_runs, "all ended") is None
    assert (is_free(secret), dropped) == (True, set())


def test_what_was_ready_and_on_its_way_is_closed(desk, secret, faults, dropped):
    reader = desk()
    page = asked(reader, secret)
    page.try_passphrase()
    page._job.wait()  # the event loop does not turn: its end is posted and not told
    back(page)
    assert is_free(secret)
    assert dropped == set()
    until(nothing_runs, "ended")
    assert reader.session is None
    assert reader.window.start.said == ""


@pytest.mark.parametrize("moment", ["the key is made", "the lock is held"])
def test_leave_the_case_closed_after_a_lock_means_it(desk, secret, monkeypatch, faults, dropped, moment):
    reader = desk()
    asked(reader, secret).try_passphrase()
    until(lambda: reader.session is not None, "open")
    reader.presses("Ctrl+L")
    until(lambda: isinstance(reader.window.door.page, UnlockScreen), "locked")
    page = reader.window.door.page
    until(page.open.isEnabled, "a passphrase can be typed")
    page.passphrase.set_text(PASSPHRASE)
    held = Moment(monkeypatch, *MOMENTS[moment])
    page.try_passphrase()
    held.comes()
    back(page)
    held.passes()
    until(nothing_runs, "ended")
    assert reader.session is None
    assert reader.window.door.page is not page
    assert (is_free(secret), dropped) == (True, set())


def test_a_wrong_passphrase_that_is_told_late_meets_nobody(desk, secret, monkeypatch, faults):
    reader = desk()
    page = asked(reader, secret)
    page.passphrase.set_text("not this one at all")
    held = Moment(monkeypatch, *MOMENTS["the key is made"])
    page.try_passphrase()
    held.comes()
    back(page)
    held.passes()
    until(nothing_runs, "ended")
    assert reader.window.start.said == ""


@pytest.mark.parametrize("moment", ["the key is made", "the lock is held"])
def test_closing_the_window_closes_what_was_being_opened(desk, secret, monkeypatch, faults, dropped, moment):
    reader = desk()
    page = asked(reader, secret)
    held = Moment(monkeypatch, *MOMENTS[moment])
    page.try_passphrase()
    held.comes()
    threading.Timer(0.05, held.passes).start()  # closing waits for it
    reader.leaves()
    assert nothing_runs()
    assert (is_free(secret), dropped) == (True, set())


def test_another_screen_gives_up_the_other_case_that_was_being_opened(
    desk, case_folder, secret, monkeypatch, faults
):
    reader = desk().opens(case_folder)
    session = reader.session
    reader.window.show_screen("start")
    page = asked(reader, secret)
    held = Moment(monkeypatch, *MOMENTS["the lock is held"])
    page.try_passphrase()
    held.comes()
    reader.window.show_screen("read")
    held.passes()
    until(nothing_runs, "ended")
    assert reader.session is session
    assert is_free(secret)
    reader.window.show_screen("start")
    assert page.open.isEnabled(), "it can be tried again"


def test_what_was_to_go_on_after_a_lock_goes_on_in_no_other_case(desk, case_folder, secret, tmp_path):
    """The folders that were being ingested belong to the case that was locked."""
    reader = desk()
    asked(reader, secret).try_passphrase()
    until(lambda: reader.session is not None, "open")
    reader.session.ingest._waiting.append(tmp_path)
    reader.presses("Ctrl+L")
    until(lambda: isinstance(reader.window.door.page, UnlockScreen), "locked")
    back(reader.window.door.page)
    reader.opens(case_folder)
    assert not reader.session.ingest.is_running
    assert [source.path for source in reader.session.case.sources()] != [str(tmp_path)]


# making a case


def making(reader, folder):
    start = reader.window.start
    start.show_form()
    start.form.name.setText("New")
    start.form.examiner.setText("Dr N")
    start.form.folder.setText(str(folder))
    start.form.words.set_text(PASSPHRASE)
    start.form.again.set_text(PASSPHRASE)
    start.form.submit()
    return start


@pytest.mark.parametrize("ready", [False, True])
def test_a_case_that_was_being_made_when_the_page_was_left_is_not_there(
    desk, case_folder, tmp_path, monkeypatch, faults, dropped, ready
):
    """Its recovery key was never shown; the same name can be taken again."""
    reader = desk().opens(case_folder)
    before = set(dropped)
    reader.window.show_screen("start")
    if ready:
        making(reader, tmp_path)._job.wait()  # the event loop does not turn
        reader.window.show_screen("read")
    else:
        held = Moment(monkeypatch, *MOMENTS["the key is made"])
        making(reader, tmp_path)
        held.comes()
        reader.window.show_screen("read")
        held.passes()
    until(nothing_runs, "ended")
    assert not (tmp_path / "New.case").exists()
    assert dropped == before
    reader.window.show_screen("start")
    making(reader, tmp_path)
    until(lambda: reader.window.door.page is not reader.window.start, "made, its recovery key is shown")


def test_what_is_no_new_case_any_more_stays(tmp_path):
    case = made_case(tmp_path)
    enrolment.enrol(case, "Dr Second")
    opening.discard_new_case(case)
    with opened(case.folder) as again:
        assert len(again.examiners()) == 2


def test_a_new_case_leaves_what_is_not_its_own(tmp_path):
    case = made_case(tmp_path)
    (case.folder / "notes.txt").write_text("mine")
    opening.discard_new_case(case)
    assert os.listdir(case.folder) == ["notes.txt"]


# within a case


@pytest.mark.parametrize(
    "work",
    [
        lambda case, check: enrolment.enrol(case, "Dr Late", "a passphrase of Late", check),
        lambda case, check: enrolment.change_passphrase(
            case, PASSPHRASE, "another one kept altogether apart", check
        ),
        lambda case, check: enrolment.make_recovery_key(case, check),
    ],
)
def test_a_change_of_keys_that_is_given_up_changes_nothing(secret, work):
    def gone():
        raise Cancelled

    with opened(secret, PASSPHRASE) as case:
        before, file = case.counts().entries, case.keys.file
        with pytest.raises(Cancelled):
            work(case, gone)
        assert case.counts().entries == before
        assert case.keys.file.slots == file.slots
        assert case.keys.file.recovery == file.recovery
    with opened(secret, PASSPHRASE):
        pass


def test_back_from_a_file_of_records_that_is_being_read(desk, case_folder, tmp_path, monkeypatch, faults):
    from reviewer.qt.records import load_panel

    path = tmp_path / "list.csv"
    path.write_text(csv_text(), encoding="utf-8")
    reader = desk().opens(case_folder)
    reader.window.show_screen("records")
    screen = reader.session.records
    held = Moment(monkeypatch, load_panel, "preview_file")
    screen.open_file(path)
    held.comes()
    reader.presses("Esc")
    assert screen.is_listing
    screen.open_file(path)
    held.passes()
    until(lambda: screen.panel.preview is not None and not screen.panel.is_running, "read at once, again")


# the mechanism


def test_what_is_given_up_is_disposed_of_once_and_told_to_nobody():
    told, disposed, posted = [], [], []
    for give_up_first in (True, False):
        ready = threading.Event()
        job = Job(
            "work",
            lambda _control, ready=ready: ready.wait(PATIENCE) and "made",
            posted.append,
            on_done=told.append,
            dispose=disposed.append,
        )
        job.start()
        if give_up_first:
            job.abandon()
            ready.set()
            job.wait()
        else:
            ready.set()
            job.wait()
            job.abandon()
        job.abandon()
        for each in posted:
            each()
    assert (told, disposed) == ([], ["made", "made"])


def test_what_comes_after_something_given_up_waits_for_its_end():
    jobs, order, go = Jobs(), [], threading.Event()

    def slow(_control):
        go.wait(PATIENCE)
        order.append("first")

    latest = LatestJob(jobs)
    latest.start("one", slow, post_at_once)
    latest.start("two", lambda _control: order.append("second"), post_at_once)
    latest.start("three", lambda _control: order.append("third"), post_at_once)
    go.set()
    join_jobs()
    assert order == ["first", "third"], "what was given up while it waited does not begin"
    jobs.stop()


def test_what_fails_while_it_is_disposed_of_is_logged(expected_logs, caplog):
    expected_logs.add("what a job brought could not be disposed of")

    def fails(_result):
        raise KnownError("full")

    job = Job("one", lambda _control: 1, lambda _work: None, dispose=fails)
    job.start()
    job.abandon()
    job.wait()
    assert "could not be disposed of" in caplog.text


def test_a_post_that_is_shut_tells_nothing_that_was_on_its_way():
    posted, told = [], []
    post = PostWhileOpen(posted.append)
    post(lambda: told.append(1))
    posted.pop()()
    post(lambda: told.append(2))
    post.shut()
    posted.pop()()
    assert told == [1]


def test_opening_that_is_cancelled_takes_no_lock(secret):
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        opening.open_case(secret, PASSPHRASE, check=control.check)
    assert is_free(secret)
