"""The photograph alone in a second window: it shows what the first one shows, and hides what that hides."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo()
    reader.window.binder.run("view.second-window")
    until(lambda: reader.reading.second_window.isVisible(), "the second window")
    return reader


def look(reader):
    QApplication.processEvents()
    return reader.reading.second_window.view.grab().toImage()


def grounds(image):
    """How many of the looked-at points have the colour of the first."""
    spots = [(x, y) for x in range(100, image.width(), 60) for y in range(80, image.height(), 60)]
    first = image.pixel(2, 2)
    return sum(image.pixel(*spot) == first for spot in spots) / len(spots)


def test_it_shows_the_photograph_and_follows_to_the_next_one(reader):
    first = look(reader)
    assert grounds(first) < 0.6
    reader.presses("Right").sees_photo(1)
    until(lambda: look(reader) != first, "the next photograph")
    assert reader.reading.second_window.view.photo == reader.reading.canvas.photo


def test_keys_go_to_the_reading_as_before(reader):
    reader.presses("1").is_saved()
    assert len(reader.terms) == 1
    assert QApplication.focusWidget() is reader.reading.canvas


def test_what_is_covered_is_covered_in_both(reader):
    reader.presses("X")
    assert reader.reading.canvas.covered
    assert grounds(look(reader)) > 0.9
    reader.presses("X")
    assert grounds(look(reader)) < 0.6


def test_it_shows_nothing_while_another_screen_is_on(reader):
    reader.window.show_screen("statistics")
    assert grounds(look(reader)) > 0.9


def test_it_is_gone_when_the_window_is_locked(reader):
    window = reader.reading.second_window
    window.close()
    assert not window.isVisible()
    reader.window.binder.run("view.second-window")
    assert window.isVisible()
    reader.window._hide_case()
    assert not window.isVisible()
