"""Leaving the desk in every way: the receipt is shown, nothing goes on, nothing is left to be seen."""

import ctypes
import gc
import shutil
import sys
import threading
import weakref
from ctypes import wintypes

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.receipt import receipt_from_text
from reviewer.qt.entry import suspend
from reviewer.qt.entry.papers import ReceiptScreen
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.qt.entry.who import ChooseExaminerScreen
from reviewer.qt.handing_over import export_dialog, handing_over, pack_dialog
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.history import iterate_entries
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.receipts import check_receipt
from reviewer.services.jobs import Cancelled, JobControl
from tests.stories.desk_story import Examiner
from tests.stories.screen_form import counted, opens_form
from tests.support.cases import PASSPHRASE, ingested, made_case, opened
from tests.support.patience import PATIENCE
from tests.support.waiting import until


@pytest.fixture(scope="module")
def secret(tmp_path_factory, photographs):
    """An encrypted case with the photographs in it; its name and examiner are words nothing else shows."""
    case = made_case(tmp_path_factory.mktemp("secret"), "Canary case", "Dr Canary", PASSPHRASE)
    ingested(case, photographs)
    case.close()
    return case.folder


@pytest.fixture
def secret_folder(secret, tmp_path):
    return shutil.copytree(secret, tmp_path / "secret.case")


def page(reader, kind):
    until(lambda: isinstance(reader.window.door.page, kind), kind.__name__)
    return reader.window.door.page


def sits_down(reader, folder):
    reader.window.open_folder(folder)
    unlocks(reader)
    return reader.sees_photo()


def unlocks(reader):
    asked = page(reader, UnlockScreen)
    until(asked.open.isEnabled, "a passphrase can be typed")
    asked.passphrase.set_text(PASSPHRASE)
    asked.try_passphrase()
    until(lambda: reader.session is not None, "open")


def has_acted(reader):
    reader.sees_photo().presses("1").is_saved()
    return len(list(iterate_entries(reader.session.case)))


def holds(folder, text, at_least):
    receipt = receipt_from_text(text)
    assert receipt.entries >= at_least
    with opened(folder, PASSPHRASE, read_only=True) as case:
        assert receipt.entries == len(list(iterate_entries(case)))
        assert check_receipt(case, receipt) == []


# the receipt


def test_left_closed_after_a_lock_the_receipt_is_shown_without_a_name(desk, secret_folder):
    reader = sits_down(desk(), secret_folder)
    acted = has_acted(reader)
    reader.presses("Ctrl+L")
    locked = page(reader, UnlockScreen)
    until(lambda: reader.session is None, "locked")
    QTest.mouseClick(locked._back, Qt.MouseButton.LeftButton)
    receipt = page(reader, ReceiptScreen)
    text = receipt.paper.toPlainText()
    assert "Canary" not in text
    holds(secret_folder, text, acted)
    QTest.mouseClick(receipt.go_on, Qt.MouseButton.LeftButton)
    assert reader.window.door.page is reader.window.start
    assert reader.window.menus.isVisible(), "nothing is locked any more"


def test_a_window_that_is_closed_while_locked_shows_the_receipt_first(desk, secret_folder):
    reader = sits_down(desk(), secret_folder)
    acted = has_acted(reader)
    reader.presses("Ctrl+L")
    until(lambda: reader.session is None, "locked")
    assert not reader.window.close()
    receipt = page(reader, ReceiptScreen)
    assert "Canary" not in receipt.paper.toPlainText()
    holds(secret_folder, receipt.paper.toPlainText(), acted)
    reader.has_left = True
    assert reader.window.close()
    reader.post.stop()
    reader.window.deleteLater()


def test_a_case_left_for_another_one_is_not_forgotten(desk, secret_folder, case_folder):
    reader = sits_down(desk(), secret_folder)
    acted = has_acted(reader)
    reader.window.open_folder(case_folder)
    until(lambda: reader.session is not None and reader.session.case.folder == case_folder, "the other one")
    reader.sees_photo().presses("1").is_saved()
    reader.presses("Ctrl+W")
    first = page(reader, ReceiptScreen).paper.toPlainText()
    assert "Canary case" in first
    holds(secret_folder, first, acted)
    QTest.mouseClick(reader.window.door.page.go_on, Qt.MouseButton.LeftButton)
    second = page(reader, ReceiptScreen).paper.toPlainText()
    assert receipt_from_text(second).case != receipt_from_text(first).case
    QTest.mouseClick(reader.window.door.page.go_on, Qt.MouseButton.LeftButton)
    assert reader.window.door.page is reader.window.start


