"""Keys as this system writes them: "Ctrl+Z", and "⌘Z" on macOS, where Qt takes Command for Ctrl."""

from __future__ import annotations

import re

from PySide6.QtGui import QKeySequence

_CHORD = re.compile(
    r"(?<![\w+])((?:(?:Ctrl|Alt|Shift|Meta)\+)+(?:[A-Za-z0-9]+|[^\sA-Za-z0-9`]))"
    r"(?![\w+]|\.\w)(?!`? in a terminal)"
)
_MODIFIER = re.compile(r"(?<![\w+])(Ctrl|Alt)(?![\w+]|\.\w)")


def format_key(key: str | QKeySequence) -> str:
    """A key as people read it here; `key` as keymaps write it: "Ctrl+Shift+F"."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def name_keys(sentence: str) -> str:
    """A sentence of the program, or a page of its manual, with the keys in it as this system writes them.

    What is pressed in a terminal is Ctrl everywhere: "Ctrl+C in a terminal" stays. What could be the name of
    a file is not taken for a key.
    """
    return _MODIFIER.sub(_name_modifier, _CHORD.sub(lambda chord: format_key(chord[1]) or chord[1], sentence))


def _name_modifier(modifier: re.Match[str]) -> str:
    return format_key(f"{modifier[1]}+A").removesuffix("A").removesuffix("+")
