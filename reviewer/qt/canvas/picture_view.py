"""Showing a photograph: fit, 100 %, zoom at the cursor, pan, loupe, cover. No marks yet."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from reviewer.qt.canvas.view_transform import View, clamped, fitted, panned, zoomed

_STEP = 1.25
_LOUPE = 240
_LOUPE_FACTOR = 3.0
Point = tuple[float, float]


class PictureView(QWidget):
    """`scale_changed`: device pixels per pixel of the photograph; `needs_full`: the picture is too small."""

    scale_changed = Signal(float)
    needs_full = Signal()

    def __init__(self, ground: QColor, text: QColor) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setMinimumSize(200, 150)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.locked = False
        self._ground, self._text = ground, text
        self._pixmap: QPixmap | None = None
        self._backing: object = None
        self._photo: tuple[float, float] = (1.0, 1.0)
        self._view = View(1.0, 0.5, 0.5)
        self._fits = True
        self._message = ""
        self._preview = self._covered = self._loupe = False
        self._cursor = QPointF()
        self._pan_from: QPointF | None = None

    # what is shown

    def set_colours(self, ground: QColor, text: QColor) -> None:
        self._ground, self._text = ground, text
        self.update()

    def new_photo(self, size: tuple[int, int]) -> None:
        """Another photograph of this upright size (pixels); its picture follows. Keeps the view if locked."""
        self._photo = (float(size[0]), float(size[1]))
        self._pixmap, self._message, self._preview = None, "", False
        if self.locked and not self._fits:
            self._look(clamped(self._view, self._photo, self.viewport()))
        else:
            self.fit()

    def show_picture(self, image: QImage, preview: bool = False, backing: object = None) -> None:
        """The photograph at any resolution; it replaces what is shown without moving it.

        `backing` owns the memory of `image`: Qt shares it with the pixmap and does not keep it alive.
        """
        self._pixmap = QPixmap.fromImage(image)
        self._backing = backing
        self._preview = preview
        self._message = ""
        self.update()
        self._ask_for_more()

    def show_message(self, text: str) -> None:
        """No photograph but a sentence, quietly in the middle."""
        self._pixmap, self._message = None, text
        self.update()

    @property
    def has_picture(self) -> bool:
        return self._pixmap is not None and not self._preview

    @property
    def is_preview(self) -> bool:
        return self._pixmap is not None and self._preview

    @property
    def message(self) -> str:
        return self._message

    # looking

    def viewport(self) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        return self.width() * ratio, self.height() * ratio

    def box(self) -> tuple[int, int]:
        """The viewport in whole device pixels: what a picture has to fill to be sharp when fitted."""
        width, height = self.viewport()
        return max(1, int(width)), max(1, int(height))

    @property
    def scale(self) -> float:
        return self._view.scale

    def fit(self) -> None:
        self._fits = True
        self._look(fitted(self._photo, self.viewport()))

    def full_size(self) -> None:
        self._zoom_to(1.0)

    def toggle_zoom(self) -> None:
        if self._fits:
            self.full_size()
        else:
            self.fit()

    def zoom(self, steps: float) -> None:
        self._zoom_to(self._view.scale * _STEP**steps)

    def toggle_loupe(self) -> None:
        self._loupe = not self._loupe
        self._ask_for_more()
        self.update()

    def set_covered(self, covered: bool) -> None:
        self._covered = covered
        self.update()

    @property
    def covered(self) -> bool:
        return self._covered

    def _zoom_to(self, scale: float) -> None:
        ratio = self.devicePixelRatioF()
        inside = self.rect().contains(self._cursor.toPoint())
        at = self._cursor if inside else QPointF(self.width() / 2, self.height() / 2)
        place = at.x() * ratio, at.y() * ratio
        factor = scale / self._view.scale
        self._fits = False
        self._look(zoomed(self._view, factor, place, self._photo, self.viewport()))

    def _look(self, view: View) -> None:
        self._view = view
        self._look_changed()

    def _look_changed(self) -> None:
        self.scale_changed.emit(self._view.scale)
        self._ask_for_more()
        self.update()

    def _ask_for_more(self) -> None:
        """Ask for the full resolution once the picture is shown larger than it is."""
        if self._pixmap is None or self._preview:
            return
        wanted = self._view.scale * (_LOUPE_FACTOR if self._loupe else 1.0)
        if wanted * self._photo[0] > self._pixmap.width() * 1.02 and self._pixmap.width() < self._photo[0]:
            self.needs_full.emit()

    # between widget and photograph

    def to_photo(self, at: QPointF) -> Point:
        """The point of the upright photograph under a point of the widget."""
        ratio = self.devicePixelRatioF()
        return self._view.to_image((at.x() * ratio, at.y() * ratio), self.viewport())

    def to_widget(self, point: Point) -> Point:
        ratio = self.devicePixelRatioF()
        x, y = self._view.to_screen(point, self.viewport())
        return x / ratio, y / ratio

    def reach(self, pixels: float) -> float:
        """A distance in widget pixels as one in pixels of the photograph."""
        return pixels * self.devicePixelRatioF() / self._view.scale

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._fits:
            self._look(fitted(self._photo, self.viewport()))
        else:
            self._look(clamped(self._view, self._photo, self.viewport()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._cursor = event.position()
        if event.angleDelta().y():
            self.zoom(event.angleDelta().y() / 120)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pan_from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None and event.buttons() != Qt.MouseButton.NoButton:
            moved = (event.position() - self._pan_from) * self.devicePixelRatioF()
            self._pan_from = event.position()
            self._look(panned(self._view, moved.x(), moved.y(), self._photo, self.viewport()))
        self._cursor = event.position()
        if self._loupe:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pan_from = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._cursor = event.position()
        self.toggle_zoom()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        if self._covered:
            self._write(painter, "Covered. Press X to uncover.")
        elif self._pixmap is not None:
            self._paint_photo(painter)
            self.paint_over(painter)
            if self._loupe:
                self._paint_loupe(painter)
            if self._preview:
                self._write_corner(painter, "Preview")
        elif self._message:
            self._write(painter, self._message)
        painter.end()

    def paint_over(self, painter: QPainter) -> None:
        """For whoever draws on top of the photograph."""

    def _paint_photo(self, painter: QPainter) -> None:
        if self._pixmap is None:
            return
        exact = self._view.scale > 1.0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
        left, top = self.to_widget((0.0, 0.0))
        right, bottom = self.to_widget(self._photo)
        ratio = self.devicePixelRatioF()
        size = QSizeF((right - left), (bottom - top))
        own = QSizeF(self._pixmap.width() / ratio, self._pixmap.height() / ratio)
        if abs(own.width() - size.width()) * ratio < 1 and abs(own.height() - size.height()) * ratio < 1:
            size = own  # decoded for just this size: pixel for pixel, no second scaling
            left, top = round(left * ratio) / ratio, round(top * ratio) / ratio
        painter.drawPixmap(QRectF(QPointF(left, top), size), self._pixmap, QRectF(self._pixmap.rect()))

    def _paint_loupe(self, painter: QPainter) -> None:
        if self._pixmap is None or not self.rect().contains(self._cursor.toPoint()):
            return
        x, y = self.to_photo(self._cursor)
        shown = max(1.0, self._view.scale * _LOUPE_FACTOR)
        half = _LOUPE * self.devicePixelRatioF() / shown / 2
        rate = self._pixmap.width() / self._photo[0]
        source = QRectF((x - half) * rate, (y - half) * rate, 2 * half * rate, 2 * half * rate)
        lens = QRectF(self._cursor.x() - _LOUPE / 2, self._cursor.y() - _LOUPE / 2, _LOUPE, _LOUPE)
        painter.fillRect(lens, self._ground)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shown * rate < 1)
        painter.drawPixmap(lens, self._pixmap, source)
        painter.setPen(self._text)
        painter.drawRect(lens)

    def _write(self, painter: QPainter, text: str) -> None:
        painter.setPen(self._text)
        room = self.rect().adjusted(40, 40, -40, -40)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)

    def _write_corner(self, painter: QPainter, text: str) -> None:
        plate = QRectF(12, 12, painter.fontMetrics().horizontalAdvance(text) + 16, 24)
        painter.fillRect(plate, QColor(0, 0, 0, 150))
        painter.setPen(QColor(235, 235, 235))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
