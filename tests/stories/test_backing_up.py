"""A backup from the menu: a place is chosen, acts go on, and it opens elsewhere with the same passphrase."""

import shutil

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.services.case.history import load_last_entries
from reviewer.services.case.receipts import check_receipt, make_receipt
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from tests.stories.screen_form import told
from tests.support.cases import PASSPHRASE, forget_receipts, ingested, made_case, opened
from tests.support.waiting import until


def answers(reader, folder):
    """Choose a folder in the dialog that is about to come."""

    def choose():
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog))
        dialog.selectFile(str(folder))
        dialog.accept()

    QTimer.singleShot(0, reader.window, choose)


def sits_down(reader, folder):
    reader.window.open_folder(folder)
    until(lambda: isinstance(reader.window.door.page, UnlockScreen), "the passphrase")
    reader.window.door.page.passphrase.set_text(PASSPHRASE)
    reader.window.door.page.try_passphrase()
    until(lambda: reader.session is not None, "open")
    return reader.sees_photo()


def test_a_backup_is_made_by_its_key_and_restores_elsewhere(desk, tmp_path, photographs):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    ingested(case, photographs)
    case.close()
    stick = tmp_path / "stick"
    stick.mkdir()
    reader = sits_down(desk(), case.folder)
    reader.presses("1").is_saved()
    before = make_receipt(reader.session.case)
    answers(reader, stick)
    reader.presses("Ctrl+Shift+B")
    reader.window.activateWindow()  # as a window manager does when the dialog has gone
    QTest.qWaitForWindowActive(reader.window)
    reader.presses("2")
    until(lambda: told(reader).startswith("The backup is made: "), "made")
    assert reader.is_saved().terms == ["neck.ligature_mark", "blunt.bruise"]
    recorded = next(
        entry for entry in load_last_entries(reader.session.case, 5) if entry.act == "backup.made"
    )
    (made,) = stick.iterdir()
    assert str(made) in told(reader)
    elsewhere = shutil.copytree(made, tmp_path / "another machine" / "restored.case")
    reader.leaves()
    forget_receipts()
    with opened(elsewhere, PASSPHRASE) as restored:
        assert verify_case(restored, JobControl()).sound
        now = make_receipt(restored)
        assert (now.entries, now.head) == (recorded.body["entries"], recorded.body["head"])
        assert now.entries >= before.entries
        assert check_receipt(restored, before) == [], "what was shown as saved before is in it"
    again = sits_down(desk(), elsewhere)
    assert again.terms[0] == "neck.ligature_mark"


def test_a_backup_that_is_not_wanted_after_all_makes_nothing(desk, case_folder, tmp_path):
    reader = desk().opens(case_folder).sees_photo()

    def refuse():
        next(each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog)).reject()

    QTimer.singleShot(0, reader.window, refuse)
    reader.presses("Ctrl+Shift+B")
    assert reader.session.case.jobs.running() == []


def test_a_place_that_will_not_do_is_said(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo()
    answers(reader, case_folder)
    reader.presses("Ctrl+Shift+B")
    until(lambda: "cannot lie inside its own case" in told(reader), "why")
