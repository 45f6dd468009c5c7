"""The photograph at the card desk: a frame drawn around the card shows the card alone, large, and is kept."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPen, QPolygonF, QResizeEvent

from reviewer.qt.canvas.marks import RecordedGrid, to_upright_box
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.canvas.view_transform import ViewTransform, compute_turned_size
from reviewer.services.reading.masking import CardBox

_SMALLEST = 8
_AROUND = 16
"""Pixels of ground around the card."""


class CardView(PictureView):
    """Boxes are left, top, width, height in recorded pixels. `box_drawn` fires after one was drawn.

    While the card is shown as large as it fits, what lies around its frame is not painted; whoever changes
    the zoom sees it.
    """

    box_drawn = Signal()

    def __init__(self, ground: QColor, text: QColor) -> None:
        super().__init__(ground, text)
        self.setAccessibleName("Photograph with the card")
        self.grid = RecordedGrid()
        self.card: CardBox | None = None
        self.is_cut_out = self.map_shown = False
        self._from: QPointF | None = None
        self._to = QPointF()

    def show_card(self, grid: RecordedGrid, box: CardBox | None) -> None:
        """Another photograph; its card is shown large if it is known where it is."""
        self.grid, self.card, self.is_cut_out = grid, box, False
        self.new_photo(grid.upright)
        if box is not None:
            self._look_at_card(box)

    def forget_card(self) -> None:
        self.card, self.is_cut_out = None, False
        self.fit()

    def turn(self, degrees: float) -> None:
        """Turn what is shown; a card that was shown alone is so afterwards."""
        cut_out = self.is_cut_out
        super().turn(degrees)
        if cut_out and self.card is not None:
            self._look_at_card(self.card)

    def zoom(self, steps: float) -> None:
        self.is_cut_out = False
        super().zoom(steps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_cut_out and self.card is not None:
            self._look_at_card(self.card)

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
        if self.is_cut_out and self.card is not None and not self.covered:
            painter.fillPath(self._find_surroundings(self.card), self.ground)
        if self._from is not None:
            painter.setPen(QPen(self.text, 1, Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(self._from, self._to).normalized())

    def _find_surroundings(self, box: CardBox) -> QPainterPath:
        """What of the view lies outside of the frame."""
        frame = to_upright_box(box, self.grid)
        corners = (frame.topLeft(), frame.topRight(), frame.bottomRight(), frame.bottomLeft())
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        outside.addPolygon(QPolygonF([QPointF(*self.to_widget((at.x(), at.y()))) for at in corners]))
        outside.closeSubpath()
        return outside

    def _look_at_card(self, box: CardBox) -> None:
        """Show the card in the middle, as large as it fits, turned as the photograph is."""
        frame, angle = to_upright_box(box, self.grid), self.view.angle
        across, down = compute_turned_size((frame.width(), frame.height()), angle)
        around = 2 * _AROUND * self.devicePixelRatioF()
        wide, tall = (max(1.0, side - around) for side in self.viewport())
        middle = frame.center()
        self._mode, self.is_cut_out = "free", True
        self._set_view(ViewTransform(min(wide / across, tall / down), middle.x(), middle.y(), angle))


def _box_from_corners(corners: list[tuple[int, int]]) -> CardBox:
    (x1, y1), (x2, y2) = corners
    return min(x1, x2), min(y1, y2), abs(x2 - x1) + 1, abs(y2 - y1) + 1
