"""An older copy of a case was put back: the window says so before anything of the case is seen."""

import shutil
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Draft
from reviewer.qt.entry.knows_less import KnowsLessScreen
from reviewer.qt.entry.papers import ReceiptScreen
from reviewer.qt.entry.start import StartScreen
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.services.account.second_place import choose_second_place
from reviewer.services.case.open_case import OpenCase
from tests.support.cases import PASSPHRASE, made_case, opened
from tests.support.rewriting import entries_of
from tests.support.waiting import until

NAME = "Canary case"


@pytest.fixture
def older(tmp_path):
    """An encrypted case, put back as it was before its last act."""
    case = made_case(tmp_path, NAME, passphrase=PASSPHRASE)
    case.close()
    copy = shutil.copytree(case.folder, tmp_path / "older")
    writes(case.folder)
    shutil.rmtree(case.folder)
    shutil.copytree(copy, case.folder)
    return case.folder


def writes(folder):
    with opened(folder, PASSPHRASE) as case:
        body = {"mandate": "to look", "limits": ""}
        case.record(Draft(acts.MANDATE_WRITTEN, case.id, body), case.readers()[0].id)


def page(reader, kind):
    until(lambda: isinstance(reader.window.door.page, kind), kind.__name__)
    return reader.window.door.page


def unlocks(reader, folder):
    reader.window.open_folder(folder)
    asked = page(reader, UnlockScreen)
    asked.passphrase.set_text(PASSPHRASE)
    asked.try_passphrase()


def shown_words(reader):
    return " ".join(label.text() for label in reader.window.findChildren(QLabel) if label.isVisible())


def clicks(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_is_said_judged_and_asked_no_more(desk, older):
    reader = desk()
    unlocks(reader, older)
    asked = page(reader, KnowsLessScreen)
    words = shown_words(reader)
    assert "it had 3 entries on " in words
    assert "and 2 are here" in words
    assert NAME not in words + reader.window.windowTitle()
    assert reader.session is None
    assert not asked.judge.isEnabled()
    asked.reason.setFocus()
    reader.types("the backup of Monday")
    reader.presses("Enter")
    until(lambda: reader.session is not None, "the case is open")
    (judged,) = [entry for entry in entries_of(reader.session.case) if entry.act == acts.RECEIPT_JUDGED]
    assert judged.author == reader.session.examiner.id
    assert judged.body["reason"] == "the backup of Monday"
    reader.session.services.entries_before = 0  # as if more had been recorded
    reader.window.close_case()
    assert "kept in this account" in shown_words(reader)
    clicks(page(reader, ReceiptScreen).go_on)
    unlocks(reader, older)
    until(lambda: reader.session is not None, "the case is open, and nothing was asked")


def test_it_is_opened_for_reading_only_and_the_header_says_why(desk, older, monkeypatch):
    reader, threads, become_read_only = desk(), [], OpenCase.become_read_only

    def note_thread(case, reason):
        threads.append(threading.current_thread())
        become_read_only(case, reason)

    monkeypatch.setattr(OpenCase, "become_read_only", note_thread)
    unlocks(reader, older)
    clicks(page(reader, KnowsLessScreen).read)
    until(lambda: reader.session is not None, "the case is open")
    saved = reader.window.header.saved
    assert saved.text() == "Read-only: knows less than a receipt"
    assert "and 2 are here" in saved.toolTip()
    assert threads
    assert threading.main_thread() not in threads, "what waits to be saved is not waited for by the window"
    reader.presses("Ctrl+L")
    asked = page(reader, UnlockScreen)
    asked.passphrase.set_text(PASSPHRASE)
    asked.try_passphrase()
    until(lambda: reader.session is not None, "unlocked; nobody asks a second time")
    assert saved.text() == "Read-only: knows less than a receipt"
    assert len(entries_of(reader.session.case)) == 2


def test_it_is_left_closed(desk, older):
    reader = desk()
    unlocks(reader, older)
    reader.presses("Enter")  # what is first is to leave it
    clicks(page(reader, KnowsLessScreen)._leave)
    page(reader, StartScreen)
    with opened(older, PASSPHRASE, read_only=True) as case:
        assert len(entries_of(case)) == 2


def test_opened_for_reading_only_from_the_beginning_it_says_so_too_and_cannot_be_judged(desk, older):
    reader = desk()
    reader.window.open_folder(older, read_only=True)
    asked = page(reader, UnlockScreen)
    asked.passphrase.set_text(PASSPHRASE)
    asked.try_passphrase()
    asked = page(reader, KnowsLessScreen)
    assert not asked.judge.isVisible()
    clicks(asked.read)
    until(lambda: reader.session is not None, "the case is open")


def test_a_second_place_that_is_away_is_said_with_the_receipt_and_when_it_is_opened(desk, tmp_path):
    case = made_case(tmp_path, NAME)
    case.close()
    stick = tmp_path / "stick"
    stick.mkdir()
    choose_second_place(stick)
    stick.rmdir()
    reader = desk()
    reader.opens(case.folder)
    assert reader.session.case.notices == [
        "The second place of the receipts cannot be read: it is not connected."
    ]
    reader.session.services.entries_before = 0
    reader.window.close_case()
    shown = page(reader, ReceiptScreen)
    until(
        lambda: "could not be written: it is not connected" in shown.copied.text(), "what became of the copy"
    )
    assert "second place of the receipts could not be written: it is not connected" in shown_words(reader)
