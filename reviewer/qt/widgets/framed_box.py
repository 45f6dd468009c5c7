"""A box with an edge and round corners: what is in it is one thing."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel

_INNER, _BETWEEN = 12, 8


class FramedBox(QFrame):
    """What it holds is put into `column`; a title stands above it in the weight of a section."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("framedBox")
        self.column = make_column(self, spacing=_BETWEEN, margins=(_INNER, _INNER, _INNER, _INNER))
        self.title = PlainLabel(title, kind="strong")
        self.title.setWordWrap(True)
        self.column.addWidget(self.title)
        self.title.setVisible(bool(title))  # with its parent: alone it would be a window for a moment
