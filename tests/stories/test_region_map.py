"""The large body map of a finding: opened by key, button or a click on its region."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.qt.reading.finding_list import compute_row_height
from reviewer.qt.widgets.keyed_button import KeyedButton
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo(0)


def settles():
    for _turn in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def key_of(reader, name):
    return next(region.key for region in reader.reader.vocabulary.regions if region.name == name)


def names(reader):
    return [reader.reader.vocabulary.region_name(region) for region in reader.finding.regions]


def clicks_on_map(reader, name):
    body_map = reader.reading.regions.body_map
    QTest.mouseClick(
        body_map, Qt.MouseButton.LeftButton, pos=body_map.middle_of(key_of(reader, name)).toPoint()
    )


def test_neck_l_and_enter_cost_no_key_more_and_the_map_shows_what_is_chosen(reader):
    box = reader.reading.box
    reader.presses("2", "H")
    assert reader.reading.regions.figures.isVisible()
    assert box.detail.text() == "No region yet: click it, or type its name."
    reader.types("neck l")
    assert not reader.reading.regions.figures.isVisible(), "the list has its place while something is typed"
    reader.presses("Enter")
    assert len(names(reader)) == 1
    assert reader.reading.regions.figures.isVisible()
    assert box.detail.text() == f"Chosen: {names(reader)[0]}."
    reader.presses("Esc")
    assert not box.isVisible()
    assert QApplication.focusWidget() is reader.reading.canvas


def test_by_mouse_alone_regions_are_clicked_and_it_is_done(reader):
    reader.presses("2")
    side, box = reader.reading.side, reader.reading.box
    button = next(found for found in side.findChildren(KeyedButton) if found.word == "Region")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settles()
    clicks_on_map(reader, "chest, left")
    assert names(reader) == ["chest, left"]
    clicks_on_map(reader, "abdomen, upper")
    assert names(reader) == ["chest, left", "abdomen, upper"]
    assert box.detail.text() == "Chosen: chest, left; abdomen, upper."
    clicks_on_map(reader, "chest, left")
    assert names(reader) == ["abdomen, upper"]
    assert box.isVisible(), "it stays until it is done"
    QTest.mouseClick(box.done_button, Qt.MouseButton.LeftButton)
    assert not box.isVisible()
    reader.is_saved()


def test_a_click_on_the_words_where_a_finding_is_opens_it_and_one_on_its_name_does_not(reader):
    reader.presses("2").places("chest l")
    reader.presses("5").places("abdomen upper")
    rows, box = reader.reading.side.findings, reader.reading.box
    tall = compute_row_height(rows.font())
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, tall // 4))
    assert not box.isVisible()
    assert names(reader) == ["chest, left"], "the first finding is selected"
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, tall + tall * 3 // 4))
    assert box.isVisible()
    assert names(reader) == ["abdomen, upper"], "that of the row clicked on"


@pytest.mark.parametrize(("size", "scale"), [((1366, 768), 1.0), ((1366, 700), 1.0), ((1366, 768), 1.5)])
def test_it_lies_on_the_photograph_beside_the_panel_and_nothing_moves(reader, size, scale):
    window, screen = reader.window, reader.reading
    window.resize(*size)
    window.appearance.wear("dark", scale)
    settles()
    reader.presses("2")
    parts = (screen.canvas, screen.side, screen.side.body_map, screen.filmstrip, screen.info)
    before = [part.geometry() for part in parts]
    shown = screen.canvas.view
    reader.presses("H")
    settles()
    canvas = screen.canvas.rect().translated(screen.canvas.mapTo(screen, QPoint()))
    assert canvas.contains(screen.box.geometry())
    assert canvas.right() - screen.box.geometry().right() <= 12
    placed = screen.box.geometry()
    reader.types("ch")
    settles()
    assert screen.box.geometry() == placed, "what is typed changes neither place nor size"
    assert [part.geometry() for part in parts] == before
    assert screen.canvas.view == shown


def test_it_opens_on_the_side_that_the_photograph_covers_or_where_the_finding_is(reader):
    back = next(
        number for number, view in enumerate(reader.reader.vocabulary.views, start=1) if view.key == "back"
    )
    reader.presses("Shift+B", str(back), "Esc", "2", "H")
    body_map = reader.reading.regions.body_map
    assert body_map.page.key == "back"
    reader.types("chest l").presses("Enter", "Esc", "H")
    assert body_map.page.key == "front", "where the finding is said to be"


def test_a_walk_with_the_arrow_keys_shows_what_enter_would_take(reader):
    reader.presses("2", "H", "Down")
    until(lambda: not reader.reading.regions.figures.isVisible(), "the list is seen")
    shown = reader.reading.box.texts()[0]
    reader.presses("Enter")
    assert names(reader) == [shown]
    assert reader.reading.regions.figures.isVisible()
