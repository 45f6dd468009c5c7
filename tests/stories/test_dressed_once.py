"""A screen is dressed once, when it is whole; a change of theme dresses what is seen, and no more."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from reviewer.qt.look.dressing import is_dressed
from reviewer.qt.look.theme import LIGHT
from reviewer.qt.main_window.screens import READ, SCREENS
from tests.support.widget_events import settles, watched_events

LAID_OVER = ("window.keys", "window.commands", "help.manual", "help.tour", "search.find", "case.report")


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo(0)


def list_dressed_times(screen, watch):
    """How often the widgets of a screen were dressed."""
    widgets = [screen, *screen.findChildren(QWidget)]
    return {watch.count(QEvent.Type.StyleChange, widget) for widget in widgets}


@pytest.mark.parametrize(
    "name", [spec.name for spec in SCREENS if spec.make is not None and spec.name != READ]
)
def test_a_screen_is_dressed_once_when_it_is_whole(reader, name):
    with watched_events() as watch:
        reader.window.show_screen(name)
        settles()
        assert list_dressed_times(reader.session.screens[name], watch) == {1}


def test_a_change_of_theme_leaves_screens_that_are_not_on_until_they_come_on(reader):
    for name in ("gallery", "individuals", READ):
        reader.window.show_screen(name)
        settles()
    gallery = reader.session.gallery
    hidden = [gallery, *gallery.findChildren(QWidget)]
    with watched_events() as watch:
        reader.window.appearance.choose(LIGHT)
        settles()
        assert sum(watch.count(QEvent.Type.StyleChange, widget) for widget in hidden) == 0
    assert is_dressed(reader.reading)
    assert not is_dressed(gallery)
    reader.window.show_screen("gallery")
    assert is_dressed(gallery)


def list_bare():
    """What is seen and lies in nothing that wears the sheet, but for the frames that have nothing to wear."""
    bare = []
    for widget in QApplication.allWidgets():
        around, dressed = widget, False
        while around is not None and not dressed:
            dressed, around = is_dressed(around), around.parentWidget()
        if widget.isVisible() and not dressed and type(widget).__name__ not in FRAMES:
            bare.append(f"{type(widget).__name__} {widget.objectName()}")
    return bare


FRAMES = {"MainWindow", "DressingFrame", "QScrollArea", "ScreenStack", "QWidget", "QWidgetWindow"}
"""A QWidget paints nothing of its own; the scroll area is that around the screens, whose bars are dressed."""


def test_all_that_is_seen_wears_the_sheet(reader):
    for spec in SCREENS:
        if spec.make is not None:
            reader.window.show_screen(spec.name)
            settles()
            assert list_bare() == [], spec.name
    reader.window.show_screen(READ)
    for action in LAID_OVER:
        reader.window.binder.run(action)
        settles()
        assert list_bare() == [], action
        reader.window.layers.put_all_away()
        reader.window.help.hide()
        reader.window.show_screen(READ)
        settles()
    menu = reader.window.menuBar().actions()[0].menu()
    menu.popup(reader.window.rect().center())
    assert list_bare() == []
    menu.hide()
    reader.window.say("A sentence.")
    reader.window.statusBar().show()
    settles()
    assert list_bare() == []
