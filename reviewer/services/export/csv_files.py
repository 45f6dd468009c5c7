"""CSV files of an export: tables by their columns, the dictionary of these, and what is told of all.

UTF-8 with commas and CR LF (RFC 4180); the first line holds the names of the columns. A file begins with the
mark of UTF-8 only where that was wished: Excel needs it, other programs take it for a part of the first name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.tables.columns import ExportColumn, neutralise_formula

ExportColumns = Sequence[ExportColumn[Any]]
UTF8_BOM = b"\xef\xbb\xbf"
DICTIONARY_HEADER = ("file", "column", "meaning", "free_text")
_COMMON_LINES = (
    (
        "about.csv",
        "fact",
        "what is told of this export: the case, the ledger, the program; hashes of the files",
    ),
    ("about.csv", "value", "what it is"),
    ("dictionary.csv", "file", "name of a file of this export"),
    ("dictionary.csv", "column", "name of one of its columns"),
    ("dictionary.csv", "meaning", "what the column says"),
    ("dictionary.csv", "free_text", "yes if people typed it, so that an apostrophe may stand before it"),
)


class CsvTableWriter:
    """Writes the rows of one table, by its columns; free text is neutralised for spreadsheets."""

    def __init__(self, columns: ExportColumns, text: io.TextIOWrapper) -> None:
        self._columns = [(column.value, column.free) for column in columns]
        self._free = [column.free for column in columns]
        self._lines = csv.writer(text, lineterminator="\r\n")
        self._lines.writerow([column.name for column in columns])

    def add(self, rows: Iterable[Any]) -> None:
        for row in rows:
            self._lines.writerow(
                [neutralise_formula(value(row)) if free else value(row) for value, free in self._columns]
            )

    def add_values(self, values: Iterable[str]) -> None:
        """One row, by the values of its columns."""
        told = zip(values, self._free, strict=True)
        self._lines.writerow([neutralise_formula(value) if free else value for value, free in told])


@contextmanager
def open_table(
    found: Contents, folder: ExportFolder, name: str, columns: ExportColumns
) -> Iterator[CsvTableWriter]:
    """Open a new file of the export with the names of these columns, to which rows are added."""
    with folder.file(name) as file:
        if found.mark:
            file.write(UTF8_BOM)
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
        try:
            yield CsvTableWriter(columns, text)
        finally:
            text.flush()
            text.detach()


def write_dictionary(
    found: Contents,
    folder: ExportFolder,
    tables: Mapping[str, ExportColumns],
    further: Iterable[Sequence[str]] = (),
) -> None:
    """Write dictionary.csv: every column of these files, by their names, and `further` lines."""
    lines = [
        [file, column.name, column.meaning, "yes" if column.free else "no"]
        for file, columns in tables.items()
        for column in columns
    ]
    folder.put("dictionary.csv", make_dictionary([*lines, *further], mark=found.mark))


def make_dictionary(lines: Iterable[Sequence[str]], *, mark: bool = False) -> bytes:
    """Make a dictionary of these lines (file, column, meaning, "yes" for free text); it explains itself and
    about.csv as well."""
    of_every = ((*line, "no") for line in _COMMON_LINES)
    return to_csv_bytes([DICTIONARY_HEADER, *lines, *of_every], mark=mark)


def write_about(found: Contents, folder: ExportFolder, further: Iterable[tuple[str, str]] = ()) -> None:
    """Write about.csv: the facts every export states, `further` facts of this one, and the hash of each file
    written so far."""
    lines = [
        *([name, neutralise_formula(str(value))] for name, value in (*found.about_facts().items(), *further)),
        ["free_text", "an apostrophe stands before text that a spreadsheet would take for a formula"],
        *([f"sha256 of {name}", hash_] for name, hash_ in folder.hashes.items()),
    ]
    folder.put("about.csv", to_csv_bytes([["fact", "value"], *lines], mark=found.mark))


def to_csv_bytes(lines: Iterable[Sequence[str]], *, mark: bool = False) -> bytes:
    """A small table as one piece."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return (UTF8_BOM if mark else b"") + text.getvalue().encode("utf-8")
