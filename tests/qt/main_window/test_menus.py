"""Menus: every action is reached by a mouse, in one place."""

from collections import Counter

import pytest

from reviewer.qt.actions.spec import ActionSpec
from reviewer.qt.main_window.all_actions import ALL_ACTIONS
from reviewer.qt.main_window.menus import MENUS, Menu
from reviewer.qt.main_window.screens import SCREENS

SPECS: dict[str, ActionSpec] = {spec.id: spec for spec in ALL_ACTIONS}


def menus_within(menu):
    for entry in menu.entries:
        if isinstance(entry, Menu):
            yield entry
            yield from menus_within(entry)


def test_every_action_stands_in_one_menu():
    counted = Counter(id_ for menu in MENUS for id_ in menu.list_ids())
    assert counted.keys() == SPECS.keys()
    assert {id_ for id_, times in counted.items() if times > 1} == set()


def test_the_menu_bar_has_the_menus_that_people_look_for():
    assert [menu.name for menu in MENUS] == ["File", "Edit", "View", "Go", "Reading", "Find", "Case", "Help"]


@pytest.mark.parametrize("menu", [inner for menu in MENUS for inner in menus_within(menu) if inner.screen])
def test_a_menu_of_one_screen_holds_what_works_there(menu):
    assert all(SPECS[id_].context.includes(menu.screen) for id_ in menu.list_ids())


@pytest.mark.parametrize("spec", ALL_ACTIONS, ids=lambda spec: spec.id)
def test_words_of_menus_are_short(spec):
    assert 1 < len(spec.words) <= 40
    assert "(F" not in spec.words


def list_with_screens(menu, screen=""):
    """Each action with the screen of the menu it stands in, "" for menus that are always there."""
    for entry in menu.entries:
        if isinstance(entry, Menu):
            yield from list_with_screens(entry, entry.screen or screen)
        elif entry is not None:
            yield entry, screen


@pytest.mark.parametrize("screen", [spec.name for spec in SCREENS])
def test_what_works_on_a_screen_is_in_a_menu_that_is_shown_there(screen):
    shown = {id_ for menu in MENUS for id_, where in list_with_screens(menu) if where in {"", screen}}
    works = {spec.id for spec in ALL_ACTIONS if spec.context.includes(screen)}
    assert works <= shown
