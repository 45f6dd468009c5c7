"""Rows and columns of widgets."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

_Margins = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels."""


def make_row(parent: QWidget | None = None, *, spacing: int, margins: _Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Return an empty row, as the layout of `parent` if there is one."""
    row = QHBoxLayout() if parent is None else QHBoxLayout(parent)
    row.setContentsMargins(*margins)
    row.setSpacing(spacing)
    return row


def make_column(
    parent: QWidget | None = None, *, spacing: int, margins: _Margins = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Return an empty column, as the layout of `parent` if there is one."""
    column = QVBoxLayout() if parent is None else QVBoxLayout(parent)
    column.setContentsMargins(*margins)
    column.setSpacing(spacing)
    return column
