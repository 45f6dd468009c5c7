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


def test_a_photograph_has_ground_around_it_and_a_message_moves_nothing(reader):
    resized(reader, 1366, 768)
    canvas, around = reader.reading.canvas, 16
    left, top = canvas.to_widget((0.0, 0.0))
    right, bottom = canvas.to_widget(canvas.photo)
    assert min(left, top, canvas.width() - right, canvas.height() - bottom) >= around - 0.5
    before = canvas.geometry(), canvas.view
    reader.reading.say("A sentence.")
    settles()
    assert reader.reading.message.isVisible()
    assert canvas.rect().contains(reader.reading.message.geometry())
    assert (canvas.geometry(), canvas.view) == before
    reader.reading.message.show_usual()
    assert not reader.reading.message.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_large_type_joins_lines_and_gives_the_photograph_their_room(reader, scale):
    reader.window.appearance.wear("dark", scale)
    side = resized(reader, 1366, 768)
    screen, header = reader.reading, reader.window.header
    low, small = scale >= 1.5, scale >= 2
    assert screen.header.isAncestorOf(screen.info) == low
    assert reader.window.menus.isAncestorOf(header.search) == low
    assert header.search.isVisible() and screen.info.isVisible() and screen.info.name.isVisible()
    assert screen.filmstrip.isVisible() == (not small)
    assert screen.canvas.height() >= 0.72 * 768
    assert cut(side) == []
    assert side.findChild(QScrollArea).horizontalScrollBar().maximum() == 0
    assert all(button.width() >= button.minimumSizeHint().width() for button in screen.toolbar.buttons)
    reader.window.appearance.wear("dark", 1.0)
    settles()
    assert not screen.header.isAncestorOf(screen.info) and screen.filmstrip.isVisible()
    assert header.isAncestorOf(header.search) and header.search.isVisible()


def test_a_filmstrip_that_gave_way_is_not_kept_as_hidden(reader):
    reader.window.appearance.wear("dark", 2.0)
    resized(reader, 1366, 768)
    shown = reader.session.shown_parts
    assert not reader.reading.filmstrip.isVisible()
    assert "filmstrip" not in shown.list_hidden()
    reader.window.binder.run("view.filmstrip")
    assert reader.reading.filmstrip.isVisible(), "View brings it back"


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


def test_a_map_that_is_hidden_can_be_shown_again_by_mouse(reader):
    side = resized(reader, 1920, 1080)
    assert not side.show_again.isVisible()
    reader.presses("B")
    settles()
    assert not side.body_map.isVisible() and not side.legend.isVisible()
    assert (side.show_again.word, side.show_again.key) == ("Show the body map", "B")
    QTest.mouseClick(side.show_again, Qt.MouseButton.LeftButton)
    settles()
    assert side.body_map.isVisible() and side.legend.isVisible() and not side.show_again.isVisible()


def test_the_panel_grows_with_the_window_until_somebody_moves_its_edge(reader):
    assert resized(reader, 1366, 768).width() == 360
    assert resized(reader, 1920, 1080).width() == 448
    assert resized(reader, 2560, 1440).width() == 544
    assert reader.reading.side_width == 0
    reader.reading.set_side_width(400)
    until(lambda: reader.reading.side.width() == 400, "the panel is as wide as it was made")
    resized(reader, 1920, 1080)
    assert (reader.reading.side.width(), reader.reading.side_width) == (400, 400)
