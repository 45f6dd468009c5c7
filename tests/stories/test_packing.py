"""A court pack by its key: a folder is chosen, it is made and checked while the examiner reads on."""

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from reviewer.domain.evidence import pack_format
from reviewer.services.case.history import load_last_entries
from tests.stories.screen_form import form_of
from tests.support.packs import verified
from tests.support.tables import rows
from tests.support.waiting import until


def answers(reader, folder):
    """Choose a folder in the dialog that is about to come; nothing chosen without one."""

    def choose():
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog))
        if folder is None:
            dialog.reject()
            return
        dialog.selectFile(str(folder))
        dialog.accept()

    QTimer.singleShot(0, reader.window, choose)


def makes_a_pack(reader, folder):
    """Without exhibits, as the form opens; the dialog comes once that was counted."""
    reader.presses("Ctrl+Shift+K")
    until(lambda: form_of(reader).told.text() == "No exhibits.", "it was counted")
    answers(reader, folder)
    reader.presses("Enter")


def test_a_pack_is_made_by_its_key(desk, case_folder, tmp_path):
    out = tmp_path / "handed over"
    out.mkdir()
    reader = desk().opens(case_folder).sees_photo()
    reader.presses("1", "Q").is_saved()
    makes_a_pack(reader, out)
    reader.window.activateWindow()  # as a window manager does when the dialog has gone
    QTest.qWaitForWindowActive(reader.window)
    until(lambda: reader.said.startswith("The court pack is in "), "made")
    (made,) = out.iterdir()
    assert str(made) in reader.said
    status, words = verified(made)
    assert status == 0, words
    (finding,) = rows(made / "data" / "tables" / "findings.csv")
    assert (finding["term"], finding["certainty"]) == ("neck.ligature_mark", "definite")
    recorded = load_last_entries(reader.session.case, 1)[0]
    assert (recorded.act, recorded.body["format"]) == ("export.made", "pack")
    assert recorded.body["files"][pack_format.TAG_MANIFEST][:4] in reader.said
    reader.presses("Right").sees_photo().presses("2").is_saved()


def test_a_pack_that_is_not_wanted_after_all_makes_nothing(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo()
    makes_a_pack(reader, None)
    assert reader.session.case.jobs.running() == []


def test_a_place_that_will_not_do_is_said(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo()
    makes_a_pack(reader, case_folder)
    until(lambda: "cannot lie inside the case" in reader.said, "why")


def test_reading_only_it_is_refused(desk, case_folder):
    reader = desk().opens(case_folder, read_only=True).sees_photo()
    reader.presses("Ctrl+Shift+K")
    assert form_of(reader) is None
    assert reader.session.case.jobs.running() == []
