"""The panel at the right of a screen: what belongs to the row or the photograph that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from reviewer.qt.look.theme import WIDE_FROM, get_worn_theme
from reviewer.qt.widgets.fitting import make_scroll_area
from reviewer.qt.widgets.layouts import make_column

SIDE_WIDTH = 360
_WIDER = ((2560, 544), (WIDE_FROM, 448))
_MOST, _INNER, _BETWEEN = 0.45, 12, 8
_STYLE_EVENTS = frozenset({QEvent.Type.FontChange, QEvent.Type.StyleChange})


def compute_side_width(window: int, text_scale: float, width: int = SIDE_WIDTH) -> int:
    """Pixels of a panel that is `width` in a narrow window with text at 100 %.

    Panels grow with the window in two steps, and a third as fast as the text; never to half the window.
    """
    wide = next((wide for least, wide in _WIDER if window >= least), SIDE_WIDTH) * width / SIDE_WIDTH
    return min(round(wide * (1 + (max(1.0, text_scale) - 1) / 3)), round(_MOST * window))


class InfoPanel(QFrame):
    """Put what it holds into `column`; where that is higher than the window the panel scrolls.

    `width` is for a narrow window and text at 100 %; see `compute_side_width`.
    """

    def __init__(self, width: int = SIDE_WIDTH) -> None:
        super().__init__()
        self._usual = width
        self.setObjectName("infoPanel")
        inner = QWidget()
        inner.setObjectName("infoPanelInner")
        self.column = make_column(inner, spacing=_BETWEEN, margins=(_INNER, _INNER, _INNER, _INNER))
        self._whole = make_column(self, spacing=0)
        self._whole.addWidget(make_scroll_area(inner))
        self.setFixedWidth(width)

    def add_foot(self, foot: QWidget) -> None:
        """Put something below the part that scrolls: it is always there."""
        foot.setContentsMargins(_INNER, _BETWEEN, _INNER, _INNER)
        self._whole.addWidget(foot)

    def _fit(self) -> None:
        width = compute_side_width(self.window().width(), get_worn_theme().text_scale, self._usual)
        if width != self.width():
            self.setFixedWidth(width)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def moveEvent(self, event: QMoveEvent) -> None:
        """A wider window moves a panel that stands at its right."""
        super().moveEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _STYLE_EVENTS:
            self._fit()
