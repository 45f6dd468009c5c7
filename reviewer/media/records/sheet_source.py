"""What openpyxl keeps for itself and is used here: the parser of a sheet, and what that is made of.

A sheet that is read cell by cell through what openpyxl promises tells neither formulas nor merged and hidden
cells. A version that moves these parts fails a test that names them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser


class SheetParser(WorkSheetParser):  # type: ignore[misc]
    """Tells of each cell whether a formula stands in it, and keeps the format of numbers."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        cell["formula"] = element.find(FORMULA_TAG) is not None
        return cell


@contextmanager
def open_parser(sheet: Any) -> Iterator[SheetParser]:
    """The parser of a sheet of a workbook that was loaded for reading only, while its XML is open."""
    book = sheet.parent
    with sheet._get_source() as source:
        yield SheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
            rich_text=True,
        )
