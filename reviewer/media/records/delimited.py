"""Files of plain text with delimiters: how they are encoded and what separates the cells, by stated rules.

Which encoding it is, is said by a person or found out by `encoding_guess`. What was taken is shown.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from reviewer.domain.errors import KnownError
from reviewer.domain.records.table import (
    EMPTY_CELL,
    RecordCell,
    RecordCellKind,
    RecordSheet,
    SheetRow,
    drop_empty_rows,
)
from reviewer.domain.records.text_encodings import CODECS, UTF_8_MARKED, UTF_16
from reviewer.media.records.encoding_guess import detect_encoding

DELIMITERS = (",", ";", "\t", "|")
LONGEST_CELL = 32_767  # the limit of spreadsheets
MOST_ROWS = 50_000
MOST_COLUMNS = 256
MOST_EMPTY = 2_000_000
MOST_MERGED = 20_000
MOST_ANSWER = 128 << 20
"""Bytes of all cells together as they are handed back: one text of a spreadsheet may stand in any number."""
_SAMPLE_ROWS = 50
_REPLACEMENT_CHARACTER = "\ufffd"


def read_delimited(content: bytes, encoding: str, tabbed: bool, delimiter: str = "") -> RecordSheet:
    """The whole file as a grid; KnownError with one sentence for what cannot be read."""
    chosen, why = (encoding, "as chosen") if encoding else detect_encoding(content)
    text = _decode_text(content, chosen)
    delimiter = delimiter or ("\t" if tabbed else _guess_delimiter(text))
    rows = list(_read_rows(text, delimiter))
    return RecordSheet(drop_empty_rows(_mark_ragged_rows(rows)), "", chosen, delimiter, why)


def _decode_text(content: bytes, encoding: str) -> str:
    if encoding not in CODECS:
        raise KnownError(
            f"The program does not read the encoding {encoding}.",
            "Choose one that the window and `--help` list.",
            code="records-encoding",
        )
    codec = CODECS[encoding]
    if encoding == UTF_16 and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        codec = "utf-16-be" if content[0::2].count(0) > content[1::2].count(0) else "utf-16-le"
    try:
        text = content.decode(codec, "replace" if encoding == UTF_8_MARKED else "strict").removeprefix(
            "\ufeff"
        )
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise KnownError(
            f"The file is not {encoding}: byte {error.start + 1:,}, in line {line:,}, does not fit.",
            "Choose another encoding.",
            code="records-encoding",
        ) from None
    if "\0" in text:
        raise KnownError(
            "The file holds zero bytes: it is no text.", "Is it a file of another kind?", code="records-kind"
        )
    return text


def _guess_delimiter(text: str) -> str:
    """The sign that divides most of the first rows into the same number of cells."""
    head = text[:200_000]
    best, best_score = ",", 0.0
    for sign in DELIMITERS:
        try:
            counts = [
                len(row) for row, _at in zip(_parse_rows(head, sign), range(_SAMPLE_ROWS), strict=False)
            ]
        except csv.Error:
            continue
        widths = Counter(count for count in counts if count)
        if not widths:
            continue
        width, agreeing = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = (agreeing / len(counts)) * min(width - 1, 8)
        if score > best_score:
            best, best_score = sign, score
    return best


def _parse_rows(text: str, delimiter: str, strict: bool = False) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _read_rows(text: str, delimiter: str) -> Iterator[SheetRow]:
    csv.field_size_limit(LONGEST_CELL)
    found = kept = 0
    try:
        for found, fields in enumerate(_parse_rows(text, delimiter, strict=True), start=1):
            if not any(fields):
                if found - kept > MOST_EMPTY:
                    raise make_too_large_error(f"more than {MOST_EMPTY:,} empty rows")
                continue
            kept += 1
            if kept > MOST_ROWS + 1:  # one of them holds the names of the columns
                raise make_too_large_error(f"more than {MOST_ROWS:,} rows")
            if len(fields) > MOST_COLUMNS:
                raise make_too_large_error(f"more than {MOST_COLUMNS} columns, in row {found:,}")
            yield SheetRow(found, tuple(make_text_cell(field) for field in fields))
    except csv.Error as error:
        raise KnownError(
            f"Row {found + 1:,} of the file cannot be told apart into cells: {error}.",
            "Is a quotation mark missing there?",
            code="records-row",
        ) from None


def make_too_large_error(what: str) -> KnownError:
    return KnownError(
        f"The file has {what}.", "Divide it into several files and load each.", code="records-large"
    )


def make_text_cell(text: str) -> RecordCell:
    """A cell of text; one that looks like a formula is kept as the text it is, and said to be."""
    if not text:
        return EMPTY_CELL
    if _REPLACEMENT_CHARACTER in text:
        return RecordCell(
            text,
            RecordCellKind.DOUBTFUL,
            f"{_REPLACEMENT_CHARACTER} stands where a byte did not fit the encoding",
        )
    return RecordCell(text, doubt="begins with =; kept as text, not computed" if text.startswith("=") else "")


def _mark_ragged_rows(rows: list[SheetRow]) -> Iterator[SheetRow]:
    """Rows with fewer or more cells than most say so where they end, or begin to be too long."""
    widths = Counter(len(row.cells) for row in rows)
    width = max(widths, key=lambda width: (widths[width], width)) if widths else 0
    for row in rows:
        cells = row.cells
        if len(cells) < width:
            doubt = f"the row has {len(cells)} cells where most have {width}"
            yield SheetRow(row.number, (*cells, RecordCell("", doubt=doubt)))
        elif len(cells) > width:
            over = tuple(
                RecordCell(cell.text, cell.kind, f"a cell beyond the {width} that most rows have")
                for cell in cells[width:]
            )
            yield SheetRow(row.number, (*cells[:width], *over))
        else:
            yield row
