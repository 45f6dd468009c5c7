"""The settings: with a case open and without one; applied at once, and there again the next time."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from reviewer.qt.entry.who import ChooseExaminerScreen
from reviewer.qt.look.theme import DARK, LIGHT
from reviewer.qt.look.window_settings import SYSTEM, WindowSettings
from reviewer.qt.settings.screen import SettingsScreen
from reviewer.services.account.last_person import find_last_person
from reviewer.services.account.viewing_comfort import load_comfort
from reviewer.services.case import enrolment
from tests.support.cases import opened
from tests.support.waiting import until


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def settings_aside(reader):
    reader.presses("Ctrl+Shift+7")
    page = reader.window.door.page
    assert isinstance(page, SettingsScreen)
    assert page.isVisible()
    return page


def subjects(page):
    return [panel.subject for panel in page.panels]


def test_without_a_case_the_look_is_set_and_escape_leads_back(desk):
    reader = desk()
    page = settings_aside(reader)
    assert "This case" not in subjects(page)
    click(page.appearance.themes[LIGHT])
    assert reader.window.appearance.theme.name == LIGHT
    assert page.appearance.percent.text() == "100 %"
    click(page.appearance.larger)
    assert page.appearance.percent.text() == "110 %"
    assert WindowSettings().theme().text_scale == 1.1
    assert WindowSettings().theme_choice() == LIGHT
    reader.presses("Esc")
    assert reader.window.door.page is reader.window.start
    assert reader.window.start.isVisible()


def test_text_goes_from_80_to_200_per_cent_and_back_to_100(desk):
    reader = desk()
    panel = settings_aside(reader).appearance
    for _ in range(12):
        panel.larger.click()
    assert (panel.percent.text(), panel.larger.isEnabled()) == ("200 %", False)
    panel.usual.click()
    assert (panel.percent.text(), panel.usual.isEnabled()) == ("100 %", False)
    for _ in range(4):
        panel.smaller.click()
    assert (panel.percent.text(), panel.smaller.isEnabled()) == ("80 %", False)
    reader.presses("Ctrl+Shift+PgUp")
    assert panel.percent.text() == "90 %", "the keys and the page say the same"


def test_system_follows_the_desktop_and_a_wide_window_chooses_nothing(desk, monkeypatch):
    reader = desk()
    appearance = reader.window.appearance
    assert appearance.choice == SYSTEM
    appearance.fit_width(2560)
    assert WindowSettings().theme_choice() == SYSTEM
    for now in (LIGHT, DARK):
        monkeypatch.setattr("reviewer.qt.look.appearance.find_system_theme", lambda now=now: now)
        QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
        assert appearance.theme.name == now
    appearance.choose(DARK)
    monkeypatch.setattr("reviewer.qt.look.appearance.find_system_theme", lambda: LIGHT)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    assert appearance.theme.name == DARK, "a choice stays"


def test_what_is_shown_on_the_reading_screen_is_kept(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("F9", "Ctrl+Shift+7")
    parts = reader.session.settings.appearance.parts
    assert not parts["filmstrip"].isChecked()
    parts["filmstrip"].click()
    parts["body-map"].click()
    parts["small-map"].click()
    reader.presses("Ctrl+Shift+3")
    assert reader.reading.filmstrip.isVisible()
    assert not reader.reading.side.body_map.isVisible()
    reader.leaves()
    again = desk().opens(case_folder).sees_photo(0)
    assert again.reading.filmstrip.isVisible()
    assert not again.reading.side.body_map.isVisible()
    assert not again.reading.canvas.map_shown


def test_without_a_case_the_wishes_are_of_whoever_read_last(desk, case_folder):
    reader = desk()
    page = settings_aside(reader)
    assert page.comfort is None
    reader.opens(case_folder).sees_photo(0)
    assert find_last_person() is not None
    reader.presses("Ctrl+W")
    reader.window.door.back_to_start()
    page = settings_aside(reader)
    page.show_subject("Reading comfort")
    page.comfort.starts["grey"].setChecked(True)
    assert load_comfort("Dr Okoye").start == "grey"
    assert "This case" not in subjects(page)
    reader.opens(case_folder)
    assert reader.reading.care.start == "grey"
    assert "This case" in subjects(reader.session.settings)


def test_a_page_that_waits_for_an_answer_stays(desk, case_folder):
    with opened(case_folder) as case:
        enrolment.enrol(case, "Dr Second")
    reader = desk()
    reader.window.open_folder(case_folder)
    until(lambda: isinstance(reader.window.door.page, ChooseExaminerScreen), "who reads is asked")
    who = reader.window.door.page
    reader.presses("Ctrl+Shift+7")
    assert reader.window.door.page is who
    assert who.isVisible()
