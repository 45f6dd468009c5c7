"""Rows, columns and grids of widgets."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

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


def make_grid(parent: QWidget | None = None, *, across: int, down: int) -> QGridLayout:
    """Return an empty grid with these pixels between its columns and its rows, as the layout of `parent` if
    there is one."""
    grid = QGridLayout() if parent is None else QGridLayout(parent)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(across)
    grid.setVerticalSpacing(down)
    return grid


def make_hairline() -> QFrame:
    """Return a line across, one pixel high, between what belongs together and what does not."""
    line = QFrame()
    line.setObjectName("hairline")
    line.setFixedHeight(1)
    return line
