"""Plots, one below the other: sharp at every scale, a frame around the chosen figure, a click says which."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QShowEvent
from PySide6.QtSvg import QSvgRenderer

from reviewer.domain.figures.plots import HitArea, Plot, PlotColours
from reviewer.domain.figures.svg_sheet import FONTS
from reviewer.qt.look.theme import TYPEFACE, Theme
from reviewer.qt.statistics.figure_view import FigureView

DrawPlots = Callable[[PlotColours, int], Sequence[Plot]]
PLOT_EDGE = 4
"""What a plot keeps free at its left edge."""
_UNIT, _GAP, _WIDEST, _NARROWEST = 11, 16, 1100, 480


def make_ink(theme: Theme) -> PlotColours:
    """The colours of a theme for plots: greys only, the accent is for what is chosen."""
    colours = theme.colours
    return PlotColours(
        paper=colours["window"],
        text=colours["text"],
        quiet=colours["quiet"],
        line=colours["edge"],
        present=colours["figure_present"],
        absent=colours["figure_absent"],
        untold=colours["quiet"],
    )


class PlotView(FigureView):
    """What a report draws of a table."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(_NARROWEST)
        self.setMouseTracking(True)
        self._draw: DrawPlots | None = None
        self._plots: list[tuple[Plot, QSvgRenderer]] = []
        self._is_stale = False
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in the colours and the type of a theme; what is hidden is drawn when it is shown."""
        self._ink, self._scale = make_ink(theme), theme.pixels("body") / _UNIT
        self._is_stale = True
        if self.isVisible():
            self.lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.lay_out()

    def show_plots(self, draw: DrawPlots | None, name: str = "") -> None:
        """What `draw` makes of the ink and the width there is, again whenever they change; None clears."""
        self._draw, self._chosen = draw, ""
        self.setAccessibleName(name)
        self.lay_out()

    @property
    def plots(self) -> list[Plot]:
        return [plot for plot, _renderer in self._plots]

    def drawn_keys(self) -> list[str]:
        return list(dict.fromkeys(place.key for plot in self.plots for place in plot.places))

    def rectangle_of(self, key: str) -> QRectF:
        """Where a figure is, in the last plot that has it; empty if in none."""
        found = QRectF()
        for plot, area in self._list_areas():
            for place in plot.places:
                if place.key == key:
                    found = _place_figure(place, plot, area)
        return found

    def sizeHint(self) -> QSize:
        areas = [area for _plot, area in self._list_areas()]
        wide = max((area.right() for area in areas), default=0)
        return QSize(round(wide), round(areas[-1].bottom() + _GAP) if areas else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for (_plot, renderer), (_same, area) in zip(self._plots, self._list_areas(), strict=True):
            if area.intersects(QRectF(event.rect())):
                renderer.render(painter, area)
        self._paint_chosen(painter)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.key_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def lay_out(self) -> None:
        self._is_stale = False
        units = min(_WIDEST, max(_NARROWEST, int(self._room / self._scale)))
        plots = self._draw(self._ink, units) if self._draw is not None else ()
        self._plots = [(plot, QSvgRenderer(QByteArray(use_typeface(plot.svg).encode()))) for plot in plots]
        self.setFixedSize(self.sizeHint())
        self.update()

    def _list_areas(self) -> list[tuple[Plot, QRectF]]:
        """Each plot with where it is painted."""
        areas, top = [], 0.0
        for plot, _renderer in self._plots:
            scale = min(self._scale, self._room / plot.width)  # large type gives way before text is cut
            area = QRectF(0, top, plot.width * scale, plot.height * scale)
            areas.append((plot, area))
            top = area.bottom() + _GAP
        return areas

    def key_at(self, at: QPointF) -> str:
        """The figure under a point of the widget, "" for none."""
        for plot, area in self._list_areas():
            if area.contains(at):
                scale = area.width() / plot.width
                return plot.at((at.x() - area.x()) / scale, (at.y() - area.y()) / scale)
        return ""

    def _paint_chosen(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
        for plot, area in self._list_areas():
            for place in plot.places:
                if place.key != self._chosen:
                    continue
                if place.shape:
                    scale = area.width() / plot.width
                    painter.drawPolygon([QPointF(x * scale, area.y() + y * scale) for x, y in place.shape])
                else:
                    painter.drawRect(_place_figure(place, plot, area).adjusted(1, 1, -1, -1))


def use_typeface(svg: str) -> str:
    """Draw in the typeface of the window; it is narrower than the one that widths were estimated for."""
    return svg.replace(f'font-family="{FONTS}"', f'font-family="{TYPEFACE}"', 1)


def _place_figure(place: HitArea, plot: Plot, area: QRectF) -> QRectF:
    """Where a place of a plot is that is painted in `area`."""
    scale = area.width() / plot.width
    left, top = area.x() + place.x * scale, area.y() + place.y * scale
    return QRectF(left, top, place.width * scale, place.height * scale)
