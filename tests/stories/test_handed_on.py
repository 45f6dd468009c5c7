"""What outlives a lock when another process takes over: a second window is given what the first one told.

The process itself is tried in test_locked_means_gone.py; here both windows live in the one of the test.
"""

import dataclasses
import json
import shutil
import sys
import threading
import types

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.qt import successor
from reviewer.qt.entry.papers import ReceiptScreen
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.qt.main_window.resume_point import (
    LockedWindow,
    ResumePoint,
    decode_locked_window,
    encode_locked_window,
)
from reviewer.qt.main_window.succession import WindowSuccession
from reviewer.services.case.stopped_ingests import save_stopped_ingests, take_stopped_ingests
from reviewer.system import succession
from reviewer.system.succession import Line
from tests.support.cases import PASSPHRASE, ingested, made_case, opened, opened_copy
from tests.support.patience import PATIENCE
from tests.support.photos import drive
from tests.support.waiting import until

_NAME, _TYPED = "Branch Canary", "sixteen letters"


@pytest.fixture(scope="module")
def secret(tmp_path_factory, photographs):
    case = made_case(tmp_path_factory.mktemp("secret"), name=_NAME, passphrase=PASSPHRASE)
    ingested(case, photographs)
    case.close()
    return case.folder


@pytest.fixture
def secret_folder(secret, tmp_path):
    return shutil.copytree(secret, tmp_path / "secret.case")


class Handing:
    """In the place of a process: keeps what would be told to it. The window that told it is done with."""

    def __init__(self, reader):
        self.reader, self.told, self.prepared = reader, [], 0
        reader.window.leaving.replacement = self

    def prepare(self):
        self.prepared += 1

    def take_over(self, left, stay):
        self.stay = stay
        self.told.append(encode_locked_window(self.reader.window.describe_locked(left)))

    def to(self, reader):
        """Hand over to another window; the page on which it is unlocked."""
        self.reader.leaves()
        reader.window.show_locked(decode_locked_window(self.told[-1]))
        return reader


def asked(reader):
    until(lambda: isinstance(reader.window.door.page, UnlockScreen), "the page of the lock")
    return reader.window.door.page


def unlocks(reader, words=PASSPHRASE):
    page = asked(reader)
    until(page.open.isEnabled, "a passphrase can be typed")
    page.passphrase.set_text(words)
    page.try_passphrase()
    until(lambda: reader.session is not None, "open")
    return reader


def sits_down(desk, folder, **options):
    reader = desk()
    reader.window.open_folder(folder, **options)
    return unlocks(reader).sees_photo()


def locks(reader):
    handing = Handing(reader)
    reader.presses("Ctrl+L")
    until(lambda: handing.told, "locked and handed over")
    assert reader.session is None
    return handing


def test_screen_place_what_was_typed_and_the_count_of_the_receipt_come_back(desk, secret_folder):
    reader = sits_down(desk, secret_folder)
    before = reader.session.services.entries_before
    reader.presses("1", "Right").sees_photo(1).presses("2").is_saved()
    reader.window.show_screen("problems")
    reader.session.problems._text.setFocus()
    reader.types(_TYPED)
    again = unlocks(locks(reader).to(desk()))
    assert again.window.screen_name == "problems"
    assert again.session.problems._text.text() == _TYPED
    assert again.reader.position == 1
    assert again.session.services.entries_before == before
    again.window.show_screen("read")
    again.sees_photo()
    assert again.terms == ["blunt.bruise"]
    again.presses("Ctrl+Z")
    until(lambda: again.terms == [], "what was done before the lock can be undone")


def test_what_is_told_holds_nothing_of_the_case(desk, secret_folder, tmp_path):
    reader = sits_down(desk, secret_folder)
    reader.presses("1").is_saved()
    reader.session.ingest.start(drive(tmp_path / "a telling name"))
    told = json.loads(locks(reader).told[-1])
    assert set(told) == {field.name for field in dataclasses.fields(LockedWindow)}
    assert set(told["resume"]) == {field.name for field in dataclasses.fields(ResumePoint)}
    assert told["resume"]["case"] == str(secret_folder)
    assert (told["resume"]["examiner"], told["resume"]["screen"]) == ("", "read")
    whole = json.dumps(told)
    for secret in (_NAME, "Okoye", PASSPHRASE, "telling", "drive", ".jpg"):
        assert secret not in whole.replace(str(secret_folder), ""), secret


