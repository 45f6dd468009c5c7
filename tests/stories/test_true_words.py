"""What the window says is so when it is read: a sentence goes when it is no longer true."""

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from tests.stories.test_nothing_else import line


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo(0)


def test_that_nothing_is_recorded_is_not_said_once_something_is(reader):
    reader.presses("Enter")
    assert reader.said == (
        "Nothing is recorded for this photo yet: tag a finding, or choose Nothing visible, "
        "Not assessable or Set aside."
    )
    reader.presses("2").is_saved()
    assert reader.said == ""
    assert reader.reading.message.isHidden()


def test_a_refusal_stays_while_nothing_changes_and_goes_once_a_finding_is_chosen(reader):
    reader.presses("Q")
    assert "Choose a finding first" in reader.said
    reader.presses("W")
    assert "Choose a finding first" in reader.said
    reader.presses("1")
    assert "Choose a finding first" not in reader.said


def test_that_nothing_is_visible_is_not_said_once_a_finding_is_there(reader):
    reader.presses("N").is_saved()
    assert reader.said.startswith("Recorded: nothing is visible. No sign counts as absent by that alone")
    assert not reader.reading.message.is_cut
    reader.presses("N")
    assert reader.said == "Nothing visible is withdrawn."
    reader.presses("2")
    assert reader.said == ""


def test_what_describes_a_finding_further_leaves_a_hint_on_it(reader):
    reader.presses("1")
    hint = reader.said
    assert hint.startswith("Which look-alikes were excluded")
    reader.presses("Q").is_saved()
    assert reader.said == hint


def test_a_reading_is_unread_then_begun_then_complete(reader):
    side = reader.reading.side
    assert side.state.text() == "Unread"
    reader.presses("2", "Q")
    assert side.state.text() == "Begun: Complete ends the reading."
    reader.presses("Shift+Enter")
    assert side.state.text() == "Reading complete."


def test_words_beside_the_figures_are_whole_on_a_laptop_and_their_tip_says_them_once(reader):
    reader.window.resize(1366, 768)
    side = reader.reading.side
    for keys in ((), ("Shift+B", "3", "Esc"), (",",)):
        reader.presses(*keys)
        QApplication.processEvents()
        assert [label.text() for label in (side.covers, line(reader)) if label.is_cut] == []
    assert side.findChild(QScrollArea).horizontalScrollBar().maximum() == 0
    assert side.covers.text() == "Covers: upper body, front"
    assert side.covers.make_whole_tip().count("upper body, front") == 1
    assert line(reader).text().startswith("Looked for: ")
    assert "to read each sign" in reader.said
