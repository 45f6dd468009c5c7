"""A report from the window: one dialog says what it will be, and it is written beside the reading."""

import threading

import pytest
from docx import Document
from pypdf import PdfReader
from PySide6.QtCore import QPoint
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from reviewer.qt.handing_over.wording import format_size
from reviewer.services.case.history import load_last_entries
from reviewer.services.report import run
from tests.stories.screen_form import clicks, counted, form_of, goes_into, made, opens_form, told
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo()


def accepts_the_first(reader):
    reader.presses("Ctrl+Shift+I")
    screen = reader.session.individuals
    until(lambda: screen.table.model.persons(), "everybody")
    reader.presses("A")
    until(lambda: any(person.is_accepted for person in screen.people.persons), "accepted")
    reader.presses("Ctrl+Shift+3")


def test_a_report_of_everything_costs_two_keys_and_the_folder(reader, tmp_path):
    form = opens_form(reader, "1", "Ctrl+Shift+W")
    total = len(reader.reader.worklist)
    assert form.photographs.told.text() == f"All {total} photographs."
    assert form.summary.value("Title") == "Collection report"
    goes_into(reader, tmp_path)
    reader.presses("Ctrl+Enter")
    assert form_of(reader) is None
    reader.presses("2")
    row = made(reader, "The report")
    (written,) = tmp_path.glob("* report.pdf")
    assert written.read_bytes().startswith(b"%PDF")
    assert str(written) in row.sentence.text()
    assert len(reader.is_saved().terms) == 2, "it was written while one read on"
    entry = next(
        entry for entry in load_last_entries(reader.session.case, 5) if entry.body.get("format") == "report"
    )
    assert entry.body["what"] == "collection"
    assert not entry.body.keys() & {"query", "as_of"}


def test_the_folder_used_last_is_offered_first_and_never_that_of_the_process(reader, tmp_path, own_home):
    form = opens_form(reader, "Ctrl+Shift+W")
    assert form.folder.text().startswith("/") or ":" in form.folder.text()
    goes_into(reader, tmp_path)
    reader.presses("Enter")
    made(reader, "The report")
    assert opens_form(reader, "Ctrl+Shift+W").folder.text() == str(tmp_path)


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ("", "Name a folder"),
        ("reports", "the whole way"),
        ("{tmp}/none", "no such folder"),
        ("{case}", "case"),
    ],
)
def test_what_is_wrong_with_a_folder_stands_at_its_field(reader, case_folder, tmp_path, folder, why):
    form = opens_form(reader, "Ctrl+Shift+W")
    form.folder.setFocus()
    form.folder.selectAll()
    reader.presses("Delete").types(folder.format(tmp=tmp_path, case=case_folder)).presses("Enter")
    until(lambda: why in form.folder_told.text(), "what is wrong")
    assert form_of(reader) is form
    assert reader.window.focusWidget() is form.folder
    assert reader.session.case.jobs.running() == []


def test_by_the_mouse_alone(reader, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_all: str(tmp_path))
    form = opens_form(reader, "Ctrl+Shift+W")
    html = next(button for button in form.form._group.buttons() if button.text() == "HTML")
    clicks(html)
    clicks(form.choose_button)
    counted(reader)
    assert form.folder_told.text().startswith("Made there: ")
    clicks(form.make_button)
    row = made(reader, "The report")
    (written,) = tmp_path.glob("* report.html")
    clicks(row.listed)
    screen = reader.session.made
    until(lambda: screen.model.rows, "it is listed")
    assert screen.model.rows[0].made.place == written
    clicks(row.close_button)
    assert not reader.session.making.isVisible()


def test_a_document_to_write_into(reader, tmp_path):
    form = opens_form(reader, "Ctrl+Shift+W")
    form.form._group.button(0).setFocus()
    reader.presses("Left")
    assert form.form.chosen == ".docx"
    goes_into(reader, tmp_path)
    reader.presses("Enter")
    made(reader, "The report")
    (written,) = tmp_path.glob("* report.docx")
    texts = [part.text for part in Document(str(written)).paragraphs]
    assert texts[2].startswith("This is the editable form")
    assert texts[-2:] == ["Text of the expert", ""], "room for it"