def test_folders_that_were_ingested_go_on_and_are_forgotten_without_a_lock(desk, secret_folder, tmp_path):
    reader = sits_down(desk, secret_folder)
    had = reader.session.case.counts().photos
    reader.session.ingest.start(drive(tmp_path / "drive"))
    handing = locks(reader)
    again = unlocks(handing.to(desk()))
    until(lambda: again.session.case.counts().photos > had, "the ingest goes on")
    until(lambda: not again.session.ingest.is_running, "to its end")
    save_stopped_ingests(again.session.case, [tmp_path / "drive"])
    again.leaves()
    third = sits_down(desk, secret_folder)
    assert not third.session.ingest.is_running
    assert take_stopped_ingests(third.session.case) == []


def test_a_receipt_that_is_owed_is_shown_without_a_name(desk, secret_folder):
    reader = sits_down(desk, secret_folder)
    reader.presses("1").is_saved()
    again = locks(reader).to(desk())
    QTest.mouseClick(asked(again)._back, Qt.MouseButton.LeftButton)
    until(lambda: isinstance(again.window.door.page, ReceiptScreen), "the receipt")
    text = again.window.door.page.paper.toPlainText()
    assert _NAME not in text
    assert "Head" in text


def test_reading_only_stays_reading_only(desk, secret_folder):
    again = unlocks(locks(sits_down(desk, secret_folder, read_only=True)).to(desk()))
    assert again.session.case.read_only


def test_who_reads_a_case_without_a_passphrase_is_not_asked_again(desk, case_folder):
    reader = desk().opens(case_folder)
    again = locks(reader.sees_photo()).to(desk())
    assert again.window.door._expected == (case_folder, "Dr Okoye")


def test_names_of_folders_in_any_encoding_are_kept(drive_case, tmp_path):
    odd = tmp_path / b"b\xe9ton".decode("utf-8", "surrogateescape")
    with opened_copy(drive_case, tmp_path / "copy") as case:
        save_stopped_ingests(case, [odd, tmp_path])
        assert take_stopped_ingests(case) == [odd, tmp_path]
        case.previews.keep_note("stopped ingests", '{"no": "list"}')
        assert take_stopped_ingests(case) == []


@pytest.mark.parametrize(
    "command", [(sys.executable, "-c", "pass"), ("/nowhere/at/all",)], ids=["it ends", "it cannot be started"]
)
def test_without_a_successor_the_window_stays_locked_and_can_be_unlocked(
    desk, secret_folder, command, monkeypatch, expected_logs
):
    expected_logs.add("the locked window stays in its process")
    start = succession.Successor.__init__
    monkeypatch.setattr(succession.Successor, "__init__", lambda self, line: start(self, line, command))
    reader = sits_down(desk, secret_folder)
    reader.window.leaving.replacement = WindowSuccession(reader.window, reader.post, Line())
    reader.presses("Ctrl+L")
    until(lambda: reader.session is None, "locked")
    unlocks(reader).sees_photo()
    reader.window.leaving.replacement.close()


class Before:
    """The process before, which ends when the test says so."""

    def __init__(self):
        self.is_told, self.ends = False, threading.Event()

    def report_ready(self):
        self.is_told = True

    def wait_until_gone(self):
        self.ends.wait(PATIENCE)

    def end_with_stand_in(self):
        pass


@pytest.mark.parametrize("is_minimized", [False, True], ids=["shown", "minimised"])
def test_a_passphrase_is_taken_once_the_process_before_is_gone(
    desk, qapp, secret_folder, is_minimized, monkeypatch
):
    warmed = []
    monkeypatch.setattr(successor, "warm_up_decoding", lambda: warmed.append(True))
    monkeypatch.setattr(successor, "_PAINTED_BY_MS", 50)
    reader, before = desk(), Before()
    reader.window.hide()
    left = ResumePoint(secret_folder, False, "", "read", "", 2)
    running = types.SimpleNamespace(application=qapp, window=reader.window, post=reader.post)
    taking = successor.TakingOver(running, before, LockedWindow(left, (), not is_minimized, is_minimized))
    until(lambda: before.is_told, "it says that it stands there")
    page = asked(reader)
    assert reader.window.isMinimized() == is_minimized
    assert not page.open.isEnabled()
    assert not page.passphrase.isEnabled()
    before.ends.set()
    until(page.open.isEnabled, "a passphrase is taken")
    until(lambda: warmed, "the decoders are loaded")
    unlocks(reader)
    taking.close()


def test_a_login_that_ends_starts_no_successor(desk, secret_folder):
    reader = sits_down(desk, secret_folder)
    handing = Handing(reader)
    reader.window.leaving.on_login_ending(None)
    until(lambda: reader.session is None, "locked")
    assert (handing.prepared, handing.told) == (0, [])
    with opened(secret_folder, PASSPHRASE):
        pass
