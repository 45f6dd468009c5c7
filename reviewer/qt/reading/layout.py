"""Where the parts of the reading screen lie."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.look.room import is_small
from reviewer.qt.look.theme import Theme
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.side_panel import SIDE_WIDTH, compute_side_width

_NARROWEST = 320
_WITHOUT_STRIP = 405
"""The panel may be wider where the filmstrip gives way."""


class SideSplitter(QSplitter):
    """The photograph with the panel beside it, which is as wide as the window allows until somebody moves the
    edge between them."""

    def __init__(self, text_scale: float) -> None:
        super().__init__()
        self.text_scale, self.is_set_by_hand = text_scale, False
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.splitterMoved.connect(self._on_moved)

    def _on_moved(self) -> None:
        self.is_set_by_hand = True

    def set_side_width(self, width: int) -> None:
        """Make the panel so wide by hand."""
        self.is_set_by_hand = True
        self.setSizes([max(1, self.width() - width), width])

    def scale_to(self, text_scale: float) -> None:
        self.text_scale = text_scale
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self.is_set_by_hand and self.count():
            usual = _WITHOUT_STRIP if is_small(self.window(), self.text_scale) else SIDE_WIDTH
            width = compute_side_width(self.window().width(), self.text_scale, usual)
            self.setSizes([max(1, self.width() - width - self.handleWidth()), width])


def make_middle(
    canvas: PhotoCanvas, panels: Sequence[QWidget], strip: QWidget, info: QWidget
) -> tuple[QWidget, QVBoxLayout]:
    """The photograph with the panels of steps and of tags beside it; the strip and the line below it. Also
    the column of them, in which the line is last."""
    column = make_column(spacing=0)
    beneath = QHBoxLayout()
    beneath.setSpacing(0)
    beneath.addWidget(canvas, 1)
    for panel in panels:
        beneath.addWidget(panel)
    column.addLayout(beneath, 1)
    column.addWidget(strip)
    column.addWidget(info)
    placed = QWidget()
    placed.setLayout(column)
    placed.setMinimumWidth(_NARROWEST)
    return placed, column


def arrange(
    screen: QWidget, toolbar: QWidget, filmstrip: QWidget, split: QSplitter, beside: tuple[QWidget, QWidget]
) -> None:
    """The toolbar over everything; filmstrip, photograph and panel side by side."""
    for widget in beside:
        split.addWidget(widget)
    split.setStretchFactor(0, 1)
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addWidget(filmstrip)
    row.addWidget(split, 1)
    column = make_column(screen, spacing=0)
    column.addWidget(toolbar)
    column.addLayout(row, 1)


def find_place_of(widget: QWidget) -> QRect:
    """Where a widget lies, in pixels of the desktop."""
    return QRect(widget.mapToGlobal(QPoint()), widget.size())


def get_canvas_colours(theme: Theme) -> tuple[QColor, QColor, QColor, QColor]:
    """Ground, text, mark, selected mark."""
    colour = theme.colour
    return colour("canvas"), colour("canvas_text"), colour("mark"), colour("mark_selected")
