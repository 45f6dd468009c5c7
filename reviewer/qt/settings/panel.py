"""What the pages of the settings share: a title, a sentence, a column of limited width."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page import make_button_row, make_text_label
from reviewer.qt.widgets.page_head import PageHead

_WIDEST = 760


class SettingsPanel(QWidget):
    """One subject of the settings: `subject` stands in the list at the left and over the page."""

    def __init__(self, subject: str, explanation: str, widest: int = _WIDEST) -> None:
        super().__init__()
        self.setObjectName("screen")
        self.subject = subject
        inner = self._inner = QWidget()
        self._widest = widest
        self.scale_to(1.0)
        row = make_button_row()
        row.setSpacing(0)
        row.insertWidget(0, inner, 1000)
        around = make_column(self, spacing=0)
        around.addLayout(row)
        self.column = make_column(inner, spacing=12, margins=(24, 16, 24, 24))
        self.page_head = PageHead(subject, explanation)
        self.column.addWidget(self.page_head)

    def scale_to(self, text_scale: float) -> None:
        """Let the column grow with the size of type."""
        self._inner.setMaximumWidth(round(self._widest * max(1.0, text_scale)))

    def refresh(self) -> None:
        """Read again what may have changed meanwhile."""

    def add_head(self, words: str) -> QLabel:
        """The head of a section, with room above."""
        self.column.addSpacing(8)
        head = make_text_label(words, "strong")
        self.column.addWidget(head)
        return head

    def add_row(self, *widgets: QWidget) -> None:
        """Widgets side by side, pushed to the left."""
        self.column.addLayout(make_button_row(*widgets))
