"""Where the parts of the reading screen lie."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.look.theme import Theme
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.message_line import MessageLine

_NARROWEST = 320


def make_middle(
    canvas: PhotoCanvas, panels: Sequence[QWidget], strip: QWidget, message: MessageLine, info: QWidget
) -> QWidget:
    """The photograph with the panels of steps and of tags beside it; the strip and the two lines below it."""
    message.setMinimumHeight(28)
    message.setAccessibleName("Message")
    column = make_column(spacing=0)
    beneath = QHBoxLayout()
    beneath.setSpacing(0)
    beneath.addWidget(canvas, 1)
    for panel in panels:
        beneath.addWidget(panel)
    column.addLayout(beneath, 1)
    column.addWidget(strip)
    column.addWidget(message)
    column.addWidget(info)
    placed = QWidget()
    placed.setLayout(column)
    placed.setMinimumWidth(_NARROWEST)
    return placed


def arrange(
    screen: QWidget, toolbar: QWidget, filmstrip: QWidget, split: QSplitter, beside: tuple[QWidget, QWidget]
) -> None:
    """The toolbar over everything; filmstrip, photograph and panel side by side."""
    for widget in beside:
        split.addWidget(widget)
    split.setStretchFactor(0, 1)
    split.setChildrenCollapsible(False)
    split.setHandleWidth(3)
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addWidget(filmstrip)
    row.addWidget(split, 1)
    column = make_column(screen, spacing=0)
    column.addWidget(toolbar)
    column.addLayout(row, 1)


def get_canvas_colours(theme: Theme) -> tuple[QColor, QColor, QColor, QColor]:
    """Ground, text, mark, selected mark."""
    colour = theme.colour
    return colour("canvas"), colour("canvas_text"), colour("mark"), colour("mark_selected")
