"""The digit row means digits by the place of its keys, on every layout, unless something is being typed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget

from reviewer.qt.actions.binder import ActionBinder, Availability
from reviewer.qt.actions.key_places import (
    read_digit_key,
    read_digit_sequence,
    read_place,
    read_place_sequence,
)
from reviewer.qt.actions.keymap import parse_keymap
from reviewer.qt.main_window.all_actions import ALL_ACTIONS
from reviewer.qt.widgets.type_box import Option, Question, TypeBox

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
FRENCH = '&é"\u0027(-è_çà'


def key(code, text, modifiers=NONE, kind=QEvent.Type.KeyPress, native=0, virtual=0, repeats=False):
    """A key of a layout as X11 tells it: its place and what it writes."""
    number = ord(text.upper()) if text else 0
    return QKeyEvent(kind, number, modifiers, code, virtual, native, text, repeats)


def test_the_place_says_the_digit_on_each_system():
    for place, digit in enumerate("1234567890"):
        assert read_digit_key(key(10 + place, FRENCH[place]), "xcb") == digit
        assert read_digit_key(key(10 + place, FRENCH[place]), "wayland") == digit
        assert read_digit_key(key(2 + place, FRENCH[place]), "windows") == digit
    for digit, virtual in zip("1234567890", (18, 19, 20, 21, 23, 22, 26, 28, 25, 29), strict=True):
        assert read_digit_key(key(0, "&", virtual=virtual), "cocoa") == digit
    assert read_digit_key(key(20, ")"), "xcb") == ""
    assert read_digit_key(key(87, "1", Qt.KeyboardModifier.KeypadModifier), "xcb") == ""


@pytest.mark.parametrize(
    ("event", "sequence"),
    [
        (key(10, "&"), "1"),
        (key(15, "-"), "6"),
        (key(10, "1", SHIFT), "Shift+1"),
        (key(10, "&", CONTROL), "Ctrl+1"),
        (key(10, "1"), ""),  # Qt sees that by itself
        (key(14, "[", native=0x80), ""),  # AltGr
        (key(38, "q"), ""),
    ],
)
def test_what_a_key_would_be_with_the_digit_on_it(event, sequence):
    assert read_digit_sequence(event) == sequence


@pytest.fixture
def window(qapp):
    made = QMainWindow()
    made.setCentralWidget(QWidget())
    made.line = QLineEdit(made.centralWidget())
    QVBoxLayout(made.centralWidget()).addWidget(made.line)
    made.show()
    yield made
    qapp.removeEventFilter(made.binder.key_places)
    made.deleteLater()


def bound(window, screen="read", keys=""):
    window.binder = ActionBinder(window, parse_keymap(keys, ALL_ACTIONS), lambda _words: None)
    did = []
    window.binder.bind(
        [replace(action, do=lambda did, id_=action.id: did.append(id_)) for action in ALL_ACTIONS], did
    )
    window.binder.update(Availability(case=True, screen=screen))
    return did


def press(widget, *told, **more):
    """As Qt does it for a real key: ask first; what is accepted then is delivered and is no shortcut."""
    asked = key(*told, kind=QEvent.Type.ShortcutOverride, **more)
    asked.ignore()
    QApplication.sendEvent(widget, asked)
    pressed = key(*told, **more)
    row = widget.window().binder.key_places
    if not (asked.isAccepted() and row.eventFilter(widget, pressed)):
        QApplication.sendEvent(widget, pressed)
    return asked.isAccepted()


def test_nine_tags_on_a_french_keyboard_and_minus_is_the_six(window):
    did = bound(window)
    for place in range(10):
        assert press(window.centralWidget(), 10 + place, FRENCH[place]), "no other shortcut hears it"
    assert did == [*(f"finding.quick-tag-{n}" for n in range(1, 10)), "finding.clear-quick-tags"]


def test_sort_and_the_runs_of_sort_by_place(window):
    did = bound(window, "sort")
    press(window.centralWidget(), 11, "é")
    press(window.centralWidget(), 11, "2", SHIFT)
    assert did == ["sort.2", "sort.run-2"]


def test_with_control_it_is_the_digit_where_one_is_bound_and_else_the_character(window):
    did = bound(window)
    assert press(window.centralWidget(), 10, "&", CONTROL)
    assert did == ["view.full-size"]
    assert not press(window.centralWidget(), 15, "-", CONTROL), "Ctrl+- is left to Qt"


def test_a_screen_where_digits_mean_nothing_leaves_the_character(window):
    did = bound(window, "statistics")
    assert not press(window.centralWidget(), 15, "-")
    assert did == []


def test_what_is_typed_is_typed(window):
    did = bound(window)
    press(window.line, 11, "é")
    assert (window.line.text(), did) == ("é", [])


def test_a_key_the_person_chose_by_what_it_writes_stays_that(window):
    did = bound(window, keys='"view.zoom-out" = ["-", "_"]')
    assert not press(window.centralWidget(), 17, "_")
    press(window.centralWidget(), 16, "è")
    assert did == ["view.zoom-out", "finding.quick-tag-7"]


def test_held_down_it_tags_once(window):
    did = bound(window)
    press(window.centralWidget(), 10, "&")
    press(window.centralWidget(), 10, "&", repeats=True)
    assert did == ["finding.quick-tag-1"]


def test_numbers_choose_in_a_box_and_letters_filter_after_the_first(window):
    bound(window)
    box, taken = TypeBox(window.centralWidget()), []
    options = [Option("a", "anterior"), Option("b", "back")]
    box.ask(Question("Where?", lambda _typed: options, taken.append, digits=True))
    press(box._line, 11, "é")
    assert taken == ["b"]
    box.ask(Question("Which?", lambda _typed: options, taken.append))
    press(box._line, 11, "é")
    assert (box._line.text(), taken) == ("é", ["b"])


PLACE_OF_Q, PLACE_OF_SLASH, PLACE_OF_BRACKET = 24, 61, 34


def test_the_place_says_what_a_us_keyboard_writes():
    assert read_place(key(PLACE_OF_Q, "ض"), "xcb") == "q"
    assert read_place(key(PLACE_OF_Q - 8, "ض"), "windows") == "q"
    assert read_place(key(0, "ض", virtual=12), "cocoa") == "q"
    assert read_place(key(PLACE_OF_BRACKET, "х"), "xcb") == "["
    assert read_place(key(9, ""), "xcb") == ""


@pytest.mark.parametrize(
    ("event", "is_latin", "sequence"),
    [
        (key(PLACE_OF_Q, "ض"), True, "Q"),  # its own letter is not Latin: that is enough
        (key(PLACE_OF_Q, "Й", SHIFT), False, "Shift+Q"),
        (key(PLACE_OF_Q, "й", CONTROL | SHIFT), False, "Ctrl+Shift+Q"),
        (key(PLACE_OF_SLASH, "."), False, "/"),  # Russian
        (key(PLACE_OF_SLASH, ",", SHIFT), False, "?"),
        (key(PLACE_OF_SLASH, "-"), True, ""),  # German
        (key(PLACE_OF_BRACKET, "<", SHIFT), False, "{"),
        (key(PLACE_OF_Q, "a"), True, ""),  # French: the letter counts
        (key(PLACE_OF_Q, "q"), False, ""),  # Qt sees that by itself
    ],
)
def test_letters_by_letter_and_all_by_place_where_they_are_not_latin(event, is_latin, sequence):
    assert read_place_sequence(event, is_latin) == sequence


def test_the_layout_is_learnt_from_the_letters_also_from_those_typed_in_a_field(window):
    did = bound(window)
    press(window.centralWidget(), PLACE_OF_SLASH, ".")
    press(window.line, PLACE_OF_Q, "й")
    press(window.centralWidget(), PLACE_OF_SLASH, ".")
    press(window.line, PLACE_OF_Q, "q")
    press(window.centralWidget(), PLACE_OF_SLASH, ".")
    assert window.line.text() == "йq"
    assert did == ["mark.point", "finding.add", "mark.point"], "on a Latin keyboard by what it writes"


def test_what_a_field_does_with_a_chord_it_does_on_every_layout(window):
    did = bound(window)
    window.line.setText("typed")
    press(window.line, 38, "ش", CONTROL)
    assert (window.line.selectedText(), did) == ("typed", [])


def test_leaving_works_over_a_layer_on_every_layout(window):
    bound(window)
    assert window.binder.passes(key(PLACE_OF_Q, "й", CONTROL))
    assert not window.binder.passes(key(PLACE_OF_Q + 1, "ц", CONTROL))
