"""Menus: every action is reached by a mouse, in one place."""

from collections import Counter

import pytest

from reviewer.qt.actions.spec import ActionSpec
from reviewer.qt.main_window.all_actions import ALL_ACTIONS
from reviewer.qt.main_window.menus import MENUS, Menu

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
