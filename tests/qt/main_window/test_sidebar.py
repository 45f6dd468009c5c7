"""The rail: ten entries, each whole at any height and size of type; pages of one subject share one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from reviewer.qt.actions.keymap import make_default_keymap
from reviewer.qt.look.theme import DARK, load_theme
from reviewer.qt.main_window.all_actions import ALL_ACTIONS
from reviewer.qt.main_window.screens import SCREENS
from reviewer.qt.main_window.sidebar import Sidebar
from tests.support.windows import wear_in_test


@pytest.fixture
def rail(qtbot, qapp):
    windows = []

    def made(scale, height, width=3200):
        theme = load_theme(DARK, scale)
        wear_in_test(qapp, theme)
        window = QWidget()
        qtbot.addWidget(window)
        windows.append(window)  # the rail lives as long as its window
        window.resize(width, height)
        made = Sidebar(make_default_keymap(ALL_ACTIONS), theme)
        made.setParent(window)
        made.resize(made.width(), height)
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.show()
        made.fit()
        made.layout().activate()
        return made

    return made


def press(rail, words):
    chosen = []
    rail.chosen.connect(chosen.append)
    (button,) = [button for button in rail.findChildren(QToolButton) if button.text() == words]
    button.click()
    rail.chosen.disconnect(chosen.append)
    return chosen


def test_every_screen_of_a_case_has_an_entry_or_shares_one(rail):
    words = [button.text() for button in rail(1.0, 768).findChildren(QToolButton)]
    wanted = {spec.group or spec.words for spec in SCREENS if spec.make is not None}
    assert set(words) == wanted | {"Cover", "Lock"}
    assert len(words) == 10


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("height", [1440, 768, 680, 400])
def test_no_entry_is_cut(rail, scale, height):
    shown = rail(scale, height)
    for button in shown.findChildren(QToolButton):
        assert button.height() >= button.sizeHint().height(), button.text()
        assert button.width() >= button.sizeHint().width(), button.text()
        assert button.text() in button.toolTip()


def test_words_stand_below_icons_on_a_small_laptop_and_go_where_there_is_no_room(rail):
    styles = {
        scale: rail(scale, 560).findChildren(QToolButton)[0].toolButtonStyle() for scale in (1.0, 1.5, 2.0)
    }
    assert styles[1.0] is Qt.ToolButtonStyle.ToolButtonTextUnderIcon
    assert styles[2.0] is Qt.ToolButtonStyle.ToolButtonIconOnly


def test_in_a_narrow_window_with_large_type_icons_stand_alone(rail):
    shown = rail(1.5, 768, width=1366)
    style = shown.findChildren(QToolButton)[0].toolButtonStyle()
    assert (style, shown.width()) == (Qt.ToolButtonStyle.ToolButtonIconOnly, 58)


def test_an_entry_leads_to_the_page_of_its_subject_where_one_was_last(rail):
    shown = rail(1.0, 768)
    assert press(shown, "People") == ["window.individuals"]
    shown.show_screen("records")
    shown.show_screen("read")
    assert press(shown, "People") == ["window.records"]
    assert press(shown, "Read") == ["window.read"]
    assert press(shown, "Lock") == ["case.lock"]


def test_on_the_start_page_no_entry_is_where_one_is(rail):
    shown = rail(1.0, 768)

    def list_marked():
        return [button.text() for button in shown.findChildren(QToolButton) if button.isChecked()]

    shown.show_screen("read")
    assert list_marked() == ["Read"]
    shown.show_screen("start")
    assert list_marked() == []
    shown.show_screen("settings")
    assert list_marked() == ["Settings"]
