"""Rows as the driver gives them: tuples, for answers of tens of thousands of rows.

The rows of SQLAlchemy cost as much as the engine takes to find them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select


def fetch_plain_rows(connection: Connection, query: Select[Any]) -> Sequence[tuple[Any, ...]]:
    """All rows that a query finds. Its columns must be numbers and texts, returned as they are stored."""
    with connection.execute(query) as result:
        cursor = result.cursor
        return cursor.fetchall() if cursor is not None else ()
