"""A workbook in the format of ECMA-376 (Office Open XML, .xlsx), written row by row.

Every text is a string of its cell and never a formula, and no time but a given one stands in the file, so
that the same rows give the same bytes. Why it is written here: docs/decisions/0024-exports.md.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from reviewer.services.export.folder import ExportFolder

LONGEST_CELL = 32_767
"""Characters (UTF-16 code units) a cell may hold; programs refuse or repair a file with longer ones."""
MOST_ROWS = 1_000_000
"""Rows of one sheet; programs show 1,048,576."""

CellValue = str | int | float
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest a zip archive can say
_NEEDS_ESCAPING = re.compile(r"[&<>\x00-\x1f\ufffe\uffff\ud800-\udfff]|_x|^\s|\s$")
_NOT_ALLOWED_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")
_LIKE_NUMBERS = tuple("0123456789.")
_PLAIN, _QUOTED, _HEADING, _TEXT = "", ' s="1"', ' s="2"', ' s="3"'
_ROWS_MEASURED = 1_000
"""Rows after which the width of a column is settled."""
_NARROWEST, _WIDEST, _ARROW = 8, 60, 3
"""Widths of columns in characters, and the room of the arrow of a filter."""
_XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPREADSHEET_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_NAMESPACE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_HEAD = (
    f'{_XML_DECLARATION}<worksheet xmlns="{_SPREADSHEET_NAMESPACE}"><sheetViews><sheetView '
    'workbookViewId="0"><pane ySplit="1" '
    'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)
_STYLES = (
    f'{_XML_DECLARATION}<styleSheet xmlns="{_SPREADSHEET_NAMESPACE}"><fonts '
    'count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1">'
    '<border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf '
    'numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" '
    'fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" '
    'xfId="0" quotePrefix="1" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" '
    'xfId="0" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" '
    'applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" '
    'builtinId="0"/></cellStyles></styleSheet>'
)


class WorkbookSheet:
    """One sheet, kept in `file` until its workbook is put together; `rows` includes the headings."""

    def __init__(self, name: str, headings: Iterable[str], file: BinaryIO) -> None:
        self.name, self.file, self.rows = name, file, 0
        named = list(headings)
        self._widths = [min(_WIDEST, max(_NARROWEST, len(name) + _ARROW)) for name in named]
        self._write_row(named, _HEADING)

    @property
    def is_full(self) -> bool:
        return self.rows >= MOST_ROWS

    def add(self, cells: Iterable[CellValue]) -> None:
        """A row. Numbers are numbers, all else is text; "" leaves its cell out."""
        if self.rows <= _ROWS_MEASURED:
            cells = list(cells)
            for at, cell in enumerate(cells):
                self._widths[at] = max(self._widths[at], min(_WIDEST, len(str(cell)) + 1))
        self._write_row(cells, _PLAIN)

    def _write_row(self, cells: Iterable[CellValue], style: str) -> None:
        self.rows += 1
        row = self.rows
        written = "".join(_format_cell(at, row, cell, style) for at, cell in enumerate(cells) if cell != "")
        self.file.write(f'<row r="{row}">{written}</row>'.encode())

    @property
    def all_cells(self) -> tuple[str, str]:
        """The first and the last cell of the table."""
        return "A1", f"{_COLUMN_NAMES[len(self._widths) - 1]}{self.rows}"

    @property
    def head(self) -> bytes:
        """What stands before the rows: a head that stays in sight, and columns as wide as what is in them."""
        columns = "".join(
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
            for number, width in enumerate(self._widths, start=1)
        )
        return f"{_SHEET_HEAD}<cols>{columns}</cols><sheetData>".encode()

    @property
    def tail(self) -> bytes:
        """What stands behind them: a filter, and that digits kept as text are no mistake."""
        cells = ":".join(self.all_cells)
        return (
            f'</sheetData><autoFilter ref="{cells}"/><ignoredErrors><ignoredError sqref="{cells}" '
            'numberStoredAsText="1"/></ignoredErrors></worksheet>'
        ).encode()


class WorkbookSheets:
    """Sheets by their names; a full one is continued in another ("long", "long 2")."""

    def __init__(self, folder: ExportFolder, files: ExitStack) -> None:
        self._folder, self._files = folder, files
        self._columns: dict[str, Sequence[str]] = {}
        self._open: dict[str, list[WorkbookSheet]] = {}

    def begin(self, name: str, columns: Iterable[str]) -> None:
        self._columns[name], self._open[name] = list(columns), []
        self._begin_sheet(name)

    def add(self, name: str, row: Iterable[CellValue]) -> None:
        if self._open[name][-1].is_full:
            self._begin_sheet(name)
        self._open[name][-1].add(row)

    def _begin_sheet(self, name: str) -> None:
        number = len(self._open[name]) + 1
        shown = name if number == 1 else f"{name} {number}"
        file = self._files.enter_context(self._folder.scratch())
        self._open[name].append(WorkbookSheet(shown, self._columns[name], file))

    @property
    def all(self) -> list[WorkbookSheet]:
        return [sheet for sheets in self._open.values() for sheet in sheets]


def _format_cell(at: int, row: int, cell: CellValue, style: str) -> str:
    if not isinstance(cell, str):
        return f'<c r="{_COLUMN_NAMES[at]}{row}"><v>{cell}</v></c>'
    if cell.startswith(_RUN_BY_SPREADSHEETS):
        style = _QUOTED
    elif not style and cell.startswith(_LIKE_NUMBERS):
        style = _TEXT
    if len(cell) > LONGEST_CELL // 2:
        cell = truncate_text(cell)
    kept = ""
    if _NEEDS_ESCAPING.search(cell):
        kept = ' xml:space="preserve"'
        cell = escape(_NOT_ALLOWED_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", cell))
    return f'<c r="{_COLUMN_NAMES[at]}{row}"{style} t="inlineStr"><is><t{kept}>{cell}</t></is></c>'


def truncate_text(text: str) -> str:
    """`text` as far as a cell holds it, and the number of characters left out where it does not."""
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_CELL:
        return text
    return (
        f"{text[: LONGEST_CELL // 2]} [cut: {len(text) - LONGEST_CELL // 2:,} "
        "characters more; see the CSV export]"
    )


def _format_column_name(number: int) -> str:
    """The name of a column, counted from 0: A ... Z, AA ..."""
    high, low = divmod(number, 26)
    return (_format_column_name(high - 1) if high else "") + chr(ord("A") + low)


_COLUMN_NAMES = tuple(_format_column_name(number) for number in range(16_384))


def write_workbook(sheets: Sequence[WorkbookSheet], title: str, moment: str, out: BinaryIO) -> None:
    """Write the workbook of these sheets to `out`. `moment`: UTC, ISO 8601."""
    names = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in _make_package_parts(sheets, names, title, moment).items():
            archive.writestr(_make_zip_entry(name), content, zipfile.ZIP_DEFLATED)
        for name, sheet in zip(names, sheets, strict=True):
            head, tail = sheet.head, sheet.tail
            size = len(head) + sheet.file.seek(0, 2) + len(tail)
            sheet.file.seek(0)
            with archive.open(_make_zip_entry(name, size), "w") as part:
                part.write(head)
                shutil.copyfileobj(sheet.file, part, 1 << 20)
                part.write(tail)


def _make_zip_entry(name: str, size: int = 0) -> zipfile.ZipInfo:
    """Make an entry of the archive without time and machine."""
    entry = zipfile.ZipInfo(name, _FIRST_MOMENT)
    entry.compress_type, entry.create_system, entry.file_size = zipfile.ZIP_DEFLATED, 0, size
    return entry


def _make_package_parts(
    sheets: Sequence[WorkbookSheet], names: Sequence[str], title: str, moment: str
) -> dict[str, str]:
    """Everything but the sheets: what the package needs to be one (ECMA-376, parts 1 and 2)."""
    office, package = (
        f"{_OFFICE_RELATIONSHIPS}/",
        f"{_PACKAGE_NAMESPACE}/relationships/metadata/core-properties",
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    overrides = {
        "xl/workbook.xml": f"{kind}sheet.main+xml",
        "xl/styles.xml": f"{kind}styles+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **dict.fromkeys(names, f"{kind}worksheet+xml"),
    }
    types = "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in overrides.items())
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    filters = "".join(_make_filter_name(number, sheet) for number, sheet in enumerate(sheets))
    related = [(f"{office}worksheet", name.removeprefix("xl/")) for name in names]
    related.append((f"{office}styles", "styles.xml"))
    return {
        "[Content_Types].xml": f"{_XML_DECLARATION}<Types "
        f'xmlns="{_PACKAGE_NAMESPACE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _make_relations(
            [(f"{office}officeDocument", "xl/workbook.xml"), (package, "docProps/core.xml")]
        ),
        "docProps/core.xml": _make_core_properties(title, moment),
        "xl/workbook.xml": f'{_XML_DECLARATION}<workbook xmlns="{_SPREADSHEET_NAMESPACE}" '
        f'xmlns:r="{_OFFICE_RELATIONSHIPS}">'
        f"<sheets>{listed}</sheets><definedNames>{filters}</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": _make_relations(related),
        "xl/styles.xml": _STYLES,
    }


def _make_filter_name(number: int, sheet: WorkbookSheet) -> str:
    """The name under which programs look for the cells of a filter (ECMA-376, part 1, 18.2.5)."""
    first, last = (re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", cell) for cell in sheet.all_cells)
    where = escape("'{}'!{}:{}".format(sheet.name.replace("'", "''"), first, last))
    return (
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{number}" hidden="1">{where}</definedName>'
    )


def _make_relations(related: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(related, start=1)
    )
    return (
        f'{_XML_DECLARATION}<Relationships xmlns="{_PACKAGE_NAMESPACE}/relationships">{lines}</Relationships>'
    )


def _make_core_properties(title: str, moment: str) -> str:
    when = f"{moment[:19]}Z"
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{when}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{_XML_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE_NAMESPACE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escape(title)}</dc:title>'
        f"<dc:creator>reviewer</dc:creator>{dates if moment else ''}</cp:coreProperties>"
    )
