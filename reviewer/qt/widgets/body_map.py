"""The two figures: where the selected Finding is, where others are, what is covered; a click says where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from reviewer.domain.body_map import BodyMap, Polygon, Shape
from reviewer.domain.coverage import region_of

_LINE = 18
_LEGEND = 15
_LEVEL_WORDS = {"assessable": "outlined: assessable", "limited": "dashed: limited", "not": "crossed: not"}


class BodyMapWidget(QWidget):
    """Regions of the selected Finding are filled, those of others hatched; the name is written below.

    What the photograph covers is told by lines, never by colour alone: outlined, dashed or crossed.
    """

    region_toggled = Signal(str)
    key_toggled = Signal(str)

    def __init__(self, maps: Sequence[BodyMap], names: Mapping[str, str]) -> None:
        super().__init__()
        self.setAccessibleName("Body map")
        self.setMouseTracking(True)
        self.setMinimumSize(240, 200)
        self._maps, self._names = tuple(maps), names
        self._selected: frozenset[str] = frozenset()
        self._others: frozenset[str] = frozenset()
        self._under = ""
        self._levels: Mapping[str, str] = {}

    def show_coverage(self, covered: Iterable[tuple[str, str]]) -> None:
        """(Region, level) of each Region of which it was said how well it can be judged."""
        levels = dict(covered)
        if levels != self._levels:
            self._levels = levels
            self.update()

    @property
    def legend(self) -> str:
        """What the lines mean, of those levels that are shown."""
        shown = set(self._levels.values())
        return " · ".join(words for level, words in _LEVEL_WORDS.items() if level in shown)

    def show_regions(self, selected: Iterable[str], others: Iterable[str]) -> None:
        shown = frozenset(selected), frozenset(others)
        if shown != (self._selected, self._others):  # painting 130 polygons is worth sparing
            self._selected, self._others = shown
            self.update()

    def region_at(self, at: QPointF) -> str:
        """The Region under a point of the widget, "" if none."""
        return region_of(self.key_at(at))

    def key_at(self, at: QPointF) -> str:
        """What lies under a point of the widget, as in Coverage ("wrist.L/back"); "" if nothing."""
        for body_map, left, scale in self._placed():
            x, y = (at.x() - left) / scale, at.y() / scale
            if 0 <= x <= body_map.width and 0 <= y <= body_map.height:
                return body_map.key_at(x, y) or ""
        return ""

    def middle_of(self, key: str) -> QPointF:
        """A point of the widget that lies in the shape of a Region or a side of it; for pointing at it."""
        for body_map, left, scale in self._placed():
            for shape in body_map.shapes:
                if key in {shape.key, shape.region}:
                    xs, ys = zip(*shape.polygon, strict=True)
                    return QPointF(left + (min(xs) + max(xs)) / 2 * scale, (min(ys) + max(ys)) / 2 * scale)
        raise KeyError(key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_under(self.key_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._set_under("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        key = self.key_at(event.position())
        if key and event.button() == Qt.MouseButton.LeftButton:
            self.region_toggled.emit(region_of(key))
            self.key_toggled.emit(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        edge = QPen(palette.color(QPalette.ColorRole.PlaceholderText), 0.8)
        for body_map, left, scale in self._placed():
            painter.setPen(edge)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for outline in body_map.outlines:
                painter.drawPolygon(_polygon(outline, left, scale))
            for shape in (*body_map.again, *body_map.shapes):
                self._paint_region(painter, shape, _polygon(shape.polygon, left, scale), edge)
            for shape in (*body_map.again, *body_map.shapes):
                self._paint_level(painter, shape, _polygon(shape.polygon, left, scale))
            self._paint_sides(painter, body_map, left, scale)
        self._paint_name(painter)
        self._paint_legend(painter)
        painter.end()

    def _paint_region(self, painter: QPainter, shape: Shape, polygon: QPolygonF, edge: QPen) -> None:
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        painter.setPen(edge)
        painter.setBrush(palette.color(QPalette.ColorRole.Button))
        painter.drawPolygon(polygon)
        if shape.region in self._selected:
            painter.setBrush(accent)
            painter.drawPolygon(polygon)
        elif shape.region in self._others:
            hatch = QColor(palette.color(QPalette.ColorRole.Text))
            painter.setBrush(hatch)
            brush = painter.brush()
            brush.setStyle(Qt.BrushStyle.BDiagPattern)
            painter.setBrush(brush)
            painter.drawPolygon(polygon)
        if shape.key == self._under:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
            painter.drawPolygon(polygon)

    def _paint_level(self, painter: QPainter, shape: Shape, polygon: QPolygonF) -> None:
        """How well a Region can be judged; painted over all Regions, so that no neighbour hides the line."""
        level = self._levels.get(shape.key)
        if level is None:
            return
        style = Qt.PenStyle.SolidLine if level == "assessable" else Qt.PenStyle.DashLine
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 1.4, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if level == "not":
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 0.8))
            painter.setBrush(
                QBrush(self.palette().color(QPalette.ColorRole.Text), Qt.BrushStyle.DiagCrossPattern)
            )
        painter.drawPolygon(polygon)

    def _paint_legend(self, painter: QPainter) -> None:
        if self._levels:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            room = QRectF(0, self.height() - _LINE - _LEGEND, self.width(), _LEGEND)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.legend)

    def _paint_sides(self, painter: QPainter, body_map: BodyMap, left: float, scale: float) -> None:
        """R and L of the body: on the front figure its right is on the viewer's left."""
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        first, second = ("R", "L") if body_map.view == "front" else ("L", "R")
        y = body_map.height * scale - 14
        for letter, x in ((first, left + 30 * scale), (second, left + 210 * scale)):
            painter.drawText(QRectF(x - 10, y, 20, 14), Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_name(self, painter: QPainter) -> None:
        names = [self._names.get(each, each) for each in sorted(self._selected)]
        text = self._names.get(self._under, "") or "; ".join(names)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        room = QRectF(0, self.height() - _LINE, self.width(), _LINE)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)

    def _placed(self) -> list[tuple[BodyMap, float, float]]:
        """Each map with its left edge and its scale, side by side in the middle."""
        wide = sum(each.width for each in self._maps)
        tall = max(each.height for each in self._maps)
        scale = min(self.width() / wide, (self.height() - _LINE - _LEGEND - 4) / tall)
        left = (self.width() - wide * scale) / 2
        placed = []
        for body_map in self._maps:
            placed.append((body_map, left, scale))
            left += body_map.width * scale
        return placed

    def _set_under(self, region: str) -> None:
        if region != self._under:
            self._under = region
            self.update()


def _polygon(points: Polygon, left: float, scale: float) -> QPolygonF:
    return QPolygonF([QPointF(left + x * scale, y * scale) for x, y in points])
