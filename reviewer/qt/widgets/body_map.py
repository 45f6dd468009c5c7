"""The figures: where the selected Finding is, where others are, what is covered; a click says where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from reviewer.domain.vocabulary.body_map import BodyMap, MapPage, MapPolygon, RegionShape
from reviewer.domain.vocabulary.coverage import region_of_coverage_key
from reviewer.qt.widgets.region_signs import MARK_WORDS, UNSIDED, RegionSign, outline_region, paint_region

_LINE = 18
_LEGEND = 15
_CAPTION = 14
_GAP = 6
_ELIDE = Qt.TextElideMode.ElideRight
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_UNDER_HANDS, _BODY_WIDE, _TALL_FIGURE = 0.68, 0.395, 1.4
"""Of the height of a whole body: where its hands end, and how wide it is between them. A figure that is so
many times higher than wide is one."""
_PLATE_AWAY = 14
_NEAR = 4
"""Pixels beside a shape within which a press still means it."""
_LEVELS = (RegionSign.ASSESSABLE, RegionSign.LIMITED, RegionSign.NOT, UNSIDED)
_SIGN_LOOKS = {
    RegionSign.ASSESSABLE: "grey",
    RegionSign.LIMITED: "hatched",
    RegionSign.NOT: "crossed",
    UNSIDED: "dotted",
}

PlacedFigure = tuple[BodyMap, float, float, float]
"""A figure, where its left upper corner lies in the widget, and its scale."""


class BodyMapWidget(QWidget):
    """Regions of the selected Finding are filled with an edge, those of others are filled.

    What the photograph covers is told by lines too, never by colour alone: grey, hatched, crossed, or dotted
    where an earlier Reading did not say which side of a Region it shows. One page of figures is on at a time.
    With `is_bare` only the figures are drawn, as large as there is room, with the name of what is pointed at;
    else names and the legend have lines of their own below.
    """

    region_toggled = Signal(str)
    key_toggled = Signal(str)
    page_changed = Signal(str)

    def __init__(self, pages: Sequence[MapPage], names: Mapping[str, str], *, is_bare: bool = False) -> None:
        super().__init__()
        self.setAccessibleName("Body map")
        self.setMouseTracking(True)
        self._is_bare = is_bare
        self.setMinimumSize(*((180, 110) if is_bare else (240, 200)))
        self.pages, self._names = tuple(pages), names
        self.page = self.pages[0]
        self._selected: frozenset[str] = frozenset()
        self._others: frozenset[str] = frozenset()
        self._under, self._pointer = "", QPointF()
        self._levels: Mapping[str, str] = {}

    def show_page(self, key: str) -> None:
        """Show other figures; the key is that of a page."""
        page = next(page for page in self.pages if page.key == key)
        if page is not self.page:
            self.page, self._under = page, ""
            self.update()
            self.page_changed.emit(key)

    def next_page(self) -> None:
        place = self.pages.index(self.page) + 1
        self.show_page(self.pages[place % len(self.pages)].key)

    def show_coverage(self, covered: Iterable[tuple[str, str]]) -> None:
        """Show coverage: pairs (key of Coverage, level)."""
        levels = dict(covered)
        if levels != self._levels:
            self._levels = levels
            self.update()

    def list_levels(self) -> set[RegionSign]:
        """What is said of coverage on these figures."""
        return {self._get_level(shape) for body_map in self.page.maps for shape in _list_shapes(body_map)}

    @property
    def legend(self) -> str:
        """What the signs of coverage mean, of those that are on these figures."""
        said = self.list_levels()
        return " · ".join(f"{_SIGN_LOOKS[sign]}: {MARK_WORDS[sign]}" for sign in _LEVELS if sign in said)

    def show_regions(self, selected: Iterable[str], others: Iterable[str]) -> None:
        """Show the Regions of the selected Finding and those of others; turn to the page of the former."""
        shown = frozenset(selected), frozenset(others)
        if shown != (self._selected, self._others):  # painting 130 polygons is worth sparing
            turned = shown[0] != self._selected
            self._selected, self._others = shown
            self.update()
            if turned:
                self._turn_to_page_of(shown[0])

    def _turn_to_page_of(self, regions: Iterable[str]) -> None:
        wanted = sorted(regions)
        if wanted and not any(self.page.shows(region) for region in wanted):
            page = next((page for page in self.pages if any(map(page.shows, wanted))), self.page)
            self.show_page(page.key)

    def key_at(self, at: QPointF) -> str:
        """What lies under a point of the widget or next to it, as in Coverage ("wrist.L/back"); "" if
        nothing."""
        placed = self._place_figures()
        beside = ((0, 0), *((x * _NEAR, y * _NEAR) for x in (0, -1, 1) for y in (0, -1, 1) if x or y))
        near = (_find_key_under(placed, at + QPointF(x, y)) for x, y in beside)
        return next(filter(None, near), "")

    def middle_of(self, key: str) -> QPointF:
        """Return a point of the widget inside a Region or a side of it; KeyError if it is on no figure that
        is shown."""
        for body_map, left, top, scale in self._place_figures():
            for shape in _list_shapes(body_map):
                if key in {shape.key, shape.region}:
                    x, y = body_map.find_point_in(shape)
                    return QPointF(left + x * scale, top + y * scale)
        raise KeyError(key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        self._set_hovered(self.key_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hovered("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        key = self.key_at(event.position())
        if key and event.button() == Qt.MouseButton.LeftButton:
            self.region_toggled.emit(region_of_coverage_key(key))
            self.key_toggled.emit(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 0.8)
        for placed in self._place_figures():
            self._paint_figure(painter, placed, edge)
        self._paint_name(painter)
        self._paint_legend(painter)
        painter.end()

    def _paint_figure(self, painter: QPainter, placed: PlacedFigure, edge: QPen) -> None:
        body_map = placed[0]
        painter.setPen(edge)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for outline in body_map.outlines:
            painter.drawPolygon(_make_polygon(outline, placed))
        palette, shapes = self.palette(), _list_shapes(body_map)
        signed = [(self._find_sign(shape), _make_polygon(shape.polygon, placed)) for shape in shapes]
        for sign, polygon in signed:
            paint_region(painter, sign, polygon, palette)
        for sign, polygon in signed:  # once more over all, so that no neighbour hides a line
            outline_region(painter, sign, polygon, palette)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
        for shape, (_sign, polygon) in zip(shapes, signed, strict=True):
            if shape.key == self._under:
                painter.drawPolygon(polygon)
        self._paint_caption(painter, placed)

    def _find_sign(self, shape: RegionShape) -> RegionSign:
        """The strongest thing to say of a shape."""
        if shape.region in self._selected:
            return RegionSign.SELECTED
        return RegionSign.FINDING if shape.region in self._others else self._get_level(shape)

    def _get_level(self, shape: RegionShape) -> RegionSign:
        """How well a shape can be judged; UNSIDED where the side was not said, PLAIN where nothing was."""
        if shape.key in self._levels:
            return RegionSign(self._levels[shape.key])
        return UNSIDED if shape.region in self._levels else RegionSign.PLAIN

    def _paint_legend(self, painter: QPainter) -> None:
        if self._levels and not self._is_bare:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            room = QRectF(0, self.height() - _LINE - _LEGEND, self.width(), _LEGEND)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.legend)

    def _paint_caption(self, painter: QPainter, placed: PlacedFigure) -> None:
        """What the figure shows, between the letters of the sides: seen from the front, R of the body is at
        the left."""
        body_map, left, top, scale = placed
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        if self._is_bare and _is_whole_body(body_map):
            tall = body_map.height * scale
            wide = min(
                body_map.width * scale, tall * _BODY_WIDE
            )  # what lies farther is drawn beside the body
            beside = QRectF(left, top + tall * _UNDER_HANDS, wide, painter.fontMetrics().height())
            for side, where in zip(body_map.sides, (_LEFT, _RIGHT), strict=True):
                painter.drawText(beside, where | Qt.AlignmentFlag.AlignTop, side)
            return
        room = QRectF(left, top + body_map.height * scale, body_map.width * scale, _CAPTION)
        first, last = body_map.sides or ("", "")
        whole, metrics = f"{first}   {body_map.name}   {last}".strip(), painter.fontMetrics()
        fits = metrics.horizontalAdvance(whole) <= room.width() + _GAP
        words = whole if fits else metrics.elidedText(body_map.name, _ELIDE, round(room.width()) + _GAP)
        painter.drawText(room.adjusted(-_GAP, 0, _GAP, 0), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_name(self, painter: QPainter) -> None:
        if self._is_bare:
            self._paint_pointed_name(painter)
            return
        names = [self._names.get(region, region) for region in sorted(self._selected)]
        text = self._names.get(self._under, "") or "; ".join(names)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        room = QRectF(0, self.height() - _LINE, self.width(), _LINE)
        shown = painter.fontMetrics().elidedText(text, _ELIDE, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_pointed_name(self, painter: QPainter) -> None:
        """The name of what is pointed at, on a plate beside the pointer that leaves the shape to be seen."""
        text = self._names.get(region_of_coverage_key(self._under), "") if self._under else ""
        if not text:
            return
        shown = painter.fontMetrics().elidedText(text, _ELIDE, self.width() - 12)
        plate = QRectF(painter.fontMetrics().boundingRect(shown)).adjusted(-6, -3, 6, 3)
        left = min(self._pointer.x() + _PLATE_AWAY, self.width() - plate.width() - 1)
        top = self._pointer.y() + _PLATE_AWAY
        if top + plate.height() > self.height():
            top = self._pointer.y() - _PLATE_AWAY - plate.height()
        plate.moveTopLeft(QPointF(max(0.0, left), max(0.0, top)))
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(self.palette().color(QPalette.ColorRole.ToolTipBase))
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(self.palette().color(QPalette.ColorRole.ToolTipText))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, shown)

    def _place_figures(self) -> list[PlacedFigure]:
        """The figures of the page in as many rows as make them largest, in the middle."""
        maps = self.page.maps
        room = self.height() - (2 if self._is_bare else _LINE + _LEGEND + 4)
        if self._is_bare and all(map(_is_whole_body, maps)):
            room += _CAPTION  # their sides are written beside them
        rows = max(
            (_split_into_rows(maps, number) for number in range(1, len(maps) + 1)),
            key=lambda split: _compute_scale(split, self.width(), room),
        )
        scale = max(0.01, _compute_scale(rows, self.width(), room))
        placed, top = [], 0.0
        for row in rows:
            left = (self.width() - sum(figure.width for figure in row) * scale - _GAP * (len(row) - 1)) / 2
            for body_map in row:
                placed.append((body_map, left, top, scale))
                left += body_map.width * scale + _GAP
            top += max(figure.height for figure in row) * scale + _CAPTION
        return placed

    def _set_hovered(self, key: str) -> None:
        if key != self._under:
            self._under = key
            self.update()


def _find_key_under(placed: Sequence[PlacedFigure], at: QPointF) -> str:
    for body_map, left, top, scale in placed:
        x, y = (at.x() - left) / scale, (at.y() - top) / scale
        if 0 <= x <= body_map.width and 0 <= y <= body_map.height:
            return body_map.key_at(x, y) or ""
    return ""


def _is_whole_body(body_map: BodyMap) -> bool:
    """Whether a figure leaves room for the letters of its sides beside its legs."""
    return bool(body_map.sides) and body_map.height > _TALL_FIGURE * body_map.width


def _split_into_rows(maps: Sequence[BodyMap], number: int) -> list[Sequence[BodyMap]]:
    """The figures in so many rows, as even as can be, in their order."""
    per_row = -(-len(maps) // number)
    return [maps[start : start + per_row] for start in range(0, len(maps), per_row)]


def _compute_scale(rows: Sequence[Sequence[BodyMap]], width: float, height: float) -> float:
    """How large the figures can be in rows, in a room of this size."""
    wide = min((width - _GAP * (len(row) - 1)) / sum(figure.width for figure in row) for row in rows)
    return min(
        wide, (height - _CAPTION * len(rows)) / sum(max(figure.height for figure in row) for row in rows)
    )


def _list_shapes(body_map: BodyMap) -> tuple[RegionShape, ...]:
    return (*body_map.again, *body_map.shapes)


def _make_polygon(points: MapPolygon, placed: PlacedFigure) -> QPolygonF:
    _map, left, top, scale = placed
    return QPolygonF([QPointF(left + x * scale, top + y * scale) for x, y in points])
