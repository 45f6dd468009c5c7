"""What the line above the sort screen says: how far the list is sorted, and how long the rest may take."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel


class SortHeadline(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._title = PlainLabel("Sort", kind="title")
        self.progress, self.left = PlainLabel(kind="strong"), ElidedLabel("sortLeft", kind="quiet")
        row = make_row(self, spacing=16)
        row.addWidget(self._title)
        row.addWidget(self.progress)
        row.addWidget(self.left, 1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def show_progress(self, sorted_: int, total: int, rate: int) -> None:
        """`rate`: photographs a minute by the last keys, 0 where there is no ground for one."""
        self.progress.setText(f"{sorted_:,} of {total:,} sorted")
        self.left.setText(_describe_rest(total - sorted_, rate))


def _describe_rest(left: int, rate: int) -> str:
    if not left:
        return ""
    if not rate:
        return f"{left:,} left"
    minutes = math.ceil(left / rate)
    if minutes < 2:
        return f"{left:,} left, about a minute"
    return f"{left:,} left, about {minutes:,} minutes"
