"""The drawn keyboard: what each key does, and which keys two actions want."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.qt.actions.own_keys import OwnKeys
from reviewer.qt.look.theme import DARK, load_theme
from reviewer.qt.main_window.all_actions import ALL_ACTIONS
from reviewer.qt.settings.keyboard_view import (
    KeyboardView,
    find_base_key,
    list_drawn_keys,
    name_bound_keys,
)
from tests.support.windows import wear_in_test

CLASH = '"view.lock" = ["Shift+B"]\n'


@pytest.fixture
def view(qtbot, qapp):
    wear_in_test(qapp, load_theme(DARK))
    made = KeyboardView()
    qtbot.addWidget(made)
    made.resize(600, made.sizeHint().height())
    made.show()
    return made


def own_keys(qapp, text=""):
    return OwnKeys(ALL_ACTIONS, text, lambda _text: None, qapp)


@pytest.mark.parametrize(
    ("chord", "key"),
    [
        ("Ctrl+Shift+F", "F"),
        ("?", "/"),
        ("1", "1"),
        ("Space", "Space"),
        ("Ctrl++", "="),
        ("+", "="),
        ("Ctrl+-", "-"),
        ("", ""),
    ],
)
def test_a_chord_is_pressed_with_one_key(qapp, chord, key):
    assert find_base_key(chord) == key


@pytest.mark.parametrize("layout", ["QWERTY", "QWERTZ", "AZERTY"])
def test_no_two_keys_of_a_layout_lie_over_each_other(view, layout):
    drawn = list_drawn_keys(layout)
    assert len({key.key for key in drawn}) == len(drawn) > 40
    places = [view.place_of(key) for key in drawn]
    for number, place in enumerate(places):
        assert place.right() <= view.width()
        assert not any(place.intersects(other) for other in places[:number])


def test_a_key_says_all_that_it_does(view, qapp):
    view.show_keys(name_bound_keys(own_keys(qapp)), ())
    assert "Shift+B: What this photo shows" in view.describe("B")
    view.show_keys({}, ())
    assert view.describe("B") == "B has no action."


def test_a_key_that_two_want_is_framed_and_a_click_carries_it(view, qapp):
    keys = own_keys(qapp, CLASH)
    assert keys.list_clashing_keys() == {"Shift+B"}
    place = view.place_of(view.find_key("B"))
    theme = load_theme(DARK)
    for clashing, colour in ((set(), "edge"), (keys.list_clashing_keys(), "warn")):
        view.show_keys(name_bound_keys(keys), clashing)
        drawn = view.grab().toImage()
        edge = drawn.pixelColor(round(place.center().x()), round(place.top()))
        assert abs(edge.red() - theme.colour(colour).red()) < 24, colour
    told = []
    view.pressed.connect(told.append)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert told == ["B"]