def test_a_receipt_stands_for_what_a_stopped_ingest_recorded_too(desk, secret_folder, tmp_path):
    reader = sits_down(desk(), secret_folder)
    (tmp_path / "more").mkdir()
    reader.session.ingest.start(tmp_path / "more")
    reader.presses("Ctrl+W")
    holds(secret_folder, page(reader, ReceiptScreen).paper.toPlainText(), 1)


# the end of the login


class Manager:
    """In the place of QSessionManager, which only the operating system makes."""

    def __init__(self):
        self.held_up = False

    def cancel(self):
        self.held_up = True


def test_the_end_of_a_login_is_not_held_up_by_a_page(desk, secret_folder):
    reader = sits_down(desk(), secret_folder)
    has_acted(reader)
    manager = Manager()
    reader.window.leaving.on_login_ending(manager)
    assert not manager.held_up
    assert reader.session is None, "saved and locked: the process may be ended at any moment from now on"
    reader.has_left = True
    assert reader.window.close()
    reader.post.stop()
    reader.window.deleteLater()


def test_a_login_that_goes_on_after_all_loses_no_receipt(desk, secret_folder):
    reader = sits_down(desk(), secret_folder)
    has_acted(reader)
    reader.window.leaving.on_login_ending(Manager())
    unlocks(reader)
    assert not reader.window.leaving.is_ending
    reader.sees_photo().presses("Ctrl+W")
    assert "Canary case" in page(reader, ReceiptScreen).paper.toPlainText()


def test_only_what_cannot_be_saved_holds_it_up(desk, secret_folder, monkeypatch):
    reader = sits_down(desk(), secret_folder)
    full = [True]
    settle = reader.session.case.writer.drain
    monkeypatch.setattr(
        reader.session.case.writer, "drain", lambda seconds=None: not full[0] and settle(seconds)
    )
    manager = Manager()
    reader.window.leaving.on_login_ending(manager)
    assert manager.held_up
    assert not reader.window.leaving.is_ending
    full[0] = False


def test_the_window_listens_to_the_end_of_the_login(desk, qapp):
    signal = "2commitDataRequest(QSessionManager&)"
    before = qapp.receivers(signal)
    desk()
    assert qapp.receivers(signal) == before + 1


# sleep


def told_of_power(kind, what):
    message = wintypes.MSG()
    message.message, message.wParam = kind, what
    return message


@pytest.mark.parametrize(
    ("kind", "what", "locks"),
    [(0x0218, 4, True), (0x0218, 7, False), (0x0218, 18, False), (0x0100, 4, False)],
    ids=["about to sleep", "awake, by a person", "awake, by itself", "another message"],
)
def test_windows_says_that_it_is_about_to_sleep(kind, what, locks):
    told = []
    listener = suspend.SleepFilter(lambda: told.append("lock"))
    message = told_of_power(kind, what)
    assert listener.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message)) == (False, 0)
    assert listener.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(message)) == (False, 0)
    assert told == (["lock"] if locks else [])


def test_before_sleep_the_session_has_ended_when_the_filter_returns(desk, secret_folder):
    reader = sits_down(desk(), secret_folder)
    message = told_of_power(0x0218, 4)
    keys = reader.session.case.keys
    reader.window.leaving._sleep.nativeEventFilter(suspend.MESSAGE, ctypes.addressof(message))
    assert reader.session is None
    with pytest.raises(KnownError, match="closed"):
        keys.database_key()


@pytest.mark.skipif(sys.platform == "win32", reason="there it is installed")
def test_where_the_system_says_nothing_no_message_is_looked_at(qapp, monkeypatch):
    seen = []
    monkeypatch.setattr(type(qapp), "installNativeEventFilter", lambda *_all: seen.append(1), raising=False)
    suspend.SleepFilter(lambda: None).install()
    assert seen == []


# what is under way


