"""How bright the photograph is as it is and as it is shown: two histograms on one scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.pictures.enhancer import count_brightness
from reviewer.services.pictures.pictures import Picture

_TALL, _WAIT_MS = 72, 60
_CLIPPED = 0.01
"""From this share of all pixels on, those at an end are named."""
Shares = tuple[float, ...]


class Histogram(QWidget):
    """Filled: the photograph as it is; the line: as it is shown. Counted only while it can be seen.

    `get_pictures` returns both, of the size of the screen, None while there is none.
    """

    def __init__(self, get_pictures: Callable[[], tuple[Picture | None, Picture | None]]) -> None:
        super().__init__()
        self._get_pictures = get_pictures
        self.original: Shares = ()
        self.shown: Shares = ()
        self._later = make_single_shot_timer(self, _WAIT_MS, self._count)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Histogram of brightness")
        self.setToolTip("From black to white. Filled: the photograph as it is; the line: as it is shown.")

    def sizeHint(self) -> QSize:
        return QSize(200, _TALL + self.fontMetrics().height() + 4)

    def picture_changed(self) -> None:
        """Count soon, unless nobody sees it; a slider that is dragged asks often."""
        if self.isVisible():
            self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._later.start()

    def _count(self) -> None:
        original, shown = self._get_pictures()
        self.original = _compute_shares(original)
        self.shown = self.original if shown is original else _compute_shares(shown)
        self.setAccessibleDescription(self.describe_ends())
        self.update()

    def describe_ends(self) -> str:
        """How much of what is shown is quite black or quite white, in words; "" if next to nothing."""
        if not self.shown:
            return ""
        black, white = self.shown[0], self.shown[-1]
        if black >= _CLIPPED and white >= _CLIPPED:
            return f"{black:.0%} black, {white:.0%} white"
        if black >= _CLIPPED:
            return f"{black:.0%} black"
        return f"{white:.0%} white" if white >= _CLIPPED else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = QGuiApplication.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(0.5, 0.5, self.width() - 1, _TALL)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.drawRect(room)
        top = max((*self.original[1:-1], *self.shown[1:-1], 1e-9))  # the ends alone must not flatten the rest
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 0))
        painter.setBrush(palette.color(QPalette.ColorRole.Dark))
        if self.original:
            line = _trace(self.original, room, top)
            painter.drawPolygon(QPolygonF([room.bottomLeft(), *line, room.bottomRight()]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1.5))
        if self.shown and self.shown != self.original:
            painter.drawPolyline(QPolygonF(_trace(self.shown, room, top)))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        below = QRectF(0, _TALL + 2, self.width(), self.fontMetrics().height() + 2)
        painter.drawText(below, self.describe_ends())
        painter.end()


def _trace(shares: Sequence[float], room: QRectF, top: float) -> list[QPointF]:
    step = room.width() / (len(shares) - 1)
    return [
        QPointF(room.left() + place * step, room.bottom() - min(1.0, share / top) * (room.height() - 4))
        for place, share in enumerate(shares)
    ]


def _compute_shares(picture: Picture | None) -> Shares:
    if picture is None:
        return ()
    counts = count_brightness(picture)
    return tuple(count / sum(counts) for count in counts)
