"""Photographs side by side, and what the reader wishes: nothing of it is written into the case."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.qt.reading.measuring import parse_off_plane
from tests.support.cases import opened
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo(0)


def shown(reader):
    return [pane for pane in reader.session.compare.panes if pane.isVisible()]


def sees_panes(reader, count):
    until(
        lambda: len(shown(reader)) == count and all(pane.view.has_picture for pane in shown(reader)),
        f"{count} photographs side by side",
    )
    return shown(reader)


def test_two_photographs_of_the_same_individual_and_back(reader):
    reader.presses("F6")
    panes = sees_panes(reader, 2)
    assert [pane.position for pane in panes] == [0, 1]
    assert f"{reader.reader.worklist.label(1)}, photo 2" in panes[1].caption
    reader.presses("F6")
    assert reader.window.screen_name == "read"
    reader.sees_photo(0).presses("1").is_saved()


def test_linked_zoom_and_turn_and_each_by_itself(reader):
    reader.presses("F6")
    one, two = sees_panes(reader, 2)
    reader.presses("+", "+", "]")
    assert two.view.view.angle == one.view.view.angle == 90
    assert two.share().zoom == pytest.approx(one.share().zoom)
    reader.presses("Shift+L", "+")
    assert two.share().zoom < one.share().zoom


def test_four_panes_and_stepping_within_one(reader):
    reader.presses("F6", "Shift+F6")
    panes = sees_panes(reader, 4)
    assert len({pane.photo for pane in panes}) == 4
    reader.window.resize(1500, 900)
    until(lambda: panes[0].width() > 500, "more room")
    assert all(pane.share().zoom == pytest.approx(1) for pane in panes)
    before = panes[0].photo
    reader.presses("Ctrl+PgDown")
    assert shown(reader)[0].photo != before
    reader.presses("F3", "Ctrl+PgUp")
    sees_panes(reader, 4)


def test_any_photograph_by_its_number_or_name(reader):
    reader.presses("F6")
    sees_panes(reader, 2)
    reader.presses("F3", "Ctrl+P").types("12").presses("Enter")
    assert sees_panes(reader, 2)[1].position == 11
    name = reader.reader.worklist.items[20].name
    reader.presses("Ctrl+P").types(name).presses("Enter")
    assert sees_panes(reader, 2)[1].position == 20


def test_flicker_shows_the_same_place_of_both_in_turn(reader):
    reader.presses("F6")
    sees_panes(reader, 2)
    reader.presses("F8")
    (first,) = sees_panes(reader, 1)
    until(lambda: first.width() > 900, "all the room")
    reader.presses("F8")
    (second,) = sees_panes(reader, 1)
    until(lambda: second.width() > 900, "all the room")
    assert first.photo != second.photo
    assert first.view.box() == second.view.box()
    assert second.view.box()[0] > 900
    reader.presses("Shift+F6")
    assert len(shown(reader)) in {2, 4}


def test_the_difference_is_grey_for_the_same_photograph_and_goes_back(reader):
    compare = reader.session.compare
    reader.presses("F6")
    sees_panes(reader, 2)
    compare.fill([0, 0])
    sees_panes(reader, 2)
    reader.presses("Shift+F8")
    until(lambda: compare.difference.has_picture, "the difference")
    middle = (
        compare.difference.grab()
        .toImage()
        .pixelColor(compare.difference.width() // 2, compare.difference.height() // 2)
    )
    assert (middle.red(), middle.green(), middle.blue()) == (128, 128, 128)
    reader.presses("Shift+F8", "Shift+F8", "Shift+F8")
    sees_panes(reader, 2)


def test_the_panel_has_the_difference_small_with_direction_and_strength(reader):
    compare = reader.session.compare
    reader.presses("F6")
    sees_panes(reader, 2)
    small = compare.panel.difference.small
    until(lambda: small.has_picture, "the small difference")
    strength = compare.panel.difference.strength
    QTest.mouseClick(strength.buttons[2], Qt.MouseButton.LeftButton)
    assert compare.difference.gain == 8
    until(lambda: small.has_picture, "the stronger one")
    reader.presses("X")
    middle = small.grab().toImage().pixelColor(4, 4)
    assert middle == small.grab().toImage().pixelColor(small.width() // 2, 30), "covered here too"


def test_modes_are_a_row_of_words_for_the_mouse(reader):
    compare = reader.session.compare
    reader.presses("F6")
    sees_panes(reader, 2)
    side_by_side, flicker, difference = compare.bar.modes.buttons
    QTest.mouseClick(flicker, Qt.MouseButton.LeftButton)
    assert len(shown(reader)) == 1
    assert flicker.isChecked()
    QTest.mouseClick(difference, Qt.MouseButton.LeftButton)
    assert compare.difference.isVisible()
    assert compare.difference.banner.startswith("NOT THE ORIGINAL") or not compare.difference.has_picture
    QTest.mouseClick(side_by_side, Qt.MouseButton.LeftButton)
    sees_panes(reader, 2)
    compare.fill([0])
    QTest.mouseClick(difference, Qt.MouseButton.LeftButton)
    assert side_by_side.isChecked(), "what is refused is not on"
    assert "Two photos are needed" in compare.said


def test_a_second_photograph_is_chosen_by_its_small_picture(reader):
    compare = reader.session.compare
    reader.presses("F6")
    sees_panes(reader, 2)
    compare.fill([0])
    assert compare.empty.isVisible()
    grid = compare.panel.candidates
    assert grid.shown[0].letter == "A"
    third = grid.shown[2]
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.find_frame(2).center())
    assert sees_panes(reader, 2)[1].position == third.position
    assert not compare.empty.isVisible()
    assert grid.shown[2].letter == "B"


def test_what_differs_is_said_and_what_is_the_same_too(reader):
    compare = reader.session.compare
    reader.presses("2").is_saved().presses("F6")
    one, two = sees_panes(reader, 2)
    rows = {name: (first, second) for name, first, second in compare.panel.differing.rows}
    assert rows["SHA-256"] == (one.photo[:8], two.photo[:8])
    assert rows["Findings"] == ("1", "not read")
    compare.fill([0, 0])
    rows = {name: second for name, _first, second in compare.panel.differing.rows}
    assert rows["Size"] == rows["SHA-256"] == "the same"


def test_the_same_region_of_other_individuals(reader):
    reader.presses("Shift+F7")
    assert "region first" in reader.said
    reader.presses("2").places("neck front")
    reader.presses("Ctrl+Right").sees_photo()
    reader.presses("2").places("neck front")
    reader.is_saved()
    here = reader.reader.position
    reader.presses("Shift+F7")
    until(lambda: reader.window.screen_name == "compare", "what was found is shown")
    panes = sees_panes(reader, 2)
    assert [pane.position for pane in panes] == [here, 0]
    assert "other individuals" in reader.session.compare.said


def test_cover_covers_the_comparison_and_comparing_writes_nothing(reader, case_folder):
    reader.presses("F6")
    sees_panes(reader, 2)
    reader.presses("X")
    assert all(pane.view.covered for pane in reader.session.compare.panes)
    reader.presses("X", "F8", "Shift+F8", "F6")
    reader.leaves()
    with opened(case_folder) as case:
        assert case.counts().findings == 0


def wishes(reader, start):
    reader.window.show_screen("settings")
    reader.session.settings.comfort.starts[start].setChecked(True)
    reader.window.show_screen("read")


def test_grey_is_said_recorded_and_cleared_with_one_key_and_remembered(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    wishes(reader, "grey")
    until(
        lambda: reader.reading.canvas.has_picture and reader.reading.feed.shown[1] == "grey", "the grey view"
    )
    image = reader.reading.canvas.layers.pixmap(reader.reading.canvas.shown_layer()).toImage().copy()
    pixel = image.pixelColor(image.width() // 2, image.height() // 2)
    assert pixel.red() == pixel.green() == pixel.blue()
    assert "Grey view" in reader.reading.header.softening.text()
    reader.sees_photo(0).presses("2", "Q")
    assert reader.finding.display_recipe.care == "grey"
    assert reader.finding.is_only_enhanced
    reader.presses("F4").sees_photo()
    until(lambda: reader.reading.feed.shown[1] == "", "the photograph as it is")
    assert reader.reading.header.softening.text() == ""
    reader.presses("Q").is_saved()
    assert not reader.finding.is_only_enhanced
    reader.presses("Right").sees_photo(1)
    assert "Grey view" in reader.reading.header.softening.text()
    reader.leaves()
    again = desk().opens(case_folder)
    assert again.session.settings.comfort.care.start == "grey"
    assert "Grey view" in again.reading.header.softening.text()


def test_every_photograph_begins_covered_and_is_uncovered_with_one_key(reader):
    wishes(reader, "covered")
    assert reader.reading.canvas.covered
    reader.presses("X")
    assert not reader.reading.canvas.covered
    reader.presses("Right")
    assert reader.reading.canvas.covered
    reader.presses("F4")
    assert not reader.reading.canvas.covered


def test_small_and_blurred_photographs_can_be_cleared(reader):
    fitted = reader.reading.canvas.scale
    wishes(reader, "small")
    assert reader.reading.canvas.scale < 0.5 * fitted
    assert "Small view" in reader.reading.header.softening.text()
    reader.presses("F4")
    assert reader.reading.canvas.scale == pytest.approx(fitted)
    wishes(reader, "blur")
    until(lambda: reader.reading.feed.shown[1] == "blur", "the blurred view")
    reader.presses("F4", "F4")
    assert "not softened" in reader.said


def test_leaving_the_window_covers_if_wished_and_ends_a_held_key(reader):
    reader.reading.left()
    assert not reader.reading.canvas.covered
    reader.session.settings.comfort.leaving.setChecked(True)
    QApplication.sendEvent(reader.window, QEvent(QEvent.Type.ActivationChange))
    reader.reading.left()
    assert reader.reading.canvas.covered


def test_the_clock_says_once_that_the_time_is_over_and_stops_nothing(reader):
    now = [0]
    clock = reader.reading.clock
    clock._elapsed = lambda: now[0]
    reader.session.settings.comfort.clock.setChecked(True)
    reader.session.settings.comfort.minutes.setValue(45)
    assert reader.reading.header.clock.text() == "0:00"
    now[0] = 46 * 60_000
    clock.look()
    assert "over" in reader.reading.header.clock.text()
    assert "45 minutes" in reader.said
    reader.reading.message.setText("")
    clock.look()
    assert reader.said == ""
    reader.presses("2").is_saved()


def test_the_days_of_viewing_are_for_the_reader_alone(reader):
    reader.window.show_screen("settings")
    assert "1 day of this week" in reader.session.settings.comfort.viewed.text()


def test_measuring_with_a_scale_and_without(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("Shift+I").drags((100, 100), (500, 100))
    (view,) = reader.reading.measuring.make_views(reader.reader.reading)
    assert "no scale" in view.label
    assert "mm" not in view.label
    reader.presses("Shift+S").drags((100, 300), (900, 300))
    reader.types("100 mm").presses("Enter").types("ruler").presses("Enter").types("1").types("1")
    (scale,) = reader.reader.reading.scales
    assert (scale.micrometres, scale.tilt, scale.curved) == ((100_000,), 0, False)
    assert (scale.known_by, scale.off_plane) == ("printed", 0)
    reader.presses("2", "Shift+I").drags((100, 500), (500, 500))
    measurement = reader.reader.reading.measurements[-1]
    assert measurement.finding == reader.finding.id
    said = float(reader.said.split()[1])
    assert abs(said - 50) < 1
    reader.presses("Shift+T").drags((100, 500), (504, 500))
    assert len(reader.reader.reading.measurements[-1].takes) == 2
    assert "2 times" in reader.said
    reader.is_saved()
    reader.presses("Ctrl+Z")
    until(lambda: len(reader.reader.reading.measurements[-1].takes) == 1, "one take")
    reader.presses("Shift+O").clicks((100, 600), (300, 600), (300, 700)).presses("Enter")
    assert "mm²" in reader.said
    reader.presses("Shift+V").clicks((100, 600), (300, 600), (300, 800))
    assert "90" in reader.said
    assert "°" in reader.said
    reader.presses("Delete").is_saved()
    assert len(reader.reader.reading.measurements) == 3


def test_a_length_that_is_none_is_said_and_nothing_is_marked(reader):
    reader.presses("Shift+S").drags((100, 300), (900, 300))
    reader.types("long").presses("Enter")
    assert "not a length" in reader.said or "not marked" in reader.said
    assert reader.reader.reading.scales == ()


def test_a_scale_in_front_of_the_skin_widens_every_plus_minus(reader):
    reader.presses("Shift+S").drags((100, 300), (900, 300))
    reader.types("100 mm").presses("Enter", "Enter").types("1").types("3")
    reader.types("30 mm at 0.8 m").presses("Enter")
    (scale,) = reader.reader.reading.scales
    assert (scale.source, scale.known_by, scale.off_plane) == (
        "Photomacrographic scale (ABFO No. 2)",
        "printed",
        38,
    )
    assert "3.8 % out of the plane" in reader.said
    reader.presses("Shift+I").drags((100, 500), (500, 500))
    assert "scale up to 3.8 % out of the plane" in reader.said


@pytest.mark.parametrize("typed", ["near", "30 mm", "30 mm at 0 m", "30 at"])
def test_a_distance_that_is_none_is_said_and_nothing_is_marked(reader, typed):
    reader.presses("Shift+S").drags((100, 300), (900, 300))
    reader.types("100 mm").presses("Enter", "Enter").types("1").types("3").types(typed).presses("Enter")
    assert "not marked" in reader.said
    assert reader.reader.reading.scales == ()


def test_the_size_of_a_card_is_measured_by_somebody_and_never_assumed(reader):
    reader.presses("Shift+S").drags((100, 300), (900, 300))
    reader.types("100 mm").presses("Enter").types("number").presses("Enter", "Enter")
    assert "Name who measured it" in reader.said
    reader.presses("Shift+S").drags((100, 300), (900, 300))
    reader.types("100 mm").presses("Enter").types("evidence placard").presses("Enter", "4")
    assert "The size of a card is not assumed" in reader.said
    assert reader.reader.reading.scales == ()
    reader.presses("Shift+S").drags((100, 300), (900, 300))
    reader.types("100 mm").presses("Enter").types("number").presses("Enter").types("Dr Okoye, 2026")
    reader.presses("Enter", "1", "1")
    (scale,) = reader.reader.reading.scales
    assert (scale.source, scale.known_by) == ("Number card, measured by Dr Okoye, 2026", "measured")


@pytest.mark.parametrize(
    ("typed", "thousandths"),
    [("30 mm at 0.8 m", 38), ("3 cm at 80 cm", 38), ("30 at 0,8", 38), ("0 at 1", 0)],
)
def test_distances_are_read_in_the_units_people_use(typed, thousandths):
    assert parse_off_plane(typed) == thousandths


def test_keys_of_reading_do_nothing_on_the_compare_screen(reader):
    reader.presses("F6")
    sees_panes(reader, 2)
    QTest.keyClick(shown(reader)[0].view, Qt.Key.Key_1)
    assert reader.terms == []
