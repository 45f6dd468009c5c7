"""Where the parts of the reading screen lie."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.reading.enhance_panel import EnhancePanel
from reviewer.qt.widgets.message_line import MessageLine


def middle(canvas: PhotoCanvas, enhance: EnhancePanel, message: MessageLine, info: QWidget) -> QWidget:
    """The photograph with the panel of steps beside it, and the two lines below it."""
    message.setMinimumHeight(28)
    message.setAccessibleName("Message")
    column = QVBoxLayout()
    column.setSpacing(0)
    column.setContentsMargins(0, 0, 0, 0)
    beneath = QHBoxLayout()
    beneath.setSpacing(0)
    beneath.addWidget(canvas, 1)
    beneath.addWidget(enhance)
    column.addLayout(beneath, 1)
    column.addWidget(message)
    column.addWidget(info)
    placed = QWidget()
    placed.setLayout(column)
    return placed


def arrange(
    screen: QWidget, header: QWidget, filmstrip: QWidget, split: QSplitter, beside: tuple[QWidget, QWidget]
) -> None:
    """Header over everything; filmstrip, photograph and panel side by side."""
    for each in beside:
        split.addWidget(each)
    split.setStretchFactor(0, 1)
    split.setChildrenCollapsible(False)
    split.setHandleWidth(3)
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addWidget(filmstrip)
    row.addWidget(split, 1)
    column = QVBoxLayout(screen)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(header)
    column.addLayout(row, 1)
