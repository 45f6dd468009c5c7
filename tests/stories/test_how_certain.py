"""What nobody stated is asked once, in place, before a reading is complete; nothing shows it as probable."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget

from reviewer.domain.reading.reading import ReadingState
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.qt.reading.finding_list import format_second_line
from tests.stories.test_nothing_else import line


def told(reader):
    return [(each.certainty_told) for each in reader.reader.reading.findings]


def asks(reader):
    box = reader.reading.box
    return box._prompt.text() if box.is_asking else ""


@pytest.mark.parametrize(("key", "certainty"), [("Q", "definite"), ("w", "probable"), ("E", "possible")])
def test_enter_asks_once_and_one_key_states_it_for_all_and_goes_on(desk, case_folder, key, certainty):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("1", "2")
    vocabulary = reader.reader.vocabulary
    for finding in reader.reader.reading.findings:
        assert "certainty not stated" in format_second_line(finding, vocabulary)
        assert "probable" not in format_second_line(finding, vocabulary)
    assert "how certain these findings are: ligature mark, bruise. Q definite" in [
        reader.presses("Enter") and asks(reader)
    ][0].removeprefix("Nobody stated ")
    assert "Without a region" in reader.reading.box.detail.text()
    assert reader.reader.position == 0
    assert reader.reader.reading.state is ReadingState.OPEN
    reader.presses(key).sees_photo(1)
    reader.presses("Left").sees_photo(0).is_saved()
    assert told(reader) == [certainty, certainty]
    assert reader.reader.reading.state is ReadingState.COMPLETE


def test_enter_alone_answers_nothing_and_escape_goes_back(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("1", "Enter", "Enter")
    assert asks(reader)
    assert reader.reading.box.detail.text().startswith("Nothing was taken.")
    reader.presses("Esc")
    assert not asks(reader)
    assert (told(reader), reader.reader.reading.state) == (["not stated"], ReadingState.OPEN)
    reader.presses("Shift+Enter").presses("Down", "Down", "Enter").is_saved()
    assert (told(reader), reader.reader.position) == (["probable"], 0)
    assert reader.reader.reading.state is ReadingState.COMPLETE
    assert reader.reader.reading.findings[0].certainty is Certainty.PROBABLE


def test_what_is_stated_is_not_asked_and_the_one_that_is_not_is_named(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("1", "E", "2", "Enter")
    assert "findings are: bruise. " in asks(reader)
    reader.presses("Q").sees_photo(1).presses("Left").sees_photo(0)
    assert told(reader) == ["possible", "definite"]
    reader.presses("Enter").sees_photo(1)
    assert not asks(reader)


def test_nothing_is_asked_where_something_else_is_in_the_way(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("Enter")
    assert not asks(reader)
    assert reader.said.startswith("Nothing is recorded for this photo yet")
    reader.presses("1", "X", "Enter")
    assert not asks(reader)
    assert "covered" in reader.said


KEYS_BEFORE = ("2", "8", "Shift+B", "1", "Esc", "Enter")
"""A photograph with two findings and what it shows, as it was read before anything had to be stated."""


def test_two_findings_stated_and_nothing_else_take_two_keys_more_than_before(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    pressed = (*KEYS_BEFORE[:-1], ",", "Enter", "Q")
    reader.presses(*pressed).sees_photo(1).presses("Left").sees_photo(0).is_saved()
    reading = reader.reader.reading
    assert (reading.state, told(reader)) == (ReadingState.COMPLETE, ["definite", "definite"])
    assert reading.looked_for
    assert len(pressed) - len(KEYS_BEFORE) == 2


def clicks(widget, pos=None):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=pos or widget.rect().center())


def chooses(reader, text):
    """Click the answer that says `text` in the box."""
    found = reader.reading.box.findChild(QListWidget)
    item = next(found.item(row) for row in range(found.count()) if text in found.item(row).text())
    clicks(found.viewport(), found.visualItemRect(item).center())


def test_the_same_by_mouse_alone(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    side = reader.reading.side
    clicks(side.quick_tags._buttons[1])
    reader.points_at("chest.L")
    clicks(side.covers)
    chooses(reader, reader.reader.vocabulary.views[0].name)
    clicks(reader.window, reader.reading.canvas.mapTo(reader.window, reader.spot(2, 2)))
    assert not reader.reading.box.is_asking
    clicks(line(reader))
    assert "abrasion" in reader.reading.box.texts()
    clicks(reader.window, reader.reading.canvas.mapTo(reader.window, reader.spot(2, 2)))
    assert not reader.reading.box.is_asking
    clicks(side.whole.nothing_else)
    assert line(reader).text().startswith("Looked for")
    clicks(reader.reading.toolbar._buttons["reading.complete-and-next"])
    assert "bruise" in asks(reader)
    chooses(reader, "probable for all")
    reader.sees_photo(1)
    clicks(
        reader.reading.filmstrip.viewport(),
        reader.reading.filmstrip.visualRect(reader.reading.filmstrip.model().index(0, 0)).center(),
    )
    reader.sees_photo(0).is_saved()
    reading = reader.reader.reading
    assert (reading.state, told(reader)) == (ReadingState.COMPLETE, ["probable"])
    assert reading.looked_for
    assert QApplication.focusWidget() is reader.reading.canvas
