"""Showing a photograph: fit, fill, 100 %, zoom at the cursor, pan, turn, loupe, map, cover. No marks yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent

from reviewer.domain.geometry.viewed_area import ViewedArea
from reviewer.qt.canvas import photo_painter, sight
from reviewer.qt.canvas.overlays import compute_banner_height
from reviewer.qt.canvas.picture_holder import PictureHolder
from reviewer.qt.canvas.view_transform import (
    CanvasPoint,
    ViewTransform,
    centre_view,
    clamp_view,
    compute_fill_scale,
    compute_fit_scale,
    pan_view,
    zoom_view,
)

_ZOOM_STEP = 1.25
SMALL_SHARE = 0.35
"""How large a photograph begins for who asked to see it small, as a share of its fitted size."""


class PictureView(PictureHolder):
    """`view_changed`: zoom, place or turn changed; `needs_full`: the picture is too small for them."""

    view_changed = Signal()
    resized = Signal()
    interrupted = Signal()
    needs_full = Signal()
    around = 0
    """Logical pixels of the ground that are left free on each side of a photograph that is fitted."""

    def __init__(self, ground: QColor, text: QColor) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setMinimumSize(200, 150)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.locked = self.small = False
        self.map_shown = True
        self.ground, self.text = ground, text
        self.photo: tuple[float, float] = (1.0, 1.0)
        self.seen = ViewedArea(1, 1)
        self.masked: tuple[QRectF, ...] = ()
        self.view = ViewTransform(1.0, 0.5, 0.5)
        self.loupe = self.unseen_shown = False
        self.cursor_at = QPointF()
        self._mode = "fit"
        self._pan_from: QPointF | None = None

    # what is shown

    def set_colours(self, ground: QColor, text: QColor) -> None:
        self.ground, self.text = ground, text
        self.update()

    def new_photo(self, size: tuple[int, int], seen: ViewedArea | None = None) -> None:
        """Another photograph of this upright size (pixels); its picture follows. Keeps the view if locked.

        `seen` is what was on screen of it at 100 % before."""
        self.photo = (float(size[0]), float(size[1]))
        self.masked = ()
        self.seen = seen or ViewedArea(*size)
        self.hold_nothing()
        if self.locked and self._mode == "free":
            self._set_view(clamp_view(self.view, self.photo, self.viewport()))
            return
        if not self.locked:
            self.view, self._mode = replace(self.view, angle=0.0), "fit"
        self._refit()

    # looking

    def viewport(self) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        return self.width() * ratio, self.height() * ratio

    def room(self) -> tuple[float, float]:
        """What the picture of a fitted photograph fills of the viewport, in device pixels."""
        (width, height), beside = self.viewport(), 2 * self.around * self.devicePixelRatioF()
        return max(1.0, width - beside), max(1.0, height - beside)

    @property
    def window_box(self) -> tuple[int, int]:
        """The viewport in whole device pixels."""
        width, height = self.viewport()
        return max(1, int(width)), max(1, int(height))

    def box(self) -> tuple[int, int]:
        """That room in whole device pixels: what a picture has to fill to be sharp when fitted."""
        width, height = self.room()
        return max(1, int(width)), max(1, int(height))

    def width_on_screen(self) -> float:
        return self.view.scale * self.photo[0]

    @property
    def scale(self) -> float:
        return self.view.scale

    @property
    def fits(self) -> bool:
        """Whether all of the photograph is shown, whatever size the view gets."""
        return self._mode == "fit"

    def fit(self, angle: float | None = None) -> None:
        """Show all of it, turned by `angle` degrees if that is given."""
        if angle is not None:
            self.view = replace(self.view, angle=angle)
        self._mode = "fit"
        self._refit()

    def fill(self) -> None:
        self._mode = "fill"
        self._refit()

    def full_size(self) -> None:
        self._zoom_to(1.0)

    def toggle_zoom(self) -> None:
        if self._mode == "fit":
            self.full_size()
        else:
            self.fit()

    def zoom(self, steps: float) -> None:
        self._zoom_to(self.view.scale * _ZOOM_STEP**steps)

    def turn(self, degrees: float) -> None:
        """Turn the photograph on screen, clockwise; the file and the marks stay as they are."""
        self.view = replace(self.view, angle=(self.view.angle + degrees) % 360)
        if self._mode == "free":
            self._set_view(clamp_view(self.view, self.photo, self.viewport()))
        else:
            self._refit()

    def look_at(self, view: ViewTransform) -> None:
        """Show just this: for a view that was kept, or that of a linked photograph."""
        self._mode = "free"
        self._set_view(clamp_view(view, self.photo, self.viewport()))

    def toggle_loupe(self) -> None:
        self.loupe = not self.loupe
        self.ask_for_more()
        self.update()

    def toggle_map(self) -> None:
        self.map_shown = not self.map_shown
        self.update()

    def set_masked(self, areas: Sequence[QRectF]) -> None:
        """Mask areas of the upright photograph, in its pixels: they are not painted."""
        self.masked = tuple(areas)
        self.update()

    def show_unseen(self, shown: bool) -> None:
        """Hatch what was never on screen at 100 %, or no longer."""
        self.unseen_shown = shown
        self.update()

    def _refit(self) -> None:
        angle = self.view.angle
        scale = (
            compute_fill_scale(self.photo, self.viewport(), angle)
            if self._mode == "fill"
            else compute_fit_scale(self.photo, self._make_room_for_banner(self.room()), angle)
        )
        self._set_view(centre_view(self.photo, scale * (SMALL_SHARE if self.small else 1.0), angle))

    def _make_room_for_banner(self, room: tuple[float, float]) -> tuple[float, float]:
        """Fitted below the banner, a photograph loses nothing to it. It stays in the middle."""
        if not self.banner:
            return room
        _width, height = self.viewport()
        banner = compute_banner_height(self.fontMetrics().height()) * self.devicePixelRatioF()
        return room[0], max(1.0, min(room[1], height - 2 * banner))

    def set_banner(self, text: str) -> None:
        """Say it, and move the photograph out of its way or back, once."""
        moves = bool(text) != bool(self.banner) and self._mode == "fit"
        super().set_banner(text)
        if moves:
            self._refit()

    def _zoom_to(self, scale: float) -> None:
        ratio = self.devicePixelRatioF()
        inside = self.rect().contains(self.cursor_at.toPoint())
        at = self.cursor_at if inside else QPointF(self.width() / 2, self.height() / 2)
        place = at.x() * ratio, at.y() * ratio
        factor = scale / self.view.scale
        self._mode = "free"
        self._set_view(zoom_view(self.view, factor, place, self.photo, self.viewport()))

    def _set_view(self, view: ViewTransform) -> None:
        self.view = view
        self.view_changed.emit()
        self.ask_for_more()
        self.update()

    def ask_for_more(self) -> None:
        """Ask for the full resolution once the picture is shown larger than it is."""
        wanted = self.view.scale * (photo_painter.LOUPE_FACTOR if self.loupe else 1.0)
        if self.layers.wants_full(wanted * self.photo[0], self.photo[0]):
            self.needs_full.emit()

    # between widget and photograph

    def to_photo(self, at: QPointF) -> CanvasPoint:
        """The point of the upright photograph under a point of the widget."""
        ratio = self.devicePixelRatioF()
        return self.view.to_image((at.x() * ratio, at.y() * ratio), self.viewport())

    def to_widget(self, point: CanvasPoint) -> CanvasPoint:
        ratio = self.devicePixelRatioF()
        x, y = self.view.to_screen(point, self.viewport())
        return x / ratio, y / ratio

    def to_photo_distance(self, pixels: float) -> float:
        """A distance in widget pixels as one in pixels of the photograph."""
        return pixels * self.devicePixelRatioF() / self.view.scale

    def all_is_seen(self) -> bool:
        """Whether the whole photograph is within the viewport: then no small map is needed."""
        left, top, right, bottom = sight.compute_seen_box(self)
        return left <= 0.5 and top <= 0.5 and right >= self.photo[0] - 0.5 and bottom >= self.photo[1] - 0.5

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._mode == "free":
            self._set_view(clamp_view(self.view, self.photo, self.viewport()))
        else:
            self._refit()
        self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.cursor_at = event.position()
        if event.angleDelta().y():
            self.zoom(event.angleDelta().y() / 120)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            return  # that asks what can be done, and moves nothing
        place = photo_painter.find_map_area(self)
        if place is not None and place.contains(event.position()):
            self._pan_by_map(event.position(), place)
            return
        self._pan_from = event.position()

    def _pan_by_map(self, at: QPointF, place: QRectF) -> None:
        across, down = (at.x() - place.left()) / place.width(), (at.y() - place.top()) / place.height()
        self.look_at(replace(self.view, x=across * self.photo[0], y=down * self.photo[1]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None and event.buttons() != Qt.MouseButton.NoButton:
            moved = (event.position() - self._pan_from) * self.devicePixelRatioF()
            self._pan_from = event.position()
            self._mode = "free" if self._mode == "fill" else self._mode
            self._set_view(pan_view(self.view, moved.x(), moved.y(), self.photo, self.viewport()))
        self.cursor_at = event.position()
        if self.loupe:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pan_from = None

    def interrupt(self) -> None:
        """Give up what the mouse or a held key had begun: something covers the screen."""
        self._pan_from = None
        self.interrupted.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.cursor_at = event.position()
        self.toggle_zoom()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        photo_painter.paint_view(self, painter)
        painter.end()
        self.note_painted()
        sight.note_seen(self)

    def paint_over(self, painter: QPainter) -> None:
        """Paint on top of the photograph; for subclasses."""
