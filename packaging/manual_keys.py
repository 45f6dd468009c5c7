"""Writes the table of keys in the manual from the action catalogue: `python packaging/manual_keys.py`."""

from __future__ import annotations

from pathlib import Path

from reviewer.qt.actions.catalogue import CATALOGUE
from reviewer.qt.actions.keymap import make_default_keymap

PAGE = Path(__file__).parents[1] / "docs" / "manual" / "reading.md"
BEGIN, END = "<!-- keys begin -->", "<!-- keys end -->"


def table() -> str:
    """The rows, in the order of the catalogue."""
    keymap = make_default_keymap()
    rows = []
    for spec in CATALOGUE:
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
