"""By which index the engine goes, where its rough counts would lead it to a bad one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression
from sqlalchemy.sql import operators


def keep_off_index(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """`+column`: the same value, by which SQLite does not choose an index."""
    return UnaryExpression(column, operator=operators.custom_op("+"), type_=column.type)