def held_up(monkeypatch, name):
    """The work stands still until it is cancelled, and says so."""
    began, ended = threading.Event(), []

    def work(_case, *rest):
        control = next(each for each in rest if isinstance(each, JobControl))
        control.pause()
        began.set()  # a stop that came before the pause would be undone by it
        try:
            control.check()
        except Cancelled:
            ended.append(name)
            raise

    module = {"export": export_dialog, "back_up": handing_over, "make_pack": pack_dialog}[name]
    monkeypatch.setattr(module, name, work)
    return began, ended


def begins(reader, work):
    """Begin to make it, as a person does."""
    if work == "back_up":
        reader.presses("Ctrl+Shift+B")
        return
    form = opens_form(reader, {"export": "Ctrl+Shift+E", "make_pack": "Ctrl+Shift+K"}[work])
    form.choose_folder()
    counted(reader)
    reader.presses("Ctrl+Enter")


@pytest.mark.parametrize("work", ["export", "back_up", "make_pack"])
def test_a_lock_stops_what_is_being_written_and_says_so_afterwards(
    desk, secret_folder, tmp_path, monkeypatch, work
):
    reader = sits_down(desk(), secret_folder)
    began, ended = held_up(monkeypatch, work)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_all: str(tmp_path))
    begins(reader, work)
    assert began.wait(PATIENCE)
    store = reader.session.case.store
    reader.presses("Ctrl+L")
    until(lambda: reader.session is None, "locked")
    assert ended == [work]
    with pytest.raises(KnownError, match="closed"), store.read():
        pass
    unlocks(reader)
    until(lambda: "begin it again" in reader.said, "what the lock stopped")


def test_a_window_is_not_closed_over_a_backup_without_a_word(desk, secret_folder, tmp_path, monkeypatch):
    reader = sits_down(desk(), secret_folder)
    began, ended = held_up(monkeypatch, "back_up")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_all: str(tmp_path))
    begins(reader, "back_up")
    assert began.wait(PATIENCE)
    assert not reader.window.close()
    assert reader.said == "A backup is being made. Close again to stop that."
    assert ended == []
    reader.has_left = True
    assert reader.window.close()
    assert ended == ["back_up"]
    reader.post.stop()
    reader.window.deleteLater()


def test_a_dialog_that_waits_for_an_answer_goes_with_the_lock(desk, secret_folder):
    reader = sits_down(desk(), secret_folder)
    seen = []

    def meanwhile():
        dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog)]
        seen.append([each.isVisible() for each in dialogs])
        reader.window.leaving.lock()
        seen.append([each.isVisible() for each in dialogs])
        seen.append(reader.session is not None)

    form = opens_form(reader, "Ctrl+Shift+E")
    QTimer.singleShot(0, reader.window, meanwhile)
    form.choose_button.click()
    assert seen == [[True], [False], True], "its session ends when the dialog has returned"
    until(lambda: reader.session is None, "locked")
    assert isinstance(reader.window.door.page, UnlockScreen)


def test_nothing_of_a_window_that_was_closed_lives_on(qapp, case_folder):
    """What an action calls holds the window: an action that nothing ends would hold it for ever."""
    gone, widgets = [], []
    for _ in range(2):  # the first leaves what Qt and the program keep for the next
        reader = Examiner().opens(case_folder).sees_photo()
        gone = [weakref.ref(each) for each in (reader.window, reader.session, reader.reading)]
        reader.leaves()
        del reader
        gc.collect()
        widgets.append(len(QApplication.allWidgets()))
    assert [each() for each in gone] == [None, None, None]
    assert widgets[1] <= widgets[0]


def test_a_case_that_was_not_entered_is_closed_beside_the_window(desk, case_folder, monkeypatch):
    """It may have to wait for what reads it; the window is painted meanwhile, and its timers run."""
    with opened(case_folder) as case:
        enrol(case, "Dr Second")
    turned, close = threading.Event(), OpenCase.close

    def close_slowly(case, *patience):
        assert turned.wait(PATIENCE), "the event loop turns"
        return close(case, *patience)

    reader = desk()
    reader.window.open_folder(case_folder)
    page(reader, ChooseExaminerScreen)
    monkeypatch.setattr(OpenCase, "close", close_slowly)
    QTimer.singleShot(0, turned.set)
    reader.window.door.back_to_start()
    assert turned.is_set()
    with opened(case_folder) as case:
        assert not case.read_only, "its lock is free"
