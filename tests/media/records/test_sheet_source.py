"""The private parts of openpyxl that reading sheets rests on: in one module only, of the shape it needs."""

from __future__ import annotations

import ast
import inspect
import io
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet import _reader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from reviewer.media.records import sheet_source

_PACKAGE = Path(sheet_source.__file__).parents[2]


def test_what_openpyxl_keeps_for_itself_is_where_it_was():
    written = io.BytesIO()
    Workbook().save(written)
    book = load_workbook(written, read_only=True)
    (sheet,) = book.worksheets
    assert isinstance(sheet, ReadOnlyWorksheet)
    assert callable(sheet._get_source)
    assert isinstance(sheet._shared_strings, list)
    assert isinstance(book._date_formats, set)
    assert isinstance(book._timedelta_formats, set)
    assert _reader.FORMULA_TAG.endswith("}f")
    asked = {"data_only", "epoch", "date_formats", "timedelta_formats", "rich_text"}
    assert asked <= set(inspect.signature(_reader.WorkSheetParser).parameters)
    book.close()


def test_a_parser_tells_of_formulas_and_merged_and_hidden_cells():
    book = Workbook()
    sheet = book.active
    sheet.append(["a", "=1+1"])
    sheet.append(["merged", None])
    sheet.merge_cells("A2:B2")
    sheet.row_dimensions[1].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.auto_filter.ref = "A1:B2"
    sheet.auto_filter.add_filter_column(0, ["a"])
    written = io.BytesIO()
    book.save(written)
    loaded = load_workbook(written, read_only=True)
    with sheet_source.open_parser(loaded.worksheets[0]) as parser:
        rows = dict(parser.parse())
    loaded.close()
    assert [cell["formula"] for cell in rows[1]] == [False, True]
    assert {"value", "data_type", "column", "style_id"} <= set(rows[1][0])
    assert [str(found.ref) for found in parser.merged_cells.mergeCell] == ["A2:B2"]
    assert parser.row_dimensions["1"]["hidden"] == "1"
    assert parser.column_dimensions["B"]["hidden"] == "1"
    assert parser.auto_filter.filterColumn


def test_no_other_module_reaches_for_them():
    names = {"_get_source", "_shared_strings", "_date_formats", "_timedelta_formats"}
    for path in _PACKAGE.rglob("*.py"):
        if path.name != "sheet_source.py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom):
                    assert not (node.module or "").startswith("openpyxl.worksheet"), path
                elif isinstance(node, ast.Attribute) and node.attr in names:
                    assert isinstance(node.value, ast.Name), path
                    assert node.value.id == "self", path
