"""A case is made while another is open: its recovery key is on screen, and nothing comes between.

Neither the rail, nor a key, nor a menu: each says why not, and the new case opens after Go on.
"""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.qt.entry.papers import RecoveryScreen
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.services.account.recent_cases import load_recent_cases
from tests.support.cases import PASSPHRASE, made_case
from tests.support.waiting import until


@pytest.fixture(autouse=True)
def faults(monkeypatch):
    """What would be said as a fault of the program; each test ends without one."""
    found = []
    monkeypatch.setattr(sys, "excepthook", lambda *fault: found.append(fault))
    yield found
    assert found == []


def comes_to_the_key(reader, folder):
    """Make a case in the window; return the page with its recovery key."""
    reader.presses("Ctrl+Alt+N")
    form = reader.window.start.form
    reader.types("Harbour").presses("Enter").types("Dr N").presses("Enter")
    form.folder.setText(str(folder))
    form.words.set_text(PASSPHRASE)
    form.again.set_text(PASSPHRASE)
    QTest.mouseClick(form.make, Qt.MouseButton.LeftButton)
    until(lambda: isinstance(reader.window.door.page, RecoveryScreen), "the recovery key")
    return reader.window.door.page


def goes_on(reader, page):
    page.written.setFocus()
    reader.presses("Space")
    assert page.written.isChecked()
    QTest.mouseClick(page.go_on, Qt.MouseButton.LeftButton)
    until(lambda: reader.session is not None, "the new case is open")


def test_the_rail_is_gone_with_the_case_that_was_open_and_the_new_case_opens(desk, case_folder, tmp_path):
    reader = desk().opens(case_folder)
    page = comes_to_the_key(reader, tmp_path)
    window = reader.window
    assert not window._rail.isVisible()
    assert not window.header.isVisible()
    assert not window.tabs.isVisible()
    assert load_recent_cases()[0].folder == tmp_path / "Harbour.case"
    assert str(tmp_path / "Harbour.case") in window.start.recent.list.item(0).text()
    left = page.head.mapTo(window, page.head.rect().topLeft())
    window._rail.chosen.emit("window.read")
    assert window.door.page is page
    assert page.head.mapTo(window, page.head.rect().topLeft()) == left
    goes_on(reader, page)
    assert reader.session.case.name == "Harbour"
    assert window.screen_name == "ingest"


@pytest.mark.parametrize(
    "way",
    [
        "window.start",
        "window.settings",
        "case.new",
        "case.open",
        "case.demonstration",
        "help.tour",
    ],
)
def test_what_would_take_the_recovery_key_away_says_why_not(desk, case_folder, tmp_path, way):
    reader = desk().opens(case_folder)
    page = comes_to_the_key(reader, tmp_path)
    assert page.said == ""
    reader.window.binder.find(way).trigger()
    assert reader.window._stack.now is page
    assert "shown only now" in page.said
    assert page.message.isVisible()
    goes_on(reader, page)


def test_keys_on_the_page_say_why_not_as_well(desk, case_folder, tmp_path):
    reader = desk().opens(case_folder)
    page = comes_to_the_key(reader, tmp_path)
    reader.presses("Ctrl+Shift+3")
    assert reader.window._stack.now is page
    reader.presses("Ctrl+Shift+1")
    assert "shown only now" in page.said
    goes_on(reader, page)


def test_a_new_recovery_key_of_the_open_case_is_not_left_by_the_rail(desk, tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    case.close()
    reader = desk().unlocks(case.folder, PASSPHRASE)
    reader.window.show_screen("access")
    reader.session.access.present.set_text(PASSPHRASE)
    QTest.mouseClick(reader.session.access.renew, Qt.MouseButton.LeftButton)
    until(lambda: isinstance(reader.window.door.page, RecoveryScreen), "a new recovery key")
    page = reader.window.door.page
    QTest.mouseClick(reader.window._rail._buttons["read"], Qt.MouseButton.LeftButton)
    assert reader.window._stack.now is page
    assert "shown only now" in page.said
    page.written.setChecked(True)
    QTest.mouseClick(page.go_on, Qt.MouseButton.LeftButton)
    assert reader.window.screen_name == "access"
    assert reader.window._stack.now is reader.session.access


def test_the_start_screen_comes_on_from_the_page_that_asks_for_a_passphrase(desk, tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    case.close()
    reader = desk()
    reader.window.open_folder(case.folder)
    until(lambda: isinstance(reader.window.door.page, UnlockScreen), "the passphrase is asked for")
    reader.presses("Ctrl+Shift+1")
    assert reader.window._stack.now is reader.window.start


def test_without_a_case_no_screen_of_one_comes_on(desk):
    reader = desk()
    reader.window.binder.run("window.read")
    assert reader.window._stack.now is reader.window.start
    assert reader.window.start.said == "No case is open."
