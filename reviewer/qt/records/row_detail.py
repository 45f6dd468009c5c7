"""One row of a file: what it says, which individual it fits, what can be decided about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.qt.records.words import describe_row
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.page import make_text_label
from reviewer.qt.widgets.side_panel import InfoPanel
from reviewer.services.records.matches import RecordListing, RecordListRow

PANEL_WIDTH = 336


class RowDetail(InfoPanel):
    """Shows one row, and below it the buttons of what can be decided."""

    def __init__(self) -> None:
        super().__init__(PANEL_WIDTH)
        self.column.setSpacing(2)
        self.accept = KeyedButton("records.accept", "Accept", is_main=True)
        self._others = (KeyedButton("records.link", "Link to…"), KeyedButton("records.none", "Nobody…"))
        foot = QWidget()
        column, row = make_column(foot, spacing=8), make_row(spacing=8)
        for button in (self.accept, *self._others):
            button.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        for button in self._others:
            row.addWidget(button, 1)
        column.addLayout(row)
        column.addWidget(self.accept)
        self.add_foot(foot)
        self.text = ""

    def use_actions(self, find: FindAction) -> None:
        for button in (self.accept, *self._others):
            button.use_action(find)

    def show_row(self, row: RecordListRow | None, listing: RecordListing, read_only: bool) -> None:
        """Show a row, None for none."""
        while self.column.count():
            taken = self.column.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        pairs = list(describe_row(row, listing)) if row is not None else []
        self.text = "\n".join(f"{caption}: {text}" for caption, text in pairs)
        for caption, text in pairs:
            above, label = make_text_label(caption, "caption"), make_text_label(text)
            for widget in (above, label):
                widget.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
            self.column.addWidget(above)
            label.setContentsMargins(0, 0, 0, 8)
            self.column.addWidget(label)
        self.column.addStretch(1)
        is_open = row is not None and row.link is None and not read_only
        self.accept.setEnabled(is_open and row is not None and bool(row.match.individual))
        for button in self._others:
            button.setEnabled(is_open)
