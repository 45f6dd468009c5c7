"""What a spreadsheet shows of a cell against what it stores: formats that show less, and text struck out.

Nothing is decided here: where the two differ, the cell is a doubt that says both.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import WINDOWS_EPOCH

STRUCK_OUT = "struck out in the file"
_ZEROS = re.compile(r"^0{2,}$")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_FILLING = re.compile(r"[_*].")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_SCALED = re.compile(r"[0#],+(?=$|\.)")
_DECIMALS = re.compile(r"\.([0#?]*)")
_PLAIN = re.compile(r"[0#.,\s()+$€£-]*")
_HYPHENATED = re.compile(r"[0#]-[0#]")
_FIRST_RELIABLE_DATE = datetime(1900, 3, 1)


class SheetStyles:
    """The formats and fonts of one workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._is_1900 = book.epoch == WINDOWS_EPOCH

    def find_format(self, style_id: int) -> str:
        """The number format of a cell, "General" if it has none that can be read."""
        try:
            number = self._book._cell_styles[style_id].numFmtId
            return str(self._book._number_formats[number - 164] if number >= 164 else BUILTIN_FORMATS[number])
        except (IndexError, KeyError, TypeError, AttributeError):
            return "General"

    def is_struck(self, style_id: int) -> bool:
        """Whether the font of a whole cell is struck through."""
        try:
            return bool(self._book._fonts[self._book._cell_styles[style_id].fontId].strike)
        except (IndexError, KeyError, TypeError, AttributeError):
            return False

    def count_zeros(self, style_id: int) -> int:
        """How many digits a format like 0000 shows at least, 0 for any other format."""
        format_ = self.find_format(style_id)
        return len(format_) if _ZEROS.match(format_) and len(format_) <= 15 else 0

    def describe_number_doubt(self, style_id: int, value: float) -> str:
        """How a number is shown, if not as it is stored."""
        shown = describe_number_format(self.find_format(style_id))
        if shown.isdecimal():
            decimals = int(shown)
            return "" if round(value, decimals) == value else f"stored as {value!r}, shown rounded"
        return f"stored as {value!r}, {shown}" if shown else ""

    def describe_date_doubt(self, style_id: int, value: datetime) -> str:
        """What a format does not show of a date, or why its day is not sure."""
        if self._is_1900 and value < _FIRST_RELIABLE_DATE:
            return "before 1 March 1900, where spreadsheets count days wrongly"
        shown = describe_date_format(self.find_format(style_id))
        return f"stored as {value.date().isoformat()}, {shown}" if shown else ""


@lru_cache(maxsize=1000)
def describe_number_format(format_: str) -> str:
    """How a format shows numbers: "" as they are, a number of decimals, or words for anything else."""
    bare = _FILLING.sub("", _BRACKETS.sub("", format_.partition(";")[0]))
    core = _LITERAL.sub("", bare).strip()
    if core.casefold() in {"general", "@", ""} and not _LITERAL.search(bare):
        return ""
    if "%" in core:
        return "shown as a percentage"
    if _SCALED.search(core):
        return "shown in thousands or millions"
    said = "".join(first or second for first, second in _LITERAL.findall(bare)).strip()
    if said or not _PLAIN.fullmatch(core) or _HYPHENATED.search(core):
        return f"shown by the format {format_[:60]}"
    found = _DECIMALS.search(core)
    return str(len(found[1]) if found else 0)


@lru_cache(maxsize=1000)
def describe_date_format(format_: str) -> str:
    """What a format shows of dates, in words; "" if year, month and day."""
    core = _LITERAL.sub("", _BRACKETS.sub("", format_.partition(";")[0])).casefold()
    year, day = "y" in core or "e" in core, "d" in core
    if year and day:
        return ""
    if day:
        return "shown without the year"
    if year:
        return "shown without the day" if "m" in core else "shown as a year only"
    return "shown as a time of day only" if "h" in core else "shown without year and day"


def find_struck_text(text: object) -> str:
    """Why rich text is in doubt: all of it, or which part of it, is struck out; "" if nothing is."""
    if not isinstance(text, CellRichText):
        return ""
    struck = [run.text for run in text if isinstance(run, TextBlock) and run.font.strike and run.text.strip()]
    if not struck:
        return ""
    whole = "".join(struck).strip() == str(text).strip()
    return STRUCK_OUT if whole else f"part of it is {STRUCK_OUT}: {' '.join(' '.join(struck).split())[:80]}"
