"""Which part of a photograph a view shows, and keeping what was shown at 100 %."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from reviewer.qt.canvas.layers import PictureLayer
from reviewer.qt.canvas.photo_painter import PaintableView

SeenBox = tuple[float, float, float, float]


def compute_seen_box(view: PaintableView) -> SeenBox:
    """Left, top, right and bottom of what is on screen, in pixels of the photograph (a box around it)."""
    room = QRectF(view.rect())
    corners = [
        view.to_photo(p) for p in (room.topLeft(), room.topRight(), room.bottomRight(), room.bottomLeft())
    ]
    across, down = [x for x, _y in corners], [y for _x, y in corners]
    return min(across), min(down), max(across), max(down)


def note_seen(view: PaintableView) -> None:
    """Keep what is painted now as seen, if it is sharp and at 100 % or larger."""
    layer = view.shown_layer()
    if view.view.scale < 1.0 or layer is None or layer is PictureLayer.PREVIEW or view.covered:
        return
    if view.layers.pixmap(layer).width() < view.photo[0]:
        return
    room = QRectF(view.rect()).adjusted(-1, -1, 1, 1)
    view.seen.note(compute_seen_box(view), lambda point: room.contains(QPointF(*view.to_widget(point))))
