"""A second place of the receipts that does not answer: the window goes on, and what became of it is said."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.qt.entry.papers import ReceiptScreen
from reviewer.services.account.second_place import choose_second_place
from reviewer.services.case import receipt_places
from reviewer.services.case.receipt_places import find_account_place, find_second_place
from tests.support.cases import PASSPHRASE, made_case
from tests.support.patience import PATIENCE
from tests.support.waiting import until


@pytest.fixture
def slow(monkeypatch, tmp_path):
    """A second place that writes once this is set; nobody gives it up in the time of a test."""
    stick, answers, copy_all = tmp_path / "stick", threading.Event(), receipt_places.ReceiptPlace._copy_all
    stick.mkdir()
    choose_second_place(stick)

    def wait_and_copy(place, other):
        assert threading.current_thread() is not threading.main_thread()
        assert answers.wait(PATIENCE)
        return copy_all(place, other)

    monkeypatch.setattr(receipt_places.ReceiptPlace, "_copy_all", wait_and_copy)
    monkeypatch.setattr(receipt_places, "_SECONDS_FOR_SECOND_PLACE", 30.0)
    yield answers
    answers.set()


@pytest.fixture
def reader(desk, slow, tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    case.close()
    reader = desk().unlocks(case.folder, PASSPHRASE)
    reader.session.services.entries_before = 0
    return reader


def is_copied():
    files = list(find_second_place().folder.glob("*.jsonl"))
    return [file.read_bytes() for file in files] == [
        file.read_bytes() for file in find_account_place().folder.glob("*.jsonl")
    ]


def test_the_receipt_is_shown_while_the_second_place_is_written_and_one_leaves_once_it_is(reader, slow):
    reader.window.close_case()
    shown = reader.window.door.page
    assert isinstance(shown, ReceiptScreen), "nobody waited for it"
    assert "is being written" in shown.copied.text()
    QTest.mouseClick(shown.go_on, Qt.MouseButton.LeftButton)
    assert reader.window.door.page is shown, "it is not left before"
    slow.set()
    until(lambda: reader.window.door.page is reader.window.start, "left once it is written")
    assert is_copied()


def test_one_that_fails_is_said_before_one_leaves(reader, slow, tmp_path):
    reader.window.close_case()
    shown = reader.window.door.page
    QTest.keyClick(shown.go_on, Qt.Key.Key_Space)
    (tmp_path / "stick").rename(tmp_path / "away")
    slow.set()
    until(lambda: "it is not connected" in shown.copied.text(), "that it could not be written")
    assert reader.window.door.page is shown
    QTest.mouseClick(shown.go_on, Qt.MouseButton.LeftButton)
    assert reader.window.door.page is reader.window.start


def test_a_lock_hands_over_once_the_receipt_is_copied(reader, slow):
    handed = []

    class Replacement:
        def prepare(self):
            pass

        def take_over(self, left, stay):
            handed.append(is_copied())
            stay()

    reader.window.leaving.replacement = Replacement()
    reader.window.leaving.lock()
    until(lambda: reader.session is None, "locked")
    assert handed == [], "the process stays until then"
    slow.set()
    until(lambda: handed, "handed over")
    assert handed == [True]


def test_leaving_the_program_waits_with_the_window_gone(reader, slow, monkeypatch):
    reader.session.services.entries_before = reader.session.case.counts().entries
    seen, stop = [], reader.window.door._jobs.stop
    monkeypatch.setattr(
        reader.window.door._jobs, "stop", lambda: (seen.append(reader.window.isVisible()), slow.set(), stop())
    )
    reader.window.close()
    assert seen == [False]
    assert is_copied()
