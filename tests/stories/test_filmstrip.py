"""The strip at the left: this person between her neighbours, each photograph with its state in words."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.qt.reading.filmstrip_painter import HEADING, NEIGHBOUR, NUMBER, POSITION, STATE, shorten_state
from tests.stories.test_side_panel import settles


def rows(reader, role):
    strip = reader.reading.filmstrip.model()
    return [strip.index(row, 0).data(role) for row in range(strip.rowCount())]


def test_a_person_stands_between_her_neighbours(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    worklist = reader.reader.worklist
    first, second, third = (group.positions for group in worklist.groups[:3])
    assert rows(reader, POSITION) == [*first, second[0]]
    reader.presses("Ctrl+Right").sees_photo(second[0])
    assert rows(reader, POSITION) == [first[-1], *second, third[0]]
    assert rows(reader, NEIGHBOUR) == [True, *(False for _mine in second), True]
    named = [name for name in rows(reader, HEADING) if name]
    assert named == [worklist.name_person(place) for place in (first[0], second[0], third[0])]
    assert rows(reader, NUMBER) == [len(first), *range(1, len(second) + 1), 1]
    strip = reader.reading.filmstrip
    place = strip.visualRect(strip.model().index(0, 0)).center()
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert reader.reader.position == first[-1], "a neighbour is gone to by a click"


def test_the_state_of_each_photograph_is_said_in_words(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    assert rows(reader, STATE)[0].endswith("unread")
    reader.presses("2").is_saved()
    assert rows(reader, STATE)[0].endswith("begun")
    reader.presses("Q", "Shift+Enter").is_saved()
    assert rows(reader, STATE)[0].endswith("done")
    reader.presses("D").is_saved()
    assert rows(reader, STATE)[0] == "set aside"


def test_the_strip_and_its_pictures_are_larger_in_a_wide_window(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    for width, wide in ((1366, 120), (1920, 160), (2560, 200)):
        reader.window.resize(width, 768)
        settles()
        assert reader.reading.filmstrip.width() == wide


def test_a_state_that_has_no_room_is_its_sign_and_the_help_says_it(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    metrics = reader.reading.filmstrip.fontMetrics()
    room = metrics.horizontalAdvance("\u25cb unread")
    assert shorten_state("\u25cb unread", metrics, room) == "\u25cb unread"
    assert shorten_state("\u25cb unread", metrics, room - 1) == "\u25cb"
    assert shorten_state("set aside", metrics, 20) != "set"
    model = reader.reading.filmstrip.model()
    assert "unread" in model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
