"""What the quiet screens share: a title, a column of limited width, rows of the same rhythm."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reviewer.qt.widgets.fitting import make_scroll_area
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.screen import Screen

WIDEST = 960


def make_text_label(text: str = "", kind: str = "") -> PlainLabel:
    """A label that takes its text as it is, wraps it, and can be copied from."""
    label = PlainLabel(text, kind=kind)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def make_main_button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", "main")
    button.setAutoDefault(True)  # Enter presses it
    return button


def make_button_row(*widgets: QWidget, stretch: bool = True) -> QHBoxLayout:
    """Widgets side by side, pushed to the left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    return row


class Page(Screen):
    """A screen with a title over one column at the left; it scrolls where the window is too small for it."""

    def __init__(self, title: str, explanation: str = "", widest: int = WIDEST) -> None:
        super().__init__()
        inner = QWidget()
        inner.setMaximumWidth(widest)
        self.column = make_column(inner, spacing=12, margins=(24, 16, 24, 24))
        self.column.addWidget(make_text_label(title, "page"))
        if explanation:
            self.column.addWidget(make_text_label(explanation, "quiet"))
        row = QHBoxLayout(self._make_scrolled())
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inner, 1000)
        row.addStretch(1)

    def _make_scrolled(self) -> QWidget:
        """What is laid out in it is scrolled when it is higher than the screen."""
        whole = QWidget()
        whole.setObjectName("screen")
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(make_scroll_area(whole))
        return whole

    def add_row(self, *widgets: QWidget, stretch: bool = True) -> QHBoxLayout:
        """Widgets side by side, pushed to the left."""
        row = make_button_row(*widgets, stretch=stretch)
        self.column.addLayout(row)
        return row
