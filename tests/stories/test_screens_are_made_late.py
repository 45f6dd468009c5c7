"""A screen is made when it is first asked for, and is then as if it had always been there."""

import pytest

from reviewer.qt.main_window.screens import READ
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder)


def test_opening_a_case_makes_the_reading_screen_alone(reader):
    screens = reader.session.screens
    assert [name for name, _screen in screens.list_made_by_name()] == [READ]
    assert len(screens.list_names()) > 10


def test_a_key_makes_its_screen_once(reader):
    reader.presses("Ctrl+3")
    screens = reader.session.screens
    made = screens.list_made()
    assert reader.window.screen_name in dict(screens.list_made_by_name())
    reader.presses("Ctrl+1", "Ctrl+3")
    assert screens.list_made() == made


def test_a_screen_that_is_made_while_photographs_are_covered_is_covered(reader):
    reader.presses("Space")
    reader.sees_photo()
    reader.presses("X")
    until(lambda: reader.reading.canvas.covered, "the photograph is covered")
    assert reader.session.compare.panes[0].view.covered


def test_a_screen_that_is_made_after_a_change_of_theme_wears_it(reader):
    reader.window.appearance.wear("light", 1.5)
    gallery = reader.session.gallery
    assert gallery.grid.font().pixelSize() == reader.reading.side.font().pixelSize()


def test_closing_asks_nothing_of_screens_that_nobody_saw(reader):
    reader.presses("Space")
    reader.sees_photo()
    session = reader.session
    reader.window.close_case()
    assert [name for name, _screen in session.screens.list_made_by_name()] == [READ]
