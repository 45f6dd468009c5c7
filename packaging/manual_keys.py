"""Writes the table of keys in the manual from the list of actions: `python packaging/manual_keys.py`."""

from __future__ import annotations

from pathlib import Path

from reviewer.qt.actions.keymap import make_default_keymap
from reviewer.qt.main_window.all_actions import ALL_ACTIONS

PAGE = Path(__file__).parents[1] / "docs" / "manual" / "reading.md"
BEGIN, END = "<!-- keys begin -->", "<!-- keys end -->"


def table() -> str:
    """The rows, in the order of that list."""
    keymap = make_default_keymap(ALL_ACTIONS)
    rows = []
    for spec in ALL_ACTIONS:
        keys = " ".join(f"`{key}`" for key in keymap.of(spec.id))
        rows.append(f"| {spec.group} | {spec.text} | {keys} | `{spec.id}` |")
    return "\n".join(["| | does | keys | id |", "|---|---|---|---|", *rows])


def page() -> str:
    """The page with the table as it should be."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
