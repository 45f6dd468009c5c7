"""What a column of a table is: its name, its meaning, and how a value is taken from a row. The same columns
make a file and its data dictionary, so that these cannot disagree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class ExportColumn(Generic[Row]):
    """`free` text was typed by people or found in names; it is made inert for spreadsheets. `whole` values
    are whole numbers and `number` others, written as such where a format knows numbers; "" is none."""

    name: str
    meaning: str
    value: Callable[[Row], str]
    free: bool = False
    whole: bool = False
    number: bool = False

    def cell_of(self, row: Row) -> str | int | float:
        """The value as a cell that knows numbers."""
        return self.to_cell(self.value(row))

    def to_cell(self, value: str) -> str | int | float:
        if value and self.whole:
            return int(value)
        return float(value) if value and self.number else value


def format_yes_or_no(value: bool) -> str:
    """Format a truth value for a table."""
    return "yes" if value else "no"


def neutralise_formula(text: str) -> str:
    """Return `text` so that no spreadsheet program takes it for a formula: an apostrophe goes before = + - @
    and before tab and carriage return (OWASP, CSV Injection)."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r", "'"} else text
