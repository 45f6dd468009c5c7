"""Painting a Painted: the photograph where its view says, and what is written over it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPolygonF, QRegion

from reviewer.domain.geometry.viewed_area import ViewedArea
from reviewer.qt.canvas import overlays
from reviewer.qt.canvas.layers import PictureLayer, PictureLayers
from reviewer.qt.canvas.view_transform import CanvasPoint, ViewTransform

_LOUPE_SIDE = 240
LOUPE_FACTOR = 3.0


class PaintableView(Protocol):
    """What has to be known of a view to paint it."""

    view: ViewTransform
    layers: PictureLayers
    photo: CanvasPoint
    seen: ViewedArea
    masked: tuple[QRectF, ...]
    ground: QColor
    text: QColor
    message: str
    banner: str
    loupe: bool
    unseen_shown: bool
    map_shown: bool
    cursor_at: QPointF

    @property
    def covered(self) -> bool: ...
    def rect(self) -> QRect: ...
    def devicePixelRatioF(self) -> float: ...  # noqa: N802 (Qt's name)
    def shown_layer(self) -> PictureLayer | None: ...
    def all_is_seen(self) -> bool: ...
    def to_widget(self, point: CanvasPoint) -> CanvasPoint: ...
    def to_photo(self, at: QPointF) -> CanvasPoint: ...
    def paint_over(self, painter: QPainter) -> None: ...


def paint_view(view: PaintableView, painter: QPainter) -> None:
    """Everything, from the ground to the words."""
    room, layer = QRectF(view.rect()), view.shown_layer()
    _paint_ground(view, painter, None if view.covered else layer)
    if view.covered:
        overlays.write_middle(painter, room, "Covered.", view.text)
        return
    if layer is None:
        overlays.write_middle(painter, room, view.message, view.text)
        return
    _paint_photo(view, painter, layer)
    _write_masked(view, painter)
    _paint_unseen(view, painter)
    view.paint_over(painter)
    _paint_map(view, painter)
    if view.loupe:
        _paint_loupe(view, painter)
    top = overlays.write_banner(painter, room, view.banner) if view.banner else 0.0
    if layer is PictureLayer.PREVIEW:
        overlays.write_corner(painter, "Preview", top)
    if view.message:
        overlays.write_foot(painter, room, view.message)


def _paint_ground(view: PaintableView, painter: QPainter, layer: PictureLayer | None) -> None:
    """The ground around the photograph, a little under its edges, and everywhere if it is turned: to fill
    what it covers would take as long as to paint it."""
    ground = QRegion(view.rect())
    if layer is not None and not view.view.angle:
        left, top = view.to_widget((0.0, 0.0))
        right, bottom = view.to_widget(view.photo)
        inner = QRectF(left, top, right - left, bottom - top).adjusted(2, 2, -2, -2)
        if inner.isValid():
            ground -= QRegion(inner.toRect())
    painter.setClipRegion(ground)
    painter.fillRect(view.rect(), view.ground)
    painter.setClipping(False)


def _paint_photo(view: PaintableView, painter: QPainter, layer: PictureLayer) -> None:
    """Exact pixels above 100 %, smooth below; a picture decoded for just this size is not scaled again."""
    pixmap = view.layers.pixmap(layer)
    ratio, scale = view.devicePixelRatioF(), view.view.scale
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale <= 1.0)
    left, top = view.to_widget((0.0, 0.0))
    size = QSizeF(view.photo[0] * scale / ratio, view.photo[1] * scale / ratio)
    own = QSizeF(pixmap.width() / ratio, pixmap.height() / ratio)
    if abs(own.width() - size.width()) * ratio < 1 and abs(own.height() - size.height()) * ratio < 1:
        size = own
        left, top = round(left * ratio) / ratio, round(top * ratio) / ratio
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.view.angle % 90 != 0)
    painter.translate(left, top)
    if view.view.angle:
        painter.rotate(view.view.angle)
    painter.drawPixmap(QRectF(QPointF(0, 0), size), pixmap, QRectF(pixmap.rect()))
    _paint_masked(view, painter, QRectF(QPointF(0, 0), size))
    painter.restore()


def _paint_masked(view: PaintableView, painter: QPainter, place: QRectF) -> None:
    """Cover what is masked of a photograph that was painted at `place`, a pixel more on each side."""
    across, down = place.width() / view.photo[0], place.height() / view.photo[1]
    for area in view.masked:
        room = QRectF(area.x() * across, area.y() * down, area.width() * across, area.height() * down)
        overlays.paint_masked(painter, room.translated(place.topLeft()).adjusted(-1, -1, 1, 1))


def _write_masked(view: PaintableView, painter: QPainter) -> None:
    for area in view.masked:
        corners = [area.topLeft(), area.topRight(), area.bottomRight(), area.bottomLeft()]
        shown = QPolygonF([QPointF(*view.to_widget((p.x(), p.y()))) for p in corners])
        overlays.write_masked(painter, shown.boundingRect())


def _paint_unseen(view: PaintableView, painter: QPainter) -> None:
    if view.unseen_shown:
        shapes = [
            QPolygonF([QPointF(*view.to_widget(p)) for p in ((a, b), (c, b), (c, d), (a, d))])
            for a, b, c, d in view.seen.unseen()
        ]
        overlays.paint_unseen(painter, shapes)


def find_map_area(view: PaintableView) -> QRectF | None:
    """Return where the small map lies; None if it is switched off or all of the photograph is seen."""
    if not view.map_shown or view.covered or view.shown_layer() is None or view.all_is_seen():
        return None
    return overlays.place_map(QRectF(view.rect()), view.photo)


def _paint_map(view: PaintableView, painter: QPainter) -> None:
    place = find_map_area(view)
    if place is None:
        return
    layer = view.layers.choose(place.width())
    if layer is None:
        return
    room = QRectF(view.rect())
    corners = [
        view.to_photo(p) for p in (room.topLeft(), room.topRight(), room.bottomRight(), room.bottomLeft())
    ]
    seen = QPolygonF([QPointF(x / view.photo[0], y / view.photo[1]) for x, y in corners])
    overlays.paint_map(
        painter, place, view.layers.pixmap(layer), seen, lambda: _paint_masked(view, painter, place)
    )


def _paint_loupe(view: PaintableView, painter: QPainter) -> None:
    """The pixels under the cursor, three times as large as around it and not less than 100 %."""
    layer, at = view.layers.best, view.cursor_at
    if layer is None or not view.rect().contains(at.toPoint()):
        return
    pixmap = view.layers.pixmap(layer)
    x, y = view.to_photo(at)
    shown = max(1.0, view.view.scale * LOUPE_FACTOR)
    rate = pixmap.width() / view.photo[0]
    lens = QRectF(at.x() - _LOUPE_SIDE / 2, at.y() - _LOUPE_SIDE / 2, _LOUPE_SIDE, _LOUPE_SIDE)
    painter.save()
    painter.setClipRect(lens)
    painter.fillRect(lens, view.ground)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shown / rate < 1)
    painter.translate(at)
    painter.rotate(view.view.angle)
    zoom = shown / rate / view.devicePixelRatioF()
    painter.scale(zoom, zoom)
    half = _LOUPE_SIDE / zoom
    middle = QPointF(x * rate, y * rate)
    source = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
    kept = source.intersected(QRectF(pixmap.rect()))
    painter.drawPixmap(kept.translated(-middle), pixmap, kept)
    _paint_masked(view, painter, QRectF(pixmap.rect()).translated(-middle))
    painter.restore()
    painter.setPen(view.text)
    painter.drawRect(lens)
