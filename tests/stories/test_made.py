"""The page of what was made: opened, shown, compared, found again; by keys and by the mouse."""

import shutil

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from reviewer.qt.handing_over import made_screen
from tests.stories.screen_form import clicks, goes_into, made, opens_form
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder, tmp_path):
    """A report was made of everything."""
    reader = desk().opens(case_folder).sees_photo()
    (tmp_path / "given").mkdir()
    opens_form(reader, "Ctrl+Shift+W")
    goes_into(reader, tmp_path / "given")
    reader.presses("Ctrl+Enter")
    made(reader, "The report")
    return listed(reader, 1)


def listed(reader, count):
    reader.presses("Ctrl+Shift+9")
    screen = reader.session.made
    until(lambda: len(screen.model.rows) == count and screen.table.currentIndex().isValid(), "the list")
    return reader


def row(reader):
    model = reader.session.made.model
    return [model.text(0, column) for column in range(model.columnCount())]


def test_without_anything_made_the_page_says_what_comes_here(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo().presses("Ctrl+Shift+9")
    screen = reader.session.made
    until(screen._none.isVisible, "it is said")
    assert screen._none.title.text() == "Nothing has been made of this case yet"
    assert not screen.buttons["made.open"].isEnabled()
    clicks(screen.buttons["case.export"])
    assert opens_form(reader).title == "Export"


def test_what_was_made_stands_there_with_its_hash(reader):
    _when, what, whom, files, size, sha256, by, state = row(reader)
    assert (what, whom, files, by, state) == (
        "Collection report", "everybody", "1", "Dr Okoye", "not compared since"
    )  # fmt: skip
    assert size.endswith("kB")
    whole = next(iter(reader.session.made.require_chosen().hashes.values()))
    assert sha256 == f"{whole[:4]} {whole[4:8]} \u2026 {whole[-4:]}"
    assert reader.session.made._values["SHA-256"].text().replace(" ", "") == whole


def test_it_is_opened_shown_and_its_hash_copied(reader, monkeypatch, tmp_path):
    seen = []
    for name in ("open_in_system", "show_in_folder"):
        monkeypatch.setattr(made_screen, name, lambda place, name=name: seen.append((name, place)) or "")
    reader.presses("Enter", "F", "H")
    (report,) = (tmp_path / "given").iterdir()
    assert seen == [("open_in_system", report), ("show_in_folder", report)]
    assert QGuiApplication.clipboard().text() == next(
        iter(reader.session.made.require_chosen().hashes.values())
    )
    clicks(reader.session.made.buttons["made.open"])
    assert seen[-1] == ("open_in_system", report)


def test_a_changed_file_is_a_warning_in_the_row(reader, tmp_path):
    screen = reader.session.made
    reader.presses("C")
    until(lambda: row(reader)[-1] == "as made", "compared")
    (report,) = (tmp_path / "given").iterdir()
    report.write_bytes(b"something else")
    clicks(screen.buttons["made.compare"])
    until(lambda: row(reader)[-1] == "Warning: 1 file changed", "compared again")
    assert "1 file changed" in screen.message.text()


def test_what_was_moved_says_so_and_is_found_again(reader, tmp_path, monkeypatch):
    screen = reader.session.made
    shutil.move(tmp_path / "given", tmp_path / "elsewhere")
    screen.refresh()
    until(lambda: row(reader)[-1] == "not found here", "it is gone")
    assert not screen.buttons["made.open"].isEnabled()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_all: str(tmp_path))
    reader.presses("W")
    assert screen.message.text().startswith("It does not lie in this folder")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_all: str(tmp_path / "elsewhere"))
    reader.presses("W")
    until(lambda: row(reader)[-1] == "not compared since", "it is there")


def test_the_list_is_there_after_the_case_was_closed(reader, desk, case_folder):
    reader.leaves()
    again = listed(desk().opens(case_folder).sees_photo(), 1)
    assert row(again)[1] == "Collection report"
