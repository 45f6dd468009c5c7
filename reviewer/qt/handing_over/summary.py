"""What one will get, beside the questions of a dialog: always of the answers as they stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from reviewer.qt.widgets.layouts import make_column, make_grid
from reviewer.qt.widgets.page import make_text_label
from reviewer.qt.widgets.plain_text import PlainLabel

_TOP = Qt.AlignmentFlag.AlignTop
SummaryRows = Sequence[tuple[str, str]]


class SummaryPanel(QFrame):
    """Rows of a name and a value, then sentences: notes quiet, warnings with the word before them."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("handedSummary")
        self.setAccessibleName("What you will get")
        self._rows, self._notes = QWidget(), QWidget()
        self._grid = make_grid(self._rows, across=12, down=8)
        self._grid.setColumnStretch(1, 1)
        self._sentences = make_column(self._notes, spacing=8)
        column = make_column(self, spacing=12, margins=(24, 16, 24, 16))
        column.addWidget(PlainLabel("What you will get", kind="strong"))
        column.addWidget(self._rows)
        line = QFrame()
        line.setObjectName("handedLine")
        line.setFixedHeight(1)
        column.addWidget(line)
        column.addWidget(self._notes)
        column.addStretch(1)
        self.show_counting()

    def show_counting(self) -> None:
        self.show_rows([("Counting", "\u2026")], (), ())

    def show_rows(self, rows: SummaryRows, notes: Sequence[str], warnings: Sequence[str]) -> None:
        _take_all(self._grid)
        for place, (name, value) in enumerate(rows):
            self._grid.addWidget(make_text_label(name, "quiet"), place, 0, _TOP)
            self._grid.addWidget(make_text_label(value), place, 1, _TOP)
        _take_all(self._sentences)
        for warning in warnings:
            self._sentences.addWidget(make_text_label(f"Warning: {warning}", "warning"))
        for note in notes:
            self._sentences.addWidget(make_text_label(note, "quiet"))

    def texts(self) -> list[str]:
        """Every text that stands in it, from top to bottom."""
        labels = [*self._rows.findChildren(PlainLabel), *self._notes.findChildren(PlainLabel)]
        return [label.text() for label in labels]

    def value(self, name: str) -> str:
        """What stands beside a name; "" if it is not there."""
        texts = self.texts()
        return texts[texts.index(name) + 1] if name in texts else ""


def _take_all(layout: QLayout) -> None:
    """Remove every widget of a layout at once, so that no two stand there together."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
