"""A court pack by its key: a folder is chosen, it is made and checked while the examiner reads on."""

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from reviewer.domain.evidence import pack_format
from reviewer.services.case.history import load_last_entries
from tests.stories.screen_form import counted, form_of, goes_into, opens_form, told
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
    """Without exhibits, as the dialog opens; its folder is chosen in the dialog of the system."""
    form = opens_form(reader, "Ctrl+Shift+K")
    assert form.photographs.told.text() == "No photograph is listed."
    answers(reader, folder)
    form.choose_button.click()
    counted(reader)
    reader.presses("Enter")


def test_a_pack_is_made_by_its_key(desk, case_folder, tmp_path):
    out = tmp_path / "handed over"
    out.mkdir()
    reader = desk().opens(case_folder).sees_photo()
    reader.presses("1", "Q").is_saved()
    makes_a_pack(reader, out)
    reader.window.activateWindow()  # as a window manager does when the dialog has gone
    QTest.qWaitForWindowActive(reader.window)
    until(lambda: told(reader).startswith("The court pack is made: "), "made")
    (made,) = out.iterdir()
    assert str(made) in told(reader)
    status, words = verified(made)
    assert status == 0, words
    (finding,) = rows(made / "data" / "tables" / "findings.csv")
    assert (finding["term"], finding["certainty"]) == ("neck.ligature_mark", "definite")
    recorded = load_last_entries(reader.session.case, 1)[0]
    assert (recorded.act, recorded.body["format"]) == ("export.made", "pack")
    assert recorded.body["files"][pack_format.TAG_MANIFEST][:4] in told(reader)
    reader.presses("Right").sees_photo().presses("2").is_saved()


def test_a_pack_that_is_not_wanted_after_all_makes_nothing(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo()
    opens_form(reader, "Ctrl+Shift+K")
    reader.presses("Esc")
    assert reader.session.case.jobs.running() == []


def test_exhibits_originals_copies_and_the_text_on_them_are_chosen(desk, case_folder, tmp_path):
    reader = desk().opens(case_folder).sees_photo()
    form = opens_form(reader, "Ctrl+Shift+K")
    assert not form.originals.isEnabled(), "there are no exhibits"
    form.photographs.choose_everything()
    counted(reader)
    form.originals.click()
    form.report.click()
    form.confidentiality.selectAll()
    form.confidentiality.setFocus()
    reader.types("for the court only")
    goes_into(reader, tmp_path)
    total = len(reader.reader.worklist)
    assert form.summary.value("Exhibits") == f"{total} of {total} photographs"
    assert form.summary.value("Reports") == "none"
    assert any(text.startswith("Warning: originals show people") for text in form.summary.texts())
    reader.presses("Enter")
    until(lambda: told(reader).startswith("The court pack is made: "), "made")
    (made,) = tmp_path.glob("* pack")
    listed = rows(made / pack_format.LOAD_FILE)
    assert len(listed) == total
    assert {row["confidentiality"] for row in listed} == {"for the court only"}
    assert not list((made / "data").rglob("collection.pdf"))


def test_a_place_that_will_not_do_is_said(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo()
    makes_a_pack(reader, case_folder)
    until(lambda: "belongs to the case" in form_of(reader).folder_told.text(), "why")


def test_reading_only_it_is_refused(desk, case_folder):
    reader = desk().opens(case_folder, read_only=True).sees_photo()
    reader.presses("Ctrl+Shift+K")
    assert form_of(reader) is None
    assert reader.session.case.jobs.running() == []
