"""The first minutes: three ways to begin, the cases opened last, and the form of a new case."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.qt.entry import start as start_screen
from reviewer.qt.entry.new_case import NewCaseForm, make_folder_name
from reviewer.qt.entry.recent import describe_state
from reviewer.services.account.recent_cases import (
    RecentCase,
    load_recent_cases,
    propose_folder,
    remember_case,
)
from reviewer.services.demo.demonstration import find_demonstration, make_demonstration
from tests.support.cases import PASSPHRASE, made_case
from tests.support.waiting import until


@pytest.fixture(autouse=True)
def own_account(tmp_path, monkeypatch):
    """An account in which no case was opened yet."""
    monkeypatch.setenv("REVIEWER_DATA", str(tmp_path / "account"))


@pytest.fixture
def small_demonstration(monkeypatch):
    monkeypatch.setattr(
        start_screen, "make_demonstration", lambda files, stage: make_demonstration(files, stage, 12, 1)
    )


def test_the_first_time_enter_opens_the_demonstration_in_which_something_is_read(desk, small_demonstration):
    examiner = desk()
    start = examiner.window.start
    assert QApplication.focusWidget() is start.welcome.demonstration
    examiner.presses("Enter")
    assert start.is_busy
    until(lambda: examiner.session is not None, "the demonstration")
    assert examiner.session.examiner.name == "Demonstration examiner", "who reads is not asked"
    assert examiner.session.case.counts().complete > 2
    assert [case.name for case in load_recent_cases()] == ["Demonstration"]


def test_making_the_demonstration_can_be_stopped_and_begun_again(desk, small_demonstration):
    examiner = desk()
    start = examiner.window.start
    examiner.presses("Enter")
    QTest.mouseClick(start._stop, Qt.MouseButton.LeftButton)
    assert not start.is_busy
    assert "Stopped" in start.said
    assert not start._stop.isVisible()
    examiner.presses("Enter")
    until(lambda: examiner.session is not None, "the demonstration all the same")


def test_the_row_that_looks_selected_opens_on_enter(desk, tmp_path):
    for name in ("one", "other"):
        made_case(tmp_path / name, name=name.title()).close()
        remember_case(tmp_path / name / "test.case", name.title())
    examiner = desk()
    recent = examiner.window.start.recent
    assert QApplication.focusWidget() is recent.list
    assert recent.list.currentItem().text().startswith("Other\n")
    examiner.presses("Down", "Enter")
    until(lambda: examiner.session is not None, "the case")
    assert examiner.session.case.name == "One"


def test_a_row_can_be_removed_and_its_case_stays(desk, tmp_path):
    made_case(tmp_path, name="Branch").close()
    folder = tmp_path / "test.case"
    remember_case(folder, "Branch")
    start = desk().window.start
    start.recent.remove_selected()
    assert load_recent_cases() == []
    assert (folder / "case.db").exists()
    start.refresh()
    assert start.welcome.isVisible(), "with no case left the three ways are back"


def test_a_folder_that_the_system_does_not_show_is_named(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    made_case(tmp_path, name="Branch").close()
    remember_case(tmp_path / "test.case", "Branch")
    start = desk().window.start
    QTest.mouseClick(start.recent._folder, Qt.MouseButton.LeftButton)
    assert start.said == f"It lies here: {tmp_path}. The system has no program that opens it."


def test_an_encrypted_case_shows_its_folder_and_that_it_is_locked_and_nothing_else(desk, tmp_path):
    made_case(tmp_path, name="A secret name", passphrase=PASSPHRASE).close()
    remember_case(tmp_path / "test.case", "", "an-id")
    (kept,) = load_recent_cases()
    assert kept.opened_at == ""
    text = desk().window.start.recent.list.item(0).text()
    where = str(tmp_path / "test.case")
    assert text.split("\n") == ["test", where, "locked", "asks for the passphrase"]


def test_a_drive_that_is_not_there_says_so(tmp_path):
    away = RecentCase(Path("/no/such/drive/x.case"), "")
    assert describe_state(away)[0] == "drive is not here"
    assert describe_state(RecentCase(tmp_path / "x.case", "X"))[0] == "folder is not here"


def test_a_mistake_stands_at_its_field_and_enter_in_the_last_one_makes_the_case(desk, tmp_path):
    examiner = desk()
    start = examiner.window.start
    examiner.presses("Ctrl+Alt+N")
    form = start.form
    assert QApplication.focusWidget() is form.name
    examiner.types("Branch 215").presses("Enter").types("Dr N").presses("Enter")
    form.folder.setText("")
    examiner.presses("Enter")
    form.words.set_text("short")
    form.again.set_text("other")
    form.again.setFocus()
    examiner.presses("Enter")
    assert "Choose the folder" in form.said
    assert QApplication.focusWidget() is form.folder
    form.folder.setText(str(tmp_path))
    form.submit()
    assert "not the same" in form.said
    form.again.set_text("short")
    form.submit()
    until(lambda: "12 characters" in form.said, "too short")
    assert "12 characters" in form._fields[form.words].text(), "at its field"
    form.words.set_text(PASSPHRASE)
    form.again.set_text(PASSPHRASE)
    form.again.setFocus()
    examiner.presses("Enter")
    assert form.make.text() == "Creating…"
    assert not form.name.isEnabled()
    until(lambda: examiner.window.door.page is not start, "made, its recovery key is shown")
    assert form.name.text() == form.examiner.text() == form.folder.text() == ""
    assert form.words.text() == form.again.text() == ""


def test_a_new_case_is_proposed_beside_the_last_one_and_what_is_typed_takes_its_place(desk, tmp_path):
    made_case(tmp_path / "drive", name="Last").close()
    remember_case(tmp_path / "drive" / "test.case", "Last")
    demonstration = find_demonstration().case
    demonstration.mkdir(parents=True)
    remember_case(demonstration, "Demonstration")
    examiner = desk()
    examiner.presses("Ctrl+Alt+N")
    form = examiner.window.start.form
    assert form.folder.text() == str(tmp_path / "drive")
    examiner.types("Branch").presses("Enter").types("Dr N").presses("Enter").types("/elsewhere")
    assert form.folder.text() == "/elsewhere"
    examiner.presses("Ctrl+Alt+N")
    assert form.folder.text() == "/elsewhere", "the form is as it was left"


def test_the_first_case_is_proposed_among_documents_if_there_are_any(own_home):
    assert propose_folder() is None
    (Path.home() / "Documents").mkdir()
    assert propose_folder() == Path.home() / "Documents"
    remember_case(Path("/no/such/drive/x.case"), "")
    assert propose_folder() == Path.home() / "Documents"


def test_the_folder_of_a_case_is_called_as_the_case():
    assert make_folder_name("Branch 215 – real cameras") == "Branch 215 – real cameras.case"
    assert make_folder_name("a/b: c?") == "a_b_ c_.case"
    assert make_folder_name(" . ") == "case.case"
    assert make_folder_name("con") == "_con.case"
    assert len(make_folder_name("ش" * 200).encode()) <= 244


def test_the_form_says_how_the_folder_is_called_where_it_is_not_as_the_case(qtbot):
    form = NewCaseForm(lambda _question: "")
    qtbot.addWidget(form)
    form.name.setText("Branch 215")
    assert form.said == ""
    form.name.setText("Branch 215: cells")
    assert form.said == "Its folder will be called Branch 215_ cells.case."
    form.name.setText("")
    assert form.said == ""
