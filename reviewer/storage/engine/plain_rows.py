"""Rows as the driver gives them: tuples, for answers of tens of thousands of rows; and columns of rows that
the engine joins into one text, for all Photos of a Case.

The rows of SQLAlchemy cost as much as the engine takes to find them, and a row for each Photo many times what
a column costs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, Function, func, select


def fetch_plain_rows(connection: Connection, query: Executable) -> Sequence[tuple[Any, ...]]:
    """All rows that a query finds. Its columns must be numbers and texts, returned as they are stored."""
    with connection.execute(query) as result:
        cursor = result.cursor
        return cursor.fetchall() if cursor is not None else ()


def join_column(column: ColumnElement[Any]) -> Function[str]:
    """What stands in a column of all rows found, in their order, as one text: a list in JSON."""
    return func.json_group_array(column)


def fetch_numbers_by_value(
    connection: Connection,
    value: ColumnElement[str],
    number: ColumnElement[int],
    *conditions: ColumnElement[bool],
) -> Iterator[tuple[str, list[int]]]:
    """Each value of a column, once, with the numbers that stand beside it; of some rows or of all."""
    query = select(value, join_column(number)).where(*conditions).group_by(value)
    for found, numbers in fetch_plain_rows(connection, query):
        yield found, json.loads(numbers)