def test_a_search_makes_it_the_report_of_a_selection_and_warns(reader, tmp_path):
    reader.adds("ligature mark").is_saved()
    reader.presses("Ctrl+F").types("term:ligature").presses("Enter")
    gallery = reader.session.gallery
    until(lambda: gallery.model.worklist.name.startswith("term:"), "what was found is shown")
    form = opens_form(reader, "Ctrl+Shift+W")
    assert form.photographs.texts() == [
        "Everybody: all photographs",
        "The result shown: term:ligature",
        "A saved list",
        "What a search finds",
    ]
    assert form.summary.value("Title") == "Collection report", "everybody, unless something else is chosen"
    shown = form.photographs._radios["shown"]
    clicks(shown, QPoint(8, shown.height() // 2))
    counted(reader)
    assert form.summary.value("Title") == "Report of a selection"
    assert any(
        text.startswith("Warning: the search asks for what is counted") for text in form.summary.texts()
    )
    goes_into(reader, tmp_path)
    reader.presses("Enter")
    made(reader, "The report")
    entry = load_last_entries(reader.session.case, 1)[0]
    assert entry.body["query"].startswith("term:")


def test_sheets_need_somebody_accepted_and_the_one_on_screen_has_its_own(reader, tmp_path):
    form = opens_form(reader, "Ctrl+Shift+W")
    form.what.choose("sheets")
    counted(reader)
    reader.presses("Ctrl+Enter")
    until(lambda: "No accepted individual" in form.photographs.told.text(), "why")
    reader.presses("Esc")
    accepts_the_first(reader)
    form = opens_form(reader, "Ctrl+Shift+W")
    form.what.choose("individual")
    form.form.choose(".html")
    form.pictures.setCurrentIndex(2)
    goes_into(reader, tmp_path)
    assert form.summary.value("Individuals").startswith("1 of 1")
    reader.presses("Enter")
    made(reader, "The report")
    (written,) = tmp_path.glob("* sheet.html")
    assert b"data:image/jpeg" in written.read_bytes()


def test_a_query_that_makes_no_sense_is_said_and_nothing_written(reader, tmp_path):
    form = opens_form(reader, "Ctrl+Shift+W")
    form.photographs._radios["query"].setChecked(True)
    form.photographs.edit.setFocus()
    reader.types("colour:red").presses("Enter")
    until(lambda: "there is no field colour" in form.photographs.told.text(), "why")
    assert not list(tmp_path.glob("* report.pdf"))


def test_a_report_is_stopped_by_the_same_command_or_in_the_line(reader, tmp_path, monkeypatch):
    began = threading.Event()

    def held(_case, _wish, control):
        control.pause()
        began.set()  # a stop that came before the pause would be undone by it
        control.check()
        raise AssertionError("nobody stopped it")

    monkeypatch.setattr(run, "make_collection_report", held)
    for stop in ("key", "line"):
        began.clear()
        opens_form(reader, "Ctrl+Shift+W")
        goes_into(reader, tmp_path)
        reader.presses("Enter")
        until(began.is_set, "it began")
        if stop == "key":
            reader.presses("Ctrl+Shift+W")
            assert reader.window.commands.texts() == ["Stop it", "Let it go on"]
            reader.types("1")
        else:
            clicks(reader.session.making.rows[0].stop)
        until(lambda: told(reader).startswith("The report was stopped."), "stopped")


def test_what_goes_wrong_while_it_is_made_stays_in_the_line(reader, tmp_path, monkeypatch):
    def full(_path, _content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run, "write_atomically", full)
    opens_form(reader, "Ctrl+Shift+W")
    goes_into(reader, tmp_path)
    reader.presses("Enter")
    until(lambda: "was not made" in told(reader), "it is said")
    assert "No space left on device" in told(reader)
    assert reader.session.making.isVisible()


def test_keys_are_those_of_reading_again_after_a_dialog(reader):
    """Whatever is asked, nothing that is pressed later goes into the note."""
    for key in ("Ctrl+Shift+W", "Ctrl+Shift+E", "Ctrl+Shift+K", "Ctrl+Alt+E", "Ctrl+K"):
        reader.presses(key, "Esc")
        assert reader.window.focusWidget() is reader.reading.canvas, key


def test_page_1_is_shown_with_its_pages_and_size_and_nothing_is_written(reader, tmp_path):
    form = opens_form(reader, "Ctrl+Shift+W")
    goes_into(reader, tmp_path)
    assert (form.summary.value("Pages"), form.summary.value("Size")) == ("", ""), "nothing is guessed"
    clicks(form.page_button)
    until(form.page.isVisible, "page 1 is there")
    wide, tall = form.page.page_size
    assert tall / wide == pytest.approx(297 / 210, abs=0.01), "A4"
    until(lambda: form.summary.value("Pages"), "counted")
    pages, size = int(form.summary.value("Pages")), form.summary.value("Size")
    assert not list(tmp_path.glob("* report.pdf"))
    reader.presses("Esc")
    assert not form.page.isVisible()
    assert form.isVisible(), "Esc leads back to the questions first"
    reader.presses("Ctrl+Enter")
    made(reader, "The report")
    (written,) = tmp_path.glob("* report.pdf")
    assert (len(PdfReader(written).pages), format_size(written.stat().st_size)) == (pages, size)


def test_other_answers_have_no_pages_before_they_were_drawn(reader, tmp_path):
    form = opens_form(reader, "Ctrl+Shift+W")
    clicks(form.page_button)
    until(lambda: form.summary.value("Pages"), "counted")
    clicks(form.page_button)
    assert not form.page.isVisible()
    form.form.choose(".html")
    counted(reader)
    assert form.summary.value("Pages") == ""
    assert not form.page_button.isEnabled()
    form.form.choose(".pdf")
    form.what.choose("sheets")
    counted(reader)
    assert form.summary.value("Pages") == "", "those of another report are not these"
    clicks(form.page_button)
    until(lambda: "Accept individuals first" in form.told.text(), "why there is no sheet")
    assert not form.page.isVisible()


# where the line of it stands


def places(reader):
    """Where what is pressed without looking stands on Read, and how large the photograph is."""
    window, read = reader.window, reader.reading
    parts = (read.side.quick_tags, read.side.body_map, read.canvas, read.info, window.header.search)
    return [(part.mapTo(window, QPoint(0, 0)), part.size()) for part in parts]


def test_nothing_on_read_moves_for_what_is_made(reader, tmp_path):
    before = places(reader)
    opens_form(reader, "Ctrl+Shift+W")
    goes_into(reader, tmp_path)
    reader.presses("Enter")
    row, line = made(reader, "The report"), reader.session.making
    assert line.isVisible()
    assert line.parentWidget() is reader.reading.canvas
    assert line.geometry().bottom() == reader.reading.canvas.rect().bottom()
    assert places(reader) == before
    reader.reading.say("One sentence.")
    assert reader.reading.message.geometry().bottom() < line.geometry().top()
    seen = reader.reading.canvas.seen
    clicks(line, QPoint(2, 2))
    assert reader.reading.canvas.seen == seen
    reader.presses("Ctrl+Shift+9")
    assert line.isVisible()
    assert line.parentWidget() is not reader.reading.canvas
    reader.presses("Ctrl+Shift+3")
    until(lambda: line.isVisible() and line.parentWidget() is reader.reading.canvas, "back over the foot")
    until(lambda: places(reader) == before, "everything is where it was")
    clicks(row.close_button)
    assert not line.isVisible()
    reader.reading.say("Another.")
    assert reader.reading.message.geometry().bottom() == reader.reading.canvas.rect().bottom()


def test_a_folder_that_cannot_be_shown_is_named_where_it_is_looked_for(reader, tmp_path, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    opens_form(reader, "Ctrl+Shift+W")
    goes_into(reader, tmp_path)
    reader.presses("Enter")
    row = made(reader, "The report")
    (written,) = tmp_path.glob("* report.pdf")
    clicks(row.folder)
    assert told(reader) == f"It lies here: {written}. The system has no program that shows a folder."
    clicks(row.open)
    assert told(reader) == f"It lies here: {written}. The system has no program that opens it."
