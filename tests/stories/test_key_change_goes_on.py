"""A change of the key that was cut off goes on when the case is opened, and the window says so everywhere."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.keys import key_file
from reviewer.qt.entry.papers import RecoveryScreen
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.services.case import access_words as words
from reviewer.services.case.case_key import KeyChangeReason, find_wanted_change, remove_examiner
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.key_changing import KeyChangePhase
from reviewer.services.case.opening import open_case
from tests.support.cases import PASSPHRASE, made_case
from tests.support.key_changes import hold_key_change
from tests.support.waiting import until
from tests.support.widget_events import settles

THIRD = "eleven grey stones in the rain"
HERS = "seven quiet rooms by the sea"


@pytest.fixture
def folder(tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    hansen = enrol(case, "Dr Hansen", HERS)
    enrol(case, "Dr Adeyemi", THIRD)
    remove_examiner(case, hansen, "left the institute", case.keys.examiner)
    case.close()
    return case.folder


@pytest.fixture
def sits_down(desk, folder):
    def sit():
        reader = desk()
        reader.window.open_folder(folder)
        until(lambda: isinstance(reader.window.door.page, UnlockScreen), "the passphrase is asked for")
        reader.window.door.page.passphrase.set_text(PASSPHRASE)
        reader.window.door.page.try_passphrase()
        until(lambda: reader.session is not None, "open")
        return reader

    return sit


def test_it_goes_on_and_the_recovery_key_is_made_when_somebody_is_there_to_write_it_down(sits_down, folder):
    reader, shown = sits_down(), []
    changing = reader.session.services.key_changing
    (row,) = reader.session.making.rows
    assert not reader.session.making.isHidden()
    assert "not changed yet" not in reader.window.statusBar().currentMessage(), "the row says how it stands"
    until(lambda: changing.state.phase is KeyChangePhase.CHANGED, "the key is changed")
    assert row.sentence.text().startswith(words.IS_CHANGED)
    assert not isinstance(reader.window.door.page, RecoveryScreen), "nobody is interrupted"
    reader.window.show_screen("gallery")
    assert row.isVisible() and not row.under_way.isVisible()
    reader.session.access.recovery_key.connect(shown.append)
    row.make_key.setFocus()
    QTest.mouseClick(row.make_key, Qt.MouseButton.LeftButton)
    until(lambda: isinstance(reader.window.door.page, RecoveryScreen), "the recovery key is shown")
    assert reader.session.making.rows == []
    assert find_wanted_change(reader.session.case) is None
    assert not changing.lacks_recovery_key
    reader.window.door.page.written.setChecked(True)
    reader.window.door.page.go_on.click()
    assert reader.window.screen_name == "access"
    opened = open_case(folder, shown[0], read_only=True)
    opened.close()


def test_it_is_paused_and_stopped_wherever_one_is_and_goes_on_when_the_case_is_opened_again(
    sits_down, monkeypatch
):
    held = hold_key_change(monkeypatch)
    reader = sits_down()
    changing, before = reader.session.services.key_changing, reader.session.case.keys.database_key()
    (row,) = reader.session.making.rows
    assert row.sentence.text() == words.GOES_ON
    QTest.mouseClick(row.under_way.pause, Qt.MouseButton.LeftButton)
    assert (row.sentence.text(), row.under_way.pause.text()) == (words.IS_PAUSED, "Go on")
    reader.window.show_screen("access")
    settles()
    ending = reader.session.access.ending
    assert ending.said.text() == words.IS_PAUSED
    assert ending.under_way.pause.text() == "Go on" and not ending.lost.isEnabled()
    QTest.mouseClick(ending.under_way.stop, Qt.MouseButton.LeftButton)
    held.set()
    until(lambda: changing.state.phase is KeyChangePhase.STOPPED, "it is stopped")
    assert row.sentence.text() == ending.said.text() == words.IS_STOPPED_FOR_NOW
    assert not ending.finish.isHidden() and ending.finish.isEnabled()
    assert reader.session.case.keys.database_key() == before
    row.close_button.click()
    assert reader.session.making.rows == []
    reader.leaves()
    reader = sits_down()
    changing = reader.session.services.key_changing
    until(lambda: changing.state.phase is KeyChangePhase.CHANGED, "it went on")
    reader.session.making.rows[0].close_button.click()
    canvas = reader.session.reading.canvas
    canvas.setFocus()
    changing.change(KeyChangeReason.LOST)
    assert len(reader.session.making.rows) == 1
    assert QApplication.focusWidget() is canvas, "keys go on to the photograph"


def test_whoever_has_not_opened_the_case_with_this_version_is_named_with_what_to_do(sits_down, folder):
    kept = key_file.load_key_file(folder)
    slots = tuple(
        replace(slot, sealing_public=b"", sealing_key=None)
        if slot.examiner == kept.slots[-1].examiner
        else slot
        for slot in kept.slots
    )
    key_file.save_key_file(folder, replace(kept, slots=slots))
    reader = sits_down()
    (row,) = reader.session.making.rows
    said = f"{words.describe_left_out(['Dr Adeyemi'])} {words.HOW_TO_LET_IN}"
    assert row.sentence.text() == said
    reader.window.show_screen("access")
    settles()
    ending = reader.session.access.ending
    assert ending.left_out.text() == said and ending.left_out.isVisible()
    assert not ending.lost.isEnabled() and not ending.finish.isEnabled()
