"""Where the parts of the reading screen lie."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.look.theme import Theme
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.message_line import MessageLine

_NARROWEST = 320
_SIDE_WIDTHS = ((2560, 544), (1920, 448), (0, 360))
"""From which width of the window on the panel is how wide, with type as it comes."""
_MOST_SIDE = 0.45


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
            width = compute_side_width(self.window().width(), self.text_scale)
            self.setSizes([max(1, self.width() - width - self.handleWidth()), width])


def make_middle(
    canvas: PhotoCanvas, panels: Sequence[QWidget], strip: QWidget, message: MessageLine, info: QWidget
) -> QWidget:
    """The photograph with the panels of steps and of tags beside it; the strip and the two lines below it."""
    message.setMinimumHeight(28)
    message.setAccessibleName("Message")
    column = make_column(spacing=0)
    beneath = QHBoxLayout()
    beneath.setSpacing(0)
    beneath.addWidget(canvas, 1)
    for panel in panels:
        beneath.addWidget(panel)
    column.addLayout(beneath, 1)
    column.addWidget(strip)
    column.addWidget(message)
    column.addWidget(info)
    placed = QWidget()
    placed.setLayout(column)
    placed.setMinimumWidth(_NARROWEST)
    return placed


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


def get_canvas_colours(theme: Theme) -> tuple[QColor, QColor, QColor, QColor]:
    """Ground, text, mark, selected mark."""
    colour = theme.colour
    return colour("canvas"), colour("canvas_text"), colour("mark"), colour("mark_selected")


def compute_side_width(window: int, text_scale: float) -> int:
    """How wide the panel is in a window of this width: it grows a third as fast as type."""
    width = next(wide for least, wide in _SIDE_WIDTHS if window >= least)
    return min(round(width * (1 + (max(1.0, text_scale) - 1) / 3)), round(_MOST_SIDE * window))
