"""The rail: every screen has its button, and no word on it is cut at any height and size of type."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from reviewer.qt.actions.keymap import make_default_keymap
from reviewer.qt.look.theme import DARK, apply_theme, load_theme
from reviewer.qt.main_window.all_actions import ALL_ACTIONS
from reviewer.qt.main_window.screens import SCREENS
from reviewer.qt.main_window.sidebar import Sidebar


@pytest.fixture
def rail(qtbot, qapp):
    before = qapp.styleSheet()

    def made(scale, height):
        theme = load_theme(DARK, scale)
        apply_theme(qapp, theme)
        made = Sidebar(make_default_keymap(ALL_ACTIONS), theme)
        qtbot.addWidget(made)
        made.show_encryption(True)
        made.resize(made.width(), height)
        made.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        made.show()
        made.layout().activate()
        return made

    yield made
    qapp.setStyleSheet(before)


@pytest.mark.parametrize(("scale", "height"), [(1.0, 1440), (1.0, 768), (1.0, 680), (1.5, 768), (2.0, 768)])
def test_no_word_is_cut(rail, scale, height):
    buttons = rail(scale, height).findChildren(QToolButton)
    assert len(buttons) == len(SCREENS) + 3
    for button in buttons:
        assert button.height() >= button.sizeHint().height(), button.text()


def test_icons_are_there_as_long_as_there_is_room(rail):
    heights = {
        height: rail(1.0, height).findChildren(QToolButton)[0].iconSize().height() for height in (900, 768)
    }
    assert heights[900] == 20
    assert 14 <= heights[768] <= 20
