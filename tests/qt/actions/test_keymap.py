"""Keys are data: the defaults do not clash, changes are taken, clashes are reported."""

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow, QPlainTextEdit, QVBoxLayout, QWidget

from reviewer.domain.errors import ReadOnly
from reviewer.qt.actions.binder import ActionBinder, Availability
from reviewer.qt.actions.keymap import find_key_conflicts, make_default_keymap, parse_keymap
from reviewer.qt.actions.spec import CASE, PHOTO, ActionSpec, Context
from reviewer.qt.main_window.all_actions import ALL_ACTIONS
from reviewer.qt.main_window.menus import MENUS
from reviewer.qt.widgets.keys_sheet import KeysSheet, list_groups, split_evenly
from tests.support.widget_events import settles

SPECS = {spec.id: spec for spec in ALL_ACTIONS}

# product: "Default keys"
PROMISED = {
    "go.next-photo": {"Right", "PgDown", "Space", "J"},
    "go.previous-photo": {"Left", "PgUp", "Shift+Space", "K"},
    "go.next-individual": {"Ctrl+Right"},
    "go.previous-individual": {"Ctrl+Left"},
    "go.first-photo": {"Home"},
    "go.last-photo": {"End"},
    **{f"finding.quick-tag-{n}": {str(n)} for n in range(1, 10)},
    "finding.clear-quick-tags": {"0"},
    "finding.add": {"/"},
    "reading.complete-and-next": {"Return", "Enter"},
    "reading.nothing-visible": {"N"},
    "reading.not-assessable": {"U"},
    "reading.set-aside": {"D"},
    "reading.complete": {"Shift+Return", "Shift+Enter"},
    "finding.definite": {"Q"},
    "finding.probable": {"W"},
    "finding.possible": {"E"},
    "finding.remove": {"Del", "Backspace"},
    "mark.select": {"V"},
    "mark.rectangle": {"R"},
    "mark.ellipse": {"O"},
    "mark.polygon": {"P"},
    "mark.freehand": {"F"},
    "mark.line": {"I"},
    "mark.point": {"."},
    "view.body-map": {"B"},
    "finding.copy": {"C"},
    "reading.undo": {"Ctrl+Z"},
    "reading.redo": {"Ctrl+Shift+Z", "Ctrl+Y"},
    "view.toggle-zoom": {"Z"},
    "view.fit": {"Ctrl+0"},
    "view.full-size": {"Ctrl+1"},
    "view.lock": {"L"},
    "view.loupe": {"M"},
    "view.cover": {"X"},
    "window.full-screen": {"F11"},
    "window.keys": {"?"},
    "window.commands": {"Ctrl+K"},
}


@pytest.mark.parametrize("id_", PROMISED)
def test_the_promised_keys(id_):
    assert set(make_default_keymap(ALL_ACTIONS).of(id_)) == PROMISED[id_]


def test_the_defaults_do_not_clash():
    assert make_default_keymap(ALL_ACTIONS).complaints == ()
    assert len({spec.id for spec in ALL_ACTIONS}) == len(ALL_ACTIONS)


def test_one_key_may_do_different_things_on_different_screens():
    sort = ActionSpec("sort.x", "x", ("1",), Context.of_screen("sort"), "Sort")
    photo = ActionSpec("photo.x", "x", ("1",), PHOTO, "Photo")
    always = ActionSpec("any.x", "x", ("1",), CASE, "Case")
    keys = {spec.id: spec.keys for spec in (sort, photo, always)}
    assert find_key_conflicts([sort, photo], keys) == []
    assert find_key_conflicts([sort, always], keys) == [
        "1 is the key of sort.x and of any.x; the first one has it."
    ]


def test_changes_are_taken_and_every_complaint_is_a_sentence():
    keymap = parse_keymap(
        '"finding.add" = ["Ctrl+F12", "N"]\n"no.such" = ["F3"]\n"view.fit" = "F4"\n"view.lock" = ["Foo"]',
        ALL_ACTIONS,
    )
    assert keymap.of("finding.add") == ("Ctrl+F12", "N")
    assert keymap.of("view.lock") == ()
    assert sorted(keymap.complaints) == [
        "N is the key of finding.add and of reading.nothing-visible; the first one has it.",
        "The keys of view.fit are not a list of texts.",
        "There is no action no.such.",
        "view.lock: Foo is no key.",
    ]
    assert "cannot be read" in parse_keymap("= =", ALL_ACTIONS).complaints[0]


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    centre = QWidget()
    made.line, made.text, made.elsewhere = QLineEdit(), QPlainTextEdit(), QWidget()
    made.elsewhere.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column = QVBoxLayout(centre)
    for widget in (made.line, made.text, made.elsewhere):
        column.addWidget(widget)
    made.setCentralWidget(centre)
    made.done, made.said = [], []
    made.binder = ActionBinder(made, make_default_keymap(ALL_ACTIONS), made.said.append)
    made.binder.bind(
        [replace(action, do=lambda done, id_=action.id: done.append(id_)) for action in ALL_ACTIONS],
        made.done,
    )
    made.binder.update(Availability(case=True, screen="read"))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("field", ["line", "text"])
