"""The box of searching, closed: it stands in the header on every screen and shows the last query."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit

from reviewer.qt.actions.worn_keys import add_key
from reviewer.qt.look.icons import load_icon
from reviewer.qt.look.theme import Theme
from reviewer.qt.search.query_line import WORDS_HINT
from reviewer.qt.widgets.plain_text import make_plain_tip


class SearchField(QLineEdit):
    """Opens when it is pressed; what is typed goes into the box that opens over it."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("searchBox")
        self.setReadOnly(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setPlaceholderText(WORDS_HINT)
        self.setAccessibleName("Search for photographs")
        self._query = ""
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)

    def apply_theme(self, theme: Theme) -> None:
        self._glass.setIcon(load_icon("search", theme, "quiet"))

    def show_query(self, text: str) -> None:
        """The query that was asked last, from its beginning."""
        self.setText(text)
        self.setCursorPosition(0)
        self._query = text

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        told = add_key("Search for photographs", "search.find")
        self.setToolTip(make_plain_tip(f"{told}\n{self._query}".strip()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select nothing: there is nothing to copy from here."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
