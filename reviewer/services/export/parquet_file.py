"""A Parquet file, row by row: the one place that knows pyarrow, which is an optional part of the program.

Not compressed: a compressor is one more thing whose bytes differ, and keys and hashes that occur often are
kept once in a dictionary anyway.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, BinaryIO

from reviewer.domain.errors import KnownError

EXTRA_NAME = "reviewer[parquet]"
ROWS_AT_ONCE = 20_000
"""Rows in one row group, and so in memory at once."""


class ColumnKind(StrEnum):
    """What a column holds, as people are told. A `WORD` is a text of which there are few: a dictionary."""

    TEXT = "text"
    WORD = "word"
    WHOLE = "whole number"
    TRUTH = "true or false"
    TEXTS = "list of texts"


def refuse_without_writer() -> None:
    """KnownError if nothing here can write Parquet."""
    if importlib.util.find_spec("pyarrow") is None:
        raise KnownError(
            f"Parquet needs pyarrow, which is in the optional part {EXTRA_NAME} and is not installed.",
            f'Install it with pip install "{EXTRA_NAME}", or export the same table as individuals-by-signs.',
            code="needs-extra",
        )


def describe_writer() -> str:
    """ "pyarrow 26.0.1"; the same version writes the same bytes of the same rows."""
    import pyarrow

    return f"pyarrow {pyarrow.__version__}"


class ParquetRowWriter:
    """Takes rows of values in the order of the columns and writes them `ROWS_AT_ONCE` at a time."""

    def __init__(self, schema: Any, writer: Any) -> None:
        self._schema = schema
        self._writer = writer
        self._waiting: list[list[object]] = [[] for _column in schema]
        self._rows = 0

    def add(self, values: Sequence[object]) -> None:
        """One row: str, int, bool or a list of str; None where there is nothing."""
        for column, value in zip(self._waiting, values, strict=True):
            column.append(value)
        self._rows += 1
        if self._rows == ROWS_AT_ONCE:
            self.write_waiting()

    def write_waiting(self) -> None:
        import pyarrow

        if self._rows:
            table = pyarrow.Table.from_pydict(
                dict(zip(self._schema.names, self._waiting, strict=True)), self._schema
            )
            self._writer.write_table(table, row_group_size=ROWS_AT_ONCE)
        self._waiting = [[] for _column in self._schema]
        self._rows = 0


@contextmanager
def open_parquet_file(out: BinaryIO, columns: Sequence[tuple[str, ColumnKind]]) -> Iterator[ParquetRowWriter]:
    """A file of these columns (name, kind), whole when the block ends. KnownError without pyarrow."""
    refuse_without_writer()
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    schema = pyarrow.schema([pyarrow.field(name, _to_arrow_type(kind)) for name, kind in columns])
    with ParquetWriter(out, schema, version="2.6", compression="none", write_statistics=True) as writer:
        rows = ParquetRowWriter(schema, writer)
        yield rows
        rows.write_waiting()


def _to_arrow_type(kind: ColumnKind) -> Any:
    import pyarrow

    return {
        ColumnKind.TEXT: pyarrow.string(),
        ColumnKind.WORD: pyarrow.dictionary(pyarrow.int32(), pyarrow.string()),
        ColumnKind.WHOLE: pyarrow.int64(),
        ColumnKind.TRUTH: pyarrow.bool_(),
        ColumnKind.TEXTS: pyarrow.list_(pyarrow.string()),
    }[kind]
