"""One row of a file: what it says, which individual it fits, what can be decided about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from reviewer.qt.records.words import describe_row
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page import make_text_label
from reviewer.services.records.matches import RecordListing, RecordListRow

_BUTTONS = (
    ("records.accept", "Enter  Accept"),
    ("records.link", "L  Link to…"),
    ("records.none", "N  Nobody"),
)


class RowDetail(QFrame):
    """Shows one row; `wanted` carries the id of an action."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(280)
        self._inner = QWidget()
        self._column = make_column(self._inner, spacing=2, margins=(12, 0, 8, 0))
        area = QScrollArea()
        area.setWidget(self._inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = make_column(self, spacing=8)
        outer.addWidget(area, 1)
        self._buttons: dict[str, QPushButton] = {}
        for id_, text in _BUTTONS:
            button = QPushButton(text)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, id_=id_: self.wanted.emit(id_))
            self._buttons[id_] = button
            outer.addWidget(button)
        self.text = ""

    def show_row(self, row: RecordListRow | None, listing: RecordListing, read_only: bool) -> None:
        """Show a row, None for none."""
        while self._column.count():
            taken = self._column.takeAt(0)
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
            self._column.addWidget(above)
            label.setContentsMargins(0, 0, 0, 8)
            self._column.addWidget(label)
        self._column.addStretch(1)
        open_ = row is not None and row.link is None and not read_only
        for id_, button in self._buttons.items():
            accepting = id_ == "records.accept"
            button.setEnabled(open_ and (not accepting or row is None or bool(row.match.individual)))
