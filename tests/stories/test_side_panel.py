"""The panel at the right: all of it in sight on a laptop, and nothing in it jumps."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from reviewer.qt.widgets.keyed_button import KeyedButton
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo(0)


def settles():
    for _turn in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def resized(reader, width, height):
    reader.window.resize(width, height)
    settles()
    return reader.reading.side


def places(side):
    parts = (side.quick_tags, side.body_map, side.note, side.detail, side.whole, side.legend, side.covers)
    return [(type(part).__name__, part.mapTo(side, part.rect().topLeft()), part.size()) for part in parts]


def scrolls(side):
    return side.findChild(QScrollArea).verticalScrollBar().maximum() > 0


def cut(side):
    return [button.word for button in side.findChildren(KeyedButton) if button.isVisible() and button.is_cut]


def test_nothing_in_the_panel_moves_whatever_is_recorded(reader):
    side = resized(reader, 1366, 768)
    before, states = places(side), set()
    steps = (
        ("N",),
        ("N", "2"),
        ("Q",),
        ("1",),
        ("Alt+1",),
        ("5", "W"),
        ("8",),
        ("Shift+B", "1", "2", "Esc"),
        (",",),
        ("D", "0"),
        ("U", "1"),
        ("F3", "1", "1", "Esc"),
    )
    for keys in steps:
        reader.presses(*keys)
        settles()
        states.add(side.state.text())
        assert places(side) == before, keys
        assert not scrolls(side), keys
    assert len(states) > 2


def test_all_of_it_is_seen_on_a_laptop(reader):
    reader.presses("2", "1", "5").is_saved()
    side = resized(reader, 1366, 768)
    assert not side.sections.is_tabbed
    assert (side.findings.rows, side._below.text()) == (3, "")
    assert not scrolls(side)
    assert cut(side) == [], "no name of a quick tag is cut, and no word of a button"
    assert side.note.height() >= 3 * side.note.fontMetrics().lineSpacing()
    assert side.body_map.height() >= 130
    side = resized(reader, 1366, 700)
    assert (side.findings.rows, side.sections.is_tabbed) == (2, False)
    assert not scrolls(side)
    reader.presses("Up", "Up")
    settles()
    assert side._below.text() == "1 more below"


def test_where_there_is_little_room_the_lower_part_has_tabs(reader):
    side = resized(reader, 910, 480)
    sections = side.sections
    assert sections.is_tabbed
    assert (side.quick_tags.isVisible(), side.body_map.isVisible(), side.note.isVisible()) == (
        True,
        False,
        False,
    )
    reader.presses("S").types("seen").presses("Esc").is_saved()
    assert (side.quick_tags.isVisible(), side.note.isVisible()) == (False, True)
    assert sections.buttons["note"].text() == "Note •"
    assert sections.buttons["tags"].text() == "Tags"
    reader.presses("2").is_saved()
    assert reader.terms == ["blunt.bruise"], "the digits mean the same under any tab"
    assert sections.buttons["tags"].text() == "Tags •"
    QTest.mouseClick(sections.buttons["map"], Qt.MouseButton.LeftButton)
    settles()
    assert side.body_map.isVisible()
    reader.points_at("chest.L").is_saved()
    assert reader.finding.regions == ("chest.L",)
    assert sections.buttons["map"].text() == "Body map •"


def test_the_panel_grows_with_the_window_until_somebody_moves_its_edge(reader):
    assert resized(reader, 1366, 768).width() == 360
    assert resized(reader, 1920, 1080).width() == 448
    assert resized(reader, 2560, 1440).width() == 544
    assert reader.reading.side_width == 0
    reader.reading.set_side_width(400)
    until(lambda: reader.reading.side.width() == 400, "the panel is as wide as it was made")
    resized(reader, 1920, 1080)
    assert (reader.reading.side.width(), reader.reading.side_width) == (400, 400)
