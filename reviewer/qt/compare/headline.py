"""What the line above the compare screen says: of whom the photographs are."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel


class CompareHeadline(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.person, self.which = PlainLabel(kind="strong"), ElidedLabel("compareWhich", kind="quiet")
        row = make_row(self, spacing=16)
        row.addWidget(PlainLabel("Compare", kind="title"))
        row.addWidget(self.person)
        row.addWidget(self.which, 1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def show_two(self, person: str, which: str) -> None:
        self.person.setText(person)
        self.which.setText(which)
