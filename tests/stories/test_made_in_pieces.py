"""What is too much to be made at once is made piece by piece, and keys are looked at in between."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from reviewer.qt import event_listening
from reviewer.qt.actions.binder import Availability
from tests.support.statements import recorded_statements
from tests.support.widget_events import count_by_turn, settles, watched_events

MOST_DRESSED_AT_ONCE = 110
"""Labels of the sheet of keys: a column of five."""


@pytest.fixture
def reader(desk, case_folder):
    examiner = desk().opens(case_folder).sees_photo(0)
    settles()
    return examiner


def test_the_sheet_of_keys_is_dressed_column_by_column(reader):
    with watched_events() as watch:
        reader.window.binder.run("window.keys")
        at_once = watch.by_type[QEvent.Type.Polish]
        by_turn = count_by_turn(watch, QEvent.Type.Polish)
    assert watch.by_class[QEvent.Type.Paint, "PlainLabel"] < 1.5 * sum(by_turn), "painted when all are there"
    assert at_once < 20
    assert sum(by_turn) > 2 * MOST_DRESSED_AT_ONCE, "all of it comes"
    assert max(by_turn) <= MOST_DRESSED_AT_ONCE, by_turn


def test_a_sheet_of_keys_that_is_left_at_once_makes_no_more(reader):
    reader.window.binder.run("window.keys")
    reader.window.binder.run("window.keys")
    with watched_events() as watch:
        by_turn = count_by_turn(watch, QEvent.Type.Polish)
    assert sum(by_turn) == 0


def test_of_the_settings_one_panel_is_made_at_once_and_the_others_later(reader):
    before = len(QApplication.allWidgets())
    reader.window.binder.run("window.settings")
    at_once = len(QApplication.allWidgets()) - before
    settings = reader.session.settings
    settings.make_all()
    assert at_once < (len(QApplication.allWidgets()) - before) / 2
    assert [panel.subject for panel in settings.panels] == [
        settings.subjects.item(row).text() for row in range(settings.subjects.count())
    ]


def test_what_the_access_screen_asks_it_asks_after_it_came_on(reader):
    with recorded_statements(of_this_thread=True) as sent:
        reader.window.show_screen("access")
        at_once = len(sent)
        settles()
    assert at_once == 0, sent[:at_once]
    assert sent
    assert reader.session.access.people.rows


def test_nobody_listens_while_actions_are_shown_as_they_are_now(reader, monkeypatch):
    asked = []
    monkeypatch.setattr(event_listening, "_is_window", asked.append)
    binder = reader.window.binder
    changed = []
    binder.find("gallery.open").changed.connect(lambda: changed.append(1))
    binder.update(Availability(case=True, screen="gallery"))
    assert changed, "it works now"
    assert asked == []
    changed.clear()
    binder.update(Availability(case=True, screen="gallery"))
    binder.hold(False)
    assert changed == []
