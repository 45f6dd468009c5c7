"""What the quiet screens share: a title, a column of limited width, rows of the same rhythm."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reviewer.qt.look.type_scale import compute_type_scale
from reviewer.qt.widgets.fitting import make_scroll_area
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page_head import PageHead
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
    """A screen with a head over one column at the left; it scrolls where the window is too small for it."""

    def __init__(self, title: str, explanation: str = "", widest: int = WIDEST) -> None:
        self._inner: QWidget | None = None
        super().__init__()
        self._widest = widest
        self._inner = inner = QWidget()
        self.column = make_column(inner, spacing=12, margins=(24, 16, 24, 24))
        self.head = PageHead(title, explanation)
        self.column.addWidget(self.head)
        row = QHBoxLayout(self._make_scrolled())
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inner, 1000)
        row.addStretch(1)
        self._fit_column()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit_column()

    def _fit_column(self) -> None:
        """The column is wider where the type is larger: as many letters stand in a line."""
        if self._inner is not None:
            self._inner.setMaximumWidth(round(self._widest * max(1.0, compute_type_scale())))

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
