"""Individuals by signs as a Parquet file: the rows of individuals_by_signs, with types and without marks.

A format of its own and not a file beside the CSV table, so that what that export holds does not depend on
what is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from reviewer.services.export.contents import Contents
from reviewer.services.export.csv_files import put_about, put_dictionary
from reviewer.services.export.folder import Folder
from reviewer.services.export.format import Format
from reviewer.services.export.formats.individuals_by_signs import rows_of
from reviewer.services.export.parquet_file import Kind, parquet_file, refuse_without_writer, version_of_writer
from reviewer.services.export.tables.codebook import codebook
from reviewer.services.export.tables.columns import Column
from reviewer.services.export.tables.label_scripts import coded
from reviewer.services.export.tables.sign_columns import SignRow, columns
from reviewer.services.jobs import JobControl

FILE = "individuals-by-signs.parquet"
_WORDS = frozenset({"term", "term_name", "term_group", "decision"})
_TRUTHS = frozenset({"all_read"})
_JOINED = ", separated by ;"


def make(found: Contents, folder: Folder, control: JobControl) -> None:
    control.check()
    control.progress(0, 1)
    every = columns(found.vocabulary)
    kinds = _kinds(every, found)
    taken = [_VALUES[kind] for kind in kinds.values()]
    people: dict[str, None] = {}
    with folder.file(FILE) as out, parquet_file(out, list(kinds.items())) as written:
        for row in rows_of(found, control):
            written.add([take(column.value(row)) for take, column in zip(taken, every, strict=True)])
            people[row.of.id] = None
    told = tuple(_told(column) for column in every)
    book = codebook(found, told, lambda column: str(kinds[column.name]))
    folder.put("codebook.md", book.encode("utf-8"))
    put_dictionary(found, folder, {FILE: told})
    put_about(found, folder, [("written_by", version_of_writer())])
    control.progress(max(1, len(people)), max(1, len(people)))


def _kinds(every: Sequence[Column[SignRow]], found: Contents) -> dict[str, Kind]:
    """Column -> its kind, in the order of the columns."""
    few = _WORDS | set(coded(found.vocabulary)) - _TRUTHS
    kinds = {}
    for column in every:
        if column.name in _TRUTHS:
            kinds[column.name] = Kind.TRUTH
        elif _JOINED in column.meaning:
            kinds[column.name] = Kind.TEXTS
        elif column.whole:
            kinds[column.name] = Kind.WHOLE
        else:
            kinds[column.name] = Kind.WORD if column.name in few else Kind.TEXT
    return kinds


def _told(column: Column[SignRow]) -> Column[SignRow]:
    """The column as this file has it: a list is one, and no apostrophe stands before free text."""
    meaning = column.meaning.replace(_JOINED, ", as a list")
    if column.name in _TRUTHS:
        meaning = meaning.replace("yes if", "true if", 1)
    return replace(column, meaning=meaning, free=False)


_VALUES: dict[Kind, Callable[[str], object]] = {
    Kind.TEXT: lambda value: value or None,
    Kind.WORD: lambda value: value or None,
    Kind.WHOLE: lambda value: int(value) if value else None,
    Kind.TRUTH: lambda value: value == "yes",
    Kind.TEXTS: lambda value: value.split(";") if value else [],
}


FORMAT = Format(
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
