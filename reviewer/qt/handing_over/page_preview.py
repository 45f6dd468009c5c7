"""The first page of a report, in the place of the questions, as wide as there is room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from reviewer.qt.widgets.plain_text import PlainLabel

_EDGE = 16


class PagePreview(QScrollArea):
    """Scrolls where the page is higher than the room; it has the keyboard for that."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Page 1 of the report")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page = QImage()
        self._shown = PlainLabel()
        self._shown.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._shown.setMargin(_EDGE)
        self.setWidget(self._shown)
        self.setWidgetResizable(True)

    def show_page(self, png: bytes) -> None:
        """Show a picture of a page from its upper end."""
        self._page = QImage.fromData(png)
        self._fit()
        self.verticalScrollBar().setValue(0)

    @property
    def page_size(self) -> tuple[int, int]:
        """Pixels of the page as it was drawn; none before."""
        return self._page.width(), self._page.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._page.isNull():
            return
        ratio = self.devicePixelRatioF()
        wide = round((self.viewport().width() - 2 * _EDGE) * ratio)
        scaled = self._page.scaledToWidth(max(1, wide), Qt.TransformationMode.SmoothTransformation)
        scaled.setDevicePixelRatio(ratio)
        self._shown.setPixmap(QPixmap.fromImage(scaled))
