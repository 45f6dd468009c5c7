"""The tour: eight steps that can be done or passed by, left and begun again, and never in the way."""

import pytest
from PySide6.QtWidgets import QApplication

from reviewer.qt.entry import start as start_screen
from reviewer.qt.help.tour import STEPS
from reviewer.services.demo.demonstration import make_demonstration
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo()


def settles():
    for _turn in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_plate_covers_what_it_speaks_of_and_every_word_of_it_is_in_the_window(reader, size, scale):
    window = reader.window
    window.resize(*size)
    window.appearance.wear("dark", scale)
    settles()
    reader.presses("Shift+F1")
    tour = window.tour
    for number, step in enumerate(STEPS):
        settles()
        assert tour.number == number
        ring, plate = tour.ring.geometry(), tour.plate.geometry()
        assert tour.ring.isVisible(), step.title
        assert tour.plate.isVisible(), step.title
        assert not plate.intersects(ring), step.title
        centre = window.centralWidget().rect()
        assert centre.contains(plate), step.title
        assert centre.contains(ring), step.title
        reader.presses("Shift+F1")
    assert not tour.is_on
    assert not tour.plate.isVisible()


def test_what_a_step_asks_can_be_done_meanwhile_and_is_ticked(reader):
    tour = reader.window.tour
    reader.presses("Shift+F1", "Shift+F1")
    assert STEPS[tour.number].about == "tags"
    assert tour.plate._done.text() == ""
    reader.presses("2").is_saved()
    assert reader.terms == ["blunt.bruise"]
    assert "a finding stands in the list" in tour.plate._done.text()


def test_esc_leaves_it_and_help_has_it_again(reader):
    tour = reader.window.tour
    reader.presses("Shift+F1", "Shift+F1")
    reader.presses("Esc")
    assert not tour.is_on
    assert QApplication.focusWidget() is reader.reading.canvas
    reader.window.binder.run("help.tour")
    assert tour.number == 0


def test_esc_in_a_question_closes_the_question_and_not_the_tour(reader):
    tour = reader.window.tour
    reader.presses("Shift+F1", "Ctrl+K")
    reader.presses("Esc")
    assert tour.is_on
    reader.presses("Esc")
    assert not tour.is_on


def test_its_buttons_go_back_and_on_and_leave_the_keyboard_where_it_is(reader):
    tour = reader.window.tour
    reader.presses("Shift+F1")
    tour.plate._next.click()
    tour.plate._next.click()
    tour.plate._back.click()
    assert tour.number == 1
    assert QApplication.focusWidget() is reader.reading.canvas


def test_it_waits_while_another_screen_is_on(reader):
    tour = reader.window.tour
    reader.presses("Shift+F1")
    reader.window.show_screen("statistics")
    settles()
    assert not tour.plate.isVisible()
    reader.window.show_screen("read")
    settles()
    assert tour.plate.isVisible()


def test_without_a_case_it_is_in_the_demonstration(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWER_DATA", str(tmp_path / "account"))
    monkeypatch.setattr(
        start_screen, "make_demonstration", lambda files, stage: make_demonstration(files, stage, 12, 1)
    )
    examiner = desk()
    examiner.window.binder.run("help.tour")
    until(lambda: examiner.window.tour.is_on, "the tour")
    assert examiner.session.case.name == "Demonstration"
