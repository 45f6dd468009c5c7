"""The menu of a right click: what it is about, what can be done, and why something cannot."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel

from reviewer.qt.widgets.context_menu import ContextMenu, MenuEntry, offer_context_menu


@pytest.fixture
def actions(qapp):
    done = []
    made = {}
    for id_, words, key in (("a.open", "Open", "Return"), ("a.remove", "Remove", "Del")):
        action = QAction(words)
        action.setShortcut(key)
        action.setToolTip(f"{words}, explained")
        action.triggered.connect(lambda _on=False, id_=id_: done.append(id_))
        made[id_] = action
    return made, done


@pytest.fixture
def place(qapp):
    label = QLabel("thing")
    yield label
    label.deleteLater()


def entries(menu):
    return ["-" if action.isSeparator() else action.text() for action in menu.actions()]


def test_it_names_the_thing_first_and_uses_the_windows_own_actions(actions, place):
    made, done = actions
    menu = ContextMenu(place, "Salt & bruise", ("a.open", None, "a.remove"), made.__getitem__)
    assert entries(menu) == ["Salt & bruise", "-", "Open", "-", "Remove"]
    assert not menu.actions()[0].isEnabled()
    menu.actions()[2].trigger()
    assert done == ["a.open"]


def test_an_entry_may_have_words_and_a_sign_of_its_own(actions, place):
    made, done = actions
    own = MenuEntry("Remove this mark", "a.remove", ticked=True)
    menu = ContextMenu(place, "", (own,), made.__getitem__)
    (entry,) = menu.actions()
    assert entry.text() == "Remove this mark\tDel"
    assert entry.isChecked()
    assert entry.toolTip() == "Remove, explained"
    entry.trigger()
    assert done == ["a.remove"]
    made["a.remove"].setEnabled(False)
    assert not ContextMenu(place, "", (own,), made.__getitem__).actions()[0].isEnabled()


def test_what_cannot_be_done_is_grey_and_says_why(actions, place):
    did = []
    for refusal in ("", "The case is read-only."):
        entry = MenuEntry("Here", do=lambda: did.append("here"), refusal=refusal)
        (shown,) = ContextMenu(place, "", (entry,), actions[0].__getitem__).actions()
        assert shown.isEnabled() is not bool(refusal)
        shown.trigger()
    assert did == ["here"]
    assert shown.toolTip() == "The case is read-only."


def test_where_nothing_lies_nothing_is_offered(actions, place):
    asked = []
    offer_context_menu(place, actions[0].__getitem__, lambda at: asked.append(at))
    place.customContextMenuRequested.emit(QPoint(1, 2))
    assert asked == [QPoint(1, 2)]
    assert place.findChildren(ContextMenu) == []
