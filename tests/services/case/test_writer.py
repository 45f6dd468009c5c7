"""The writer and the desk: acts in order, nothing lost, everything said."""

import threading
from contextlib import contextmanager

import pytest

from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import CaseBusy, CaseUnusable, KnownError
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.services.case import writer as writer_module
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.opening import create_case, open_case
from reviewer.services.case.writer import Writer
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.storage.store import DatabaseFault, SaveFailed, record_draft
from tests.support.cases import made_case, pen
from tests.support.patience import PATIENCE
from tests.support.posting import PostQueue

VERSION = "1.0.0"


class FailingStore:
    """A store whose transactions fail until they are allowed to succeed."""

    journal_trouble = ""

    def __init__(self):
        self.full = threading.Event()
        self.tidied = threading.Event()

    def checkpoint(self):
        self.tidied.set()

    def catch_up_journal(self):
        pass

    @contextmanager
    def write(self):
        yield self
        if self.full.is_set():
            raise SaveFailed("Not saved: database or disk is full.")


def test_a_failed_commit_is_tried_again_in_order_and_told(monkeypatch, expected_logs):
    expected_logs.add("a commit failed")
    monkeypatch.setattr(writer_module, "SECONDS_BETWEEN_TRIES", 0.001)
    store, troubles, done = FailingStore(), [], []

    def on_trouble(trouble):
        troubles.append(trouble)
        if len(troubles) == 3:
            store.full.clear()

    store.full.set()
    writer = Writer(store, on_trouble)
    futures = [writer.enqueue_act(lambda _c, n=n: n) for n in range(5)]
    for future in futures:
        done.append(future.result(PATIENCE))
    writer.close()
    assert done == [0, 1, 2, 3, 4]
    assert troubles[0].reason == "Not saved: database or disk is full."
    assert troubles[0].waiting >= 1
    assert troubles[-1] is None


def test_acts_go_before_batches():
    store, order, hold = FailingStore(), [], threading.Event()
    writer = Writer(store, lambda _trouble: None)
    writer.enqueue_batch(lambda _c: hold.wait(PATIENCE))
    later = [writer.enqueue_batch(lambda _c: order.append("batch")) for _ in range(2)]
    act = writer.enqueue_act(lambda _c: order.append("act"))
    hold.set()
    act.result(PATIENCE)
    for future in later:
        future.result(PATIENCE)
    writer.close()
    assert order == ["act", "batch", "batch"]


def test_the_log_is_folded_in_when_nothing_comes(monkeypatch):
    monkeypatch.setattr(writer_module, "IDLE_SECONDS", 0.001)
    store = FailingStore()
    writer = Writer(store, lambda _trouble: None)
    writer.enqueue_act(lambda _c: None).result(PATIENCE)
    assert store.tidied.wait(PATIENCE)
    writer.close()


def test_a_batch_is_not_tried_again(expected_logs):
    expected_logs.add("a commit failed")
    store = FailingStore()
    store.full.set()
    writer = Writer(store, lambda _trouble: None)
    with pytest.raises(SaveFailed):
        writer.enqueue_batch(lambda _c: None).result(PATIENCE)
    writer.close()


def tag(desk, photo, number):
    desk.submit(
        finding_commands.add_finding(desk.reading(photo), Finding(f"f{number}", "blunt.bruise", VERSION))
    )


def test_an_act_is_shown_at_once_and_called_saved_after_its_commit(case):
    changes, states, post = [], [], PostQueue()
    desk = ActQueue(case, case.examiners()[0], post)
    desk.on_change.connect(lambda change: changes.append(change.how))
    desk.on_save_state.connect(states.append)
    tag(desk, "a" * 64, 1)
    assert changes == ["pending"]
    post.run_until(lambda: not desk.waiting)
    assert changes == ["pending", "saved"]
    assert states[-1].saved_at is not None
    assert desk.pending("a" * 64) == 0
    desk.detach()


def test_five_hundred_acts_over_fifty_photos_are_undone_and_redone_across_restarts(tmp_path):
    case = made_case(tmp_path)
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    photos = [f"{number:064x}" for number in range(50)]
    for number in range(500):
        tag(desk, photos[number % 50], number)
    case.writer.drain()
    done = [desk.reading(photo) for photo in photos]
    assert case.close() == 0
    for step, expected in (("undo", [Reading(done[0].examiner, photo) for photo in photos]), ("redo", done)):
        case = open_case(case.folder)
        desk = ActQueue(case, case.examiners()[0], post_at_once)
        for _ in range(500):
            getattr(desk, step)()
        case.writer.drain()
        assert [desk.reading(photo) for photo in photos] == expected
        refused = []
        desk.on_refused.connect(refused.append)
        getattr(desk, step)()
        case.writer.drain()
        assert [str(error) for error in refused] == [f"There is nothing to {step}."]
        assert verify_case(case, JobControl()).sound
        case.close()


def test_an_act_that_can_never_be_kept_is_a_fault_and_does_not_hold_up_the_others(case):
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    twice = Finding("f1", "blunt.bruise", VERSION)
    desk.submit(finding_commands.add_finding(desk.reading("a" * 64), twice)).result(PATIENCE)
    with pytest.raises(DatabaseFault):
        case.writer.enqueue_act(
            lambda c: record_draft(
                c,
                finding_commands.add_finding(Reading("x", "b" * 64), twice),
                pen("x"),
                "2026-01-01T00:00:00+00:00",
            )
        ).result(PATIENCE)
    desk.submit(finding_commands.write_note(desk.reading("a" * 64), "still saved")).result(PATIENCE)
    assert verify_case(case, JobControl()).sound
    desk.detach()


def test_two_examiners_undo_only_their_own(case):
    first, second = case.examiners()[0], enrol(case, "Dr Hansen")
    desks = [ActQueue(case, each, post_at_once) for each in (first, second)]
    for number, desk in enumerate(desks):
        tag(desk, "a" * 64, number)
    case.writer.drain()
    desks[0].undo()
    case.writer.drain()
    assert desks[0].reading("a" * 64).findings == ()
    assert len(desks[1].reading("a" * 64).findings) == 1
    assert enrol(case, "dr hansen") == second


def test_one_writer_per_case(case):
    with pytest.raises(CaseBusy, match="open elsewhere"):
        open_case(case.folder)
    other = open_case(case.folder, or_read_only=True)
    assert "open elsewhere" in other.read_only
    desk = ActQueue(other, other.examiners()[0], post_at_once)
    with pytest.raises(KnownError, match="reading only"):
        tag(desk, "a" * 64, 1)
    other.close()


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "a\u202eb", "x" * 201])
def test_names_that_cannot_stand(tmp_path, name):
    with pytest.raises(KnownError):
        create_case(tmp_path / "a.case", name, "Dr Okoye", None)
    with pytest.raises(KnownError):
        create_case(tmp_path / "a.case", "A", name, None)


def test_a_folder_that_is_in_use_becomes_no_case(tmp_path):
    (tmp_path / "a.case").mkdir()
    (tmp_path / "a.case" / "file").write_text("x")
    with pytest.raises(CaseUnusable, match="not empty"):
        create_case(tmp_path / "a.case", "A", "B", None)
    with pytest.raises(CaseUnusable, match="no case"):
        open_case(tmp_path / "b.case")


def test_after_closing_only_the_database_is_left_of_the_database(tmp_path):
    case = made_case(tmp_path)
    case.close()
    names = sorted(path.name for path in case.folder.iterdir())
    assert names == [
        "case.db",
        "heads.journal",
        "keys-copy.json",
        "keys.json",
        "previews.db",
        "writer.lock",
    ]
