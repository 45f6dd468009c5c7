"""A report from the window: a few keys, and it is written beside the reading."""

import threading

import pytest
from docx import Document
from PySide6.QtWidgets import QFileDialog

from reviewer.services.case.history import load_last_entries
from reviewer.services.report import run
from tests.stories.screen_form import form_of
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_all: str(tmp_path))
    return desk().opens(case_folder).sees_photo()


def texts(reader):
    return reader.window.commands.texts()


def test_a_report_of_the_collection_is_written_while_one_reads_on(reader, tmp_path):
    reader.presses("1", "Ctrl+Shift+W")
    assert texts(reader) == ["Of the collection", "A sheet of each individual"]
    reader.types("1")
    assert texts(reader) == ["PDF", "HTML", "Editable document"]
    reader.types("1").presses("Enter")
    until(lambda: form_of(reader) is None, "the form is gone")
    reader.presses("2")
    until(lambda: reader.said.startswith("The report is in "), "written")
    (made,) = tmp_path.glob("* report.pdf")
    assert made.read_bytes().startswith(b"%PDF")
    assert len(reader.is_saved().terms) == 2
    assert "report" in {entry.body.get("format") for entry in load_last_entries(reader.session.case, 3)}


def test_a_document_to_write_into(reader, tmp_path):
    reader.presses("Ctrl+Shift+W").types("1").types("editable").presses("Enter", "Enter")
    until(lambda: reader.said.startswith("The report is in "), "written")
    (made,) = tmp_path.glob("* report.docx")
    texts = [part.text for part in Document(str(made)).paragraphs]
    assert texts[2].startswith("This is the editable form")
    assert texts[-2:] == ["Text of the expert", ""], "room for it"


def test_everything_is_offered_before_the_result_that_is_shown(reader):
    reader.presses("Ctrl+F").types("state:unread").presses("Enter")
    gallery = reader.session.gallery
    until(lambda: gallery.model.worklist.name == "state:unread", "what was found is shown")
    reader.presses("Ctrl+Shift+W").types("1").types("1")
    assert form_of(reader).photographs.texts() == [
        "All photographs of the case",
        "The result shown: state:unread",
        "What this query finds:",
    ]


def test_the_sheet_of_the_individual_on_screen(reader, tmp_path):
    reader.presses("Ctrl+Shift+W")
    assert "The sheet of the individual on the reading screen" not in texts(reader), "nobody accepted it yet"
    reader.presses("Esc", "Ctrl+Shift+I")
    screen = reader.session.individuals
    until(lambda: screen.table.model.persons(), "everybody")
    reader.presses("A")
    until(lambda: any(each.is_accepted for each in screen.people.persons), "accepted")
    reader.presses("Ctrl+Shift+3", "Ctrl+Shift+W").types("sheet of the ind").presses("Enter").types("2")
    assert texts(reader) == ["Without photographs", "With masked photographs", "With small photographs"]
    reader.types("3")
    until(lambda: reader.said.startswith("The report is in "), "written")
    (made,) = tmp_path.glob("* sheet.html")
    assert b"data:image/jpeg" in made.read_bytes()


def test_a_query_that_makes_no_sense_is_said_and_nothing_written(reader, tmp_path):
    reader.presses("Ctrl+Shift+W").types("1").types("1")
    reader.presses("Tab").types("colour:red").presses("Enter")
    until(lambda: "there is no field colour" in form_of(reader).told.text(), "why")
    assert not list(tmp_path.glob("* report.pdf"))


def test_a_report_is_stopped_by_the_same_command(reader, monkeypatch):
    began = threading.Event()

    def held(_case, _wish, control):
        began.set()
        control.pause()
        control.check()
        raise AssertionError("nobody stopped it")

    monkeypatch.setattr(run, "make_collection_report", held)
    reader.presses("Ctrl+Shift+W").types("1").types("1").presses("Enter")
    until(began.is_set, "it began")
    assert began.wait(10)
    reader.presses("Ctrl+Shift+W")
    assert texts(reader) == ["Stop it", "Let it go on"]
    reader.types("1")
    until(lambda: reader.said == "The report was stopped.", "stopped")


def test_keys_are_those_of_reading_again_after_the_box(reader):
    """Whatever is asked, nothing that is pressed later goes into the note."""
    for key in ("Ctrl+Shift+W", "Ctrl+Shift+E", "Ctrl+K"):
        reader.presses(key, "Esc")
        assert reader.window.focusWidget() is reader.reading.canvas, key