def test_no_key_for_typing_fires_while_a_text_field_has_the_keyboard(window, field):
    target = getattr(window, field)
    target.setFocus()
    for letter in "jkqwe1290n/?.+-=zxm ":
        QTest.keyClick(target, letter)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
        QTest.keyClick(target, key)
    assert window.done == []


def test_the_same_keys_fire_elsewhere(window):
    window.elsewhere.setFocus()
    for letter in "j1/?":
        QTest.keyClick(window.elsewhere, letter)
    QTest.keyClick(window.elsewhere, Qt.Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier)
    assert window.done == [
        "go.next-photo",
        "finding.quick-tag-1",
        "finding.add",
        "window.keys",
        "view.zoom-in",
    ]


def test_only_paging_choosing_and_zoom_repeat_while_a_key_is_held():
    repeating = {spec.id for spec in ALL_ACTIONS if spec.repeats}
    assert repeating == {
        "go.next-photo",
        "go.previous-photo",
        "view.zoom-in",
        "view.zoom-out",
        "view.tilt-right",
        "view.tilt-left",
        "sort.next",
        "sort.previous",
        "gallery.larger",
        "gallery.smaller",
        "statistics.next-table",
        "statistics.previous-table",
        "statistics.next-figure",
        "statistics.previous-figure",
    }


def test_what_cannot_be_done_now_says_why(window):
    window.binder.update(Availability())
    assert window.binder.refusal(SPECS["finding.add"]) == "No case is open."
    window.binder.update(Availability(case=True))
    assert window.binder.refusal(SPECS["finding.add"]) == "No photograph is on screen."
    window.binder.update(Availability(case=True, screen="read", read_only="It is open elsewhere."))
    assert window.binder.refusal(SPECS["finding.add"]) == str(ReadOnly("It is open elsewhere."))
    assert window.binder.refusal(SPECS["go.next-photo"]) == ""
    window.elsewhere.setFocus()
    QTest.keyClick(window.elsewhere, "1")
    assert window.done == []


def test_a_tip_follows_the_keys_the_words_and_what_works_now(window):
    add = window.binder.find("finding.add")
    window.binder.update(Availability(case=True, screen="read"))
    assert (add.isEnabled(), "\n" in add.toolTip()) == (True, False)
    window.binder.use_keymap(parse_keymap('"finding.add" = ["F12"]', ALL_ACTIONS))
    assert add.toolTip().endswith("(F12)")
    window.binder.name_action("finding.add", "Add it")
    assert add.toolTip() == "Add it (F12)"
    window.binder.update(Availability())
    assert (add.isEnabled(), add.toolTip()) == (False, "Add it (F12)\nNo case is open.")
    window.binder.update(Availability(case=True, screen="read"))
    assert (add.isEnabled(), add.toolTip()) == (True, "Add it (F12)")


def test_the_sheet_shows_every_action_on_the_screens_it_works_on(qapp):
    window = QWidget()
    window.resize(1366, 700)
    keymap = make_default_keymap(ALL_ACTIONS)
    sheet = KeysSheet(window, keymap)
    told = set()
    for screen in ["start", *frozenset().union(*(spec.context.screens or () for spec in ALL_ACTIONS))]:
        sheet.toggle(screen)
        settles()
        shown = {label.text() for label in sheet.findChildren(QLabel)}
        for group in list_groups(keymap, screen):
            assert {group.name, *(text for row in group.rows for text in (row.words, row.keys))} <= shown
        told |= shown
        sheet.hide()
    numbered = re.compile(r"\d")
    assert {spec.words for spec in ALL_ACTIONS if spec.keys and not numbered.search(spec.words)} <= told
    assert {spec.group for spec in ALL_ACTIONS} <= told
    assert {"Quick tag 1 to 9, on or off", "Look-alike 1 to 9 excluded, or not"} <= told
    assert {"1 to 9", "Alt+1 to Alt+9"} <= told
    sheet.toggle("cards")
    settles()
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    assert "No card" in shown
    assert "Quick tag 1 to 9, on or off" not in shown
    sheet.hide()


def test_groups_of_the_sheet_stand_in_the_order_of_the_menus():
    order = [id_ for menu in MENUS for id_ in menu.list_ids()]
    names = [group.name for group in list_groups(make_default_keymap(ALL_ACTIONS), "read", order)]
    wanted = ["View", "Go", "Coverage"]
    assert [name for name in names if name in wanted] == wanted
    assert names.index("Go") < names.index("Redact (copies only)")


@pytest.mark.parametrize(
    ("heights", "number", "starts"),
    [
        ([10, 10, 10], 3, [0, 1, 2, 3]),
        ([30, 10, 10, 10], 2, [0, 1, 4]),
        ([10, 10, 30], 2, [0, 2, 3]),
        ([5], 4, [0, 1]),
    ],
)
def test_columns_are_as_even_as_their_order_allows(heights, number, starts):
    assert split_evenly(heights, number) == starts
