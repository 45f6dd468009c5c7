"""Where the names of the columns stand: the row they begin in, and over how many rows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewer.qt.widgets.layouts import make_row

_MOST_ROWS = 5


class HeadingRows(QWidget):
    """Two numbers to type; an empty one leaves it to the file."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.row, self.rows = QLineEdit(), QLineEdit()
        self.row.setAccessibleName("Row with the names of the columns")
        self.rows.setAccessibleName("Over how many rows the names of the columns stand")
        self.row.setPlaceholderText("as the file tells")
        self.rows.setPlaceholderText(f"1 to {_MOST_ROWS}")
        self.row.setValidator(QIntValidator(1, 9_999_999, self))
        self.rows.setValidator(QIntValidator(1, _MOST_ROWS, self))
        layout = make_row(self, spacing=8)
        layout.addWidget(self.row, 2)
        layout.addWidget(self.rows, 1)
        for line in (self.row, self.rows):
            line.editingFinished.connect(self.chosen)

    @property
    def first(self) -> int:
        """The row that was typed, 0 for none."""
        return int(self.row.text() or 0)

    @property
    def count(self) -> int:
        """How many rows were typed, 0 for none."""
        return int(self.rows.text() or 0)

    def clear(self) -> None:
        self.row.clear()
        self.rows.clear()
