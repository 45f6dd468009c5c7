"""The photograph at the card desk: a rectangle drawn around the card shows it large, and is kept."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen

from reviewer.qt.canvas.marks import RecordedGrid
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.canvas.view_transform import ViewTransform
from reviewer.services.reading.masking import CardBox

_SMALLEST = 8
_ROOM = 0.9


class CardView(PictureView):
    """Boxes are left, top, width, height in recorded pixels. `box_drawn` fires after one was drawn."""

    box_drawn = Signal()

    def __init__(self, ground: QColor, text: QColor) -> None:
        super().__init__(ground, text)
        self.setAccessibleName("Photograph with the card")
        self.grid = RecordedGrid()
        self.card: CardBox | None = None
        self._from: QPointF | None = None
        self._to = QPointF()

    def show_card(self, grid: RecordedGrid, box: CardBox | None) -> None:
        """Another photograph; its card is shown large if it is known where it is."""
        self.grid, self.card = grid, box
        self.new_photo(grid.upright)
        if box is not None:
            self._look_at_card(box)

    def forget_card(self) -> None:
        self.card = None
        self.fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.has_picture and not self.covered:
            self._from = self._to = event.position()
        else:
            super().mousePressEvent(event)

    def interrupt(self) -> None:
        super().interrupt()
        self._from = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            super().mouseMoveEvent(event)
            return
        self._to = event.position()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            super().mouseReleaseEvent(event)
            return
        drawn = QRectF(self._from, self._to).normalized()
        self._from = None
        if drawn.width() >= _SMALLEST and drawn.height() >= _SMALLEST:
            corners = [self.to_photo(drawn.topLeft()), self.to_photo(drawn.bottomRight())]
            self.card = _box_from_corners(self.grid.to_recorded_points(corners))
            self._look_at_card(self.card)
            self.box_drawn.emit()
        self.update()

    def paint_over(self, painter: QPainter) -> None:
        if self._from is not None:
            painter.setPen(QPen(self.text, 1, Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(self._from, self._to).normalized())

    def _look_at_card(self, box: CardBox) -> None:
        left, top, width, height = box
        corners = self.grid.to_upright_points([(left, top), (left + width - 1, top + height - 1)])
        (x1, y1), (x2, y2) = corners
        across, down = abs(x2 - x1) + 1, abs(y2 - y1) + 1
        wide, tall = self.viewport()
        scale = min(wide * _ROOM / across, tall * _ROOM / down)
        self.look_at(ViewTransform(scale, (x1 + x2) / 2, (y1 + y2) / 2))


def _box_from_corners(corners: list[tuple[int, int]]) -> CardBox:
    (x1, y1), (x2, y2) = corners
    return min(x1, x2), min(y1, y2), abs(x2 - x1) + 1, abs(y2 - y1) + 1
