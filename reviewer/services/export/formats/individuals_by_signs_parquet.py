"""Individuals by signs as a Parquet file: the rows of individuals_by_signs, with types and without marks.

A format of its own and not a file beside the CSV table, so that what that export holds does not depend on
what is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from reviewer.services.export.contents import Contents
from reviewer.services.export.csv_files import write_about, write_dictionary
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat
from reviewer.services.export.formats.individuals_by_signs import make_sign_rows
from reviewer.services.export.parquet_file import (
    ColumnKind,
    describe_writer,
    open_parquet_file,
    refuse_without_writer,
)
from reviewer.services.export.tables.codebook import make_codebook
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.services.export.tables.label_scripts import list_coded_columns
from reviewer.services.export.tables.sign_columns import SignRow, make_columns
from reviewer.services.jobs import JobControl

FILE_NAME = "individuals-by-signs.parquet"
_WORD_COLUMNS = frozenset({"term", "term_name", "term_group", "decision"})
_TRUTH_COLUMNS = frozenset({"all_read"})
_LIST_SUFFIX = ", separated by ;"


def make(found: Contents, folder: ExportFolder, control: JobControl) -> None:
    control.advance(0, 1)
    columns = make_columns(found.vocabulary)
    kinds = _choose_kinds(columns, found)
    taken = [_CONVERTERS[kind] for kind in kinds.values()]
    people: dict[str, None] = {}
    with folder.file(FILE_NAME) as out, open_parquet_file(out, list(kinds.items())) as written:
        for row in make_sign_rows(found, control):
            written.add([take(column.value(row)) for take, column in zip(taken, columns, strict=True)])
            people[row.individual.id] = None
    told = tuple(_adapt_column(column) for column in columns)
    book = make_codebook(found, told, lambda column: str(kinds[column.name]))
    folder.put("codebook.md", book.encode("utf-8"))
    write_dictionary(found, folder, {FILE_NAME: told})
    write_about(found, folder, [("written_by", describe_writer())])
    control.progress(max(1, len(people)), max(1, len(people)))


def _choose_kinds(every: Sequence[ExportColumn[SignRow]], found: Contents) -> dict[str, ColumnKind]:
    """Column -> its kind, in the order of the columns."""
    few = _WORD_COLUMNS | set(list_coded_columns(found.vocabulary)) - _TRUTH_COLUMNS
    kinds = {}
    for column in every:
        if column.name in _TRUTH_COLUMNS:
            kinds[column.name] = ColumnKind.TRUTH
        elif _LIST_SUFFIX in column.meaning:
            kinds[column.name] = ColumnKind.TEXTS
        elif column.whole:
            kinds[column.name] = ColumnKind.WHOLE
        else:
            kinds[column.name] = ColumnKind.WORD if column.name in few else ColumnKind.TEXT
    return kinds


def _adapt_column(column: ExportColumn[SignRow]) -> ExportColumn[SignRow]:
    """Adapt a column to this file: lists are lists, and free text has no apostrophe before it."""
    meaning = column.meaning.replace(_LIST_SUFFIX, ", as a list")
    if column.name in _TRUTH_COLUMNS:
        meaning = meaning.replace("yes if", "true if", 1)
    return replace(column, meaning=meaning, free=False)


_CONVERTERS: dict[ColumnKind, Callable[[str], object]] = {
    ColumnKind.TEXT: lambda value: value or None,
    ColumnKind.WORD: lambda value: value or None,
    ColumnKind.WHOLE: lambda value: int(value) if value else None,
    ColumnKind.TRUTH: lambda value: value == "yes",
    ColumnKind.TEXTS: lambda value: value.split(";") if value else [],
}


FORMAT = ExportFormat(
    "individuals-by-signs-parquet",
    "Individuals by signs, as Parquet",
    "individuals-by-signs.parquet (the rows and columns of individuals-by-signs, typed: whole numbers, true "
    "or false, lists of ids, words in dictionaries; what is empty there is null or an empty list here), "
    "codebook.md, dictionary.csv and about.csv; written by pyarrow, which comes with the optional part "
    "reviewer[parquet]",
    "what individuals-by-signs loses, and its workbook and scripts; another version of pyarrow writes the "
    "same rows in other bytes",
    make,
    adds_up=True,
    refuse_without=refuse_without_writer,
)
