"""The keys as they are set now, for sentences that name one: they follow what a person sets."""

from __future__ import annotations

from reviewer.qt.actions.keymap import Keymap

_worn: Keymap | None = None


def wear_keymap(keymap: Keymap) -> None:
    """From now on sentences name these keys."""
    global _worn
    _worn = keymap


def name_key(action: str) -> str:
    """The first key of an action as people read it; "" if it has none."""
    keys = _worn.format_keys(action).split(", ") if _worn is not None else []
    return keys[0].replace("Return", "Enter") if keys else ""


def add_key(words: str, action: str) -> str:
    """Words with the key of an action in brackets behind them, if it has one."""
    key = name_key(action)
    return f"{words} ({key})" if key else words
