"""The box of searching, closed: it stands in the header on every screen and shows the last query."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QLineEdit

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
        self.setToolTip("Search for photographs (Ctrl+F)")
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)

    def apply_theme(self, theme: Theme) -> None:
        self._glass.setIcon(load_icon("search", theme, "quiet"))

    def show_query(self, text: str) -> None:
        """The query that was asked last, from its beginning."""
        self.setText(text)
        self.setCursorPosition(0)
        self.setToolTip(make_plain_tip(f"Search for photographs (Ctrl+F)\n{text}".strip()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select nothing: there is nothing to copy from here."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
