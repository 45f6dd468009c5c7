"""Every key of the program on the keyboards of five countries: pressed by real keycodes in a real window."""

import select
import subprocess
import sys
from contextlib import contextmanager

import pytest

from reviewer.qt.main_window.all_actions import ALL_ACTIONS
from tests.stories.screen import Screen
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.screen

LATIN, OTHERS = ("us", "fr", "de", "tr"), ("ara", "ru")
US = ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
PLACES = {
    written: first + at
    for first, row in zip((10, 24, 38, 52), US, strict=True)
    for at, written in enumerate(row)
}
WITH_SHIFT = {"{": "[", "}": "]", "?": "/", "+": "="}
SIGNS = {
    "[": "bracketleft",
    "]": "bracketright",
    "{": "braceleft",
    "}": "braceright",
    ",": "comma",
    ".": "period",
    "/": "slash",
    "?": "question",
    "+": "plus",
    "=": "equal",
    "-": "minus",
}
NAMED = {
    "PgDown": "Next",
    "PgUp": "Prior",
    "Return": "Return",
    "Enter": "KP_Enter",
    "Del": "Delete",
    "Backspace": "BackSpace",
    "Esc": "Escape",
    "Space": "space",
}
TAKEN_BY_A_DIGIT = {"fr": {"-"}, "tr": {"Ctrl++"}}
"""On that key stands a digit as well, and what the digit means has it; the action has another key."""


def find_press(key, layout):
    """What xdotool presses for a key in Qt's portable text: digits by place, letters and signs by what they
    write where the layout is Latin, all by place where it is not."""
    last = "+" if key.endswith("+") else key.rpartition("+")[2]
    held = key.removesuffix(last).split("+")
    pressed = [name.lower() for name in held if name]
    if last in NAMED or len(last) > 1:
        return "+".join([*pressed, NAMED.get(last, last)])
    if last.isdecimal():
        return "+".join([*pressed, str(PLACES[last])])
    if layout in LATIN:
        return "+".join([*pressed, SIGNS.get(last, last.lower())])
    place = PLACES[WITH_SHIFT.get(last, last.lower())]
    return "+".join([*pressed, *(["shift"] if last in WITH_SHIFT else []), str(place)])


class KeysWindow:
    """The window of `keys_window` on a screen."""

    def __init__(self, screen):
        self._screen = screen
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.stories.keys_window"],
            env=screen.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        found = screen.run("xdotool", "search", "--sync", "--onlyvisible", "--name", "^keys$")
        screen.run("xdotool", "windowactivate", "--sync", found.split()[-1])
        self.turn_to("read")

    def turn_to(self, word):
        self._process.stdin.write(f"{word}\n".encode())
        assert self.hear() == "ready"

    def press(self, *keys):
        self._screen.run("xdotool", "key", "--delay", "16", *keys)

    def hear(self):
        there, _, _ = select.select([self._process.stdout], [], [], PATIENCE)
        assert there, "the window says nothing"
        return self._process.stdout.readline().decode().strip()

    def close(self):
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._process.stdout.close()


@contextmanager
def keys_window(layout):
    screen = Screen((800, 600))
    try:
        screen.run("setxkbmap", layout)
        window = KeysWindow(screen)
        try:
            yield window
        finally:
            window.close()
    finally:
        screen.close()


def list_screens(action):
    return sorted(action.context.screens or {"read"})


def hear_all(window, wanted, layout):
    """Press all keys of a screen, and F11 after each, which ends the waiting; what ran instead of each."""
    wrong = []
    for action, key in wanted:
        window.press(find_press(key, layout), "F11")
        ran = []
        while (heard := window.hear()) != "window.full-screen":
            ran.append(heard)
        if ran != [action.id]:
            wrong.append((action.id, key, ran))
    return wrong


@pytest.mark.parametrize("layout", TAKEN_BY_A_DIGIT)
def test_what_a_digit_takes_has_another_key(layout):
    taken = TAKEN_BY_A_DIGIT[layout]
    without = [action.id for action in ALL_ACTIONS if action.keys and set(action.keys) <= taken]
    assert without == []


@pytest.mark.parametrize("layout", ["fr", "ara", "ru"])
def test_what_is_typed_in_a_field_is_typed_and_control_works_there(layout):
    """The key of Q writes the letter of the layout; Ctrl with the key of A and Delete empty the field."""
    letters = {"fr": "q", "ara": "\u0636", "ru": "\u0439"}
    with keys_window(layout) as window:
        window.turn_to("field")
        window.press("38" if layout == "fr" else "24")
        assert window.hear() == f"typed: {letters[layout]}"
        window.press("ctrl+24" if layout == "fr" else "ctrl+38", "Delete")
        assert window.hear() == "typed:"


@pytest.mark.parametrize("layout", [*LATIN, *OTHERS])
def test_every_key_does_what_the_window_says(layout):
    wrong = []
    with keys_window(layout) as window:
        for screen in sorted({name for action in ALL_ACTIONS for name in list_screens(action)}):
            window.turn_to(screen)
            wanted = [
                (action, key)
                for action in ALL_ACTIONS
                if screen in list_screens(action)
                for key in action.keys
                if action.id != "window.full-screen" and key not in TAKEN_BY_A_DIGIT.get(layout, ())
            ]
            wrong += hear_all(window, wanted, layout)
    assert wrong == []
